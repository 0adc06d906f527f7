"""Takes the slash out of the zero of a font: « 2026 » is read in a sentence, not typed as a code.

    python scripts/plain_zero.py FONT…      # needs fonttools 4.63 and brotli; writes each file in place

Atkinson Hyperlegible Next has one zero, slashed, and no feature that gives another. Its counter is two halves beside the
slash; the lower left quarter of it is whole in every weight, and the oval is that quarter four times. Code has a font of
its own. The licence (SIL OFL 1.1) has no reserved name. A second run changes nothing.
"""

from __future__ import annotations

import sys

from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

Point = tuple[float, float]


def quarter(left: int, middle: int, bottom: int, contour: list[tuple[str, tuple[Point, ...]]]) -> list[Point]:
    """The points that bend the lower left of the counter, from its leftmost point to its lowest."""
    for operator, points in contour:
        if operator == "qCurveTo" and points[-1] == (middle, bottom) and points[0][0] == left:
            return list(points[:-1])
    raise SystemExit("zéro d’un autre dessin : le relire avant de le changer")


def plain(font: TTFont) -> bool:
    """True if the zero was slashed and is no more."""
    glyph = font["glyf"]["zero"]
    if glyph.numberOfContours != 3:
        return False
    pen = RecordingPen()
    font.getGlyphSet()["zero"].draw(pen)
    starts = [rank for rank, (operator, _) in enumerate(pen.value) if operator == "moveTo"]
    outside, lower = pen.value[: starts[1]], pen.value[starts[1] : starts[2]]
    points = [point for _, each in lower for point in each]
    middle = lower[0][1][0][0]
    left, bottom = min(x for x, _ in points), min(y for _, y in points)
    centre = next(y for operator, each in lower for x, y in each[-1:] if x == left)
    bend = quarter(left, middle, bottom, lower)
    to_right = [(2 * middle - x, y) for x, y in reversed(bend)]
    drawn = TTGlyphPen(None)
    for operator, each in outside:
        getattr(drawn, operator)(*each)
    drawn.moveTo((middle, bottom))
    drawn.qCurveTo(*to_right, (2 * middle - left, centre))
    drawn.qCurveTo(*[(x, 2 * centre - y) for x, y in reversed(to_right)], (middle, 2 * centre - bottom))
    drawn.qCurveTo(*[(x, 2 * centre - y) for x, y in reversed(bend)], (left, centre))
    drawn.qCurveTo(*bend, (middle, bottom))
    drawn.closePath()
    font["glyf"]["zero"] = drawn.glyph()
    return True


for name in sys.argv[1:]:
    opened = TTFont(name, recalcTimestamp=False)
    changed = plain(opened)
    if changed:
        opened.save(name)
    print(f"{name} : {'zéro sans barre' if changed else 'rien à changer'}")
