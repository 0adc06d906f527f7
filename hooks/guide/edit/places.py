"""Where a new entry belongs in its file, by the order that the head of each file announces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from guide.text.french import sort_key

# After which element (-1: before all), and whether to stand right above the next one.
Place = tuple[int, bool]


def of_resource(entries: Sequence[Any], new: Mapping[str, Any], topics: Sequence[str]) -> Place:
    """By theme, in the order of the taxonomy, then by id."""
    rank = {topic: number for number, topic in enumerate(topics)}

    def key(entry: Mapping[str, Any]) -> tuple[int, str]:
        return rank.get(entry["topic"], len(rank)), entry["id"]

    after = _last(entries, lambda entry: key(entry) < key(new))
    first = after >= 0 and entries[after]["topic"] != new["topic"] and after + 1 < len(entries)
    return after, first


def of_publisher(entries: Sequence[Any], new: Mapping[str, Any]) -> Place:
    """By id."""
    return _last(entries, lambda entry: entry["id"] < new["id"]), False


def of_measure(entries: Sequence[Any], new: Mapping[str, Any], groups: Sequence[str]) -> Place:
    """Last of its group; a group without measures yet comes after the groups before it."""
    earlier = groups[: groups.index(new["group"]) + 1]
    same = _last(entries, lambda entry: entry["group"] == new["group"])
    return (same if same >= 0 else _last(entries, lambda entry: entry["group"] in earlier)), False


def of_term(entries: Sequence[Any], new: Mapping[str, Any]) -> Place:
    """By the word, accents and case set aside."""
    return _last(entries, lambda entry: sort_key(entry["term"]) < sort_key(new["term"])), False


def of_fact(entries: Sequence[Any], new: Mapping[str, Any]) -> Place:
    """Behind the last fact of the same theme that shares its first source, else behind the longest run of its theme."""
    near = _last(
        entries, lambda entry: entry["topic"] == new["topic"] and new["sources"][0] in entry["sources"]
    )
    if near >= 0:
        return near, False
    best, length, run = len(entries) - 1, 0, 0
    for index, entry in enumerate(entries):
        run = run + 1 if entry["topic"] == new["topic"] else 0
        if run > length:
            best, length = index, run
    return best, False


def _last(entries: Sequence[Any], wanted: Any) -> int:
    return max((index for index, entry in enumerate(entries) if wanted(entry)), default=-1)
