"""What the pages say of each link: the last report, as the site reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from guide.links.report import FOREIGN, read_report, unreadable
from guide.links.verdict import Verdict


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What the last check said of one address; `before`: the verdict of the run before, None when it was the same."""

    verdict: Verdict
    message: str
    checked_on: dt.date
    before: Verdict | None = None


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The last report: its day (None without one), what it says of each address that was ever checked, and what each
    week counted."""

    checked_on: dt.date | None = None
    by_url: dict[str, LinkStatus] = field(default_factory=dict)
    weeks: tuple[tuple[dt.date, dict[str, int]], ...] = ()

    def __bool__(self) -> bool:
        return self.checked_on is not None


def load_report(path: Path | None) -> LinkReport:
    """The report written by `links --json`; an empty one for None. Raises GuideError for an unreadable file."""
    if path is None:
        return LinkReport()
    report = read_report(path)
    try:
        former = {url: Verdict.of(before) for url, before in report.before.items()}
        return LinkReport(
            dt.datetime.fromisoformat(report.finished).date(),
            {
                link.url: LinkStatus(
                    link.verdict,
                    link.message,
                    dt.datetime.fromisoformat(link.checked_on).date(),
                    former.get(link.url),
                )
                for link in report.links
                if link.checked_on
            },
            tuple((dt.date.fromisoformat(day), counts) for day, counts in report.weeks),
        )
    except (ValueError, TypeError):
        raise unreadable(path, FOREIGN) from None
