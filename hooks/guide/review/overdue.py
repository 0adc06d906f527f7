"""What is past its day, what comes soon, what waits for a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from guide.data.guide import Guide
from guide.data.model.checklist import Validation
from guide.data.model.facts import Fact
from guide.data.model.types import Dated
from guide.review.dated import WITHIN


def overdue(facts: Mapping[str, Fact], today: dt.date) -> list[Fact]:
    """Facts whose day of review is past, the oldest first."""
    return sorted(
        (fact for fact in facts.values() if fact.review_by < today), key=lambda fact: fact.review_by
    )


@dataclass(frozen=True, slots=True)
class Trust:
    """What may be said of dated entries together: that somebody read their sources, or on which dossier they rest."""

    read: bool
    day: (
        dt.date | None
    )  # the oldest reading, else the newest day of what nobody has read; None without entries


def trust(entries: Collection[Dated]) -> Trust:
    """What a page, a sheet or a file says once of all that it states."""
    unread = [entry.checked_on for entry in entries if not entry.read]
    if unread:
        return Trust(False, max(unread))
    return Trust(True, min((entry.checked_on for entry in entries), default=None))


def due_soon(facts: Mapping[str, Fact], today: dt.date) -> list[Fact]:
    """Facts to review within the days that `review` lists."""
    return [fact for fact in facts.values() if today <= fact.review_by <= today + dt.timedelta(days=WITHIN)]


def pending(guide: Guide) -> Iterator[Validation]:
    """Every step or measure of ours that nobody of the profession has validated yet."""
    incident = guide.incident
    actions = (action for situation in incident.situations for action in situation.do)
    everything: tuple[Validation, ...] = (
        *guide.measures.values(),
        *incident.imperatives,
        *incident.steps,
        *actions,
        *incident.formalities,
        incident.paper_day,
        *guide.decision.steps,
        *guide.decision.reminders,
        *guide.drawings.values(),
    )
    return (entry for entry in everything if entry.pending)
