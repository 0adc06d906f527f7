"""What the site says of its links, from the last report (`--link-report`); « jamais vérifié » without one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from guide.links.report import ReportError, Result, read_report
from guide.links.verdict import Verdict

__all__ = ["LinkReport", "LinkStatus", "ReportError", "load_report"]


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What is known of one address. `label` is French; `checked_on` is a date, None when never checked; `before`: the
    verdict of the run before, None when it was the same."""

    verdict: Verdict | None = None
    message: str = "Lien jamais vérifié."
    checked_on: dt.date | None = None
    final_url: str | None = None
    confirmed: bool = False
    before: Verdict | None = None

    @property
    def label(self) -> str:
        return self.verdict.label if self.verdict else "jamais vérifié"

    @property
    def fine(self) -> bool:
        return self.verdict is not None and self.verdict.fine

    @property
    def dead(self) -> bool:
        """True when readers must be told: confirmed dead or unsafe."""
        return self.confirmed and self.verdict is not None and self.verdict.fatal


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The last report by address, and what each week counted. Empty, every address is « jamais vérifié »."""

    checked_on: dt.date | None = None
    by_url: dict[str, LinkStatus] = field(default_factory=dict)
    weeks: tuple[tuple[dt.date, dict[str, int]], ...] = ()

    def status(self, url: str) -> LinkStatus:
        return self.by_url.get(url) or LinkStatus()

    def __bool__(self) -> bool:
        return self.checked_on is not None


def load_report(path: Path | None) -> LinkReport:
    """The report written by `links --json`; an empty one for None. Raises ReportError for an unreadable file."""
    if path is None:
        return LinkReport()
    report = read_report(path)
    try:
        weeks = tuple((dt.date.fromisoformat(day), counts) for day, counts in report.weeks)
        return LinkReport(
            dt.datetime.fromisoformat(report.finished).date(),
            {link.url: _status(link, report.before.get(link.url)) for link in report.links},
            weeks,
        )
    except ValueError as error:
        raise ReportError(f"{path} : ce fichier n’est pas un rapport de liens ({error}).") from None


def _status(link: Result, before: str | None) -> LinkStatus:
    checked = dt.datetime.fromisoformat(link.checked_on).date() if link.checked_on else None
    former = Verdict.of(before) if before else None
    return LinkStatus(link.verdict, link.message, checked, link.final_url, link.confirmed, former)
