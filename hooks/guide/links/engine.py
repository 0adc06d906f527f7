"""A whole run: plan, probe, judge, remember, report. No printing here."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import importlib.util
import signal
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from guide.links.addresses import AddressError, parse
from guide.links.catalogue import user_agent
from guide.links.judge import classify
from guide.links.collect import Link
from guide.links.exchange import Hop, Trail
from guide.links.remember import History, Observation
from guide.links.plan import Job, Plan
from guide.links.report import Report, Result, now
from guide.links.settings import Settings, canary_failures, with_visit
from guide.links.verdict import Judgement, Reason, Verdict, judge

if TYPE_CHECKING:
    from guide.links.pace import Lease

_OFFLINE = {
    Reason.DNS_FAILURE,
    Reason.NO_DOMAIN,
    Reason.NO_ROUTE,
    Reason.REFUSED,
    Reason.TIMEOUT,
    Reason.RESET,
    Reason.NO_ANSWER,
}
_ENOUGH = 20  # addresses that fail besides every witness before the network is said to be absent
_NO_NETWORK = judge(Verdict.UNCHECKED, Reason.NO_NETWORK, "Réseau absent : rien n’a pu être demandé.")


class Run:
    """One run over a plan. `report()` is complete at any moment, whatever is still missing."""

    def __init__(self, plan: Plan, history: History, settings: Settings) -> None:
        self._plan, self._history, self._settings = plan, history, settings
        self._started = now()
        self._results: dict[str, Result] = {}
        self._pending: list[tuple[Job, Trail]] = []  # judged once the network is known to exist
        self._online = bool(settings.allow)
        self._canaries: dict[str, Judgement] = {}
        self._problems = self._done = self._requests = 0
        self._cut_short = self._no_network = False
        self._witnesses = 0
        self._stop: Callable[[], None] = lambda: None

    def run(self) -> Report:
        """Settle what needs no network, reuse what is fresh, ask for the rest."""
        for link, judgement in self._plan.settled:
            self._settle(link, judgement)
        jobs = [job for job in self._plan.jobs.values() if not self._reuse(job)]
        if jobs:
            gc.freeze()  # what is loaded stays, and most of what comes leaves by itself:
            gc.set_threshold(20_000, 20, 20)  # looking at it again and again costs a tenth of the time
            with asyncio.Runner(loop_factory=_fast_loop()) as runner:
                runner.run(self._ask(jobs))
        return self._report()

    def _settle(self, link: Link, judgement: Judgement) -> None:
        if judgement.verdict is Verdict.BROKEN:
            self._judged(link, link.url, judgement, None)
        else:
            self._add(link, judgement, False, None, None)

    def _reuse(self, job: Job) -> bool:
        found: list[tuple[Link, Observation]] = []
        for link, address in job.links:
            observation = self._history.fresh(address.key, self._started, self._settings.rules.fresh_days)
            if observation is None:
                return False
            found.append((link, observation))
        for link, seen in found:
            judgement = Judgement(Verdict(seen.verdict), Reason(seen.reason), seen.message)
            self._add(link, judgement, True, None, seen)
        return True

    async def _ask(self, jobs: list[Job]) -> None:
        from guide.links.fetch import Fetcher, tls_context
        from guide.links.guard import Guard
        from guide.links.journey import Prober
        from guide.links.pace import Scheduler
        from guide.links.wire import Wire

        settings, loop = self._settings, asyncio.get_running_loop()
        scheduler = Scheduler(settings.rules, loop.time() + settings.rules.budget)
        for name in (signal.SIGINT, signal.SIGTERM):
            try:
                loop.add_signal_handler(name, scheduler.stop)
            except (NotImplementedError, RuntimeError, ValueError):
                break  # Windows, or not the main thread: an interruption then ends the program
        guard = Guard(settings.allow)
        agent = user_agent(settings.catalogue.contact)
        async with Wire(guard, agent, settings.rules.concurrency * 2) as wire:
            fetcher = Fetcher(wire, guard, tls_context(settings.ca), settings.rules.look_bytes)
            prober = Prober(fetcher, scheduler, settings.rules)
            canaries = self._canary_jobs(jobs, guard)
            for job in (*canaries, *jobs):
                scheduler.add(job.address.netloc, job.address.host, job)
            total = len(jobs)
            self._stop, self._witnesses = scheduler.stop, len(canaries)

            async def work(job: object, lease: Lease) -> None:
                assert isinstance(job, Job)
                trail = await prober.probe(job.address, job.deep, lease)
                self._requests += trail.attempts + len(trail.hops)
                self._probed(job, trail)
                if settings.progress and not job.canary:
                    settings.progress(self._done, total, self._problems)

            await scheduler.run(work)
        self._cut_short = scheduler.stopped and not self._no_network
        self._conclude()

    def _canary_jobs(self, jobs: list[Job], guard: Any) -> list[Job]:
        """None with private networks allowed, nor where no public address is asked."""
        if self._settings.allow or all(_is_refused(guard, job.address.host) for job in jobs):
            return []
        rules, canaries = self._settings.rules, []
        for url in (*rules.canaries_alive, *rules.canaries_dead):
            try:
                canaries.append(Job(parse(url), canary=True))
            except AddressError:
                continue
        return canaries

    def _probed(self, job: Job, trail: Trail) -> None:
        if not job.canary:
            self._done += 1
        if trail.answer is not None or trail.failure is None or trail.failure.reason not in _OFFLINE:
            if trail.answer is not None and not self._online:
                self._online = True
                for earlier in self._pending:
                    self._judge(*earlier)
                self._pending.clear()
            self._judge(job, trail)
        elif self._online:
            self._judge(job, trail)
        else:
            self._pending.append((job, trail))
            witnesses = sum(waiting.canary for waiting, _ in self._pending)
            if self._witnesses and witnesses == self._witnesses and len(self._pending) >= witnesses + _ENOUGH:
                self._no_network = True  # no need to ask every site politely for nothing
                self._stop()

    def _conclude(self) -> None:
        """Without a single answer, failures say nothing of the sites."""
        tried = [trail for _, trail in self._pending if trail.failure]
        self._no_network = self._no_network or (bool(tried) and not self._online and not self._cut_short)
        for job, trail in self._pending:
            if not self._no_network:
                self._judge(job, trail)
                continue
            for link, _ in job.links:
                self._add(link, _NO_NETWORK, False, None, None)
        self._pending.clear()

    def _judge(self, job: Job, trail: Trail) -> None:
        rules = self._settings.rules
        if job.canary:
            self._canaries[job.address.request] = classify(job.address, trail, rules)
            return
        for link, address in job.links:
            before = self._history.last(address.key)
            judgement = classify(address, trail, rules, before.title if before else "")
            self._judged(link, address.key, judgement, trail)
        trail.page = None

    def _judged(self, link: Link, key: str, judgement: Judgement, trail: Trail | None) -> None:
        seen = self._history.observe(
            key,
            judgement,
            now(),
            status=trail.status if trail else None,
            final=trail.final_url if trail and trail.answer else None,
            hops=[[hop.status, hop.url] for hop in trail.hops] if trail else [],
            title=trail.page.title[:200] if trail and trail.page else "",
        )
        judgement, confirmed = self._history.confirm(judgement, seen, self._settings.rules)
        judgement, confirmed = with_visit(
            self._settings, self._started.date(), link.url, judgement, confirmed
        )
        if judgement.verdict in {Verdict.BROKEN, Verdict.UNSAFE, Verdict.UNREACHABLE}:
            self._problems += 1
        if judgement.verdict is Verdict.BROKEN and seen.since and seen.runs > 1:
            message = f"{judgement.message} Constaté pour la première fois le {seen.since}."
            judgement = judge(judgement.verdict, judgement.reason, message)
        self._add(link, judgement, confirmed, trail, seen)

    def _add(
        self, link: Link, judgement: Judgement, confirmed: bool, trail: Trail | None, seen: Observation | None
    ) -> None:
        hops: Iterable[Hop] = trail.hops if trail else [Hop(*hop) for hop in seen.hops] if seen else []
        self._results[link.url] = Result(
            link.url,
            judgement.verdict,
            judgement.reason.value,
            judgement.message,
            confirmed,
            seen.status if seen else None,
            seen.final if seen else None,
            tuple((hop.status, hop.url) for hop in hops),
            seen.on if seen else None,
            trail.attempts if trail else 0,
            tuple(link.places),
        )

    def _report(self) -> Report:
        self._fill_gaps()
        report = Report(
            _iso(self._started),
            _iso(now()),
            list(self._results.values()),
            notes=list(self._history.notes),
            no_network=self._no_network,
            requests=self._requests,
            cut_short=self._cut_short,
        )
        report.links.sort(key=lambda link: (link.places[0].file, link.places[0].line, link.url))
        if not (self._no_network or self._cut_short):
            report.failures += canary_failures(self._settings.rules, self._canaries)
        return report

    def _fill_gaps(self) -> None:
        late = judge(
            Verdict.UNCHECKED, Reason.OUT_OF_BUDGET, "Temps épuisé avant d’avoir pu demander cette adresse."
        )
        for job in self._plan.jobs.values():
            for link, _ in job.links:
                if link.url not in self._results:
                    self._cut_short = not self._no_network
                    self._add(link, _NO_NETWORK if self._no_network else late, False, None, None)


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed (it saves a third of the time of a large run); nothing depends on it."""
    if importlib.util.find_spec("uvloop") is None:
        return None
    make: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module("uvloop").new_event_loop
    return make


def _is_refused(guard: Any, host: str) -> bool:
    try:
        guard.check_literal(host)
    except OSError:
        return True
    return False


def _iso(when: dt.datetime) -> str:
    return when.isoformat(timespec="seconds")
