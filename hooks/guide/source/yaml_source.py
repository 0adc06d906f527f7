"""Reads a YAML file written by hand and remembers where every value stands.

Stricter than YAML on purpose: an anchor, a tag, a duplicated key or a word that YAML silently
turns into a boolean is an error with its line, because an editor never means one of those.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from guide.source import yaml_hints
from guide.source.kept import NOTHING, Kept, name
from guide.text.problems import Code, Place, Problem

# What YAML does not admit, and the three line ends that YAML sees and no editor shows.
_INVISIBLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAX_BYTES = 8_000_000
MAX_DEPTH = 20
MAX_NODES = 500_000

KeyPath = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(
    r"(?:0|-?[1-9][0-9]{0,14})\Z"
)  # what every reader, JavaScript too, takes for the same number
# Words that YAML 1.1 readers turn into booleans; YAML 1.2 readers keep them as text. We accept neither.
_DISGUISED = {"yes", "no", "on", "off", "y", "n", "oui", "non", "true", "false"}
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
    wanted, faults = name(text), len(source.problems)
    if (known := kept.find(wanted)) is not None:
        source.value, source.numbers = known[0], array("I", known[1])
        return
    _parse(text, source)
    if len(source.problems) == faults:
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


def _parse(text: str, source: Source) -> None:
    lines = text.split("\n")

    def refuse(code: Code, line: int, column: int, what: str, remedy: str) -> None:
        line = min(line, len(lines) - 1)  # YAML counts one more line end than the file has
        place = Place(source.file, line + source.first_line, column + 1)
        source.problems.append(Problem(place, code, what, remedy, lines[line].strip()))

    if odd := _INVISIBLE.search(text):
        before = text[: odd.start()].split("\n")
        refuse(
            Code.SYNTAX,
            len(before) - 1,
            len(before[-1]),
            f"caractère invisible (U+{ord(odd[0]):04X})",
            "effacez-le et retapez le mot",
        )
        return
    try:
        source.value = _Builder(source, lines).build(text)
    except _UnusableError:
        del source.numbers[:]
    except yaml.MarkedYAMLError as error:
        del source.numbers[:]
        mark = error.problem_mark or error.context_mark
        message = " ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line, column, remedy = yaml_hints.advice(lines, line, column, message)
        refuse(Code.SYNTAX, line, column, "YAML illisible", remedy)


class _UnusableError(Exception):
    """Raised inside the builder when going on would be useless or dangerous; it has said why."""


class _Builder:
    """Turns YAML events into dicts, lists and scalars, one pass, without resolving tags."""

    def __init__(self, source: Source, lines: list[str]) -> None:
        self.source, self.lines = source, lines
        self.numbers = source.numbers

    def build(self, text: str) -> Any:
        loader = _LOADER(text)
        self.next: Callable[[], Any] = loader.get_event
        value = None
        seen = False
        while loader.check_event():
            event = self.next()
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._stop(
                        event,
                        "un second document « --- » dans le fichier",
                        "gardez un seul document par fichier",
                    )
                seen = True
            elif isinstance(
                event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent)
            ):
                value = self._node(event, 0)
        return value

    def _node(self, event: Any, depth: int) -> Any:
        if event.anchor:
            self._stop(
                event, "les ancres « & » et les renvois « * » de YAML ne sont pas admis", "recopiez la valeur"
            )
        if len(self.numbers) >= 2 * MAX_NODES or depth > MAX_DEPTH:
            self._stop(
                event,
                "structure trop profonde ou trop grande",
                "vérifiez les retraits et les crochets de ce fichier",
            )
        if event.tag and event.tag not in ("!",):
            self._stop(
                event, "les étiquettes « !… » de YAML ne sont pas admises", "retirez l’étiquette", event.tag
            )
        mark = event.start_mark
        self.numbers.extend((mark.line, mark.column))
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.SequenceStartEvent:
            return self._sequence(depth + 1)
        return self._mapping(depth + 1)

    def _sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth))
        return items

    def _mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        lines: dict[str, int] = {}
        starts: dict[str, int] = {}
        glued = False
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                self._stop(event, "nom de champ illisible", "écrivez un nom simple suivi de « : »")
            key, line = event.value, event.start_mark.line + self.source.first_line
            if odd := yaml_hints.odd_key(key):
                self._stop(event, *odd, key)
            if key in items:
                self._forget(items, starts, key)
            starts[key] = len(self.numbers)
            value = self._node(self.next(), depth)
            if key in lines and not glued:
                glued = key == "id"  # an entry has lost its dash: its other fields follow from it
                self.source.problems.append(
                    Problem(
                        Place(self.source.file, line, event.start_mark.column + 1),
                        Code.DUPLICATE_KEY,
                        f"le champ « {key} » est écrit deux fois (lignes {lines[key]} et {line})",
                        "remettez « - » devant le second" if glued else "gardez une seule des deux lignes",
                    )
                )
            items[key], lines[key] = value, line
        return items

    def _forget(self, items: dict[str, Any], starts: dict[str, int], key: str) -> None:
        """Of two values of one field the second counts; the places of the first go with it."""
        del items[key]
        start = starts.pop(key)
        end = min((each for each in starts.values() if each > start), default=len(self.numbers))
        del self.numbers[start:end]
        starts.update((name, each - (end - start)) for name, each in starts.items() if each > start)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:  # quoted or block text is always text
            return text
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.match(text):
            return int(text)
        self._refuse_cut(event)
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if len(text) < 6 and text.lower() in _DISGUISED:
            self._report(
                Code.FORBIDDEN_YAML,
                event,
                "YAML lit ce mot comme un oui ou un non",
                "écrivez true ou false, ou mettez le mot entre guillemets",
                text,
            )
            return None
        if yaml_hints.stray_quote(text):
            self._report(
                Code.SYNTAX,
                event,
                "ce guillemet ferme un texte que rien n’ouvre",
                "retirez-le, ou ouvrez le texte par un guillemet droit",
                text,
            )
        if yaml_hints.other_kind(text):
            self._report(
                Code.FORBIDDEN_YAML,
                event,
                "sans guillemets, d’autres programmes lisent ici un nombre ou une date",
                f'écrivez "{text}", entre guillemets droits',
                text,
            )
        return text

    def _report(self, code: Code, event: Any, what: str, remedy: str, found: str) -> None:
        mark = event.start_mark
        place = Place(self.source.file, mark.line + self.source.first_line, mark.column + 1)
        self.source.problems.append(Problem(place, code, what, remedy, found))

    def _refuse_cut(self, event: Any) -> None:
        """YAML takes what follows « # » for a comment: an editor who writes « Campagne #CyberMois » loses its end."""
        end = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if (at := yaml_hints.cut_text(line, end.column)) is not None:
            place = Place(self.source.file, end.line + self.source.first_line, at + 1)
            self.source.problems.append(
                Problem(
                    place,
                    Code.FORBIDDEN_YAML,
                    "« # » commence un commentaire : tout ce qui suit est ignoré",
                    "mettez tout le texte entre guillemets droits, ou le commentaire sur une ligne à lui",
                    line[at:],
                )
            )

    def _stop(self, event: Any, what: str, remedy: str, found: str = "") -> None:
        self._report(Code.FORBIDDEN_YAML, event, what, remedy, found)
        raise _UnusableError
