"""What stands twice in a file: the sentence that names both places, and the ids of its entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guide.source.yaml_source import KeyPath, Source
from guide.text.problems import Code, Problem


def twice(
    source: Source,
    path: KeyPath,
    first: KeyPath,
    what: str,
    remedy: str,
    found: str,
    code: Code = Code.DUPLICATE,
) -> Problem:
    """The problem of what stands at `path` though it stood at `first`."""
    return Problem(source.place(path), code, f"{what}, déjà ligne {source.place(first).line}", remedy, found)


def duplicate_ids(source: Source, base: tuple[str | int, ...] = (), entries: Any = None) -> Iterator[Problem]:
    """Each id of a list that an earlier entry has; the list is the whole file, or what stands at `base`."""
    seen: dict[str, KeyPath] = {}
    items = source.value if entries is None else entries
    for index, entry in enumerate(items if isinstance(items, list) else []):
        key = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(key, str):
            continue
        path = (*base, index, "id")
        if key in seen:
            what, remedy = "identifiant déjà pris", "choisissez-en un autre"
            yield twice(source, path, seen[key], what, remedy, key, Code.IDENTIFIER)
        seen.setdefault(key, path)


def duplicate_ids_inside(source: Source) -> Iterator[Problem]:
    """The same for a file of several lists."""
    if isinstance(source.value, dict):
        for key, entries in source.value.items():
            yield from duplicate_ids(source, (key,), entries)
