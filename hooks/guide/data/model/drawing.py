"""The drawings (`drawings.yml`): what each shows in words, the words on it, what is not settled about it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from guide.data.model.checklist import Validation
from guide.data.model.context import fault
from guide.data.model.types import Entry, Id, Prose, ResourceId, Text, limit
from guide.text.problems import Code

LEAST_WORDS = 6


def _says_something(value: str) -> str:
    if len(value.split()) < LEAST_WORDS:
        raise fault(
            Code.WORDING,
            "l’équivalent du dessin en mots est trop court",
            "dites ce que le dessin montre à qui ne le voit pas",
            value,
        )
    return value


class OpenQuestion(Entry):
    """A question of content that the drawing raises."""

    question: Prose = Field(description="La question, en une phrase")
    answer: Prose | None = Field(description="La réponse, ou null tant que personne ne l’a donnée")
    sources: tuple[ResourceId, ...] = Field(default=(), description="Ressources qui répondent")


class Drawing(Validation):
    """One drawing or one pictogram; its lines are in `data/drawings/`."""

    id: Id
    title: Annotated[Prose, limit(characters=90)] = Field(
        description="Ce que montre le dessin, en quelques mots"
    )
    description: Annotated[Prose, AfterValidator(_says_something)] = Field(
        description="Équivalent en mots : lu à qui ne voit pas le dessin, et dans les PDF"
    )
    sprite: Id | None = Field(
        default=None, description="Fichier qui réunit plusieurs pictogrammes ; sans lui, <id>.svg"
    )
    labels: dict[Id, Prose] = Field(
        default_factory=dict,
        description="Mots du dessin : nom entre accolades dans le fichier, puis les mots",
    )
    beside: tuple[Prose, ...] = Field(default=(), description="Phrases affichées à côté du dessin")
    questions: tuple[OpenQuestion, ...] = Field(
        default=(), description="Ce que le dessin suppose, avec la réponse ou null"
    )
    sources: tuple[ResourceId, ...] = Field(default=(), description="Ressources qui disent ce qu’il montre")


def drawn_by(sprite: Text | None, name: Text) -> str:
    """The file of `data/drawings/` that holds a drawing."""
    return f"{sprite or name}.svg"
