"""Dates that moved alone: a review is more than a new date, so git is asked what else has changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.source.git import git, require
from guide.source.yaml_source import Source, parse, read_yaml
from guide.text.problems import Code, Problem

if TYPE_CHECKING:
    from guide.data.kinds import Kind

_DATES = ("checked_on", "review_by", "on")


def dates_alone(root: Path, revision: str = "HEAD") -> list[Problem]:
    """Entries whose dates are later than in `revision` while neither the proof nor the checker is another.

    Raises GitError without git, outside of a repository, or for a revision it does not know.
    """
    require(root, revision)
    changed = git(root, "diff", "--name-only", "--relative", revision, "--", "data").splitlines()
    if not changed:
        return []
    from guide.review.dated import FAMILIES  # slow to load

    problems: list[Problem] = []
    for family in FAMILIES:
        name = f"data/{family.file}.yml"
        if name in changed:
            old = Source(name)
            known = git(root, "ls-tree", "--name-only", revision, "--", name)
            parse(git(root, "show", f"{revision}:./{name}") if known else "", old)
            problems += _compare(family, old, read_yaml(root / name, root))
    return problems


def _compare(family: Kind, before: Source, source: Source) -> Iterator[Problem]:
    entries = family.listed(before.value) or ()
    old = {entry["id"]: _flat(entry) for entry in entries if isinstance(entry, dict) and "id" in entry}
    for index, raw in enumerate(family.listed(source.value) or ()):
        if not isinstance(raw, dict):
            continue
        entry = _flat(raw)
        names = [entry.get("id"), *(entry.get("former_ids") or [])]
        was = next((old[name] for name in names if name in old), None)
        if was is None:
            continue  # a new entry: whoever wrote it has just read its source
        moved = [name for name in _DATES if _later(entry.get(name), was.get(name))]
        if moved and all(entry.get(name) == was.get(name) for name in family.signs):
            field = moved[0]
            yield Problem(
                source.place(
                    (*family.base, index, *(("checked_by_hand", "on") if field == "on" else (field,)))
                ),
                Code.DATE_ALONE,
                f"la date de « {entry['id']} » a changé, sans autre trace d’une relecture",
                f"lisez la source, puis lancez ./scripts/guide review {entry['id']}",
                f"{was.get(field)} → {entry.get(field)}",
            )


def _flat(entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with the day and the name of a check by hand beside its other fields."""
    hand = entry.get("checked_by_hand")
    return {**(hand if isinstance(hand, dict) else {}), **entry}


def _later(new: Any, old: Any) -> bool:
    """Whether both are days and the new one is later; a day that cannot be read is another problem's business."""
    try:
        return dt.date.fromisoformat(str(new)) > dt.date.fromisoformat(str(old))
    except ValueError:
        return False
