"""The syllabus, its quizzes, the offers, the team meeting and the exercises (`training.yml`)."""

from __future__ import annotations

from typing import Literal, Self, TypeAlias

from pydantic import Field, model_validator

from guide.model.context import fault
from guide.model.types import (
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
from guide.problems import Code

Sources: TypeAlias = tuple[ResourceId, ...]


class Question(Entry):
    """A quiz question with exactly one right answer."""

    id: Id
    question: Prose
    choices: tuple[Prose, ...] = Field(min_length=3, max_length=4)
    right: Number = Field(description="Rang de la bonne réponse, à partir de 0")
    explanation: Prose
    source: ResourceId
    measure: MeasureId | None = None
    confidence: Confidence

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
    order: Number
    title: Prose
    page_source: Text = Field(description="La ligne du programme d’origine, telle quelle")
    objectives: tuple[Prose, ...] = Field(min_length=1)
    ask: Prose = Field(description="Question à poser à l’organisme de formation")
    sources: Sources
    quiz: tuple[Question, ...]


class Offer(Dated):
    """A course or service, with its state and whether we recommend it."""

    id: Id
    name: Text
    provider: Text
    state: Literal["actif", "a-verifier", "archive", "indisponible"]
    audience: tuple[RoleId, ...]
    duration: Prose | None
    cost: Prose | None
    attestation: Prose | None
    recommend: Literal["oui", "non", "contexte", "a-verifier"]
    sources: Sources
    confidence: Confidence
    note: Prose | None = None


class Line(Entry):
    minutes: Text
    say: Prose


class Message(Entry):
    """A fraudulent message made up for the team meeting."""

    id: Id
    channel: Text
    sender: Text
    subject: Prose | None
    body: Prose
    clues: tuple[Prose, ...]
    right_action: Prose
    sources: Sources


class Meeting(Entry):
    title: Prose
    duration: Prose
    preparation: tuple[Prose, ...]
    script: tuple[Line, ...]
    messages: tuple[Message, ...]


class Exercise(Entry):
    id: Id
    title: Prose
    situation: SituationId
    setup: Prose
    questions: tuple[Prose, ...]
    expected: tuple[Prose, ...]
    measures: tuple[MeasureId, ...]


class Training(Entry):
    syllabus: tuple[SyllabusTopic, ...]
    offers: tuple[Offer, ...]
    meeting: Meeting | None = None
    exercises: tuple[Exercise, ...]
