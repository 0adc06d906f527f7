"""The kinds of values that data files hold, with their checks and French descriptions.

Checks that need the rest of the guide (does this id exist? is this literal allowed?) read a
`Context` handed to pydantic, so that every error keeps its exact place in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)

from guide.data.literals import INSERT
from guide.data.model.context import FILE_OF, NAMES, clean, context_of, fault, prose
from guide.text.problems import Code, did_you_mean


class Entry(BaseModel):
    """Base of every model: nothing unknown, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Ref:
    """Checks that a value is an id of the given kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, value: str, info: ValidationInfo) -> str:
        context = context_of(info)
        value = value.strip("/") if self.kind == "page" else value
        known = context.ids.get(self.kind) if context else None
        if known is not None and value not in known:
            raise fault(
                Code.REFERENCE,
                f"{NAMES[self.kind]} : identifiant inconnu",
                did_you_mean(value, known, f"les identifiants admis sont dans {FILE_OF[self.kind]}"),
                value,
            )
        return value


# The id of an entry of each kind; it must exist.
ResourceId = Annotated[str, AfterValidator(_Ref("resource"))]
PublisherId = Annotated[str, AfterValidator(_Ref("publisher"))]
FactId = Annotated[str, AfterValidator(_Ref("fact"))]
LawId = Annotated[str, AfterValidator(_Ref("law"))]
ContactId = Annotated[str, AfterValidator(_Ref("contact"))]
MeasureId = Annotated[str, AfterValidator(_Ref("measure"))]
TopicId = Annotated[str, AfterValidator(_Ref("topic"))]
RoleId = Annotated[str, AfterValidator(_Ref("role"))]
FrequencyId = Annotated[str, AfterValidator(_Ref("frequency"))]
EffortId = Annotated[str, AfterValidator(_Ref("effort"))]
CostId = Annotated[str, AfterValidator(_Ref("cost"))]
PriorityId = Annotated[str, AfterValidator(_Ref("priority"))]
GroupId = Annotated[str, AfterValidator(_Ref("group"))]
KindId = Annotated[str, AfterValidator(_Ref("kind"))]
PosterGroupId = Annotated[str, AfterValidator(_Ref("poster-group"))]
PageId = Annotated[str, AfterValidator(_Ref("page"))]
SituationId = Annotated[str, AfterValidator(_Ref("situation"))]
PhaseId = Annotated[str, AfterValidator(_Ref("phase"))]
ClockId = Annotated[str, AfterValidator(_Ref("clock"))]


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise fault(
        Code.WRONG_VALUE,
        "date illisible",
        'écrivez année-mois-jour entre guillemets, par exemple "2026-11-23"',
        str(value),
    )


def _partial_date(value: str) -> str:
    if not re.fullmatch(r"(19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", value):
        raise fault(
            Code.WRONG_VALUE,
            "date de publication illisible",
            'écrivez "2022", "2022-03" ou "2022-03-28"',
            value,
        )
    return value


def _identifier(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) or len(value) > 60:
        raise fault(
            Code.WRONG_VALUE,
            "identifiant mal formé",
            "lettres minuscules sans accent, chiffres et tirets, 60 signes au plus",
            value,
        )
    return value


def check_url(value: str) -> str:
    """An https address with a plain host and no credentials, spaces or control characters."""
    parts = urlsplit(value)
    if parts.scheme != "https":
        raise fault(
            Code.ADDRESS,
            "l’adresse ne commence pas par https://",
            "mettez l’adresse sécurisée du site",
            value,
        )
    if (
        not parts.hostname
        or "." not in parts.hostname
        or parts.username
        or re.search(r"[\s<>\"\\^`{}|\x00-\x1f]", value)
    ):
        raise fault(
            Code.ADDRESS, "adresse mal formée", "recopiez l’adresse depuis la barre du navigateur", value
        )
    return value


Id = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_identifier),
    Field(description="Identifiant court et définitif : minuscules, chiffres, tirets"),
]
Text = Annotated[str, StringConstraints(strict=True), AfterValidator(clean)]
Prose = Annotated[str, StringConstraints(strict=True), AfterValidator(clean), AfterValidator(prose)]
Url = Annotated[str, StringConstraints(strict=True), AfterValidator(check_url)]
Day = Annotated[
    dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})
]
PartialDate = Annotated[str, StringConstraints(strict=True), AfterValidator(_partial_date)]
Flag = StrictBool
Number = Annotated[StrictInt, Field(ge=0)]


class Limit:
    """Refuses a text over a number of words or characters, and says how much must go."""

    def __init__(self, words: int = 0, characters: int = 0) -> None:
        self.words, self.characters = words, characters

    def __call__(self, value: str) -> str:
        shown = INSERT.sub("x", value)
        words = len(re.findall(r"[^\s’':;?!«»()–-]+", shown))
        if self.words and words > self.words:
            raise fault(
                Code.LENGTH,
                f"texte trop long : {words} mots pour {self.words} au plus",
                f"retirez {words - self.words} mot(s)",
                value,
            )
        if self.characters and len(shown) > self.characters:
            raise fault(
                Code.LENGTH,
                f"texte trop long : {len(shown)} signes pour {self.characters} au plus",
                f"retirez {len(shown) - self.characters} signe(s)",
                value,
            )
        return value


def limit(words: int = 0, characters: int = 0) -> Any:
    """A validator for `Annotated[Prose, limit(words=50)]`."""
    return AfterValidator(Limit(words, characters))


Confidence = Literal["high", "medium", "low"]


class Dated(Entry):
    """A record that somebody must look at again before a day."""

    checked_on: Day = Field(description='Jour de la dernière vérification, par exemple "2026-11-23"')
    checked_by: Text = Field(description="Qui a vérifié, et comment")
    review_by: Day = Field(description="Jour avant lequel il faut relire")
