"""Publishers and the resources they put online (`publishers.yml`, `resources.yml`)."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from guide.data.model.context import fault
from guide.data.model.types import (
    Confidence,
    Day,
    Entry,
    Flag,
    Id,
    KindId,
    Number,
    PartialDate,
    Prose,
    PublisherId,
    ResourceId,
    RoleId,
    Text,
    TopicId,
    Url,
    limit,
)
from guide.text.problems import Code


def _host(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", value):
        raise fault(Code.ADDRESS, "nom d’hôte mal formé", "écrivez-le seul, par exemple www.cnil.fr", value)
    return value


class Publisher(Entry):
    """An organisation that publishes resources, and the only hosts they may be on."""

    id: Id
    name: Text = Field(description="Nom complet")
    short: Text = Field(description="Nom court affiché sur les fiches")
    hosts: tuple[Annotated[str, StringConstraints(strict=True), AfterValidator(_host)], ...] = Field(
        description="Noms d’hôte exacts de ses adresses"
    )


STATES = [
    "à jour, on peut s’y fier",
    "peut-être changé depuis",
    "repère daté, gardé pour mémoire",
    "fermé ou retiré",
]
SEEN = [
    "sur le site de son éditeur, ou dans un dépôt public officiel",
    "ailleurs : un article, un moteur de recherche, un message",
    "nulle part, de mémoire : aucun lien ne sera affiché",
]


class HandCheck(Entry):
    """A person opened the address in a browser: robots are refused there."""

    on: Day = Field(description="Jour de l’ouverture à la main")
    by: Text = Field(description="Qui l’a ouverte : nom ou fonction")
    words: Text | None = Field(default=None, description="Mots du document, recopiés")


class Resource(Entry):
    """A document, page, service or text that the guide sends its readers to."""

    id: Id
    title: Text = Field(
        title="Titre ?",
        description="Titre du document, tel que son éditeur l’écrit",
        examples=["Sécurité : sauvegarder et prévoir la continuité d’activité"],
    )
    publisher: PublisherId = Field(description="Éditeur (identifiant de publishers.yml)")
    url: Url | None = Field(
        title="Adresse ?",
        description="Adresse https, ou null si elle n’est pas établie",
        examples=["https://www.cnil.fr/fr/securite-sauvegarder"],
    )
    access_via: ResourceId | None = Field(
        default=None,
        title="Par quelle ressource y arrive-t-on ?",
        description="Sans adresse : la ressource par laquelle on y arrive",
    )
    kind: KindId = Field(description="Nature du document (taxonomy.yml)")
    topic: TopicId = Field(description="Thème du guide (taxonomy.yml)")
    lang: Literal["fr", "en"] = Field(default="fr", title="Langue ?", description="Langue : fr ou en")
    title_lang: Literal["fr", "en"] | None = Field(
        default=None,
        description="Langue du titre, si ce n’est pas celle du document : elle change la voix des lecteurs d’écran",
    )
    published: PartialDate | None = Field(
        title="Publié le ?",
        description="Date de publication, au jour, au mois ou à l’année, ou null",
        examples=["2022-03-28, 2022-03 ou 2022"],
    )
    description: Annotated[Prose, limit(words=45)] = Field(
        title="Description ?",
        description="Ce que l’on y trouve et pourquoi l’ouvrir",
        examples=[
            "La CNIL y explique comment faire ses copies et les essayer. À lire avant de régler une sauvegarde."
        ],
    )
    audience: tuple[RoleId, ...] = Field(default=(), description="Rôles à qui le document s’adresse")
    pages: Number | None = Field(default=None, description="Nombre de pages, si une source le donne")
    minutes: Number | None = Field(default=None, description="Durée en minutes, si une source la donne")
    status: Literal["actif", "a-verifier", "archive", "indisponible"] = Field(
        title="État du document ?",
        description="actif, a-verifier, archive ou indisponible",
        json_schema_extra={"enumDescriptions": [*STATES]},
    )
    confidence: Confidence = Field(description="Solidité de l’adresse : high, medium ou low")
    seen: Literal["publisher", "third-party", "memory"] = Field(
        title="Où avez-vous vu cette adresse ?",
        description="Où l’adresse a été vue ; memory = nulle part, pas de lien",
        json_schema_extra={"enumDescriptions": [*SEEN]},
    )
    title_seen: Flag = Field(
        title="Avez-vous lu ce titre sur le document lui-même ?",
        description="false si le titre a été reconstitué",
    )
    bot_wall: Flag = Field(default=False, description="true si le site refuse les robots")
    checked_by_hand: HandCheck | None = Field(
        default=None, description="Ouverture à la main, là où les robots sont refusés"
    )
    formerly: Url | None = Field(default=None, description="Ancienne adresse du même document")
    archived_url: Url | None = Field(default=None, description="Copie archivée")
    former_ids: tuple[Id, ...] = Field(default=(), description="Anciens identifiants")
    note: Prose | None = Field(default=None, description="Précision pour le lecteur")
    review_by: Day = Field(description="Jour avant lequel il faut relire")

    @property
    def link(self) -> str | None:
        """The address shown to readers: none while nobody has seen it anywhere."""
        return None if self.seen == "memory" else self.url
