"""Which characters the shipped fonts can draw, so that no sheet is printed with an empty box in a word."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guide.source.yaml_source import KeyPath, Source
from guide.text.problems import Code, Place, Problem

FONT_FOLDER = Path(__file__).parent / "typst" / "fonts"
REGULAR = FONT_FOLDER / "atkinson-hyperlegible-next-latin-400-normal.ttf"


def problems(source: Source, texts: Sequence[tuple[KeyPath, str]]) -> Iterator[Problem]:
    """A problem for each character without a drawing, at each of these texts of a file of data that holds it."""
    drawn = characters(REGULAR) | {"\n", "\t"}
    if drawn.issuperset("".join(text for _, text in texts)):
        return
    for path, text in texts:
        for character in sorted(set(text) - drawn):
            yield undrawn(source.place(path), character)


def undrawn(place: Place, character: str) -> Problem:
    """What to say of a character that the font cannot draw."""
    return Problem(
        place,
        Code.WRONG_VALUE,
        "la police des feuilles imprimées n’a pas ce caractère",
        "écrivez le mot avec des lettres ordinaires",
        f"{character} U+{ord(character):04X}",
    )


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a PDF says of a font whose program it embeds; lengths in thousandths of the em."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    advances: tuple[int, ...]  # by glyph
    glyphs: Mapping[str, int]  # by character


@cache
def characters(font: Path) -> frozenset[str]:
    """The characters of a TrueType font."""
    return frozenset(metrics(font).glyphs)


@cache
def metrics(font: Path) -> Metrics:
    """Reads a TrueType font of 1,000 units to the em (tables « cmap » format 4, « head », « hhea », « hmtx »)."""
    data = font.read_bytes()
    count = _u16(data, 4)
    tables = {data[at : at + 4]: _u32(data, at + 8) for at in range(12, 12 + 16 * count, 16)}
    head, hhea, hmtx = tables[b"head"], tables[b"hhea"], tables[b"hmtx"]
    if _u16(data, head + 18) != 1000:
        raise ValueError(f"{font.name}: not 1,000 units to the em")
    measured = _u16(data, hhea + 34)  # glyphs with an advance of their own; the rest have the last one's
    advances = [_u16(data, hmtx + 4 * glyph) for glyph in range(measured)]
    advances += advances[-1:] * (_u16(data, tables[b"maxp"] + 4) - measured)
    box = struct.unpack_from(">4h", data, head + 36)
    ascent, descent = struct.unpack_from(">2h", data, hhea + 4)
    return Metrics(box, ascent, descent, tuple(advances), dict(_mapped(data, tables[b"cmap"], font.name)))


def _mapped(data: bytes, cmap: int, name: str) -> Iterator[tuple[str, int]]:
    for record in range(cmap + 4, cmap + 4 + 8 * _u16(data, cmap + 2), 8):
        table = cmap + _u32(data, record + 4)
        if _u16(data, table) == 4:
            return _format_4(data, table)
    raise ValueError(f"{name}: no format 4 character map")


def _format_4(data: bytes, table: int) -> Iterator[tuple[str, int]]:
    """Character and glyph of the Basic Multilingual Plane (OpenType, « cmap », format 4)."""
    segments = _u16(data, table + 6) // 2
    ends, starts, deltas, offsets = (
        table + 14 + part * 2 * segments + (2 if part else 0) for part in range(4)
    )
    for at in range(0, 2 * segments, 2):
        first, last = _u16(data, starts + at), _u16(data, ends + at)
        delta, offset = _u16(data, deltas + at), _u16(data, offsets + at)
        for code in range(first, last + 1):
            glyph = _u16(data, offsets + at + offset + 2 * (code - first)) if offset else code
            if glyph and code != 0xFFFF:
                yield chr(code), (glyph + delta) % 0x10000


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
