"""Glossary, search synonyms, change log and literal exceptions."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo

from guide.data.literals import INSERT
from guide.data.model.context import fault
from guide.data.model.types import (
    ContactId,
    Day,
    Entry,
    Flag,
    Id,
    PageId,
    Prose,
    Ref,
    ResourceId,
    Text,
    limit,
)
from guide.text.problems import Code


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
    everyday: Flag = Field(
        default=False,
        description="true : un mot de tous les jours, que « Les mots de cette page » n’expliquent pas",
    )
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")


class Synonym(Entry):
    """Everyday words and the words of the guide they lead to."""

    id: Id
    words: tuple[Text, ...] = Field(min_length=1, description="Mots de tous les jours")
    leads_to: tuple[Text, ...] = Field(min_length=1, description="Mots du guide où ils mènent")


# « 17cyber.gouv.fr » is a name; « 17 », « 72 » and « soixante-douze heures » are figures that age.
_FIGURE = re.compile(r"(?<![\w.-])\d[\d\u00a0\u202f ]*(?![\w-])")
_SPELLED = re.compile(
    r"\b(?:(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|soixante"
    r"|quatre-vingts?|cent|mille)(?:[ -](?:et[ -])?)?)+\s(?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|euros?)\b",
    re.IGNORECASE,
)


def _without_figures(text: str) -> str:
    """Refuses every figure: an answer is read alone, so that each of its figures must be a dated fact."""
    bare = INSERT.sub(lambda match: " " * len(match[0]), text)
    found = _FIGURE.search(bare) or _SPELLED.search(bare)
    if found:
        raise fault(
            Code.LITERAL,
            "un chiffre est écrit en clair dans une réponse",
            "insérez le fait ou le contact par son identifiant : {fact:…}, {contact:…}",
            found[0].strip(),
        )
    return text


Said = Annotated[Prose, AfterValidator(_without_figures)]


FAMILY = re.compile(r"@([^\s/]+)")
"""A family of words inside an expression of an answer."""


class Family(Entry):
    """Words that an emergency takes for one another, written once."""

    id: Id
    words: tuple[Annotated[str, StringConstraints(strict=True, pattern=r"^[^\s/@]+$")], ...] = Field(
        min_length=2, description="Mots seuls, l’un ou l’autre"
    )


def _known_families(text: str, info: ValidationInfo) -> str:
    for found in FAMILY.finditer(text):
        _FAMILY(found[1], info)
    return text


_FAMILY = Ref("family")
Typed = Annotated[Text, AfterValidator(_known_families)]


class Answer(Entry):
    """What the search says itself, before any page, to the words of an emergency."""

    id: Id
    words: tuple[Typed, ...] = Field(
        min_length=1,
        description="Ce que l’on tape : des mots dans n’importe quel ordre ; « pc/ordinateur » : l’un ou l’autre ; « @machine » : tous ceux de cette famille (families.yml)",
    )
    unless: tuple[Typed, ...] = Field(default=(), description="Mots avec lesquels ce n’est pas la question")
    title: Annotated[Said, limit(characters=70)] = Field(description="La question ou le sujet")
    text: Annotated[Said, limit(words=45)] = Field(description="La réponse, sans aucun chiffre en clair")
    page: PageId = Field(description="Page où lire la suite")
    contact: ContactId | None = Field(
        default=None, description="Contact à appeler ou à ouvrir (contacts.yml), ou null"
    )
    sources: tuple[ResourceId, ...] = Field(
        min_length=1, description="Ressources qui le disent (identifiants de resources.yml)"
    )


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
