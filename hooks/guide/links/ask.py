"""The journeys of one process, and what is kept of them; heavy modules are loaded here only."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from guide.links.certificates import Certificates
from guide.links.exchange import Trail
from guide.links.fetch import Fetcher
from guide.links.guard import Guard
from guide.links.journey import Prober
from guide.links.judge import classify
from guide.links.pace import Lease, Scheduler
from guide.links.plan import Errand
from guide.links.settings import RunSettings
from guide.links.verdict import Judgement, Reason, judge
from guide.links.wire import Wire

_CONNECTIONS = 1_000


class Seen(NamedTuple):
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


class Asking(Protocol):
    """What the journeys ask of the run that they serve."""

    stop: Callable[[], None]

    @property
    def settings(self) -> RunSettings: ...

    def last_title(self, key: str) -> str: ...

    def seen(self, job: Errand, seen: Seen) -> None: ...

    def failed(self, sentence: str) -> None: ...


def _kept(concurrency: int) -> int:
    """How many connections may wait for another request: half of the files that the system lets us open."""
    try:
        import resource
    except ImportError:  # Windows
        return 2 * concurrency
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return max(concurrency, min(_CONNECTIONS, allowed // 2 if allowed > 0 else _CONNECTIONS))


async def travel(
    jobs: Sequence[Errand], scheduler: Scheduler, run: Asking, tell: Callable[[int, Seen], None]
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
    async with Wire(Guard(settings.allow), settings.agent, _kept(rules.concurrency)) as wire:
        prober = Prober(Fetcher(wire, Certificates(settings.ca, wire), rules.look_bytes), scheduler, rules)
        for job in jobs:
            scheduler.add(job.address.netloc, job.address.host, job)

        async def work(job: Errand, lease: Lease) -> None:
            try:
                seen = observed(job, await prober.probe(job.address, job.deep, lease), run)
            except Exception as error:  # a fault of ours on one address ends nothing, and is said
                internal = judge(Reason.INTERNAL, detail=f"{type(error).__name__} : {error}")
                count = 1 if job.canary else len(job.links)
                seen = Seen((internal,) * count, Reason.INTERNAL, None, None, (), "", 1, 1)
            tell(ranks[id(job)], seen)

        await scheduler.run(work)


def observed(job: Errand, trail: Trail, run: Asking) -> Seen:
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
