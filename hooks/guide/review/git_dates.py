"""Dates that moved alone: a review is more than a new date, so git is asked what else has changed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guide.review.dated import FAMILIES, Family
from guide.source.yaml_source import Source, parse
from guide.text.problems import Code, Problem

# What a review renews, beside its dates: one of them at least, or nobody has shown that the source was read.
_SIGNS: Mapping[str, tuple[str, ...]] = {
    "fact": ("relied_on", "checked_by"),
    "law": ("checked_by",),
    "contact": ("checked_by",),
    "offer": ("checked_by",),
    "resource": ("by", "title", "url", "status"),
}
_DATES = ("checked_on", "review_by", "on")


class NoHistoryError(Exception):
    """Dates cannot be compared; its text says why in French."""


def dates_alone(root: Path, sources: Mapping[str, Source], revision: str = "HEAD") -> list[Problem]:
    """Entries whose dates are later than in `revision` while neither the proof nor the checker is another.

    Raises NoHistoryError without git, outside of a repository, or for a revision it does not know.
    """
    if revision.startswith("-"):
        raise NoHistoryError(f"« {revision} » n’est pas une révision de git")
    _git(root, "rev-parse", "--quiet", "--verify", f"{revision}^{{commit}}")
    files = [family.file for family in FAMILIES]
    paths = [f"data/{file}.yml" for file in dict.fromkeys(files)]
    changed = _git(root, "diff", "--name-only", "--relative", revision, "--", *paths).splitlines()
    problems: list[Problem] = []
    for family in FAMILIES:
        name = f"data/{family.file}.yml"
        if name in changed:
            old = Source(name)
            known = _git(root, "ls-tree", "--name-only", revision, "--", name)
            parse(_git(root, "show", f"{revision}:./{name}") if known else "", old)
            problems += _compare(family, _entries(family, old.value), sources[family.file])
    return problems


def _entries(family: Family, value: Any) -> list[Any]:
    for step in family.base:
        value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, list) else []


def _compare(family: Family, before: list[Any], source: Source) -> Iterator[Problem]:
    old = {entry["id"]: _flat(entry) for entry in before if isinstance(entry, dict) and "id" in entry}
    for index, raw in enumerate(_entries(family, source.value)):
        if not isinstance(raw, dict):
            continue
        entry = _flat(raw)
        names = [entry.get("id"), *(entry.get("former_ids") or [])]
        was = next((old[name] for name in names if name in old), None)
        if was is None:
            continue  # a new entry: whoever wrote it has just read its source
        moved = [name for name in _DATES if _later(entry.get(name), was.get(name))]
        if moved and all(entry.get(name) == was.get(name) for name in _SIGNS[family.name]):
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
    return isinstance(new, str) and isinstance(old, str) and new > old


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-c", "core.quotePath=false", "-C", str(root), *arguments]
    environment = {**os.environ, "LC_ALL": "C"}  # its messages are read below
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, check=True, encoding="utf-8", errors="replace"
        )
    except FileNotFoundError:
        raise NoHistoryError("git n’est pas installé") from None
    except subprocess.CalledProcessError as error:
        if "not a git repository" in error.stderr:
            raise NoHistoryError("ce dossier n’est pas suivi par git") from None
        if "dubious ownership" in error.stderr:
            raise NoHistoryError("git refuse ce dossier, qui appartient à un autre compte") from None
        revision = arguments[-1].removesuffix("^{commit}")
        raise NoHistoryError(f"git ne connaît pas la version « {revision} »") from None
    return done.stdout
