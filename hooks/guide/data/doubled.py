"""What stands twice in a file: the sentence that names both places, and the ids of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from guide.source.yaml_source import KeyPath, Source
from guide.text.problems import Code, Problem


def repeated(
    source: Source,
    keys: Iterable[tuple[KeyPath, Any, str]],
    what: str,
    remedy: str,
    code: Code = Code.DUPLICATE,
) -> Iterator[Problem]:
    """The problem of each key that stood at an earlier place; `keys` are places, keys, and the words that show them."""
    first: dict[Any, KeyPath] = {}
    for path, key, found in keys:
        if (before := first.setdefault(key, path)) != path:
            line = source.place(before).line
            yield Problem(source.place(path), code, f"{what}, déjà ligne {line}", remedy, found)


def duplicate_ids(source: Source) -> Iterator[Problem]:
    """Each id that an earlier entry of the same list has; a file is one list, or has several."""
    value = source.value
    lists = {(key,): each for key, each in value.items()} if isinstance(value, dict) else {(): value}
    ids = (
        ((*base, index, "id"), (base, entry["id"]), entry["id"])
        for base, entries in lists.items()
        for index, entry in enumerate(entries if isinstance(entries, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("id"), str)
    )
    return repeated(source, ids, "identifiant déjà pris", "choisissez-en un autre", Code.IDENTIFIER)
