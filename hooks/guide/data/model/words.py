"""Glossary, search synonyms, change log and literal exceptions."""

from __future__ import annotations

from pydantic import Field

from guide.data.model.types import Day, Entry, Id, PageId, Prose, ResourceId, Text


class GlossaryTerm(Entry):
    id: Id
    term: Text = Field(
        title="Le mot ?", description="Le mot tel qu’il s’écrit dans les pages", examples=["rançongiciel"]
    )
    expansion: Text | None = Field(
        title="En toutes lettres ?",
        description="Le sigle en toutes lettres, ou null",
        examples=["Agence du numérique en santé"],
    )
    english: Text | None = Field(
        default=None, description="Les mots anglais d’« expansion », pour les lecteurs d’écran"
    )
    definition: Prose = Field(
        title="Définition ?",
        description="Une ou deux phrases simples",
        examples=["Programme qui chiffre les fichiers et réclame de l’argent pour les rendre."],
    )
    at_practice: Prose = Field(
        title="Chez vous, cela veut dire ?",
        description="Suite de « Chez vous, cela veut dire : »",
        examples=["garder une copie débranchée, loin des ordinateurs."],
    )
    aliases: tuple[Text, ...] = Field(
        title="Autre façon de le taper ?",
        description="Autres graphies, pour la recherche seulement",
        examples=["ransomware"],
    )
    resource: ResourceId | None = Field(
        default=None, title="Ressource ?", description="Ressource où en lire plus (resources.yml), ou null"
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
