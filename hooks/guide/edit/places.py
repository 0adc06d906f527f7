"""Where a new entry belongs in its file, by the order that its kind announces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.text.french import sort_key

# After which element (-1: before all), and whether to stand right above the next one.
Place = tuple[int, bool]


def place(
    entries: Sequence[Mapping[str, Any]],
    new: Mapping[str, Any],
    order: Sequence[str],
    ranks: Mapping[str, Sequence[str]],
) -> Place:
    """Among the entries alike in all fields of `order` but the last, by this one; « - » before it: greatest first.

    `ranks` gives the order of the ids that some fields hold; other values go by their words.
    """
    if not order:
        return len(entries) - 1, False
    *alike, last = order
    down, last = last.startswith("-"), last.removeprefix("-")

    def key(entry: Mapping[str, Any], name: str) -> tuple[int, str]:
        value = entry.get(name)
        known = ranks.get(name, ())
        return (known.index(value), "") if value in known else (len(known), sort_key(str(value)))

    kin = [rank for rank, each in enumerate(entries) if all(each.get(name) == new[name] for name in alike)]
    if alike and not kin:
        first = alike[0]
        earlier = [rank for rank, each in enumerate(entries) if key(each, first) <= key(new, first)]
        return max(earlier, default=-1), False
    if isinstance(new[last], list):  # no order among lists: beside what has the same first value
        same = [rank for rank in kin if new[last][0] in entries[rank][last]]
        return max(same or kin, default=len(entries) - 1), False
    mine = key(new, last)
    before = [
        rank
        for rank in kin
        if (key(entries[rank], last) > mine if down else key(entries[rank], last) <= mine)
    ]
    return (before[-1], False) if before else (kin[0] - 1 if kin else -1, bool(alike))
