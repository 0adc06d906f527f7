"""The sheets to print (`sheets.yml`): what each is called, for whom, where it is kept, what it holds."""

from __future__ import annotations

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from guide.data.model.context import fault
from guide.data.model.types import (
    ContentId,
    DrawingId,
    Entry,
    Flag,
    Id,
    MeasureId,
    Number,
    Prose,
    RoleId,
    Text,
    limit,
)
from guide.text.problems import Code


def _path(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9-]+/)+[a-z0-9-]+\.pdf", value):
        raise fault(
            Code.WRONG_VALUE,
            "adresse de fichier mal formée",
            "écrivez dossier/nom.pdf, en minuscules sans accent",
            value,
        )
    return value


class Widths(Entry):
    """The columns of a table to print, equally wide unless said otherwise."""

    columns: tuple[Text, ...] = Field(min_length=1, description="Titres des colonnes")
    widths: tuple[Number, ...] | None = Field(default=None, description="Largeurs relatives, une par colonne")

    @model_validator(mode="after")
    def _same_length(self) -> Self:
        if self.widths is not None and len(self.widths) != len(self.columns):
            raise fault(
                Code.LENGTH, "il faut une largeur par colonne", f"écrivez {len(self.columns)} nombres"
            )
        return self

    @property
    def shares(self) -> tuple[int, ...]:
        """The relative width of each column."""
        return self.widths or (1,) * len(self.columns)


class Grid(Widths):
    """A table to fill in by hand."""

    lines: tuple[Text, ...] = Field(default=(), description="Premières cellules déjà écrites")
    rows: Number | None = Field(
        default=None, description="Lignes vides ; sans valeur, jusqu’au bas de la page"
    )


class Block(Entry):
    """One part of a sheet: exactly one of these fields."""

    heading: Prose | None = Field(default=None, description="Un intertitre")
    text: Prose | None = Field(default=None, description="Un paragraphe")
    items: tuple[Prose, ...] | None = Field(default=None, description="Une liste")
    checks: tuple[Prose, ...] | None = Field(default=None, description="Des cases à cocher")
    fields: tuple[Text, ...] | None = Field(default=None, description="Des lignes à remplir")
    ask: tuple[Prose, ...] | None = Field(
        default=None, description="Des questions, avec la place de la réponse"
    )
    table: Grid | None = Field(default=None, description="Un tableau à remplir")
    steps_of: MeasureId | None = Field(default=None, description="Les étapes d’une mesure, à cocher")
    drawings: tuple[DrawingId, ...] | None = Field(
        default=None, description="Des dessins (drawings.yml), côte à côte"
    )
    new_page: Flag | None = Field(default=None, description="true : la suite commence une page")

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(given) != 1:
            raise fault(
                Code.WRONG_VALUE,
                "chaque bloc contient un seul champ",
                "séparez-les, un « - » par champ",
                ", ".join(given),
            )
        return self


class PrintedSheet(Entry):
    """A sheet of the page « Imprimer »."""

    id: Id
    title: Annotated[Prose, limit(characters=70)] = Field(description="Titre imprimé en haut de la feuille")
    use: Prose = Field(description="Pour qui, pour quoi faire")
    place: Prose = Field(description="Où l’accrocher ou la ranger")
    path: Annotated[Text, AfterValidator(_path)] = Field(
        description="Adresse du PDF sur le site ; elle ne change jamais"
    )
    content: ContentId = Field(description="D’où vient le contenu")
    role: RoleId | None = Field(default=None, description="Rôle d’une fiche par rôle")
    pages: Number = Field(
        ge=1, description="Nombre de pages à ne pas dépasser : au-delà, la construction s’arrête"
    )
    format: Literal["a4", "a5"] = Field(default="a4", description="Papier : a4, ou a5 pour une demi-page")
    landscape: Flag = Field(default=False, description="true pour une feuille en largeur")
    lead: Prose | None = Field(default=None, description="Première phrase de la feuille")
    blocks: tuple[Block, ...] = Field(default=(), description="Contenu écrit ici, bloc par bloc")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.content == "blocks" and not self.blocks:
            raise fault(Code.MISSING_FIELD, "cette feuille n’a pas de contenu", "ajoutez « blocks »", self.id)
        if (self.content == "role") != (self.role is not None):
            raise fault(
                Code.MISSING_FIELD,
                "« role » va avec content: role, et seulement avec lui",
                "ajoutez-le ou retirez-le",
                self.id,
            )
        return self
