"""The report as data: what the JSON holds, how it is written and read again. Schema: `report.schema.json`."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from guide.links.verdicts import Verdict


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a link stands: file (relative, `/`), line from 1, YAML path or page ("" when there is none)."""

    file: str
    line: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Result:
    """One link of the report; `url` exactly as written, `redirects` as (status, address it led to)."""

    url: str
    verdict: Verdict
    reason: str
    message: str
    confirmed: bool
    status: int | None
    final_url: str | None
    redirects: tuple[tuple[int, str], ...]
    checked_on: str | None
    attempts: int
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "verdict": self.verdict.value,
            "reason": self.reason,
            "message": self.message,
            "confirmed": self.confirmed,
            "status": self.status,
            "final_url": self.final_url,
            "redirects": [{"status": status, "url": url} for status, url in self.redirects],
            "checked_on": self.checked_on,
            "attempts": self.attempts,
            "places": [{"file": place.file, "line": place.line, "path": place.path} for place in self.places],
        }


@dataclass(slots=True)
class Report:
    """A whole run, even a partial one. `notes` and `failures` are for people, not for the JSON."""

    started: str
    finished: str
    links: list[Result]
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)  # the run itself went wrong: exit code 2
    no_network: bool = False
    cut_short: bool = False
    requests: int = 0
    hints: dict[str, Hint] = field(default_factory=dict)

    def summary(self) -> dict[str, int]:
        counts = Counter(link.verdict for link in self.links)
        return {verdict.value: counts[verdict] for verdict in Verdict}

    def with_verdict(self, *verdicts: Verdict) -> list[Result]:
        return [link for link in self.links if link.verdict in verdicts]

    def exit_code(self) -> int:
        """0 nothing confirmed broken, 1 confirmed broken or unsafe, 2 the run is wrong, 3 no network or no time."""
        if self.no_network:
            return 3
        if any(link.confirmed and link.verdict in {Verdict.BROKEN, Verdict.UNSAFE} for link in self.links):
            return 1
        if self.failures:
            return 2
        return 3 if self.cut_short else 0

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "started": self.started,
            "finished": self.finished,
            "summary": self.summary(),
            "links": [link.as_json() for link in self.links],
        }


@dataclass(frozen=True, slots=True)
class Hint:
    """Help for the reader of a dead link: what to type in a search engine, an archived copy if one is known."""

    search: str
    archive: str | None = None
    title: str = ""


class ReportError(Exception):
    """A report file cannot be read; the message is in French."""


def read_report(path: Path) -> Report:
    """The report written by `--json`. Raises ReportError."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema"] != 1:
            raise ReportError(f"{path} : rapport d’une autre version (schema {data['schema']}).")
        return Report(data["started"], data["finished"], [_result(link) for link in data["links"]])
    except OSError as error:
        raise ReportError(f"{path} : rapport illisible ({error.strerror}).") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ReportError(f"{path} : ce fichier n’est pas un rapport de liens ({error}).") from None


def _result(link: dict[str, Any]) -> Result:
    return Result(
        link["url"],
        Verdict(link["verdict"]),
        link["reason"],
        link["message"],
        link["confirmed"],
        link["status"],
        link["final_url"],
        tuple((hop["status"], hop["url"]) for hop in link["redirects"]),
        link["checked_on"],
        link["attempts"],
        tuple(Place(one["file"], one["line"], one["path"]) for one in link["places"]),
    )


def merge_reports(reports: list[Report]) -> Report:
    """One report for several: each link once, its latest real check, all its places."""
    merged: dict[str, Result] = {}
    for link in (link for report in reports for link in report.links):
        mine = merged.get(link.url)
        if mine is None:
            merged[link.url] = link
            continue
        kept = max(mine, link, key=lambda one: (one.verdict is not Verdict.UNCHECKED, one.checked_on or ""))
        places = tuple(sorted({*mine.places, *link.places}))
        merged[link.url] = replace(kept, places=places)
    links = sorted(merged.values(), key=lambda link: (link.places[:1], link.url))
    cut = any(link.reason == "out-of-budget" for link in links)
    return Report(min(r.started for r in reports), max(r.finished for r in reports), links, cut_short=cut)


class Known(Protocol):
    """What `lost_links` asks of a catalogue."""

    @property
    def count(self) -> int: ...

    @property
    def by_url(self) -> Mapping[str, object]: ...


def lost_links(report: Report, known: Known) -> list[str]:
    """A run that lost links on its way must not pass for a clean one: what is missing, in French."""
    urls = {link.url for link in report.links}
    missing = [
        f"Adresse de data/resources.yml jamais vérifiée : {url}" for url in known.by_url if url not in urls
    ]
    if len(urls) < known.count:
        missing.append(f"{len(urls)} liens vérifiés, alors que data/resources.yml en compte {known.count}.")
    return missing


def to_json(report: Report) -> str:
    """One line for each link: easy to compare, and thrice as fast to write as an indented document."""
    head = report.as_json() | {"links": []}
    links = ",\n".join(json.dumps(link.as_json(), ensure_ascii=False) for link in report.links)
    return f"{json.dumps(head, ensure_ascii=False)[:-2]}\n{links}\n]}}\n"


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()
