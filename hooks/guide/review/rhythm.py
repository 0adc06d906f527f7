"""How long a subject may stay unread: the day proposed for its next review."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from guide.data.model.taxonomy import Rhythm
from guide.text.french import add_months, sort_key

LONGEST = 12
SHORTEST = 3


def next_review(
    rhythms: Iterable[Rhythm],
    about: str,
    topic: str,
    today: dt.date,
    former: tuple[dt.date, dt.date] | None = None,
) -> dt.date:
    """The day to propose: the nearest that a rhythm of the taxonomy asks for, else the interval there was, else a year.

    `former` is the last check and the review it announced; an interval is kept within three to twelve months.
    """
    words = sort_key(about)
    days = []
    for rhythm in rhythms:
        if topic in rhythm.topics or any(
            re.search(rf"\b{re.escape(sort_key(word))}\b", words) for word in rhythm.words
        ):
            if rhythm.until is not None and rhythm.until > today:
                days.append(rhythm.until)
            if rhythm.months:
                days.append(add_months(today, rhythm.months))
    if days:
        return min(days)
    if former is None:
        return add_months(today, LONGEST)
    checked, due = former
    months = round((due - checked).days / 30.44)
    return add_months(today, min(max(months, SHORTEST), LONGEST))
