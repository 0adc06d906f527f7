"""Reads a YAML file written by hand and remembers where every value stands.

Stricter than YAML on purpose: an anchor, a tag, a duplicated key or a word that YAML silently
turns into a boolean is an error with its line, because an editor never means one of those.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
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
_DEEPEST = 200  # of a file of others, whose reader slows down with every level
_NULLS = {"", "~", "null", "Null", "NULL"}

KeyPath = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(
    r"(?:0|-?[1-9][0-9]{0,14})\Z"
)  # what every reader, JavaScript too, takes for the same number
# Words that YAML 1.1 readers turn into booleans; YAML 1.2 readers keep them as text. We accept neither.
_DISGUISED = {"yes", "no", "on", "off", "y", "n", "oui", "non"}
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
    numbers: list[int] | None = (
        None  # the marks of a value that was kept, line and column in turn: mostly nobody asks
    )
    _marks: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)

    @property
    def marks(self) -> dict[KeyPath, tuple[int, int]]:
        """The place of each value: line and column, from zero."""
        if self.numbers is not None:
            pairs = zip(self.numbers[::2], self.numbers[1::2], strict=True)
            written = (
                _paths(self.value, ()) if self.numbers else ()
            )  # an empty file holds no value, not even itself
            self._marks = dict(zip(written, pairs, strict=True))
            self.numbers = None
        return self._marks

    def place(self, path: KeyPath = ()) -> Place:
        """Place of the value at `path`, or of its closest known parent."""
        while path and path not in self.marks:
            path = path[:-1]
        line, column = self.marks.get(path, (0, 0))
        return Place(self.file, line + self.first_line, column + 1)

    def report(self, code: Code, path: KeyPath, what: str, remedy: str, found: str = "") -> None:
        """Adds a problem at the place of `path`."""
        self.problems.append(Problem(self.place(path), code, what, remedy, found))


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


def top_texts(path: Path, root: Path) -> dict[str, str]:
    """The texts at the top of a file that other programs read too: what only they understand (tags, anchors) is passed
    over. Empty for a file that is absent or that nobody can read."""
    text, problems = read_text(path, root)
    found: dict[str, str] = {}
    depth, key = 0, None
    try:
        for event in () if problems else yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    return found
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
                key = None
            elif depth == 1 and isinstance(event, yaml.NodeEvent):
                value = event.value if isinstance(event, yaml.ScalarEvent) else ""
                if key is None:
                    key = value
                    continue
                if (
                    isinstance(event, yaml.ScalarEvent)
                    and not event.tag
                    and not (not event.style and value in _NULLS)
                ):
                    found[key] = value
                key = None
    except yaml.YAMLError:
        pass  # what stood before is well read; `check` names the fault
    return found


def parse(text: str, source: Source, kept: Kept = NOTHING) -> None:
    """Fills `source` from YAML text; on a syntax error `value` stays None. A text without fault is read once."""
    source.text = text
    wanted, faults = name(text), len(source.problems)
    if (known := kept.find(wanted)) is not None:
        source.value, source.numbers = known
        return
    _parse(text, source)
    if len(source.problems) == faults:
        kept.put(wanted, [source.value, [number for mark in source.marks.values() for number in mark]])


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
        source.value = _Builder(source, lines).build(yaml.parse(text, Loader=_LOADER))
    except _UnusableError as stop:
        source.problems.append(stop.problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = " ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line, column, remedy = yaml_hints.advice(lines, line, column, message)
        refuse(Code.SYNTAX, line, column, "YAML illisible", remedy)


class _UnusableError(Exception):
    """Raised inside the builder when going on would be useless or dangerous."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Builder:
    """Turns YAML events into dicts, lists and scalars, one pass, without resolving tags."""

    def __init__(self, source: Source, lines: list[str]) -> None:
        self.source, self.lines = source, lines
        self.nodes = 0

    def build(self, events: Iterator[Any]) -> Any:
        self.events = events
        value = None
        seen = False
        for event in events:
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
                value = self._node(event, ())
        return value

    def _node(self, event: Any, path: KeyPath) -> Any:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._stop(
                event, "les ancres « & » et les renvois « * » de YAML ne sont pas admis", "recopiez la valeur"
            )
        if self.nodes > MAX_NODES or len(path) > MAX_DEPTH:
            self._stop(
                event,
                "structure trop profonde ou trop grande",
                "vérifiez les retraits et les crochets de ce fichier",
            )
        if event.tag and event.tag not in ("!",):
            self._stop(
                event, "les étiquettes « !… » de YAML ne sont pas admises", "retirez l’étiquette", event.tag
            )
        self.source.marks[path] = (event.start_mark.line, event.start_mark.column)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: KeyPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, (*path, len(items))))
        return items

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        items: dict[str, Any] = {}
        lines: dict[str, int] = {}
        glued = False
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._stop(event, "nom de champ illisible", "écrivez un nom simple suivi de « : »")
            key, line = event.value, event.start_mark.line + self.source.first_line
            if odd := yaml_hints.odd_key(key):
                self._stop(event, *odd, key)
            value = self._node(next(self.events), (*path, key))
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

    def _scalar(self, event: Any, path: KeyPath) -> Any:
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
        if text.lower() in _DISGUISED | {"true", "false"}:
            self.source.report(
                Code.FORBIDDEN_YAML,
                path,
                "YAML lit ce mot comme un oui ou un non",
                "écrivez true ou false, ou mettez le mot entre guillemets",
                text,
            )
            return None
        if yaml_hints.stray_quote(text):
            self.source.report(
                Code.SYNTAX,
                path,
                "ce guillemet ferme un texte que rien n’ouvre",
                "retirez-le, ou ouvrez le texte par un guillemet droit",
                text,
            )
        if yaml_hints.other_kind(text):
            self.source.report(
                Code.FORBIDDEN_YAML,
                path,
                "sans guillemets, d’autres programmes lisent ici un nombre ou une date",
                f'écrivez "{text}", entre guillemets droits',
                text,
            )
        return text

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
        mark = event.start_mark
        place = Place(self.source.file, mark.line + self.source.first_line, mark.column + 1)
        raise _UnusableError(Problem(place, Code.FORBIDDEN_YAML, what, remedy, found))
