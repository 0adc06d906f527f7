"""The anchors that markers add to a page: where a link may lead that the page itself does not write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from guide.data.guide import Guide
from guide.page.blocks import MARKERS
from guide.page.markers import Use
from guide.page.sheet import Sheet
from guide.page.view import Options, View

_ID = re.compile(r'\sid="([^"]+)"|\{:?[^}\n]*#([\w-]+)[^}\n]*\}')


def added(guide: Guide, page_id: str, titles: Mapping[str, str], uses: Sequence[Use]) -> list[str]:
    """The ids, sorted; `titles` are those of the pages. They are the same on any day."""
    options = Options(dt.date(2000, 1, 1), sheets=tuple(map(Sheet.of, guide.sheets.values())))
    view = View(guide, options, page_id, titles)
    html = "\n".join(MARKERS[use.name].render(view, use.arguments) for use in uses)
    return sorted({attribute or heading for attribute, heading in _ID.findall(html)})
