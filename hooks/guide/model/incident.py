"""What to do in an incident (`incident.yml`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from guide.model.checklist import Validation
from guide.model.types import Confidence, Entry, Flag, Id, Number, Prose, Text, choice, limit, ref

Deadline = choice("tout-de-suite", "dans-l-heure", "le-jour-meme", "sous-72-heures", "des-que-possible", "plus-tard")
Roles = tuple[ref("role"), ...]  # type: ignore[misc]
Sources = tuple[ref("resource"), ...]  # type: ignore[misc]


class Imperative(Validation):
    """One of the six lines of the poster."""

    id: Id
    text: Annotated[Prose, limit(words=8)]
    detail: Prose
    sources: Sources


class Phase(Entry):
    id: Id
    label: Text


class Step(Validation):
    """One step of the timeline after a ransomware attack."""

    id: Id
    phase: ref("phase")  # type: ignore[valid-type]
    text: Prose
    deadline: Deadline
    why: Prose
    who: Roles = Field(min_length=1)
    contact: ref("contact") | None = None  # type: ignore[valid-type]
    sources: Sources
    clock: ref("clock") | None = None  # type: ignore[valid-type]


class Clock(Entry):
    """A legal limit counted in elapsed hours."""

    id: Id
    title: Prose
    hours: Number
    starts_at: Prose
    legal: tuple[ref("law"), ...]  # type: ignore[misc]
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
    contact: ref("contact") | None = None  # type: ignore[valid-type]
    sources: Sources


class Situation(Entry):
    """One of the situations of « Je suis attaqué », a page each."""

    id: Id
    page: ref("page")  # type: ignore[valid-type]
    title: Prose
    summary: Annotated[Prose, limit(words=30)]
    who: Prose
    when: Prose
    signs: tuple[Prose, ...] = Field(min_length=1)
    do: tuple[Action, ...] = Field(min_length=1)
    dont: tuple[Prose, ...] = Field(min_length=1)
    contacts: tuple[ref("contact"), ...]  # type: ignore[misc]
    say: tuple[Prose, ...] = Field(min_length=3, max_length=3, description="Trois phrases à dire au téléphone")
    keep: tuple[Prose, ...] = Field(min_length=1)
    over_when: tuple[Prose, ...] = Field(min_length=1)
    clocks: tuple[ref("clock"), ...] = ()  # type: ignore[misc]
    sources: Sources = Field(min_length=1)
    confidence: Confidence
    note: Prose | None = None


class Formality(Validation):
    """One line of the table of formalities."""

    id: Id
    what: Prose
    compulsory_for: Prose
    deadline: Prose
    starts: Prose
    where: Prose
    contact: ref("contact") | None = None  # type: ignore[valid-type]
    resource: ref("resource") | None = None  # type: ignore[valid-type]
    at_hand: tuple[Prose, ...]
    proof: Prose
    sources: Sources
    confidence: Confidence


class Letter(Entry):
    """A model letter; what the practice fills in stands in [brackets]."""

    title: Prose
    placeholders: Prose
    paragraphs: tuple[Prose, ...]


class Table(Entry):
    """An empty table to print: its title and column heads."""

    title: Prose
    columns: tuple[Text, ...]


class PaperDay(Validation):
    """The kit of a day without software."""

    prepare: tuple[Prose, ...]
    appointments: Table
    act_sheet: Table
    ask_again: tuple[Prose, ...]
    phone_script: tuple[Prose, ...]
    re_entry: Table
    sources: Sources


class Log(Entry):
    """The incident log sheet."""

    title: Prose
    columns: tuple[Text, ...]
    first_lines: tuple[Prose, ...]
    instructions: tuple[Prose, ...]


class Incident(Entry):
    """Everything about an attack, from the six lines of the poster to the log sheet."""

    imperatives: tuple[Imperative, ...] = Field(min_length=6, max_length=6)
    phases: tuple[Phase, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    situations: tuple[Situation, ...]
    formalities: tuple[Formality, ...]
    patient_letter: Letter
    paper_day: PaperDay
    log: Log
