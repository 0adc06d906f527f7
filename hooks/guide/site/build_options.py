"""The options of a build, read once from the environment that the command has set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from guide.data.guide import Guide
from guide.links.status import ReportError, load_report
from guide.text.problems import Code, GuideError, Place, Problem
from guide.page.view import Addresses, Options

UNSET_URL = "https://guide.example/"


def today(environment: Mapping[str, str]) -> dt.date:
    """The one day of a build: GUIDE_DATE (set by --date), else today in Paris."""
    if value := environment.get("GUIDE_DATE"):
        return dt.date.fromisoformat(value)
    return dt.datetime.now(ZoneInfo("Europe/Paris")).date()


def options_from_environment(
    guide: Guide, environment: Mapping[str, str], addresses: Addresses = Addresses.FOLDERS
) -> Options:
    """Options of a build of this guide; an undecided address becomes a reserved one (RFC 2606).

    Raises GuideError for a link report (GUIDE_LINK_REPORT) that cannot be read.
    """
    report = environment.get("GUIDE_LINK_REPORT")
    try:
        links = load_report(Path(report) if report else None)
    except ReportError as error:
        remedy = "redonnez le fichier écrit par « links --json »"
        raise GuideError(
            [
                Problem(
                    Place(str(report)),
                    Code.FILE,
                    "rapport de liens illisible",
                    remedy,
                    str(error).partition(": ")[2] or str(error),
                )
            ]
        ) from None
    return Options(
        today(environment),
        addresses,
        links,
        guide.site.url or UNSET_URL,
        draft="GUIDE_DRAFT" in environment,
    )
