"""What to do in an incident (`incident.yml`)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from guide.model.checklist import Validation
from guide.model.sheets import Widths
from guide.model.types import (
    ClockId,
    Confidence,
    ContactId,
    Entry,
    FactId,
    Flag,
    Id,
    LawId,
    Number,
    PageId,
    PhaseId,
    Prose,
    ResourceId,
    RoleId,
    Text,
    limit,
)

Deadline: TypeAlias = Literal[
    "tout-de-suite", "dans-l-heure", "le-jour-meme", "sous-72-heures", "des-que-possible", "plus-tard"
]
Roles: TypeAlias = tuple[RoleId, ...]
Sources: TypeAlias = tuple[ResourceId, ...]


class Imperative(Validation):
    """One of the lines of the poster, six at most."""

    id: Id
    text: Annotated[Prose, limit(words=8)]
    detail: Prose
    sources: Sources


class PosterContact(Entry):
    """Who stands in print between emergency and routine."""

    contact: ContactId = Field(description="Contact imprimable : confidence high, paper true")
    label: Text | None = Field(default=None, description="Mot devant le numéro ou l’adresse")
    note: Text | None = Field(default=None, description="Mot après, entre parenthèses")


class EmergencyPoster(Entry):
    """What the sheet to hang up holds besides the imperatives and the measures."""

    blanks: tuple[Annotated[Prose, limit(characters=40)], ...] = Field(
        min_length=1, max_length=8, description="Lignes de numéros à remplir à la main, huit au plus"
    )
    contacts: tuple[PosterContact, ...] = Field(
        min_length=1, max_length=3, description="Trois contacts au plus, imprimés sous les gestes"
    )
    place: Prose = Field(description="Première ligne du pied : où l’accrocher")


class Phase(Entry):
    id: Id
    label: Text


class Step(Validation):
    """One step of the timeline after a ransomware attack."""

    id: Id
    phase: PhaseId
    text: Prose
    deadline: Deadline
    why: Prose
    who: Roles = Field(min_length=1)
    contact: ContactId | None = None
    sources: Sources
    clock: ClockId | None = None


class Clock(Entry):
    """A legal limit counted in elapsed hours."""

    id: Id
    title: Prose
    hours: Number
    fact: FactId = Field(description="Fait daté qui porte ce délai")
    starts_at: Prose
    legal: tuple[LawId, ...]
    addressee: Prose
    who: Prose
    scope: Prose
    exception: Prose | None
    partial_allowed: Flag | None
    if_late: Prose
    consequence: Prose
    next: Prose
    sources: Sources
    confidence: Confidence


class Action(Validation):
    """One thing to do in a situation."""

    text: Prose
    why: Prose | None = None
    who: Roles = Field(min_length=1)
    contact: ContactId | None = None
    sources: Sources


class Situation(Entry):
    """One of the situations of « Je suis attaqué », a page each."""

    id: Id
    page: PageId
    title: Prose
    summary: Annotated[Prose, limit(words=30)]
    who: Prose
    when: Prose
    signs: tuple[Prose, ...] = Field(min_length=1)
    do: tuple[Action, ...] = Field(min_length=1)
    dont: tuple[Prose, ...] = Field(min_length=1)
    contacts: tuple[ContactId, ...]
    say: tuple[Prose, ...] = Field(
        min_length=3, max_length=3, description="Trois phrases à dire au téléphone"
    )
    keep: tuple[Prose, ...] = Field(min_length=1)
    over_when: tuple[Prose, ...] = Field(min_length=1)
    clocks: tuple[ClockId, ...] = ()
    sources: Sources = Field(min_length=1)
    confidence: Confidence
    note: Prose | None = None


class Formality(Validation):
    """One line of the table of formalities."""

    id: Id
    essential: Flag = Field(default=False, description="true : montrée d’abord, les autres sont repliées")
    what: Prose
    compulsory_for: Prose
    deadline: Prose
    starts: Prose
    where: Prose
    contact: ContactId | None = None
    resource: ResourceId | None = None
    at_hand: tuple[Prose, ...]
    proof: Prose
    sources: Sources
    confidence: Confidence


class Letter(Entry):
    """A model letter; what the practice fills in stands in [brackets]."""

    title: Prose
    placeholders: Prose
    paragraphs: tuple[Prose, ...]


class Table(Widths):
    """An empty table to print: its title and column heads."""

    title: Prose


class PaperDay(Validation):
    """The kit of a day without software."""

    prepare: tuple[Prose, ...]
    appointments: Table
    act_sheet: Table
    ask_again: tuple[Prose, ...]
    phone_script: tuple[Prose, ...]
    re_entry: Table
    sources: Sources


class Log(Widths):
    """The incident log sheet."""

    title: Prose
    first_lines: tuple[Prose, ...]
    instructions: tuple[Prose, ...]


class Incident(Entry):
    """Everything about an attack, from the lines of the poster to the log sheet."""

    imperatives: tuple[Imperative, ...] = Field(min_length=1, max_length=6)
    poster: EmergencyPoster
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    situations: tuple[Situation, ...]
    formalities: tuple[Formality, ...]
    notice_letter: Letter
    paper_day: PaperDay
    log: Log
