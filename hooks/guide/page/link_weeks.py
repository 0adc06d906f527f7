"""The weeks of the link check, drawn: one row of bars for each verdict, told by its name and not by a colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from guide.links.verdict import Verdict
from guide.text import french

SHOWN = 26  # half a year of weeks
_NARROWEST, _BAR, _GAP, _ROW, _WORDS, _HEIGHT = 240, 10, 3, 62, 20, 30  # half a year fits a phone's width

Week = tuple[dt.date, dict[str, int]]


def occurring(weeks: Sequence[Week]) -> list[Verdict]:
    """The verdicts that any of the weeks counted, the good ones first."""
    return [verdict for verdict in reversed(Verdict) if any(counts.get(verdict) for _, counts in weeks)]


def drawing(weeks: Sequence[Week]) -> Markup:
    """An SVG of the last weeks; each row has its own scale; its last number and its name stand above it."""
    rows = occurring(weeks)
    width = max(_NARROWEST, _along(len(weeks)))
    parts = [_row(verdict, rank, weeks) for rank, verdict in enumerate(rows)]
    first, last = (french.day(weeks[end][0]) for end in (0, -1))
    base = len(rows) * _ROW + 12
    days = f'<text x="0" y="{base}" font-size="12">{escape(f"{first} → {last}")}</text>'
    return Markup(
        f'<svg class="g-weeks" viewBox="0 0 {width} {base + 8}" width="{width}" height="{base + 8}" role="img" '
        f'aria-labelledby="semaines-titre" fill="currentColor"><title id="semaines-titre">Liens par verdict, du '
        f"{escape(first)} au {escape(last)}</title>{''.join(parts)}{days}</svg>"
    )


def _along(weeks: int) -> int:
    return weeks * (_BAR + _GAP) - _GAP


def _row(verdict: Verdict, rank: int, weeks: Sequence[Week]) -> str:
    words = rank * _ROW + _WORDS - 5
    bottom = rank * _ROW + _WORDS + _HEIGHT
    highest = max(counts.get(verdict, 0) for _, counts in weeks)
    bars = "".join(
        f'<rect x="{place * (_BAR + _GAP)}" y="{bottom - tall}" width="{_BAR}" height="{tall}"/>'
        for place, (_, counts) in enumerate(weeks)
        if (tall := round(_HEIGHT * counts.get(verdict, 0) / highest))
    )
    return (
        f'<text x="0" y="{words}" font-size="15" font-weight="700">{weeks[-1][1].get(verdict, 0)}</text>'
        f'<text x="42" y="{words}" font-size="15">{escape(verdict.plural)}</text>'
        f'{bars}<rect x="0" y="{bottom}" width="{_along(len(weeks))}" height="1"/>'
    )
