"""Glossary, search synonyms, change log and literal exceptions."""

from __future__ import annotations

from pydantic import Field

from guide.model.types import Day, Entry, Id, PageId, Prose, ResourceId, Text


class GlossaryTerm(Entry):
    id: Id
    term: Text
    expansion: Text | None
    definition: Prose
    at_practice: Prose = Field(description="Suite de « Chez vous, cela veut dire : »")
    aliases: tuple[Text, ...] = Field(description="Autres graphies, pour la recherche seulement")
    resource: ResourceId | None = None


class Synonym(Entry):
    """Everyday words and the words of the guide they lead to."""

    id: Id
    words: tuple[Text, ...] = Field(min_length=1)
    leads_to: tuple[Text, ...] = Field(min_length=1)


class Change(Entry):
    """A line of « Nouveautés »."""

    on: Day
    page: PageId
    text: Prose


class LiteralException(Entry):
    """A figure that may stand as such in one file, and why."""

    file: Text
    text: Text = Field(description="Le chiffre tel qu’il est écrit")
    reason: Text
