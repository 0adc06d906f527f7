"""The kinds of values that data files hold, with their checks and French descriptions.

Checks that need the rest of the guide (does this id exist? is this literal allowed?) read a
`Context` handed to pydantic, so that every error keeps its exact place in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
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
from guide.data.model.context import INVISIBLE, clean, context_of, fault, prose
from guide.text.problems import Code, did_you_mean


class Entry(BaseModel):
    """Base of every model: nothing unknown, nothing changed after reading. Its validator is built when it is first asked:
    most models are only part of another."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Ref:
    """Checks that a value is an id of the given kind."""

    known: ClassVar[set[str]] = set()  # every kind that a model refers to

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.known.add(kind)

    def __call__(self, value: str, info: ValidationInfo) -> str:
        context = context_of(info)
        value = value.strip("/") if self.kind == "page" else value
        known = context.ids.get(self.kind) if context else None
        if context and known is not None and value not in known:
            name, file = context.kinds[self.kind]
            if self.kind == "page":
                made = re.fullmatch(r"[a-z0-9-]+(?:/[a-z0-9-]+)*", value)  # else no page can have it
                other = f"créez docs/{value}.md" if made else "écrivez son adresse sous docs/, sans « .md »"
                remedy = did_you_mean(value, known, other)
                raise fault(Code.REFERENCE, "cette page n’existe pas", remedy, value)
            raise fault(
                Code.REFERENCE,
                f"{name} : identifiant inconnu",
                did_you_mean(value, known, f"les identifiants admis sont dans {file}"),
                value,
            )
        return value


# The id of an entry of each kind; it must exist.
ResourceId = Annotated[str, AfterValidator(Ref("resource"))]
PublisherId = Annotated[str, AfterValidator(Ref("publisher"))]
FactId = Annotated[str, AfterValidator(Ref("fact"))]
LawId = Annotated[str, AfterValidator(Ref("law"))]
ContactId = Annotated[str, AfterValidator(Ref("contact"))]
MeasureId = Annotated[str, AfterValidator(Ref("measure"))]
TopicId = Annotated[str, AfterValidator(Ref("topic"))]
RoleId = Annotated[str, AfterValidator(Ref("role"))]
FrequencyId = Annotated[str, AfterValidator(Ref("frequency"))]
EffortId = Annotated[str, AfterValidator(Ref("effort"))]
CostId = Annotated[str, AfterValidator(Ref("cost"))]
PriorityId = Annotated[str, AfterValidator(Ref("priority"))]
GroupId = Annotated[str, AfterValidator(Ref("group"))]
KindId = Annotated[str, AfterValidator(Ref("kind"))]
PosterGroupId = Annotated[str, AfterValidator(Ref("poster-group"))]
PageId = Annotated[str, AfterValidator(Ref("page"))]
SituationId = Annotated[str, AfterValidator(Ref("situation"))]
PhaseId = Annotated[str, AfterValidator(Ref("phase"))]
DrawingId = Annotated[str, AfterValidator(Ref("drawing"))]
ContentId = Annotated[str, AfterValidator(Ref("content"))]
ClockId = Annotated[str, AfterValidator(Ref("clock"))]


def _day(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value
    remedy = 'écrivez année-mois-jour entre guillemets, par exemple "2026-11-23"'
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            what, remedy = "ce jour n’existe pas", "vérifiez le jour et le mois"
            raise fault(Code.WRONG_VALUE, what, remedy, value) from None
    if isinstance(value, str) and (
        french_order := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value)
    ):
        day, month, year = (int(part) for part in french_order.groups())
        remedy = f'écrivez "{year}-{month:02}-{day:02}"'
    raise fault(Code.WRONG_VALUE, "date illisible", remedy, str(value))


_PARTIAL_DATE = "(19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_IDENTIFIER = "[a-z0-9]+(-[a-z0-9]+)*"


def _partial_date(value: str) -> str:
    if not re.fullmatch(_PARTIAL_DATE, value):
        raise fault(
            Code.WRONG_VALUE,
            "date de publication illisible",
            'écrivez "2022", "2022-03" ou "2022-03-28"',
            value,
        )
    return value


def identifier(value: str) -> str:
    """An id as it may be published. Raises a ValueError that pydantic knows."""
    if not re.fullmatch(_IDENTIFIER, value) or len(value) > 60:
        raise fault(
            Code.WRONG_VALUE,
            "identifiant mal formé",
            "lettres minuscules sans accent, chiffres et tirets, 60 signes au plus",
            value,
        )
    return value


def _asked(value: str) -> str:
    if not value.rstrip().endswith("?"):
        raise fault(Code.WORDING, "ce n’est pas une question", "terminez-la par « ? »", value)
    return value


# What mail programs and search engines put around an address, and what newsletters put behind one.
_WRAPPERS = re.compile(
    r"(?:^|\.)safelinks\.protection\.outlook\.com$|^urldefense(?:\.proofpoint)?\.com$|^www\.google\.[a-z.]+/url|"
    r"^(?:l|lm)\.facebook\.com$|^linkprotect\.cudasvc\.com$|^(?:www\.)?linkedin\.com/redir"
)
_TRACKING = re.compile(
    r"[?&](?P<name>utm_\w+|fbclid|gclid|msclkid|mc_[ce]id|mtm_\w+|pk_\w+|at_\w+|xtor|_hs\w+)=", re.IGNORECASE
)


def check_url(value: str) -> str:
    """An https address with a plain host and no credentials, spaces, tracking or control characters."""
    what, remedy = _fault_of_url(value)
    if what:
        raise fault(Code.ADDRESS, what, remedy, value)
    return value


def _fault_of_url(value: str) -> tuple[str, str]:
    copy = "recopiez l’adresse depuis la barre du navigateur"
    if hidden := INVISIBLE.search(value):
        return (
            f"caractère invisible dans l’adresse (U+{ord(hidden[0]):04X})",
            "effacez-le, ou retapez l’adresse",
        )
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
    except ValueError:  # a bracket, a sign that looks like another: no browser would open it
        return "adresse mal formée", copy
    if value.startswith("http://"):
        return "l’adresse n’est pas sécurisée", "remplacez http:// par https://"
    if parts.scheme != "https":
        return "l’adresse ne commence pas par https://", "ajoutez https:// devant, si le site s’ouvre ainsi"
    if "." not in host or parts.username or re.search(r"[\s<>\"\\^`{}|\x00-\x1f]", value):
        return "adresse mal formée", copy
    if _WRAPPERS.search(host) or _WRAPPERS.search(host + parts.path):
        return "adresse de suivi d’une messagerie ou d’un moteur", "ouvrez-la, puis recopiez la vraie adresse"
    if tracked := _TRACKING.search(value):
        return (
            "l’adresse porte une marque de suivi",
            f"retirez « {tracked['name']}=… » et ce qui sert au suivi derrière lui",
        )
    return "", ""


Id = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{_IDENTIFIER}$", "maxLength": 60}),
    Field(description="Identifiant court et définitif : minuscules, chiffres, tirets, 60 signes au plus"),
]
Text = Annotated[str, StringConstraints(strict=True), AfterValidator(clean)]
Prose = Annotated[str, StringConstraints(strict=True), AfterValidator(clean), AfterValidator(prose)]
Asked = Annotated[Prose, AfterValidator(_asked)]
Url = Annotated[str, StringConstraints(strict=True), AfterValidator(check_url)]
Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
]
PartialDate = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_partial_date),
    WithJsonSchema({"type": "string", "pattern": f"^{_PARTIAL_DATE}$"}),
]
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


Confidence = Annotated[
    Literal["high", "medium", "low"],
    Field(
        json_schema_extra={
            "enumDescriptions": [
                "la source le dit, et elle a été lue",
                "vu à un seul endroit, à relire",
                "incertain",
            ]
        }
    ),
]


class Dated(Entry):
    """A record that somebody must look at again before a day."""

    checked_on: Day = Field(description='Jour de la dernière vérification, par exemple "2026-11-23"')
    checked_by: Text = Field(
        title="Qui l’a vérifié, et comment ?",
        description="Qui a vérifié, et comment",
        examples=["juriste, page lue en ligne"],
    )
    review_by: Day = Field(description="Jour avant lequel il faut relire")

    @property
    def read(self) -> bool:
        """True once a person has read the source; only then do pages and sheets say « vérifié le »."""
        return not self.checked_by.startswith(DOSSIER)


DOSSIER = "dossier"
"""How `checked_by` begins while an entry rests on a dossier that nobody has compared with the source itself."""


class Doubtful(Dated):
    """A dated record that may carry « (à vérifier) »."""

    if TYPE_CHECKING:  # declared by each kind, in the order in which `new` asks
        confidence: str
    unmarked: Text | None = Field(
        default=None,
        description="Pourquoi « (à vérifier) » ne paraît pas malgré une confiance faible : mots adoucis ou usage retiré",
        examples=["mots adoucis : un conseil du guide, pas un fait"],
    )

    @property
    def doubtful(self) -> bool:
        """True where a reader must be warned beside the value itself."""
        return self.confidence != "high" and not self.unmarked
