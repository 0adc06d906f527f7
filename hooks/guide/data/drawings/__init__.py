"""Drawings as data: `data/drawings.yml` has the words, `data/drawings/` the lines, and one form serves page and paper."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from guide.data import palette
from guide.data.drawings import vector
from guide.data.drawings.vector import Vector
from guide.data.model.drawing import Drawing, drawn_by
from guide.source.kept import NOTHING, Kept
from guide.source.kept import name as name_of
from guide.source.yaml_source import Source
from guide.text import french
from guide.text.problems import Code, Problem

if TYPE_CHECKING:
    from PIL import ImageFont

FOLDER = Path("data") / "drawings"
FONTS = Path(__file__).parents[2] / "paper" / "typst" / "fonts"
PICTOGRAM, LARGEST = 600, 6_000
"""Bytes: a pictogram as it is written, any other drawing once compressed (brotli does better than deflate)."""

Say = Callable[[str], str]
"""A text of the data → the text that is shown, typeset, with its inserts."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing that passed every check: its words and its lines."""

    said: Drawing
    lines: Vector
    ink: str

    @property
    def id(self) -> str:
        return self.said.id

    @property
    def width(self) -> int:
        return self.lines.width

    @property
    def height(self) -> int:
        return self.lines.height

    def body(self, say: Say) -> str:
        """The shapes and the words, as XML."""
        return self.lines.filled({name: say(text) for name, text in self.said.labels.items()})

    def alternative(self, say: Say) -> str:
        """What stands for it where it cannot be seen: title and description."""
        return f"{say(self.said.title)}. {say(self.said.description)}"

    def inline(self, say: Say, suffix: str = "") -> str:
        """For a page: named and described for screen readers. `suffix` keeps ids apart when a page shows it twice."""
        name = f"dr-{self.id}{suffix}"
        return (
            f'<svg class="dr" {self._size} data-drawing="{self.id}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(say(self.said.title), quote=False)}</title>'
            f'<desc id="{name}-d">{escape(say(self.said.description), quote=False)}</desc>'
            f"{palette.by_class(self.body(say))}</svg>"
        )

    def silent(self, say: Say) -> str:
        """For a page, beside the words that say the same: screen readers pass over it."""
        return f'<svg class="dr dr-picto" {self._size} aria-hidden="true">{palette.by_class(self.body(say))}</svg>'

    def standalone(self, say: Say) -> str:
        """A whole file in light colours, for typst and for whoever saves it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {self._size} {vector.ROOT.format(ink=self.ink)}>'
            f"{self.body(say)}</svg>"
        )

    @property
    def _size(self) -> str:
        return f'viewBox="0 0 {self.width} {self.height}" width="{self.width}" height="{self.height}"'


def read(
    root: Path, entries: Sequence[Drawing | None], source: Source, insert: Say, kept: Kept = NOTHING
) -> tuple[dict[str, Picture], list[Problem]]:
    """Every drawing by id, in the order of the file, and every problem of words, lines or room.

    `insert` replaces the inserts of a text; entries that did not validate are None.
    """
    light, _ = palette.schemes(root)
    vectors: dict[str, dict[str, Vector]] = {}
    problems: list[Problem] = []
    folder = root / FOLDER
    for path in sorted(folder.glob("*.svg")) if folder.is_dir() else ():
        vectors[path.name], wrong = vector.read(path, root, light)
        problems += wrong
    pictures: dict[str, Picture] = {}
    for index, entry in enumerate(entries):
        if entry is None:
            continue
        name = drawn_by(entry.sprite, entry.id)
        lines = vectors.get(name, {}).get(entry.id)
        if lines is None:
            problems.append(
                Problem(
                    source.place((index, "sprite" if entry.sprite else "id")),
                    Code.REFERENCE,
                    "ce dessin n’a pas de tracé",
                    f"dessinez-le dans {(FOLDER / name).as_posix()}"
                    + (f", symbole « {entry.id} »" if entry.sprite else ""),
                    entry.id,
                )
            )
            continue
        picture = Picture(entry, lines, light.get("ink", "#000"))
        said = [french.typeset(insert(text)) for text in picture.said.labels.values()]
        measured = name_of(repr(lines), repr(entry), *said)
        if kept.find(measured) is None:  # nothing was wrong with the same lines and words
            wrong = [*_words(picture, index, source, insert), *_weight(picture)]
            problems += wrong
            if not wrong:
                kept.put(measured, True)
        pictures[entry.id] = picture
    if all(entry is not None for entry in entries):
        problems += _nobody_shows(vectors, pictures)
    return pictures, problems


def _words(picture: Picture, index: int, source: Source, insert: Say) -> Iterator[Problem]:
    """A place without words, words without place, words wider than their place."""
    asked = dict(picture.lines.slots())
    for name, place in asked.items():
        if name not in picture.said.labels:
            yield Problem(
                place,
                Code.REFERENCE,
                "cette étiquette n’a pas de mots",
                f"ajoutez « {name} » aux « labels » de « {picture.id} », data/drawings.yml",
                name,
            )
    for name, text in picture.said.labels.items():
        if name not in asked:
            yield Problem(
                source.place((index, "labels", name)),
                Code.UNUSED,
                "le dessin n’a pas de place pour cette étiquette",
                "retirez-la, ou écrivez son nom entre accolades dans le dessin",
                text,
            )
    if any(name not in picture.said.labels for name in asked):
        return
    labels = {name: french.typeset(insert(text)) for name, text in picture.said.labels.items()}
    for line in picture.lines.lines:
        over = vector.too_long(line, labels, text_width)
        if over > 0:
            name = next(found for run in line.runs for found in re.findall(r"\{([a-z0-9-]+)\}", run.text))
            yield Problem(
                source.place((index, "labels", name)),
                Code.LENGTH,
                f"étiquette trop longue pour sa place : {line.room + over:.0f} pour {line.room:.0f}",
                f"raccourcissez-la, ou élargissez data-room dans {line.place.file}, ligne {line.place.line}",
                labels[name],
            )


def _weight(picture: Picture) -> Iterator[Problem]:
    body = picture.lines.body.encode()
    if picture.said.sprite and len(body) > PICTOGRAM:
        yield Problem(
            picture.lines.place,
            Code.LENGTH,
            f"pictogramme trop lourd : {len(body)} octets pour {PICTOGRAM} au plus",
            "simplifiez le tracé",
            picture.id,
        )
    if (size := len(zlib.compress(body, 9))) > LARGEST:
        yield Problem(
            picture.lines.place,
            Code.LENGTH,
            f"dessin trop lourd : {size} octets comprimés pour {LARGEST} au plus",
            "simplifiez le tracé",
            picture.id,
        )


def _nobody_shows(
    vectors: Mapping[str, Mapping[str, Vector]], pictures: Mapping[str, Picture]
) -> Iterator[Problem]:
    used = {id(picture.lines) for picture in pictures.values()}
    for found in vectors.values():
        for name, lines in found.items():
            if id(lines) not in used:
                yield Problem(
                    lines.place,
                    Code.UNUSED,
                    "ce tracé n’est décrit nulle part",
                    "ajoutez-le à data/drawings.yml, avec son équivalent en mots, ou retirez-le",
                    name,
                )


def text_width(text: str, size: float, bold: bool) -> float:
    """Width of a line in the guide's font, in the unit of `size`."""
    return float(_font(bold).getlength(text)) * size / 1000


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # slow to load, and a guide may have no drawing

    weight = 700 if bold else 400
    return ImageFont.truetype(str(FONTS / f"atkinson-hyperlegible-next-latin-{weight}-normal.ttf"), 1000)
