"""The settings of the link check (`link-rules.yml`). What is absent keeps the program's own value."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from guide.data.model.context import fault
from guide.data.model.types import Day, Entry, Flag, Number, Text
from guide.text.problems import Code


def _decimal(value: object) -> object:
    """YAML here has no decimals of its own: `0.5` arrives as a text."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", value):
        return float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise fault(
            Code.WRONG_TYPE,
            "un nombre est attendu",
            'écrivez-le en chiffres, et entre guillemets s’il n’est pas entier : "0.5"',
            str(value),
        )
    return value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError):
        raise fault(
            Code.WRONG_VALUE, "expression incorrecte", "vérifiez parenthèses et barres « \\ »", value
        ) from None
    return value


def _list(value: object) -> object:
    return () if value is None else value


Seconds = Annotated[float, BeforeValidator(_decimal), Field(ge=0, le=1_000_000_000, strict=True)]
Count = Annotated[Number, Field(ge=1, le=1_000_000_000)]
Whole = Annotated[Number, Field(le=1_000_000_000)]
Pattern = Annotated[str, StringConstraints(strict=True), AfterValidator(_pattern)]
Plain = Annotated[str, StringConstraints(strict=True)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_list)]
Plains = Annotated[tuple[Plain, ...], BeforeValidator(_list)]


class Witnesses(Entry):
    """Links whose state is known: they prove that a run saw the network."""

    alive: Plains = Field(default=(), description="Adresses que l’on sait vivantes")
    dead: Plains = Field(default=(), description="Adresses que l’on sait mortes")


class Phrases(Entry):
    """By what words a page that answers says that it is absent, or out of order."""

    titles: Patterns = Field(default=(), description="Titre ou premier intertitre entier (expressions)")
    texts: Patterns = Field(default=(), description="Dans le texte d’une page très courte (expressions)")


class HostSettings(Entry):
    """What is special about one site."""

    delay: Seconds | None = Field(default=None, description="Secondes entre deux demandes")
    per_host: Count | None = Field(default=None, description="Demandes simultanées")
    timeout: Seconds | None = Field(default=None, description="Secondes accordées à une adresse")
    soft_404: Patterns = Field(default=(), description="Phrases d’absence de ce site (expressions)")
    dead_statuses: tuple[Number, ...] = Field(
        default=(), description="Réponses (400, 422…) par lesquelles ce site dit qu’une page n’existe plus"
    )
    http_only: Flag = Field(default=False, description="true si le site n’existe pas en https")


class Exemption(Entry):
    """Links that are left alone for a while."""

    url: Text = Field(description="Adresse ; « * » remplace n’importe quoi")
    reason: Text = Field(description="Pourquoi")
    until: Day = Field(description="Jour où l’exception cesse")
    by: Text = Field(description="Qui l’a décidée")


class LinkRules(Entry):
    """`link-rules.yml`."""

    delay: Seconds | None = Field(default=None, description="Secondes entre deux demandes à un même site")
    jitter: Annotated[Seconds, Field(le=1)] | None = Field(
        default=None, description="Part de hasard de ce délai, 0.3 pour 30 %"
    )
    per_host: Count | None = Field(default=None, description="Demandes simultanées à un même site")
    concurrency: Count | None = Field(default=None, description="Demandes simultanées en tout")
    timeout: Annotated[Seconds, Field(ge=0.1)] | None = Field(
        default=None, description="Secondes accordées à une adresse"
    )
    retries: Whole | None = Field(default=None, description="Nouveaux essais après une panne passagère")
    budget: Annotated[Seconds, Field(ge=1)] | None = Field(
        default=None, description="Secondes pour tout le passage"
    )
    fresh_days: Whole | None = Field(
        default=None, description="Jours pendant lesquels un lien valide n’est pas redemandé"
    )
    hand_days: Whole | None = Field(default=None, description="Jours que vaut une visite à la main")
    broken_after_runs: Count | None = Field(
        default=None, description="Passages après lesquels un site injoignable est tenu pour mort…"
    )
    broken_after_days: Whole | None = Field(default=None, description="… répartis sur ce nombre de jours")
    look_bytes: Count | None = Field(default=None, description="Octets lus d’une page")
    canaries: Witnesses | None = Field(default=None, description="Liens témoins")
    soft_404: Phrases | None = Field(default=None, description="Phrases de pages absentes")
    parked: Patterns | None = Field(default=None, description="Phrases de domaines à vendre (expressions)")
    default_pages: Patterns | None = Field(
        default=None, description="Titres de sites jamais installés (expressions)"
    )
    maintenance: Patterns | None = Field(default=None, description="Titres de travaux en cours (expressions)")
    errors: Phrases | None = Field(default=None, description="Titres et intertitres de pannes")
    skip_keys: Plains | None = Field(default=None, description="Clés dont l’adresse n’est montrée à personne")
    hosts: dict[str, HostSettings] | None = Field(default=None, description="Particularités d’un site")
    ignore: Annotated[tuple[Exemption, ...], BeforeValidator(_list)] = Field(
        default=(), description="Exceptions"
    )
