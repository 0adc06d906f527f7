"""The journeys of one process, and what is kept of them; heavy modules are loaded here only."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from guide.links.certificates import Certificates
from guide.links.exchange import Hop, Trail
from guide.links.fetch import Fetcher
from guide.links.guard import Guard
from guide.links.journey import Prober
from guide.links.judge import classify
from guide.links.options import LinkOptions
from guide.links.pace import ElsewhereError, Lease, Scheduler
from guide.links.plan import Errand
from guide.links.rules import Rules
from guide.links.verdict import Judgement, Reason, judge
from guide.links.wire import Wire

_CONNECTIONS = 1_000


class Seen(NamedTuple):
    """What is kept of a journey: it travels from one process to another. `judgements`: one for each address of the job;
    `status` and `final`: of the answer, None without one."""

    judgements: tuple[Judgement, ...]
    status: int | None
    final: str | None
    hops: tuple[Hop, ...]
    title: str
    attempts: int

    @property
    def requests(self) -> int:
        return self.attempts + len(self.hops)


class Asking(Protocol):
    """What the journeys ask of the run that they serve."""

    rules: Rules
    options: LinkOptions
    agent: str
    stop: Callable[[], None]

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
    jobs: Sequence[Errand], scheduler: Scheduler, run: Asking, tell: Callable[[int, Seen | None], object]
) -> None:
    """Every job's journey; `tell(rank, seen)` as they end, None for one that leads to a host of another process. An
    interruption stops the run."""
    loop, rules, options = asyncio.get_running_loop(), run.rules, run.options
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, run.stop)
        except (NotImplementedError, RuntimeError, ValueError):
            break  # Windows, or not the main thread: an interruption then ends the program
    ranks = {id(job): rank for rank, job in enumerate(jobs)}
    async with Wire(Guard(options.allow_private), run.agent, _kept(rules.concurrency)) as wire:
        ca = str(options.ca) if options.ca else None
        prober = Prober(Fetcher(wire, Certificates(ca, wire), rules.look_bytes), scheduler, rules)
        for job in jobs:
            scheduler.add(job)

        async def work(job: Errand, lease: Lease) -> None:
            try:
                trail = await prober.probe(job.address, job.deep, lease)
                judgements = tuple(classify(address, trail, rules) for address in job.addresses)
            except ElsewhereError:
                tell(ranks[id(job)], None)
                return
            except Exception as error:  # a fault of ours on one address ends nothing, and is said
                trail = Trail(job.address.request, attempts=1)
                internal = judge(Reason.INTERNAL, detail=f"{type(error).__name__} : {error}")
                judgements = (internal,) * len(job.addresses)
            tell(ranks[id(job)], _kept_of(trail, judgements))

        await scheduler.run(work)


def _kept_of(trail: Trail, judgements: tuple[Judgement, ...]) -> Seen:
    final = trail.final_url if trail.answer else None
    title = trail.page.title[:200] if trail.page else ""
    return Seen(judgements, trail.status, final, tuple(trail.hops), title, trail.attempts)
