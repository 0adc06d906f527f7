"""« Où en est-on ? » (`assessment.yml`): the questions, what each answer counts, and the rules that order the first measures."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, StrictInt

from guide.data.model.checklist import Validation
from guide.data.model.context import fault
from guide.data.model.types import Entry, Id, MeasureId, Number, Prose, Ref, limit
from guide.text.problems import Code

YES, NO, UNSURE = "oui", "non", "je-ne-sais-pas"
Reply: TypeAlias = Literal["oui", "non", "je-ne-sais-pas"]
QuestionId = Annotated[str, AfterValidator(Ref("survey-question"))]
Because = Annotated[Prose, limit(words=35)]


def _asked(value: str) -> str:
    if not value.endswith("?"):
        raise fault(Code.WORDING, "ce texte n’est pas une question", "terminez-le par « ? »", value)
    return value


def _moves(value: int) -> int:
    if value == 0:
        raise fault(Code.WRONG_VALUE, "une règle de zéro point ne change rien", "écrivez 2, ou -2", "0")
    return value


class StateQuestion(Entry):
    """One question whose « oui » is good news; any other answer proposes a measure."""

    id: Id
    text: Annotated[Prose, AfterValidator(_asked), limit(words=25)] = Field(
        title="La question ?",
        description="La question, à laquelle « oui » est une bonne nouvelle",
        examples=["La sauvegarde a-t-elle été contrôlée ce mois-ci ?"],
    )
    help: Annotated[Prose, limit(words=30)] | None = Field(
        default=None, title="Une aide ?", description="Aide, facultative"
    )
    measure: MeasureId = Field(description="Mesure proposée, que « oui » dit faite (checklist.yml)")
    also: tuple[MeasureId, ...] = Field(default=(), description="Autres mesures que « oui » dit faites")
    if_unsure: MeasureId | None = Field(
        default=None, description="Mesure proposée à qui ne sait pas ; sans valeur, la même"
    )
    weight: Annotated[StrictInt, Field(ge=1, le=5)] = Field(
        title="Poids, de 1 à 5 ?", description="Poids, de 1 à 5"
    )
    because: Because = Field(
        title="Pourquoi ce poids ?",
        description="Raison du poids, montrée avec la mesure",
        examples=["Une copie qui échoue sans bruit ne se découvre que le jour où elle manque."],
    )
    ask: Annotated[Prose, AfterValidator(_asked), limit(words=25)] | None = Field(
        default=None, title="À demander au dehors ?", description="Question de la lettre, ou rien"
    )
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")


class ReplyPoints(Entry):
    """What an answer counts, times the weight of its question."""

    id: Literal["non", "je-ne-sais-pas"] = Field(description="La réponse")
    points: Annotated[StrictInt, Field(ge=1, le=9)] = Field(description="Points, multipliés par le poids")
    because: Because = Field(description="Raison de ces points")


class Given(Entry):
    """A question with the answers for which a rule holds."""

    question: QuestionId = Field(description="La question")
    answers: tuple[Reply, ...] = Field(min_length=1, description="Une de ces réponses")


class OrderRule(Entry):
    """Answers that bring other questions forward or hold them back."""

    id: Id
    when: tuple[Given, ...] = Field(min_length=1, description="Réponses données, toutes à la fois")
    questions: tuple[QuestionId, ...] = Field(min_length=1, description="Questions avancées ou retardées")
    points: Annotated[StrictInt, AfterValidator(_moves)] = Field(
        description="Points ajoutés ; un nombre négatif retarde"
    )
    because: Because = Field(description="Raison de la règle")


class FurtherMeasure(Entry):
    """A measure that no question is about: it completes the plan of those who answer « oui »."""

    measure: MeasureId = Field(description="Mesure (checklist.yml)")
    because: Because = Field(description="Pourquoi ensuite")


class OutsideLetter(Entry):
    """The letter to whoever looks after the computers; its questions are the `ask` of the questions."""

    title: Prose = Field(description="Objet")
    lead: Prose = Field(description="Premières phrases")
    end: Prose = Field(description="Dernière phrase")


class Assessment(Validation):
    """The questionnaire, complete. The plan has as many measures as `days` has delays."""

    replies: tuple[ReplyPoints, ...] = Field(min_length=2, description="Ce que compte chaque réponse")
    days: tuple[Number, ...] = Field(min_length=1, description="Délai proposé à chaque rang, en jours")
    days_because: Because = Field(description="Raison de ces délais")
    questions: tuple[StateQuestion, ...] = Field(min_length=1, description="Les questions, dans l’ordre")
    rules: tuple[OrderRule, ...] = Field(description="Les règles d’ordre")
    further: tuple[FurtherMeasure, ...] = Field(description="Mesures qui complètent un plan court")
    letter: OutsideLetter = Field(description="La lettre")
