"""Dated facts, legal references and contacts (`facts.yml`, `legal.yml`, `contacts.yml`)."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from guide.data.model.context import fault
from guide.data.model.types import Confidence, Doubtful, Flag, Id, Prose, ResourceId, Text, TopicId, limit
from guide.text.problems import Code


class Fact(Doubtful):
    """A figure, date or delay that pages insert by id: changed once, changed everywhere."""

    id: Id
    value: Annotated[Text, limit(characters=120)] = Field(
        title="La valeur ?",
        description="Les mots insérés dans la phrase, sans article devant",
        examples=["72 heures"],
    )
    statement: Text = Field(
        title="Le fait ?",
        description="Le fait en une phrase complète",
        examples=[
            "Le responsable de traitement notifie une violation de données à la CNIL dans les 72 heures."
        ],
    )
    holds_for: Text | None = Field(
        default=None, title="Pour qui ?", description="Pour qui il vaut", examples=["toute structure"]
    )
    relied_on: Text = Field(
        title="Sur quoi s’appuie-t-il ?",
        description="Article ou passage sur lequel on s’appuie",
        examples=["RGPD, article 33 : « dans les meilleurs délais et, si possible, 72 heures au plus tard »"],
    )
    sources: tuple[ResourceId, ...] = Field(
        min_length=1, description="Ressources qui le disent (identifiants de resources.yml)"
    )
    topic: TopicId = Field(description="Thème du guide (taxonomy.yml)")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")


class Law(Doubtful):
    """A legal text, what it says and whom it binds."""

    id: Id
    reference: Text = Field(description="Référence affichée dans une liste")
    inline: Text = Field(description="Référence insérée dans une phrase")
    rule: Text = Field(description="Ce que dit le texte, en une phrase ; une peine est toujours un maximum")
    holds_for: Text = Field(description="Pour qui")
    resource: ResourceId | None = Field(description="Ressource qui mène au texte, ou null")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")


def _phone(value: str) -> str:
    if not re.fullmatch(
        r"(0\d|\+\d{2} \d)( ?\d{2}){4}|0 8\d\d( \d{3}){2}|\d{2,5}|\d{3} \d{3}|\d{2,4}(?: ou | ; )\d[\d ]+|\d{5} \(SMS\)",
        value,
    ):
        raise fault(
            Code.WRONG_VALUE,
            "numéro de téléphone mal formé",
            'écrivez-le par groupes, par exemple "01 23 45 67 89"',
            value,
        )
    return value


class Contact(Doubtful):
    """Somebody to call or write to: who may, when they answer, checked on which day."""

    id: Id
    name: Text = Field(description="Nom affiché")
    phone: Annotated[str, StringConstraints(strict=True), AfterValidator(_phone)] | None = Field(
        description="Numéro, ou null"
    )
    resource: ResourceId | None = Field(description="D’où vient l’adresse")
    who_may_call: Text = Field(description="Qui peut appeler")
    hours: Text | None = Field(description="Quand cela répond, ou null")
    what_for: Prose = Field(description="Pour quoi faire")
    paper: Flag = Field(description="true si le numéro peut être imprimé")
    paper_reason: Text = Field(description="Pourquoi l’imprimer ou non")
    confidence: Confidence = Field(description="Solidité : high, medium ou low")
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Each number of `phone`, and what is said of its use: `("17", "")`, `("33700", " (SMS)")`."""
        parts = (each.partition(" (") for each in re.split(r" ou | ; ", self.phone or "") if each)
        return [(number, bracket + how) for number, bracket, how in parts]
