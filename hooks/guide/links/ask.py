"""Asks the network for every job of a run, in this process or in several; heavy modules are loaded here only."""

from __future__ import annotations

import asyncio
import signal
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
from guide.links.verdict import Judgement, Reason, judge
from guide.links.wire import Wire

if TYPE_CHECKING:
    from guide.links.run import Run


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


async def ask(jobs: list[Job], run: Run) -> bool:
    """Ask for every job and tell `run` what was seen. True when the run was stopped before its end."""
    settings, loop = run.settings, asyncio.get_running_loop()
    rules = settings.rules
    scheduler = Scheduler(rules, loop.time() + rules.budget)
    run.stop = scheduler.stop
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, scheduler.stop)
        except (NotImplementedError, RuntimeError, ValueError):
            break  # Windows, or not the main thread: an interruption then ends the program
    async with Wire(Guard(settings.allow), settings.agent, rules.concurrency * 2) as wire:
        prober = Prober(Fetcher(wire, Certificates(settings.ca, wire), rules.look_bytes), scheduler, rules)
        for job in jobs:
            scheduler.add(job.address.netloc, job.address.host, job)

        async def work(job: Job, lease: Lease) -> None:
            trail = await prober.probe(job.address, job.deep, lease)
            run.seen(job, observed(job, trail, run))

        await scheduler.run(work)
    return scheduler.stopped


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
