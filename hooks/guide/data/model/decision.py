"""« Que faire maintenant ? » (`decision.yml`): the questions, and the steps that each set of answers calls for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from guide.data.model.checklist import Validation
from guide.data.model.context import fault
from guide.data.model.types import ClockId, ContactId, Entry, Id, PageId, Prose, ResourceId, RoleId, Text
from guide.text.problems import Code

MAX_QUESTIONS = 4
UNKNOWN = "je-ne-sais-pas"
Deadline: TypeAlias = Literal["maintenant", "heure", "trois-jours", "semaine"]
# One way for a step or a question to apply: every question named here has one of the answers given.
Condition: TypeAlias = Mapping[str, tuple[str, ...]]


class DecisionAnswer(Entry):
    """One answer, and what it settles without asking."""

    id: Id
    text: Prose = Field(description="La réponse affichée")
    short: Text = Field(description="La réponse en quelques mots, pour « Si : … »")
    page: PageId | None = Field(default=None, description="Page de la situation")
    settles: Mapping[str, str] = Field(
        default_factory=dict, description="Questions devenues inutiles : leur réponse"
    )


class DecisionQuestion(Entry):
    """One question; the answer « je ne sais pas » is compulsory and comes last."""

    id: Id
    text: Prose = Field(description="La question affichée")
    help: Prose | None = Field(default=None, description="Aide, facultative")
    only_if: tuple[Condition, ...] = Field(default=(), description="Posée seulement dans un de ces cas")
    answers: tuple[DecisionAnswer, ...] = Field(
        min_length=2, description="Réponses ; la dernière est « je ne sais pas »"
    )

    @model_validator(mode="after")
    def _can_be_unknown(self) -> Self:
        if self.answers[-1].id != UNKNOWN:
            raise fault(
                Code.MISSING_FIELD, f"la dernière réponse doit être « {UNKNOWN} »", "ajoutez-la", self.id
            )
        return self


class DecisionStep(Validation):
    """One thing to do, by whom, where, and in which cases."""

    id: Id
    deadline: Deadline = Field(description="Avant quand")
    text: Prose = Field(description="L’étape, à l’impératif")
    who: tuple[RoleId, ...] = Field(
        min_length=1, description="Rôles concernés ; le premier est celui qui fait"
    )
    where: Prose | None = Field(default=None, description="Le numéro ou l’adresse, en mots")
    contact: ContactId | None = Field(default=None, description="À qui s’adresser (contacts.yml)")
    resource: ResourceId | None = Field(
        default=None, description="Ressource où en lire plus (resources.yml), ou null"
    )
    page: PageId | None = Field(default=None, description="Page du guide à ouvrir")
    clock: ClockId | None = Field(default=None, description="Délai légal lié (clocks de incident.yml)")
    only_if: tuple[Condition, ...] = Field(default=(), description="Vide : dans tous les cas")
    sources: tuple[ResourceId, ...] = Field(
        description="Ressources qui le disent (identifiants de resources.yml)"
    )

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not (self.where or self.contact or self.resource or self.page):
            raise fault(
                Code.MISSING_FIELD,
                "cette étape ne dit pas où s’adresser",
                "ajoutez where, contact, resource ou page",
                self.id,
            )
        if not self.sources and not self.adaptation:
            raise fault(
                Code.MISSING_FIELD,
                "cette étape n’a pas de source",
                "ajoutez « sources », ou adaptation: true",
                self.id,
            )
        return self


class Moment(Entry):
    """One of the lists of steps, in order."""

    id: Deadline = Field(description="Nom du moment")
    label: Prose = Field(description="Mots affichés")


class Zone(Entry):
    """A time zone in which a practice may be (IANA name), in words."""

    zone: Text = Field(pattern=r"^[A-Za-z]+/[A-Za-z_/]+$", description="Nom du fuseau, Continent/Ville")
    place: Text = Field(description="Territoire affiché")
    words: Text = Field(description="« heure de … »")


class Reminder(Validation):
    """A sentence that goes with the two limits."""

    id: Id
    text: Prose = Field(description="La phrase affichée")
    sources: tuple[ResourceId, ...] = Field(
        default=(), description="Ressources qui le disent (identifiants de resources.yml)"
    )


class Decision(Entry):
    """The decision aid, complete."""

    questions: tuple[DecisionQuestion, ...] = Field(min_length=1, description="Les questions")
    moments: tuple[Moment, ...] = Field(min_length=1, description="Les listes d’étapes, dans l’ordre")
    steps: tuple[DecisionStep, ...] = Field(min_length=1, description="Les étapes")
    reminders: tuple[Reminder, ...] = Field(description="Phrases qui accompagnent les délais")
    zones: tuple[Zone, ...] = Field(min_length=1, description="Fuseaux horaires")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for name, value in self._cited():
            question = next((each for each in self.questions if each.id == name), None)
            if question is None:
                raise fault(Code.REFERENCE, "question inconnue", "reprenez un id de « questions »", name)
            if value not in {answer.id for answer in question.answers}:
                raise fault(
                    Code.REFERENCE,
                    f"réponse inconnue de la question « {name} »",
                    "reprenez un id de ses « answers »",
                    value,
                )
        lists = {moment.id for moment in self.moments}
        if lost := next((step for step in self.steps if step.deadline not in lists), None):
            raise fault(
                Code.REFERENCE,
                f"l’étape « {lost.id} » n’est dans aucune liste",
                "ajoutez son « deadline » à « moments »",
                lost.deadline,
            )
        for answers in self.paths():
            self._check_path(answers)
        return self

    def _cited(self) -> Iterator[tuple[str, str]]:
        for question in self.questions:
            for answer in question.answers:
                yield from answer.settles.items()
        entries: tuple[DecisionQuestion | DecisionStep, ...] = (*self.questions, *self.steps)
        for entry in entries:
            for condition in entry.only_if:
                yield from ((name, value) for name, values in condition.items() for value in values)

    def _check_path(self, answers: Mapping[str, str]) -> None:
        shown = " ; ".join(f"{name} : {value}" for name, value in answers.items())
        if len(answers) > MAX_QUESTIONS:
            raise fault(
                Code.LENGTH,
                f"ce chemin pose {len(answers)} questions pour {MAX_QUESTIONS} au plus",
                "répondez à l’une d’elles par « settles »",
                shown,
            )
        if not any(step.contact for step in self.steps_for(answers)):
            raise fault(
                Code.MISSING_FIELD,
                "ce chemin ne mène à aucun contact",
                "ajoutez une étape avec contact",
                shown,
            )

    def facts(self, answers: Mapping[str, str]) -> dict[str, str]:
        """The given answers with all that they settle; what was said first wins."""
        known: dict[str, str] = {}
        for question in self.questions:
            if (given := answers.get(question.id)) is None:
                continue
            known.setdefault(question.id, given)
            chosen = next(answer for answer in question.answers if answer.id == given)
            for name, value in chosen.settles.items():
                known.setdefault(name, value)
        return known

    def next_question(self, answers: Mapping[str, str]) -> DecisionQuestion | None:
        """The first question that is neither answered, settled nor out of place."""
        known = self.facts(answers)
        return next(
            (each for each in self.questions if each.id not in known and applies(each.only_if, known)), None
        )

    def steps_for(self, answers: Mapping[str, str]) -> list[DecisionStep]:
        """The steps that these answers call for, in order."""
        known = self.facts(answers)
        return [step for step in self.steps if applies(step.only_if, known)]

    def paths(self) -> Iterator[dict[str, str]]:
        """Every complete set of answers."""
        waiting: list[dict[str, str]] = [{}]
        while waiting:
            answers = waiting.pop()
            question = self.next_question(answers)
            if question is None:
                yield answers
            else:
                waiting += ({**answers, question.id: answer.id} for answer in question.answers)


def applies(conditions: tuple[Condition, ...], known: Mapping[str, str]) -> bool:
    """True when there is no condition, or when one of them holds."""
    return not conditions or any(
        all(known.get(name) in values for name, values in condition.items()) for condition in conditions
    )
