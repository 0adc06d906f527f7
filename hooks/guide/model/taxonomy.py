"""Themes, roles, frequencies… and the identity of the guide (`taxonomy.yml`, `site.yml`)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from guide.model.context import fault
from guide.model.types import Day, Entry, Id, Number, PageId, Prose, ResourceId, Text, Url, limit
from guide.problems import Code


def _version(value: str) -> str:
    if not re.fullmatch(r"20\d\d\.\d{1,3}", value):
        raise fault(
            Code.WRONG_VALUE, "version mal formée", 'écrivez "année.numéro", par exemple "2026.1"', value
        )
    return value


class Term(Entry):
    """A value of a closed list, with the words shown to the reader."""

    id: Id
    label: Text = Field(description="Mots affichés")


class Topic(Term):
    """A theme of the guide."""

    page: PageId = Field(description="Page du thème, par exemple audit/")
    summary: Prose = Field(description="Une phrase pour la page d’accueil")
    home: bool = Field(default=True, description="true si le thème figure sur l’accueil")


class Role(Term):
    """Somebody of the practice, or somebody it works with."""

    plain: Text = Field(description="Le rôle en une courte phrase")


class Group(Term):
    """A group of measures: the page on which they stand."""

    page: PageId = Field(description="Page où le groupe est présenté")


class PosterGroup(Term):
    """One of the three blocks of routine items on the A4 sheet."""

    marks: Literal["aucune", "mois", "date"] = Field(
        description="Cases à droite : aucune, mois (six cases), date"
    )


class Taxonomy(Entry):
    """All closed lists; their order is the order of display."""

    topics: tuple[Topic, ...]
    roles: tuple[Role, ...]
    groups: tuple[Group, ...]
    poster_groups: tuple[PosterGroup, ...]
    frequencies: tuple[Term, ...]
    efforts: tuple[Term, ...]
    costs: tuple[Term, ...]
    priorities: tuple[Term, ...]
    kinds: tuple[Term, ...]


class Site(Entry):
    """Who publishes the guide. A null value means « not yet decided », never a guess."""

    name: Text = Field(description="Nom du guide")
    short_name: Text = Field(description="Nom court, pour l’en-tête d’un téléphone")
    description: Annotated[Prose, limit(characters=200)]
    version: Annotated[str, AfterValidator(_version)] = Field(
        description='année.numéro, par exemple "2026.1"'
    )
    url: Url | None = Field(description="Adresse publique du guide, terminée par /")
    publisher: Text | None = Field(description="Nom de l’éditeur du site")
    publication_director: Text | None = None
    host: Text | None = Field(default=None, description="Hébergeur du site, pour les mentions légales")
    contact_email: Text | None = Field(description="Adresse de courriel pour signaler une erreur")
    dpo: Text | None = Field(default=None, description="Contact pour les données personnelles")
    repository: Url | None = Field(default=None, description="Adresse du dépôt où proposer une correction")
    security_contact: Text | None = Field(
        default=None, description="Où signaler une faille : mailto:… ou https://…"
    )
    security_expires: Day | None = Field(
        default=None, description="Fin de validité de security.txt, un an au plus"
    )
    link_check_contact: Text | None = Field(description="Contact annoncé par le vérificateur de liens")
    source_resource: ResourceId = Field(description="Ressource dont le guide s’inspire")
    independence: Prose = Field(description="Phrase qui dit ce que le guide est, et n’est pas")
    sheet_lifetime_months: Number = Field(
        default=6, description="Durée de vie de la page à afficher, en mois"
    )
    offline_lifetime_months: Number = Field(
        default=6, description="Durée de vie de la copie hors ligne, en mois"
    )
