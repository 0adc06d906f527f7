"""From the text of a YAML file to plain values with their places: one pass of events, stricter than YAML."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from typing import Any

import yaml

from guide.source import yaml_hints
from guide.text.problems import Code, Place, Problem

# What YAML does not admit, and the three line ends that YAML sees and no editor shows.
_INVISIBLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MAX_DEPTH = 20
MAX_NODES = 500_000
_DEEPEST = 200  # of a file of others, whose reader slows down with every level
_NULLS = {"", "~", "null", "Null", "NULL"}

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(
    r"(?:0|-?[1-9][0-9]{0,14})\Z"
)  # what every reader, JavaScript too, takes for the same number
# Words that YAML 1.1 readers turn into booleans; YAML 1.2 readers keep them as text. We accept neither.
_DISGUISED = {"yes", "no", "on", "off", "y", "n", "oui", "non", "true", "false"}


def build(text: str, file: str, first_line: int) -> tuple[Any, array[int], list[Problem]]:
    """The value of a text; line and column, from 0, of every value in it, in turn; what keeps it from being read."""
    lines = text.split("\n")
    builder = _Builder(file, first_line, lines)

    def refuse(code: Code, line: int, column: int, what: str, remedy: str) -> None:
        line = min(line, len(lines) - 1)  # YAML counts one more line end than the file has
        builder.report(code, (line, column), what, remedy, lines[line].strip())

    if odd := _INVISIBLE.search(text):
        before = text[: odd.start()].split("\n")
        refuse(
            Code.SYNTAX,
            len(before) - 1,
            len(before[-1]),
            f"caractère invisible (U+{ord(odd[0]):04X})",
            "effacez-le et retapez le mot",
        )
        return None, builder.numbers, builder.problems
    value = None
    try:
        value = builder.build(text)
    except _UnusableError:
        del builder.numbers[:]
    except yaml.MarkedYAMLError as error:
        del builder.numbers[:]
        mark = error.problem_mark or error.context_mark
        message = " ".join(filter(None, (error.context, error.problem)))
        line, column = (mark.line, mark.column) if mark else (0, 0)
        line, column, remedy = yaml_hints.advice(lines, line, column, message)
        refuse(Code.SYNTAX, line, column, "YAML illisible", remedy)
    return value, builder.numbers, builder.problems


class _UnusableError(Exception):
    """Raised inside the builder when going on would be useless or dangerous; it has said why."""


class _Builder:
    """Turns YAML events into dicts, lists and scalars, one pass, without resolving tags."""

    def __init__(self, file: str, first_line: int, lines: list[str]) -> None:
        self.file, self.first_line, self.lines = file, first_line, lines
        self.numbers = array("I")
        self.problems: list[Problem] = []

    def report(self, code: Code, at: tuple[int, int], what: str, remedy: str, found: str = "") -> None:
        """Adds a problem at a line and a column of the text, from 0."""
        place = Place(self.file, at[0] + self.first_line, at[1] + 1)
        self.problems.append(Problem(place, code, what, remedy, found))

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
        # An empty value at the end stands on a line that the file does not have.
        self.numbers.extend((min(mark.line, len(self.lines) - 1), mark.column))
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
            key, line = event.value, event.start_mark.line + self.first_line
            if odd := yaml_hints.odd_key(key):
                self._stop(event, *odd, key)
            if key in items:
                self._forget(items, starts, key)
            starts[key] = len(self.numbers)
            value = self._node(self.next(), depth)
            if key in lines and not glued:
                glued = key == "id"  # an entry has lost its dash: its other fields follow from it
                what = f"le champ « {key} » est écrit deux fois (lignes {lines[key]} et {line})"
                remedy = "remettez « - » devant le second" if glued else "gardez une seule des deux lignes"
                at = event.start_mark.line, event.start_mark.column
                self.report(Code.DUPLICATE_KEY, at, what, remedy)
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
        if text in _NULLS:
            return None
        at = event.start_mark.line, event.start_mark.column
        if len(text) < 6 and text.lower() in _DISGUISED:
            self.report(
                Code.FORBIDDEN_YAML,
                at,
                "YAML lit ce mot comme un oui ou un non",
                "écrivez true ou false, ou mettez le mot entre guillemets",
                text,
            )
            return None
        if yaml_hints.stray_quote(text):
            self.report(
                Code.SYNTAX,
                at,
                "ce guillemet ferme un texte que rien n’ouvre",
                "retirez-le, ou ouvrez le texte par un guillemet droit",
                text,
            )
        if yaml_hints.other_kind(text):
            self.report(
                Code.FORBIDDEN_YAML,
                at,
                "sans guillemets, d’autres programmes lisent ici un nombre ou une date",
                f'écrivez "{text}", entre guillemets droits',
                text,
            )
        return text

    def _refuse_cut(self, event: Any) -> None:
        """YAML takes what follows « # » for a comment: an editor who writes « Campagne #CyberMois » loses its end."""
        end = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        if "#" in line and (at := yaml_hints.cut_text(line, end.column)) is not None:
            what = "« # » commence un commentaire : tout ce qui suit est ignoré"
            remedy = "mettez tout le texte entre guillemets droits, ou le commentaire sur une ligne à lui"
            self.report(Code.FORBIDDEN_YAML, (end.line, at), what, remedy, line[at:])

    def _stop(self, event: Any, what: str, remedy: str, found: str = "") -> None:
        at = event.start_mark.line, event.start_mark.column
        self.report(Code.FORBIDDEN_YAML, at, what, remedy, found)
        raise _UnusableError


def top_texts(text: str) -> dict[str, str]:
    """The texts at the top of a file that other programs read too: what only they understand is passed over (tags, anchors)."""
    found: dict[str, str] = {}
    depth, key = 0, None
    try:
        for event in yaml.parse(text, Loader=_LOADER):
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
