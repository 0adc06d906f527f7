"""Asks the network for every job of a run, in this process or in several; heavy modules are loaded here only."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guide.links.certificates import Certificates
from guide.links.exchange import Trail
from guide.links.fetch import Fetcher
from guide.links.guard import Guard
from guide.links.journey import Prober
from guide.links.judge import classify
from guide.links.pace import Lease, Scheduler
from guide.links.plan import Job
from guide.links.rules import Rules
from guide.links.verdict import Judgement, Reason, judge
from guide.links.wire import Wire

if TYPE_CHECKING:
    from guide.links.run import Run

_MANY = 3_000  # jobs; below, another process costs more than it gives
_COST = 0.0002  # seconds of processor for one job


@dataclass(frozen=True, slots=True)
class Seen:
    """What is kept of a journey: it travels from one process to another. `judgements`: one for each link of the job
    (of the job itself, for a witness); `status` and `final`: of the answer, None without one."""

    judgements: tuple[Judgement, ...]
    failure: Reason | None
    status: int | None
    final: str | None
    hops: tuple[tuple[int, str], ...]
    title: str
    attempts: int
    requests: int


def ask(jobs: list[Job], run: Run) -> bool:
    """Ask for every job and tell `run` what was seen. True when the run was stopped before its end."""
    count = run.settings.processes or _processes(jobs, run.settings.rules)
    if count > 1 and hasattr(os, "fork"):
        from guide.links.workers import ask_together

        return ask_together(jobs, run, count)
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        return runner.run(_alone(jobs, run))


async def _alone(jobs: list[Job], run: Run) -> bool:
    scheduler = Scheduler(run.settings.rules, asyncio.get_running_loop().time() + run.settings.rules.budget)
    run.stop = scheduler.stop
    await travel(jobs, scheduler, run, lambda rank, seen: run.seen(jobs[rank], seen))
    return scheduler.stopped


async def travel(
    jobs: Sequence[Job], scheduler: Scheduler, run: Run, tell: Callable[[int, Seen], None]
) -> None:
    """Every job's journey; `tell(rank, seen)` as they end. An interruption stops the scheduler."""
    settings, loop = run.settings, asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, scheduler.stop)
        except (NotImplementedError, RuntimeError, ValueError):
            break  # Windows, or not the main thread: an interruption then ends the program
    rules = settings.rules
    ranks = {id(job): rank for rank, job in enumerate(jobs)}
    async with Wire(Guard(settings.allow), settings.agent, rules.concurrency * 2) as wire:
        prober = Prober(Fetcher(wire, Certificates(settings.ca, wire), rules.look_bytes), scheduler, rules)
        for job in jobs:
            scheduler.add(job.address.netloc, job.address.host, job)

        async def work(job: Job, lease: Lease) -> None:
            try:
                seen = observed(job, await prober.probe(job.address, job.deep, lease), run)
            except Exception as error:  # a fault of ours on one address ends nothing, and is said
                internal = judge(Reason.INTERNAL, detail=f"{type(error).__name__} : {error}")
                count = 1 if job.canary else len(job.links)
                seen = Seen((internal,) * count, Reason.INTERNAL, None, None, (), "", 1, 1)
            tell(ranks[id(job)], seen)

        await scheduler.run(work)


def _processes(jobs: list[Job], rules: Rules) -> int:
    """One, but where the processor and not the pace of the hosts would make the run last."""
    if len(jobs) < _MANY or sys.platform in {"win32", "darwin"}:
        return 1
    longest = max(
        number * (rules.delay if (own := rules.host(host).delay) is None else own)
        for host, number in Counter(job.address.host for job in jobs).items()
    )
    return min(os.cpu_count() or 1, 4) if longest < len(jobs) * _COST else 1


def fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop where it is installed; nothing depends on it."""
    if importlib.util.find_spec("uvloop") is None:
        return None
    make: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module("uvloop").new_event_loop
    return make


def observed(job: Job, trail: Trail, run: Run) -> Seen:
    """The journey judged. A fault of ours on one address is said of that address, and ends nothing."""
    judgements = []
    for key, address in (
        [("", job.address)] if job.canary else [(address.key, address) for _, address in job.links]
    ):
        try:
            judgements.append(
                classify(address, trail, run.settings.rules, run.last_title(key) if key else "")
            )
        except (ValueError, LookupError, AttributeError, RecursionError) as error:
            judgements.append(judge(Reason.INTERNAL, detail=f"{type(error).__name__} : {error}"))
    return Seen(
        tuple(judgements),
        trail.failure.reason if trail.failure else None,
        trail.status,
        trail.final_url if trail.answer else None,
        tuple((hop.status, hop.url) for hop in trail.hops),
        trail.page.title[:200] if trail.page else "",
        trail.attempts,
        trail.attempts + len(trail.hops),
    )
