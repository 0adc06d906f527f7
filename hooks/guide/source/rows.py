"""The tables of the program itself: what a row says against another is one sentence at its line, as for data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from guide.text.problems import Code, Place, Problem

_HOOKS = Path(__file__).parents[2]


def wrong(module: str, name: str, what: str, remedy: str = "corrigez sa ligne") -> Problem:
    """The problem of the last row called `name` in a table of `module` (its dotted name)."""
    path = _HOOKS.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = path.read_text(encoding="utf-8")
    # A row begins with its name, but for a row that has another name's place.
    found = [*re.finditer(rf'\(\s*"{name}"', text)] or [*re.finditer(rf'"{name}"|\b{name}=', text)]
    line = text.count("\n", 0, found[-1].end()) + 1 if found else 1
    place = Place(f"hooks/{path.relative_to(_HOOKS).as_posix()}", line)
    return Problem(place, Code.DUPLICATE, what, remedy, name)


def twice(module: str, names: Iterable[str], what: str = "ce nom") -> Iterator[Problem]:
    """The problem of each name that several rows of a table bear."""
    for name, count in Counter(names).items():
        if count > 1:
            yield wrong(module, name, f"{what} est à {count} lignes de la table", "gardez-en une")
