"""Themes, roles, frequencies… and the identity of the guide (`taxonomy.yml`, `site.yml`)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from guide.data.model import identity
from guide.data.model.context import fault
from guide.data.model.types import (
    Day,
    Entry,
    Flag,
    Id,
    Number,
    PageId,
    Prose,
    ResourceId,
    Text,
    TopicId,
    limit,
)
from guide.text import french
from guide.text.problems import Code


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
    page: PageId = Field(description="Page du rôle")
    outside: Flag = Field(
        default=False, description="true : une entreprise extérieure, qui signe chaque ligne de sa fiche"
    )


class Group(Term):
    """A group of measures: the page on which they stand."""

    page: PageId = Field(description="Page où le groupe est présenté")


class Frequency(Term):
    """How often a measure is done, and the boxes that a role's sheet prints for it."""

    boxes: Annotated[Number, Field(ge=1, le=31)] | None = Field(
        default=None,
        description="Cases numérotées de la fiche par rôle ; sans valeur : une date et un nom",
    )
    span: Text | None = Field(default=None, description="Durée que ces cases couvrent, un mot : mois, année")


class PosterGroup(Term):
    """A block of routine items on the A4 sheet."""

    marks: Literal["aucune", "mois", "date"] = Field(
        description="Cases à droite : aucune, mois (six cases), date"
    )


class Rhythm(Term):
    """A subject that must be read again sooner than once a year."""

    topics: tuple[TopicId, ...] = Field(default=(), description="Thèmes concernés")
    words: tuple[Text, ...] = Field(default=(), description="Mots du titre ou du fait qui le signalent")
    months: Number | None = Field(default=None, ge=1, le=12, description="Mois entre deux relectures")
    until: Day | None = Field(default=None, description="Jour avant lequel tout relire, une seule fois")


class Taxonomy(Entry):
    """All closed lists; their order is the order of display."""

    topics: tuple[Topic, ...] = Field(description="Thèmes du guide")
    roles: tuple[Role, ...] = Field(description="Membres de l’équipe et prestataires")
    groups: tuple[Group, ...] = Field(description="Groupes de mesures")
    poster_groups: tuple[PosterGroup, ...] = Field(description="Blocs de la page à afficher")
    frequencies: tuple[Frequency, ...] = Field(description="Fréquences des mesures")
    efforts: tuple[Term, ...] = Field(description="Temps demandés")
    costs: tuple[Term, ...] = Field(description="Coûts")
    priorities: tuple[Term, ...] = Field(description="Degrés d’importance")
    kinds: tuple[Term, ...] = Field(description="Natures de documents")
    rhythms: tuple[Rhythm, ...] = Field(
        default=(), description="Sujets à relire plus souvent que chaque année"
    )


def _structure(value: str) -> str:
    if not re.match(r"(le |la |l’)\S", value):
        raise fault(
            Code.WRONG_VALUE,
            "article absent",
            "écrivez-le devant le nom : le bureau, la pharmacie, l’étude",
            value,
        )
    return value


def _peer(value: str) -> str:
    if not re.match(r"une? \S", value):
        raise fault(
            Code.WRONG_VALUE, "article absent", "écrivez-le devant le nom : un notaire, une infirmière", value
        )
    return value


class Words(Entry):
    """The few words of the profession that the program itself writes."""

    structure: Annotated[Text, limit(characters=30), AfterValidator(_structure)] = Field(
        description="Le lieu d’exercice, avec son article : le bureau, la pharmacie, l’étude"
    )
    client: Annotated[Text, limit(characters=30)] = Field(
        description="La personne reçue, sans article : client, élève, usager"
    )
    peer: Annotated[Text, limit(characters=40), AfterValidator(_peer)] = Field(
        description="Qui peut valider un conseil, avec son article : un notaire, une infirmière"
    )

    @property
    def place(self) -> str:
        """« bureau », « étude »: the structure without its article."""
        return re.sub(r"^(le |la |l’)", "", self.structure)

    @property
    def at_structure(self) -> str:
        """« au bureau », « à l’étude »."""
        return f"au {self.place}" if self.structure.startswith("le ") else f"à {self.structure}"

    @property
    def of_client(self) -> str:
        """« de client », « d’usager »."""
        return french.of(self.client)


SiteUrl = Annotated[Text, AfterValidator(identity.site_url)]
Repository = Annotated[Text, AfterValidator(identity.repository)]
Email = Annotated[Text, AfterValidator(identity.email)]
SecurityContact = Annotated[Text, AfterValidator(identity.security_contact)]
CrawlerContact = Annotated[Text, AfterValidator(identity.crawler_contact)]
Reachable = Annotated[Text, AfterValidator(identity.reachable)]


class Site(Entry):
    """Who publishes the guide. A null value means « not yet decided », never a guess."""

    name: Text = Field(description="Nom du guide")
    short_name: Text = Field(description="Nom court, pour le pied des feuilles")
    phone_name: Annotated[Text, limit(characters=40)] | None = Field(
        default=None, description="Nom dans l’en-tête d’un écran étroit ; sans valeur, le nom court"
    )
    description: Annotated[Prose, limit(characters=200)] = Field(
        description="Présentation pour les moteurs de recherche, 200 signes au plus"
    )
    words: Words = Field(description="Les mots du métier que le programme écrit lui-même")
    version: Annotated[str, AfterValidator(_version)] = Field(
        description='année.numéro, par exemple "2026.1"'
    )
    url: SiteUrl | None = Field(
        description="Adresse publique de l’accueil, par exemple https://guide.exemple.fr/, sans nom de fichier, ni « ? », ni « # »"
    )
    publisher: Text | None = Field(description="Nom de l’éditeur du site")
    publication_director: Text | None = Field(default=None, description="Directeur de la publication")
    host: Text | None = Field(
        default=None, description="Hébergeur du site, pour les mentions légales : nom, adresse, téléphone"
    )
    contact_email: Email | None = Field(description="Adresse de courriel pour signaler une erreur")
    dpo: Reachable | None = Field(
        default=None,
        description="Contact pour les données personnelles : courriel, page, téléphone ou adresse",
    )
    repository: Repository | None = Field(
        default=None, description="Page du dépôt où proposer une correction, sans .git à la fin"
    )
    security_contact: SecurityContact | None = Field(
        default=None, description="Où signaler une faille : adresse de courriel, https://… ou tel:+33…"
    )
    security_expires: Day | None = Field(
        default=None,
        description="Fin de validité de security.txt, un an au plus ; « check » prévient deux mois avant, puis il n’est plus publié",
    )
    link_check_contact: CrawlerContact | None = Field(
        description="Contact annoncé par le vérificateur de liens"
    )
    source_resource: ResourceId | None = Field(description="Ressource dont le guide s’inspire, ou null")
    independence: Prose = Field(description="Phrase qui dit ce que le guide est, et n’est pas")
    sheet_lifetime_months: Number = Field(
        default=6, description="Durée de vie de la page à afficher, en mois"
    )
    offline_lifetime_months: Number = Field(
        default=6,
        description="Durée de vie de la copie hors ligne, en mois ; passé ce délai, chaque page la dit périmée",
    )

    @property
    def reachable(self) -> bool:
        """True once a reader who has found a mistake has somewhere to send it."""
        return bool(self.contact_email or self.repository)
