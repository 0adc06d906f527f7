"""What is past its day, what comes soon, what waits for a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from guide.data.guide import Guide
from guide.data.model.checklist import Validation
from guide.data.model.facts import Fact
from guide.review.dated import WITHIN


def overdue(facts: Mapping[str, Fact], today: dt.date) -> list[Fact]:
    """Facts whose day of review is past, the oldest first."""
    return sorted(
        (fact for fact in facts.values() if fact.review_by < today), key=lambda fact: fact.review_by
    )


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
    )
    return (entry for entry in everything if entry.pending)
