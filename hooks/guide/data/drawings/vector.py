"""Reads one SVG of `data/drawings/`, strictly: shapes, colours of the tokens, and places for words.

A word never stands in the file: `{plug}` stands for the label « plug » of data/drawings.yml, and `data-room` says how
wide the line may be, in units of the drawing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from xml.parsers import expat

from guide.data import palette
from guide.text.problems import Code, Place, Problem, did_you_mean

FONT = "Atkinson Hyperlegible Next,Guide Fallback,Arial,sans-serif"
SIZE = 15.0
ROOT = (
    'fill="none" stroke="{ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
    f'font-family="{FONT}" font-size="15"'
)

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_ELEMENTS = {"svg", "symbol", "g", "text", "tspan", *_SHAPES}
_ATTRIBUTES = {
    "class", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray",
    "font-size", "font-weight", "font-family", "text-anchor", "transform", "viewBox", "id", "xmlns",
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points", "data-room",
}  # fmt: skip
_SLOT = re.compile(r"\{([a-z0-9-]+)\}")
_WORDS = re.compile(r"[^\W\d_]", re.UNICODE)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_VIEW = re.compile(r"0 0 (\d+) (\d+)")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style on a line; `text` may hold `{label}`."""

    text: str
    size: float
    bold: bool


@dataclass(slots=True)
class Label:
    """One line of text: its runs, the width it may take, where it starts, and where the file writes it."""

    place: Place
    room: float
    x: float | None
    anchor: str
    runs: list[Run] = field(default_factory=list)

    def reach(self) -> tuple[float, float] | None:
        """Left and right edge of the room; None where the line does not say its x."""
        if self.x is None:
            return None
        left = self.x - {"start": 0, "middle": self.room / 2, "end": self.room}[self.anchor]
        return left, left + self.room


@dataclass(slots=True)
class Vector:
    """A drawing without its words: size in units, body as XML in which `{label}` stands for a label."""

    name: str
    place: Place
    width: int = 0
    height: int = 0
    body: str = ""
    lines: list[Label] = field(default_factory=list)

    def slots(self) -> Iterator[tuple[str, Place]]:
        """Every label that the drawing asks for, with where."""
        for line in self.lines:
            for run in line.runs:
                for found in _SLOT.finditer(run.text):
                    yield found[1], line.place

    def filled(self, labels: Mapping[str, str]) -> str:
        """The body with its words; the labels are plain text."""
        return _SLOT.sub(lambda found: escape(labels[found[1]], quote=False), self.body)


def read(path: Path, root: Path, light: Mapping[str, str]) -> tuple[dict[str, Vector], list[Problem]]:
    """Id → drawing (one for a file, several for a sprite of symbols), and what is wrong with the file."""
    reader = _Reader(path.relative_to(root).as_posix(), path.stem, light)
    try:
        reader.parser.Parse(path.read_bytes(), True)
    except _DeclarationError:
        pass
    except expat.ExpatError as error:
        reader.report(
            Place(reader.file, error.lineno, error.offset + 1),
            Code.SYNTAX,
            "ce dessin n’est pas du SVG bien formé",
            "corrigez la balise à cet endroit",
            expat.ErrorString(error.code),
        )
    return reader.found, reader.problems


class _DeclarationError(Exception):
    """Raised at a declaration: what it declares must not be expanded."""


class _Reader:
    """Walks the file once; `found` and `problems` are its results."""

    def __init__(self, file: str, name: str, light: Mapping[str, str]) -> None:
        self.file, self.name, self.light = file, name, light
        self.found: dict[str, Vector] = {}
        self.problems: list[Problem] = []
        self.path: list[dict[str, str]] = []
        self.tags: list[str] = []
        self.current: Vector | None = None
        self.parts: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = False
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words
        self.parser.StartDoctypeDeclHandler = self.doctype

    def place(self) -> Place:
        return Place(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def report(self, place: Place, code: Code, what: str, remedy: str, found: str = "") -> None:
        self.problems.append(Problem(place, code, what, remedy, found))

    def doctype(self, *_: object) -> None:
        self.report(
            self.place(),
            Code.WRONG_VALUE,
            "un dessin ne déclare ni type ni entité",
            "retirez la ligne <!DOCTYPE …>",
        )
        raise _DeclarationError

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        place = self.place()
        if tag not in _ELEMENTS:
            remedy = did_you_mean(tag, _ELEMENTS, "balises admises : " + ", ".join(sorted(_ELEMENTS)))
            self.report(place, Code.WRONG_VALUE, "balise interdite dans un dessin", remedy, tag)
        for name in attributes:
            if name not in _ATTRIBUTES:
                remedy = did_you_mean(name, _ATTRIBUTES, "retirez-le")
                self.report(place, Code.WRONG_VALUE, "attribut interdit dans un dessin", remedy, name)
        self._colours(place, attributes)
        for name in ("x", "font-size"):
            if (
                tag in ("text", "tspan", "g")
                and name in attributes
                and not _NUMBER.fullmatch(attributes[name])
            ):
                self.report(
                    place,
                    Code.WRONG_VALUE,
                    f"« {name} » n’est pas un nombre",
                    "écrivez un nombre seul",
                    attributes[name],
                )
                attributes = {key: value for key, value in attributes.items() if key != name}
        if tag in ("svg", "symbol"):
            self._open(place, tag, attributes)
        elif self.current is None:
            self.report(
                place,
                Code.WRONG_VALUE,
                "ce tracé n’appartient à aucun dessin",
                "mettez-le dans <svg viewBox=…> ou dans un <symbol>",
                tag,
            )
        elif tag == "text":
            self._line(place, attributes)
        if tag not in ("svg", "symbol"):
            kept = "".join(
                f' {name}="{escape(value)}"' for name, value in attributes.items() if name != "data-room"
            )
            self.parts.append(f"<{tag}{kept}{'/' if tag in _SHAPES else ''}>")
        # What the file's root gives is for an editor's drawing program: the root of the page is ROOT.
        self.path.append({} if tag == "svg" else attributes)
        self.tags.append(tag)

    def end(self, tag: str) -> None:
        self.path.pop()
        self.tags.pop()
        if tag in ("g", "text", "tspan"):
            self.parts.append(f"</{tag}>")
        elif tag in ("svg", "symbol") and self.current is not None and self.current.name == self._owner(tag):
            self.current.body = "".join(self.parts)
            self.parts, self.current = [], None

    def _owner(self, tag: str) -> str:
        return self.current.name if self.current is not None and (tag == "symbol" or not self.tags) else ""

    def words(self, text: str) -> None:
        if not text.strip():
            if "text" in self.tags and text == " ":
                self.parts.append(text)
                self._run(text)
            return
        if "text" not in self.tags:
            self.report(self.place(), Code.WRONG_VALUE, "un mot hors d’un <text>", "retirez-le", text.strip())
            return
        if _WORDS.search(_SLOT.sub("", text)):
            self.report(
                self.place(),
                Code.WORDING,
                "un mot est écrit dans le dessin",
                "mettez-le dans « labels » de data/drawings.yml, et son nom entre accolades ici",
                text.strip(),
            )
        self.parts.append(escape(text, quote=False))
        self._run(text)

    def _run(self, text: str) -> None:
        if self.current is not None and self.current.lines:
            bold = self._inherited("font-weight", "400") in ("700", "bold")
            self.current.lines[-1].runs.append(
                Run(text, float(self._inherited("font-size", str(SIZE))), bold)
            )

    def _inherited(self, name: str, otherwise: str) -> str:
        return next((each[name] for each in reversed(self.path) if name in each), otherwise)

    def _open(self, place: Place, tag: str, attributes: Mapping[str, str]) -> None:
        """A drawing begins: the file itself when it has a viewBox, else each symbol."""
        if tag == "svg" and "viewBox" not in attributes:
            return
        name = attributes.get("id", "") if tag == "symbol" else self.name
        size = _VIEW.fullmatch(attributes.get("viewBox", ""))
        if not size or not name:
            self.report(
                place,
                Code.WRONG_VALUE,
                "ce dessin ne dit pas sa taille ou son nom",
                'écrivez viewBox="0 0 largeur hauteur", et id="…" pour un symbole',
                attributes.get("viewBox", ""),
            )
        width, height = (int(size[1]), int(size[2])) if size else (1, 1)
        self.current = Vector(name, place, width, height)
        self.found[name] = self.current
        self.parts = []

    def _line(self, place: Place, attributes: Mapping[str, str]) -> None:
        assert self.current is not None
        own = [attributes, *reversed(self.path)]
        room = next((each["data-room"] for each in own if "data-room" in each), "")
        if not _NUMBER.fullmatch(room):
            self.report(
                place,
                Code.MISSING_FIELD,
                "cette ligne de texte ne dit pas quelle largeur elle peut prendre",
                'ajoutez data-room="largeur"',
                room,
            )
            room = "0"
        anchor = next((each["text-anchor"] for each in own if "text-anchor" in each), "start")
        x = attributes.get("x")
        line = Label(place, float(room), float(x) if x else None, anchor)
        reach = line.reach()
        if reach and (reach[0] < 0 or reach[1] > self.current.width):
            self.report(
                place,
                Code.LENGTH,
                "la place de cette étiquette sort du dessin",
                "réduisez data-room, ou déplacez la ligne",
                f"de {reach[0]:g} à {reach[1]:g} sur {self.current.width}",
            )
        self.current.lines.append(line)

    def _colours(self, place: Place, attributes: Mapping[str, str]) -> None:
        """Every colour is a token's, and the class beside it is that token's."""
        names = attributes.get("class", "")
        for name in names.split():
            if name not in palette.PALETTE:
                remedy = did_you_mean(name, palette.PALETTE, "classes : " + ", ".join(palette.PALETTE))
                self.report(place, Code.WRONG_VALUE, "classe de couleur inconnue", remedy, name)
        wanted = palette.expected(names, self.light)
        for name in ("fill", "stroke"):
            colour = attributes.get(name)
            if name in wanted and (colour is None or not palette.same(colour, wanted[name])):
                self.report(
                    place,
                    Code.WRONG_VALUE,
                    f"la couleur ({name}) n’est pas celle de sa classe",
                    f'écrivez {name}="{wanted[name]}", la couleur de tokens.css',
                    colour or "rien",
                )
            elif name not in wanted and colour not in (None, "none"):
                self.report(
                    place,
                    Code.WRONG_VALUE,
                    f"une couleur ({name}) hors des jetons du guide",
                    "donnez la classe de la couleur : "
                    + ", ".join(key for key, (kind, _) in palette.PALETTE.items() if kind == name),
                    str(colour),
                )


Width = Callable[[str, float, bool], float]


def too_long(line: Label, labels: Mapping[str, str], width: Width) -> float:
    """By how many units the line overflows its room with these labels; 0 when it fits."""
    runs: Iterable[Run] = line.runs
    need = sum(width(_SLOT.sub(lambda found: labels[found[1]], run.text), run.size, run.bold) for run in runs)
    return max(0.0, need - line.room)
