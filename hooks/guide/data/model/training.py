"""The syllabus, its quizzes, the offers, the team meeting and the exercises (`training.yml`)."""

from __future__ import annotations

from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from guide.data.model.context import fault
from guide.data.model.types import (
    Confidence,
    Dated,
    Entry,
    Id,
    MeasureId,
    Number,
    Prose,
    ResourceId,
    RoleId,
    SituationId,
    Text,
)
from guide.text.problems import Code

Sources: TypeAlias = tuple[ResourceId, ...]


class QuizQuestion(Entry):
    """A quiz question with exactly one right answer."""

    id: Id
    question: Prose = Field(description="La question posée")
    choices: tuple[Prose, ...] = Field(
        min_length=3, max_length=4, description="Trois ou quatre réponses, une seule juste"
    )
    right: Number = Field(description="Rang de la bonne réponse, à partir de 0")
    explanation: Prose = Field(description="Pourquoi c’est la bonne réponse")
    source: ResourceId = Field(description="Ressource qui le dit (resources.yml)")
    measure: MeasureId | None = Field(default=None, description="Mesure à retenir (checklist.yml)")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")

    @model_validator(mode="after")
    def _right_in_range(self) -> Self:
        if self.right >= len(self.choices):
            raise fault(
                Code.WRONG_VALUE,
                "« right » ne désigne aucune réponse",
                f"mettez un nombre de 0 à {len(self.choices) - 1}",
                str(self.right),
            )
        return self


class SyllabusTopic(Entry):
    """One line of the syllabus."""

    id: Id
    order: Number = Field(description="Rang dans le programme")
    title: Prose = Field(description="Titre affiché")
    page_source: Text = Field(description="La ligne du programme d’origine, telle quelle")
    terms: tuple[Text, ...] = Field(default=(), description="Les mots de la ligne, expliqués dans le lexique")
    objectives: tuple[Prose, ...] = Field(min_length=1, description="Ce que l’on saura faire")
    ask: Prose = Field(description="Question à poser à l’organisme de formation")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    quiz: tuple[QuizQuestion, ...] = Field(description="Questions d’entraînement")


class Offer(Dated):
    """A course or service, with its state and whether we recommend it."""

    id: Id
    name: Text = Field(description="Nom de l’offre")
    provider: Text = Field(description="Organisme")
    state: Literal["actif", "a-verifier", "archive", "indisponible"] = Field(
        description="actif, a-verifier, archive ou indisponible"
    )
    audience: tuple[RoleId, ...] = Field(description="Rôles visés")
    duration: Prose | None = Field(description="Durée, ou null")
    cost: Prose | None = Field(description="Coût, ou null")
    attestation: Prose | None = Field(description="Attestation remise, ou null")
    recommend: Literal["oui", "non", "contexte", "a-verifier"] = Field(
        description="oui, non, contexte ou a-verifier"
    )
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    note: Prose | None = Field(default=None, description="Précision pour le lecteur")


class Line(Entry):
    minutes: Text = Field(description="Moment de la réunion")
    say: Prose = Field(description="Ce que dit l’animateur")


class Message(Entry):
    """A fraudulent message made up for the team meeting."""

    id: Id
    channel: Text = Field(description="Courriel, SMS, appel…")
    sender: Text = Field(description="Expéditeur affiché, inventé")
    subject: Prose | None = Field(description="Objet, ou null")
    body: Prose = Field(description="Texte du faux message")
    clues: tuple[Prose, ...] = Field(description="Indices à trouver")
    right_action: Prose = Field(description="Ce qu’il faut faire")
    sources: Sources = Field(description="Ressources qui le disent (identifiants de resources.yml)")


class Meeting(Entry):
    title: Prose = Field(description="Titre affiché")
    duration: Prose = Field(description="Durée")
    preparation: tuple[Prose, ...] = Field(description="À préparer avant")
    script: tuple[Line, ...] = Field(description="Déroulé")
    messages: tuple[Message, ...] = Field(description="Faux messages à examiner")


class Exercise(Entry):
    id: Id
    title: Prose = Field(description="Titre affiché")
    situation: SituationId = Field(description="Situation jouée (incident.yml)")
    setup: Prose = Field(description="Mise en place")
    questions: tuple[Prose, ...] = Field(description="Questions posées à l’équipe")
    expected: tuple[Prose, ...] = Field(description="Réponses attendues")
    measures: tuple[MeasureId, ...] = Field(description="Mesures à retenir (checklist.yml)")


class Training(Entry):
    syllabus: tuple[SyllabusTopic, ...] = Field(description="Les points du programme")
    offers: tuple[Offer, ...] = Field(description="Les offres de formation")
    meeting: Meeting | None = Field(default=None, description="La réunion d’équipe, ou null")
    exercises: tuple[Exercise, ...] = Field(description="Les exercices")
