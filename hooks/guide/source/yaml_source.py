"""Reads a YAML file written by hand and remembers where every value stands.

Stricter than YAML on purpose: an anchor, a tag, a duplicated key or a word that YAML silently
turns into a boolean is an error with its line, because an editor never means one of those.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from guide.source.kept import NOTHING, Kept, name
from guide.text.problems import Code, Place, Problem

MAX_BYTES = 8_000_000

KeyPath = tuple[str | int, ...]

# What git leaves in a file when two people changed the same lines and nobody chose.
_CONFLICT = re.compile(r"^[ >]*(?:<{7}(?: .*)?|={7}|\|{7}(?: .*)?|>{7}(?: .*)?)$", re.MULTILINE)


@dataclass(slots=True)
class Source:
    """A parsed file: its text, plain values, the place of each, and the problems met while reading."""

    file: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    first_line: int = 1
    text: str = ""
    # The line and the column of every value, in turn, in the order of the file: mostly nobody asks.
    numbers: array[int] = field(default_factory=lambda: array("I"))
    _marks: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    @property
    def marks(self) -> dict[KeyPath, tuple[int, int]]:
        """The place of each value: line and column, from zero."""
        if not self._marks and self.numbers:
            pairs = zip(self.numbers[::2], self.numbers[1::2], strict=True)
            self._marks = dict(zip(_paths(self.value, ()), pairs, strict=True))
        return self._marks

    def place(self, path: KeyPath = ()) -> Place:
        """Place of the value at `path`, or of its closest known parent."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (0, 0))
        return Place(self.file, line + self.first_line, column + 1)


def strings(value: object, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, (*path, index))


def inside(path: Path, root: Path) -> bool:
    """True when `path`, links followed, is in `root`."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def read_text(path: Path, root: Path) -> tuple[str, list[Problem]]:
    """The file's text, or an empty text with the one problem that kept it from being read."""
    shown = path.relative_to(root).as_posix()

    def refuse(
        code: Code, what: str, remedy: str, line: int = 1, found: str = ""
    ) -> tuple[str, list[Problem]]:
        return "", [Problem(Place(shown, line), code, what, remedy, found)]

    if not inside(path, root):
        return refuse(
            Code.FILE, "le fichier est un lien qui sort du projet", "remplacez-le par un vrai fichier"
        )
    try:
        if not path.is_file() and path.exists():
            return refuse(Code.FILE, "ce n’est pas un fichier", "retirez-le, ou mettez-y un vrai fichier")
        size = path.stat().st_size
        raw = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        return refuse(Code.FILE, "fichier absent", "remettez-le, ou vérifiez son nom")
    except PermissionError:
        return refuse(Code.FILE, "fichier illisible", "donnez-vous le droit de le lire")
    except OSError as error:
        return refuse(Code.FILE, "fichier illisible", "remettez-y un vrai fichier", found=str(error.errno))
    if size > MAX_BYTES:
        return refuse(
            Code.FILE,
            f"fichier trop gros (plus de {MAX_BYTES // 1_000_000} Mo)",
            "divisez-le ou retirez ce qui n’est pas du texte",
        )
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return refuse(
            Code.ENCODING,
            "caractère illisible : le fichier n’est pas en UTF-8",
            "enregistrez-le de nouveau avec l’encodage UTF-8",
            line,
            raw[error.start : error.start + 4].hex(),
        )
    if any(sign * 7 in text for sign in "<=>|") and (marks := _CONFLICT.search(text)):
        return refuse(
            Code.CONFLICT,
            "fusion non terminée : deux versions de ce passage se contredisent",
            "gardez une version, ou les deux, puis retirez les lignes <<<<<<<, ======= et >>>>>>>",
            text.count("\n", 0, marks.start()) + 1,
            marks[0],
        )
    return text, []


def read_yaml(path: Path, root: Path, kept: Kept = NOTHING) -> Source:
    """Reads the file; `value` is None and `problems` tells why when it cannot be used at all."""
    text, problems = read_text(path, root)
    source = Source(path.relative_to(root).as_posix())
    source.problems += problems
    if not problems:
        parse(text, source, kept)
    return source


def parse(text: str, source: Source, kept: Kept = NOTHING) -> None:
    """Fills `source` from YAML text; on a syntax error `value` stays None. A text without fault is read once."""
    source.text = text
    wanted = name(text)
    if (known := kept.find(wanted)) is not None:
        source.value, source.numbers = known[0], array("I", known[1])
        return
    from guide.source.yaml_builder import build  # slow to load, and mostly nothing has changed

    source.value, source.numbers, found = build(text, source.file, source.first_line)
    source.problems += found
    if not found:
        kept.put(wanted, [source.value, source.numbers.tolist()])


def _paths(value: object, path: KeyPath) -> Iterator[KeyPath]:
    """The path of every value, in the order in which they are written and read."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))
