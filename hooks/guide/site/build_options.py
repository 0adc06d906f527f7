"""What a command asks of a build, as typed values; a plain `mkdocs build` asks for nothing in particular."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from guide.data.guide import Guide
from guide.links.status import ReportError, load_report
from guide.page.view import Addresses, Options
from guide.text.problems import Code, GuideError, Place, Problem

UNSET_URL = "https://guide.example/"


def today() -> dt.date:
    """The day in Paris; the day of SOURCE_DATE_EPOCH (reproducible-builds.org), which MkDocs obeys too, when it is set."""
    paris = ZoneInfo("Europe/Paris")
    if moment := os.environ.get("SOURCE_DATE_EPOCH"):
        return dt.datetime.fromtimestamp(int(moment), paris).date()
    return dt.datetime.now(paris).date()


@dataclass(frozen=True, slots=True)
class Asked:
    """The day of the build, the last report of the link checker, and whether the last booklet will do (`draft`)."""

    today: dt.date
    link_report: Path | None = None
    draft: bool = False


def options_of(guide: Guide, asked: Asked, addresses: Addresses = Addresses.FOLDERS) -> Options:
    """Options of a build of this guide; an undecided address becomes a reserved one (RFC 2606).

    Raises GuideError for a link report that cannot be read.
    """
    try:
        links = load_report(asked.link_report)
    except ReportError as error:
        what, remedy = "rapport de liens illisible", "redonnez le fichier écrit par « links --json »"
        found = str(error).partition(": ")[2] or str(error)
        place = Place(str(asked.link_report))
        raise GuideError([Problem(place, Code.FILE, what, remedy, found)]) from None
    return Options(asked.today, addresses, links, guide.site.url or UNSET_URL, draft=asked.draft)
