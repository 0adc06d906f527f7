"""Glossary, search synonyms, change log and literal exceptions."""

from __future__ import annotations

from pydantic import Field

from guide.data.model.types import Day, Entry, Id, PageId, Prose, ResourceId, Text


class GlossaryTerm(Entry):
    id: Id
    term: Text = Field(description="Le mot tel qu’il s’écrit dans les pages")
    expansion: Text | None = Field(description="Le sigle en toutes lettres, ou null")
    english: Text | None = Field(
        default=None, description="Les mots anglais d’« expansion », pour les lecteurs d’écran"
    )
    definition: Prose = Field(description="Une ou deux phrases simples")
    at_practice: Prose = Field(description="Suite de « Chez vous, cela veut dire : »")
    aliases: tuple[Text, ...] = Field(description="Autres graphies, pour la recherche seulement")
    resource: ResourceId | None = Field(
        default=None, description="Ressource où en lire plus (resources.yml), ou null"
    )


class Synonym(Entry):
    """Everyday words and the words of the guide they lead to."""

    id: Id
    words: tuple[Text, ...] = Field(min_length=1, description="Mots de tous les jours")
    leads_to: tuple[Text, ...] = Field(min_length=1, description="Mots du guide où ils mènent")


class Change(Entry):
    """A line of « Nouveautés »."""

    on: Day = Field(description="Jour de la nouveauté")
    page: PageId = Field(description="Page changée")
    text: Prose = Field(description="La nouveauté en une phrase")


class LiteralException(Entry):
    """A figure that may stand as such in one file, and why."""

    file: Text = Field(description="Fichier, par exemple docs/audit.md")
    text: Text = Field(description="Le chiffre tel qu’il est écrit")
    reason: Text = Field(description="Pourquoi ce chiffre ne vieillira pas")
