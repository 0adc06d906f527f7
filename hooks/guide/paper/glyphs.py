"""Which characters the shipped fonts can draw, so that no sheet is printed with an empty box in a word."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from guide.source.yaml_source import Source, strings
from guide.text.problems import Code, GuideError, Place, Problem

FONT_FOLDER = Path(__file__).parent / "typst" / "fonts"
REGULAR = FONT_FOLDER / "atkinson-hyperlegible-next-latin-400-normal.ttf"


def check(texts: Iterable[str], font: Path, sources: Mapping[str, Source]) -> None:
    """Raises GuideError when a text holds a character without a drawing, with the line it comes from."""
    drawn = characters(font)
    missing = {c for text in texts for c in text if c not in drawn and c not in "\n\t"}
    if missing:
        raise GuideError(_problem(c, sources) for c in sorted(missing))


def _problem(character: str, sources: Mapping[str, Source]) -> Problem:
    place = next(
        (
            source.place(path)
            for source in sources.values()
            for path, text in strings(source.value)
            if character in text
        ),
        Place("data/"),
    )
    return Problem(
        place,
        Code.WRONG_VALUE,
        "la police des feuilles imprimées n’a pas ce caractère",
        "écrivez le mot avec des lettres ordinaires",
        f"{character} U+{ord(character):04X}",
    )


@cache
def characters(font: Path) -> frozenset[str]:
    """The characters of a TrueType font (OpenType « cmap », format 4: the Basic Multilingual Plane)."""
    data = font.read_bytes()
    count = _u16(data, 4)
    tables = {data[at : at + 4]: _u32(data, at + 8) for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    for record in range(cmap + 4, cmap + 4 + 8 * _u16(data, cmap + 2), 8):
        table = cmap + _u32(data, record + 4)
        if _u16(data, table) == 4:
            return frozenset(_format_4(data, table))
    raise ValueError(f"{font.name}: no format 4 character map")


def _format_4(data: bytes, table: int) -> Iterator[str]:
    segments = _u16(data, table + 6) // 2
    ends = struct.unpack_from(f">{segments}H", data, table + 14)
    starts = struct.unpack_from(f">{segments}H", data, table + 16 + 2 * segments)
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from map(chr, range(first, last + 1))


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">I", data, at)[0])
