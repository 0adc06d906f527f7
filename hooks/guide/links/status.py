"""What the site says of its links, from the last report (`--link-report`); « jamais vérifié » without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from guide.links.catalogue import Catalogue
from guide.links.report import Report, ReportError, Result, read_report
from guide.links.verdicts import LABELS, Verdict

__all__ = ["LinkReport", "LinkRow", "LinkStatus", "ReportError", "load_report", "state_rows"]


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What is known of one address. `label` is French; `checked_on` is a date, None when never checked."""

    verdict: Verdict | None = None
    message: str = "Lien jamais vérifié."
    checked_on: dt.date | None = None
    final_url: str | None = None
    confirmed: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.verdict] if self.verdict else "jamais vérifié"

    @property
    def dead(self) -> bool:
        """True when readers must be told: confirmed dead or unsafe."""
        return self.confirmed and self.verdict in {Verdict.BROKEN, Verdict.UNSAFE}


@dataclass(frozen=True, slots=True)
class LinkReport:
    """The last report by address. Empty, every address is « jamais vérifié »."""

    checked_on: dt.date | None = None
    summary: dict[str, int] = field(default_factory=dict)
    by_url: dict[str, LinkStatus] = field(default_factory=dict)

    def status(self, url: str) -> LinkStatus:
        return self.by_url.get(url) or LinkStatus()

    def __bool__(self) -> bool:
        return self.checked_on is not None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A line of « État des liens »: what to type in a search engine, and an archived copy where one is known."""

    url: str
    title: str
    status: LinkStatus
    search: str
    archive: str | None


def load_report(path: Path | None) -> LinkReport:
    """The report written by `links --json`; an empty one for None. Raises ReportError for an unreadable file."""
    if path is None:
        return LinkReport()
    report: Report = read_report(path)
    day = dt.datetime.fromisoformat(report.finished).date()
    return LinkReport(day, report.summary(), {link.url: _status(link) for link in report.links})


def _status(link: Result) -> LinkStatus:
    checked = dt.datetime.fromisoformat(link.checked_on).date() if link.checked_on else None
    return LinkStatus(link.verdict, link.message, checked, link.final_url, link.confirmed)


def state_rows(
    report: LinkReport, catalogue: Catalogue, verdicts: Iterable[Verdict] = (Verdict.UNSAFE, Verdict.BROKEN)
) -> list[LinkRow]:
    """The rows of « État des liens » for these verdicts, worst first then by title. `catalogue` comes from
    `catalogue.load_catalogue(root)`."""
    order = {verdict: rank for rank, verdict in enumerate(verdicts)}
    rows = []
    for url, status in report.by_url.items():
        if status.verdict in order:
            hint = catalogue.hint(url)
            rows.append(LinkRow(url, hint.title or url, status, hint.search, hint.archive))
    return sorted(
        rows, key=lambda row: (order[row.status.verdict or Verdict.UNCHECKED], row.title.casefold())
    )
