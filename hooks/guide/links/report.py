"""The report as data: what the JSON holds, how it is written, read again and united, and what the site says of its links
from it (`--link-report`). Schema: `report.schema.json`."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from guide.links.addresses import host_of
from guide.links.verdict import Verdict
from guide.source.disk import reason
from guide.text.problems import Code, GuideError, Place, Problem


class LinkPlace(NamedTuple):
    """Where a link stands: file (relative, `/`), line from 1, YAML path or page ("" when there is none)."""

    file: str
    line: int
    path: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Result(NamedTuple):
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
    places: tuple[LinkPlace, ...]

    @property
    def fatal(self) -> bool:
        """Whether this link makes the run fail."""
        return self.confirmed and self.verdict.fatal

    @property
    def level(self) -> str:
        """That of the verdict; nothing that is not confirmed is an error."""
        return "warning" if self.verdict.level == "error" and not self.fatal else self.verdict.level

    def as_json(self) -> dict[str, Any]:
        redirects = [{"status": status, "url": url} for status, url in self.redirects]
        return self._asdict() | {"redirects": redirects, "places": [place._asdict() for place in self.places]}


@dataclass(frozen=True, slots=True)
class Shard:
    """The share of one machine: number `part` of the `hosts` of each part; `whole` tells two runs apart."""

    part: int
    hosts: Sequence[Sequence[str]]
    whole: str


@dataclass(slots=True)
class Report:
    """A whole run, even a partial one. `notes` and `failures` are for people, not for the JSON; `missing` says what
    was not asked; `weeks` are the earlier runs (day, links by verdict); `before`: the former verdict of what changed."""

    started: str
    finished: str
    links: list[Result]
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)  # the run itself went wrong: exit code 2
    missing: list[str] = field(default_factory=list)
    no_network: bool = False
    cut_short: bool = False
    shard: Shard | None = None
    weeks: list[tuple[str, dict[str, int]]] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    hints: dict[str, Hint] = field(default_factory=dict)

    def summary(self) -> dict[str, int]:
        counts = Counter(link.verdict for link in self.links)
        return {verdict.value: counts[verdict] for verdict in reversed(Verdict)}

    def with_verdict(self, *verdicts: Verdict) -> list[Result]:
        return [link for link in self.links if link.verdict in verdicts]

    @property
    def complete(self) -> bool:
        return not (self.no_network or self.cut_short or self.missing)

    def exit_code(self) -> int:
        """0 nothing confirmed broken, 1 confirmed broken or unsafe, 2 the run is wrong, 3 no network or no time."""
        if self.no_network:
            return 3
        if any(link.fatal for link in self.links):
            return 1
        if self.failures:
            return 2
        return 0 if self.complete else 3

    def head(self) -> dict[str, Any]:
        """The JSON without its links. What is not usual is only there when there is something to say."""
        run = {
            "shard": asdict(self.shard) if self.shard else None,
            "no_network": self.no_network,
            "cut_short": self.cut_short,
            "missing": self.missing,
        }
        unusual = {
            "run": {name: value for name, value in run.items() if value},
            "weeks": [{"on": day, "counts": counts} for day, counts in self.weeks],
            "before": self.before,
        }
        return {
            "schema": 1,
            "started": self.started,
            "finished": self.finished,
            "summary": self.summary(),
            **{name: value for name, value in unusual.items() if value},
        }


class Hint(NamedTuple):
    """Help for the reader of a dead link: what to type in a search engine, an archived copy if one is known."""

    search: str
    archive: str | None = None


def read_report(path: Path) -> Report:
    """The report written by `--json`. Raises GuideError."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data["schema"] != 1:
            raise unreadable(path, f"rapport d’une autre version, schema {data['schema']}")
        run = data.get("run", {})
        shard = run.get("shard")
        return Report(
            data["started"],
            data["finished"],
            [_result(link) for link in data["links"]],
            missing=list(run.get("missing", ())),
            no_network=bool(run.get("no_network")),
            cut_short=bool(run.get("cut_short")),
            shard=shard and _shard(**shard),
            weeks=[(week["on"], dict(week["counts"])) for week in data.get("weeks", ())],
            before=dict(data.get("before", {})),
        )
    except OSError as error:
        raise unreadable(path, reason(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise unreadable(path, FOREIGN) from None


FOREIGN = "ce fichier n’est pas un rapport de liens"


def unreadable(path: Path, found: str) -> GuideError:
    """A file that is no report of ours, as an editor is told of it."""
    what, remedy = "rapport de liens illisible", "redonnez le fichier écrit par « links --json »"
    return GuideError([Problem(Place(str(path)), Code.FILE, what, remedy, found)])


def _result(link: dict[str, Any]) -> Result:
    redirects = tuple((hop["status"], hop["url"]) for hop in link["redirects"])
    places = tuple(LinkPlace(**_of(LinkPlace, place)) for place in link["places"])
    read = {"verdict": Verdict.of(link["verdict"]), "redirects": redirects, "places": places}
    return Result(**_of(Result, link) | read)


def _of(kind: type[LinkPlace] | type[Result], entry: dict[str, Any]) -> dict[str, Any]:
    """What this program knows of an entry: one of a later program may say more."""
    return {name: entry[name] for name in kind._fields if name in entry}


def _shard(part: int, hosts: list[list[str]], whole: str) -> Shard:
    """Raises ValueError or TypeError for what no run has written."""
    shared = tuple(tuple(map(str, each)) for each in hosts)
    if not 1 <= int(part) <= len(shared):
        raise ValueError(part)
    return Shard(int(part), shared, str(whole))


def merge_reports(reports: list[Report]) -> Report:
    """One report for several: each link once, its latest real check, all its places, and what is missing."""
    merged: dict[str, Result] = {}
    for link in (link for report in reports for link in report.links):
        mine = merged.get(link.url)
        if mine is None:
            merged[link.url] = link
            continue
        kept = max(mine, link, key=lambda one: (one.verdict is not Verdict.UNCHECKED, one.checked_on or ""))
        places = tuple(sorted({*mine.places, *link.places}))
        merged[link.url] = kept._replace(places=places)
    links = sorted(merged.values(), key=lambda link: (link.places[:1], link.url))
    return Report(
        min(r.started for r in reports),
        max(r.finished for r in reports),
        links,
        missing=[*dict.fromkeys((*_missing_parts(reports), *(one for r in reports for one in r.missing)))],
        no_network=all(report.no_network for report in reports),
        cut_short=any(report.cut_short for report in reports),
        before={url: verdict for report in reports for url, verdict in report.before.items()},
    )


def _missing_parts(reports: list[Report]) -> list[str]:
    """What keeps several reports from being a whole one, in French, the hosts named."""
    missing: list[str] = []
    shards = [report.shard for report in reports if report.shard]
    if len({(shard.whole, len(shard.hosts)) for shard in shards}) > 1:
        missing.append("Ces rapports viennent de passages différents : ils ne font pas un tout.")
    elif shards:
        seen = Counter(shard.part for shard in shards)
        parts = shards[0].hosts
        for number, hosts in enumerate(parts, 1):
            if not seen[number] and hosts:
                missing.append(f"Partie {number} sur {len(parts)} absente : {_named(hosts)}.")
            elif seen[number] > 1:
                missing.append(f"Partie {number} sur {len(parts)} donnée {seen[number]} fois.")
    for report in reports:
        if report.no_network and len(reports) > 1:
            hosts = (
                report.shard.hosts[report.shard.part - 1]
                if report.shard
                else [*dict.fromkeys(host_of(link.url) or link.url for link in report.links)]
            )
            missing.append(f"Réseau absent pendant l’un des passages : {_named(hosts)}.")
    return missing


def _named(hosts: Sequence[str]) -> str:
    more = f" et {len(hosts) - 12} autres" if len(hosts) > 12 else ""
    return ", ".join(hosts[:12]) + more


def lost_links(report: Report, known: Mapping[str, object]) -> list[str]:
    """A run that lost links on its way must not pass for a clean one: what is missing, in French."""
    urls = {link.url for link in report.links}
    return [f"Adresse de data/resources.yml jamais vérifiée : {url}" for url in known if url not in urls]


def schema() -> dict[str, Any]:
    """The JSON Schema of a report, with the verdicts of the table."""
    document: dict[str, Any] = json.loads(Path(__file__).with_name("report.schema.json").read_text("utf-8"))
    document["$defs"]["verdict"]["enum"] = [verdict.value for verdict in Verdict]
    return document


def to_json(report: Report) -> str:
    """One line for each link: easy to compare, and much faster to write than an indented document."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    links = encode([link.as_json() for link in report.links])[1:-1]
    links = links.replace('}, {"url": ', '},\n{"url": ')  # inside a text, a quote has its bar
    return f'{encode(report.head())[:-1]}, "links": [\n{links}\n]}}\n'


def now() -> dt.datetime:
    return dt.datetime.now().astimezone()
