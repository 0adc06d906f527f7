"""What earlier runs saw: fresh answers to reuse, how long a link has been failing, how often it fails.

One JSON line for each observation, appended as it comes: a killed run loses only the request in flight. The
file is rewritten compact, atomically, at the end of a run. Observations are evidence: nothing is invented here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from guide.links.options import UsageError
from guide.links.rules import Rules
from guide.links.verdict import Judgement, Reason, Verdict, judge
from guide.source.disk import write_text

if TYPE_CHECKING:  # nothing of the network is loaded before the first request
    from guide.links.ask import Seen

_RUNS = 160  # three years of weeks


class Observation(NamedTuple):
    """The state of one address after a run. `since`: first day of the present failure ("" when it answers);
    `runs`: failing runs since then; `days`: the first two days on which it was judged broken."""

    url: str
    on: str
    verdict: str
    reason: str
    message: str = ""
    status: int | None = None
    final: str | None = None
    hops: Sequence[Sequence[Any]] = ()
    title: str = ""
    since: str = ""
    runs: int = 0
    days: Sequence[str] = ()
    seen: int = 0
    failed: int = 0

    @property
    def when(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.on).astimezone()


@dataclass(frozen=True, slots=True)
class PastRun:
    """A whole run: its day and how many links had each verdict."""

    day: dt.date
    counts: dict[str, int]


class History:
    """`path` None: nothing is remembered and every failure counts at once. Use as a context manager."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.notes: list[str] = []
        self.runs: list[PastRun] = []
        self._last: dict[str, Observation] = {}
        self._file: IO[str] | None = None
        self._lines = 0
        if path is not None and path.is_file():
            self._load(path)

    def __enter__(self) -> History:
        """Opens the file at once: an address that cannot be written is known before anything is asked."""
        if self.path and self.path.exists() and not self.path.is_file():  # what is rewritten must be ours
            raise UsageError(
                f"--history : {self.path} n’est pas un fichier — donner un nom de fichier, ou « none »"
            )
        self._open()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def last(self, key: str) -> Observation | None:
        return self._last.get(key)

    def fresh(self, key: str, now: dt.datetime, days: float) -> Observation | None:
        """The last observation when it is an `ok` of less than `days` days. Failures are never reused."""
        found = self._last.get(key)
        if found is None or found.verdict != Verdict.OK:
            return None
        return found if dt.timedelta(0) <= now - found.when < dt.timedelta(days=days) else None

    def judged(
        self, key: str, judgement: Judgement, now: dt.datetime, rules: Rules, seen: Seen | None = None
    ) -> tuple[Judgement, bool, Observation]:
        """Today's judgement and what was seen, kept; the judgement in the light of the past, and whether it is confirmed."""
        before, title = self._last.get(key), seen.title if seen else ""
        alive = (
            judgement.verdict.fine or judgement.reason is Reason.TLS_INCOMPLETE
        )  # the page came all the same
        if before and alive and title_changed(before.title, title):
            judgement = judge(Reason.TITLE_CHANGED, before=before.title[:80], now=title[:80])
        observed = self._observe(key, judgement, now, seen)
        return *self._confirmed(judgement, observed, rules), observed

    def _observe(self, key: str, judgement: Judgement, now: dt.datetime, seen: Seen | None) -> Observation:
        before = self._last.get(key)
        today = now.date().isoformat()
        since, runs, days = "", 0, list[str]()
        if judgement.verdict.lasting or judgement.reason.hardens:
            since, runs = today, 1
            if before is not None and before.since:
                since, runs, days = before.since, before.runs + 1, list(before.days)
            dead = judgement.verdict is Verdict.BROKEN or judgement.reason.hardens
            if dead and today not in days and len(days) < 2:
                days.append(today)
        status, final, hops, title = (
            (seen.status, seen.final, seen.hops, seen.title) if seen else (None, None, (), "")
        )
        observation = Observation(
            key, now.isoformat(timespec="seconds"), judgement.verdict, judgement.reason, judgement.message,
            status, final, hops, title or (before.title if before else ""), since, runs, days,
            (before.seen if before else 0) + 1, (before.failed if before else 0) + bool(since),
        )  # fmt: skip
        self._last[key] = observation
        if file := self._open():
            file.write(_line(observation))
            file.flush()  # to the system: what a killed process has written stays
            self._lines += 1
        return observation

    def _confirmed(
        self, judgement: Judgement, observation: Observation, rules: Rules
    ) -> tuple[Judgement, bool]:
        verdict = judgement.verdict
        if verdict is Verdict.BROKEN:
            sure = self.path is None or judgement.reason.at_once or len(observation.days) >= 2
            return judgement, sure
        if judgement.reason.hardens and self.path is not None and len(observation.days) >= 2:
            return Judgement(Verdict.BROKEN, judgement.reason, judgement.message), True
        if verdict is Verdict.UNREACHABLE:
            lasted = (observation.when.date() - dt.date.fromisoformat(observation.since)).days
            if observation.runs >= rules.broken_after_runs and lasted >= rules.broken_after_days:
                return judge(
                    Reason.LONG_UNREACHABLE, message=judgement.message, since=observation.since
                ), True
            return judgement, False
        return judgement, verdict.fine or verdict.fatal

    def record(self, when: dt.datetime, counts: dict[str, int]) -> None:
        """A whole run is over: what it counted, for the curve of the weeks. Two of one day: the last one counts."""
        if self.path is not None:
            self.runs = [run for run in self.runs if run.day != when.date()][1 - _RUNS :]
            self.runs.append(PastRun(when.date(), {name: count for name, count in counts.items() if count}))
            self._lines = -1  # rewrite

    def merge(self, others: list[Path]) -> None:
        """Add the observations of other histories; the latest of each address stays."""
        for path in others:
            other = History(path)
            self.notes += other.notes
            for key, observation in other._last.items():
                mine = self._last.get(key)
                if mine is None or mine.when < observation.when:
                    self._last[key] = observation
            self.runs = sorted(
                {run.day: run for run in (*other.runs, *self.runs)}.values(), key=lambda run: run.day
            )
        self._lines = -1  # rewrite

    def close(self) -> None:
        """Write the compact file, atomically, when it has grown to twice its useful size."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self.path is not None and not self._last and not self.runs and not self._lines:
            self.path.unlink(missing_ok=True)  # opened for nothing
        if self.path is None or (0 <= self._lines <= 2 * len(self._last) + len(self.runs) + 50):
            return
        self._write(self.path)

    def _write(self, path: Path) -> None:
        lines = [*map(_run_line, self.runs), *(_line(self._last[key]) for key in sorted(self._last))]
        write_text(path, "".join(lines))
        self._lines = len(lines)

    def _open(self) -> IO[str] | None:
        if self.path is not None and self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("a", encoding="utf-8", newline="\n")
        return self._file

    def _load(self, path: Path) -> None:
        lines = path.read_bytes().split(b"\n")
        cut_short = lines.pop()  # a kill in the middle of a line leaves it without its end
        damaged = 0
        for line in lines:
            try:
                read = json.loads(line)
                if "run" in read:
                    self.runs.append(PastRun(dt.date.fromisoformat(read["run"]), dict(read["counts"])))
                    continue
                observation = Observation(**read)
                observation.when  # noqa: B018  (a date that cannot be read is damage too)
                self._last[observation.url] = observation
            except (ValueError, TypeError, KeyError):
                damaged += 1
        self._lines = len(lines)
        if damaged:
            aside = _free_name(path)
            path.rename(aside)
            self.notes.append(
                f"Historique abîmé ({damaged} ligne(s) illisible(s)) : {path.name} est mis de côté sous {aside.name}, "
                f"{len(self._last)} adresse(s) ont pu être relues."
            )
            self._write(path)
        elif cut_short:
            self._write(path)


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.abime-{number}")).exists():
        number += 1
    return aside


def _run_line(run: PastRun) -> str:
    return json.dumps({"run": run.day.isoformat(), "counts": run.counts}, separators=(",", ":")) + "\n"


def _line(observation: Observation) -> str:
    filled = {
        name: value for name, value in observation._asdict().items() if value not in ("", None, [], (), 0)
    }
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":")) + "\n"


def title_changed(before: str, now: str) -> bool:
    """True when two titles of one address share less than a third of their words (numbers apart)."""
    old, new = _words(before), _words(now)
    return bool(old and new) and 3 * len(old & new) < len(old | new)


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", title.casefold()))
