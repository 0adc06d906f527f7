"""What a command asks of a build, as typed values; a plain `mkdocs build` asks for nothing in particular.

Standard library only: a build that has nothing to do loads nothing more.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo


def today() -> dt.date:
    """The day in Paris; the day of SOURCE_DATE_EPOCH (reproducible-builds.org), which MkDocs obeys too, when it is set."""
    paris = ZoneInfo("Europe/Paris")
    if moment := os.environ.get("SOURCE_DATE_EPOCH"):
        return dt.datetime.fromtimestamp(int(moment), paris).date()
    return dt.datetime.now(paris).date()


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of the build, the last report of the link checker, whether the last booklet will do (`draft`), and the whole guide in one PDF too (`complete`)."""

    today: dt.date
    link_report: Path | None = None
    draft: bool = False
    complete: bool = False
