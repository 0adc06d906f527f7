"""Makes the font of the form fields: the guide's own, with every letter of a European or Vietnamese name.

    python scripts/form_font.py LATIN LATIN-EXT OUT      # needs fonttools 4.63 and brotli
    python scripts/plain_zero.py OUT

LATIN and LATIN-EXT are the two subsets that @fontsource/atkinson-hyperlegible-next 5.3.0 publishes for the weight 400
(`files/atkinson-hyperlegible-next-latin-400-normal.woff2`, `…-latin-ext-400-normal.woff2`). The family has no
Vietnamese letters: they are composed here from its own shapes (the licence, SIL OFL 1.1, has no reserved name).
"""

from __future__ import annotations

import sys
import unicodedata

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

Stroke = tuple[tuple[float, ...], tuple[str, tuple[tuple[float, float], ...]]]
NAME = "Guide Formulaire"
ABOVE = {"\u0300": "gravecomb", "\u0301": "acutecomb", "\u0303": "tildecomb"}


def bounds(font: TTFont, name: str) -> tuple[int, int, int, int]:
    """Left, bottom, right and top of a glyph, in units of the em."""
    glyph = font["glyf"][name]
    return glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax


def drawn(
    font: TTFont, name: str, transform: tuple[float, ...] = (1, 0, 0, 1, 0, 0), keep: int | None = None
) -> list[Stroke]:
    """The strokes of a glyph, moved; `keep` takes one of its contours only."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    contours, current = [], []
    for step in pen.value:
        current.append(step)
        if step[0] in ("closePath", "endPath"):
            contours.append(current)
            current = []
    return [
        (transform, step) for contour in (contours if keep is None else [contours[keep]]) for step in contour
    ]


def add(font: TTFont, character: str, strokes: list[Stroke], advance: int) -> None:
    pen = TTGlyphPen(None)
    for transform, (operator, points) in strokes:
        getattr(TransformPen(pen, transform), operator)(*points)
    name = f"uni{ord(character):04X}"
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (advance, glyph.xMin if glyph.numberOfContours else 0)
    for table in font["cmap"].tables:
        table.cmap[ord(character)] = name


def compose(font: TTFont, character: str) -> None:
    """A letter from its base and its mark, both already in the font or drawn from its shapes."""
    parts = unicodedata.normalize("NFD", character)
    base = unicodedata.normalize("NFC", parts[:-1])
    mark = parts[-1]
    if mark in "\u0302\u0306":  # ậ: the dot comes first in the decomposition, the circumflex is in the letter
        base, mark = unicodedata.normalize("NFC", parts[0] + mark), parts[1]
    name = font.getBestCmap()[ord(base)]
    left, bottom, right, top = bounds(font, name)
    middle = (left + right) / 2
    strokes = drawn(font, name)
    advance = font["hmtx"][name][0]
    gap = (
        67
        if len(unicodedata.normalize("NFD", base)) == 1 or "\u031b" in unicodedata.normalize("NFD", base)
        else 30
    )
    if "\u031b" in unicodedata.normalize("NFD", base):
        flat = unicodedata.normalize("NFD", base)[0]
        left, _, right, top = bounds(font, font.getBestCmap()[ord(flat)])
        middle = (left + right) / 2
    if mark in ABOVE:
        x0, y0, x1, _ = bounds(font, ABOVE[mark])
        strokes += drawn(font, ABOVE[mark], (1, 0, 0, 1, middle - (x0 + x1) / 2, top + gap - y0))
    elif mark == "\u0309":  # the hook: the upper part of a question mark
        scale = 0.36
        shape = max(range(2), key=lambda rank: len(drawn(font, "question", keep=rank)))
        pen = TTGlyphPen(None)
        for _, (operator, points) in drawn(font, "question", keep=shape):
            getattr(pen, operator)(*points)
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        shift = middle - scale * (glyph.xMin + glyph.xMax) / 2
        strokes += drawn(
            font, "question", (scale, 0, 0, scale, shift, top + gap - 20 - scale * glyph.yMin), keep=shape
        )
    elif mark == "\u0323":  # the dot below: a full stop
        x0, _, x1, y1 = bounds(font, "period")
        strokes += drawn(
            font, "period", (0.85, 0, 0, 0.85, middle - 0.85 * (x0 + x1) / 2, min(bottom, 0) - 50 - 0.85 * y1)
        )
    elif mark == "\u031b":  # the horn: an apostrophe at the shoulder
        x0, _, x1, y1 = bounds(font, "quoteright")
        scale = 0.8
        strokes += drawn(
            font, "quoteright", (scale, 0, 0, scale, right - 45 - scale * x0, top + 70 - scale * y1)
        )
        advance += 40
    else:
        raise ValueError(f"{character}: {mark!r}")
    add(font, character, strokes, advance)


def main(latin: str, extended: str, out: str) -> None:
    font, more = TTFont(latin), TTFont(extended)
    for code, name in sorted(more.getBestCmap().items()):
        if code not in font.getBestCmap():
            add(font, chr(code), drawn(more, name), more["hmtx"][name][0])
    if ord("ı") not in font.getBestCmap():
        raise ValueError("no dotless i")
    horned = "ƠơƯư"
    for character in horned:
        compose(font, character)
    for code in range(0x1EA0, 0x1EFA):
        compose(font, chr(code))
    for table in ("GPOS", "GSUB", "GDEF", "STAT", "prep", "gasp"):
        if table in font:
            del font[table]
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = NAME
        elif record.nameID == 6:
            record.string = NAME.replace(" ", "") + "-Regular"
    font["post"].formatType = 3.0
    font["OS/2"].usWinAscent = max(font["OS/2"].usWinAscent, font["head"].yMax)
    font.flavor = None
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
