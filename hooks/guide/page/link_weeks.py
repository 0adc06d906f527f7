"""The weeks of the link check, drawn: one row of bars for each verdict, told by its name and not by a colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from guide.links.verdict import Verdict
from guide.text import french

SHOWN = 26  # half a year of weeks
_LABEL, _BAR, _GAP, _ROW, _HEIGHT, _NUMBER = 190, 14, 4, 46, 30, 44

Week = tuple[dt.date, dict[str, int]]


def occurring(weeks: Sequence[Week]) -> list[Verdict]:
    """The verdicts that any of the weeks counted, the good ones first."""
    return [verdict for verdict in reversed(Verdict) if any(counts.get(verdict) for _, counts in weeks)]


def drawing(weeks: Sequence[Week]) -> Markup:
    """An SVG of the last weeks; each row has its own scale, and says its last number in figures."""
    rows = occurring(weeks)
    width = _LABEL + len(weeks) * (_BAR + _GAP) + _NUMBER
    parts = [_row(verdict, rank, weeks) for rank, verdict in enumerate(rows)]
    first, last = (french.day(weeks[end][0]) for end in (0, -1))
    base = len(rows) * _ROW + 16
    days = (
        f'<text x="{_LABEL}" y="{base}" font-size="12">{escape(first)}</text>'
        f'<text x="{width - _NUMBER}" y="{base}" font-size="12" text-anchor="end">{escape(last)}</text>'
        if len(weeks) > 8
        else ""
    )
    return Markup(
        f'<svg class="g-weeks" viewBox="0 0 {width} {base + 8}" width="{width}" height="{base + 8}" role="img" '
        f'aria-labelledby="semaines-titre" fill="currentColor"><title id="semaines-titre">Liens par verdict, du '
        f"{escape(first)} au {escape(last)}</title>{''.join(parts)}{days}</svg>"
    )


def _row(verdict: Verdict, rank: int, weeks: Sequence[Week]) -> str:
    bottom = rank * _ROW + _HEIGHT + 6
    highest = max(counts.get(verdict, 0) for _, counts in weeks)
    bars = "".join(
        f'<rect x="{_LABEL + place * (_BAR + _GAP)}" y="{bottom - tall}" width="{_BAR}" height="{tall}"/>'
        for place, (_, counts) in enumerate(weeks)
        if (tall := round(_HEIGHT * counts.get(verdict, 0) / highest))
    )
    end = _LABEL + len(weeks) * (_BAR + _GAP)
    return (
        f'<text x="0" y="{bottom}" font-size="15">{escape(verdict.plural)}</text>{bars}'
        f'<rect x="{_LABEL}" y="{bottom}" width="{end - _LABEL - _GAP}" height="1"/>'
        f'<text x="{end}" y="{bottom}" font-size="15">{weeks[-1][1].get(verdict, 0)}</text>'
    )
