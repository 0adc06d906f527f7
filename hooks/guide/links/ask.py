"""Asks the network for every job of a run, in this process or in several.

A large run is shared by several processes: each has its hosts, and whoever is sent to a host of another leaves that
job for later. What was left is asked at the end by the first process, alone: so the pace of a host is kept by one
process at a time, and the processes have nothing to agree upon. The first one holds the history and the report; the
others are forks of it, know what it knew, and send it what they saw. Heavy modules are loaded here only.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, Protocol

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

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CONNECTIONS = 1_000
_MANY = 3_000  # jobs; below, another process costs more than it gives
_COST = 0.0002  # seconds of processor for one job
_SOON = 0.05  # seconds during which messages are gathered
_KEEPING = 0.07  # what it costs to remember and count an answer, beside the journey that brought it


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


Message = tuple[int, Seen | None]  # the rank of a job, and what was seen: None when it is left for later


class Asking(Protocol):
    """What the journeys ask of the run that they serve."""

    rules: Rules
    options: LinkOptions
    agent: str
    stop: Callable[[], None]

    def seen(self, job: Errand, seen: Seen) -> None: ...

    def failed(self, sentence: str) -> None: ...


def ask(jobs: list[Errand], run: Asking) -> bool:
    """Ask for every job and tell `run` what was seen. True when the run was stopped before its end."""
    count = run.options.processes or _processes(jobs, run.rules)
    deadline = time.monotonic() + run.rules.budget  # the clock of asyncio's loops, the same in every process
    if count > 1 and hasattr(os, "fork"):
        left, stopped = _ask_together(jobs, run, count, deadline)
        jobs = [] if stopped else left
    else:
        left, stopped = [], False
    if jobs:
        with asyncio.Runner() as runner:
            stopped = runner.run(
                _alone(jobs, Scheduler(run.rules, deadline, asked=time.monotonic() if left else 0), run)
            )
    return stopped


def _processes(jobs: list[Errand], rules: Rules) -> int:
    """One, but where the processor and not the pace of the hosts would make the run last."""
    if len(jobs) < _MANY or sys.platform in {"win32", "darwin"}:
        return 1
    hosts = Counter(job.address.host for job in jobs)
    longest = max(number * rules.delay_of(host) for host, number in hosts.items())
    return min(os.cpu_count() or 1, 4) if longest < len(jobs) * _COST else 1


async def _alone(jobs: list[Errand], scheduler: Scheduler, run: Asking) -> bool:
    run.stop = scheduler.stop

    def tell(rank: int, seen: Seen | None) -> None:
        assert seen is not None  # every host is ours
        run.seen(jobs[rank], seen)

    await travel(jobs, scheduler, run, tell)
    return scheduler.stopped


def owner_of(host: str, count: int) -> int:
    """The process that asks a host. The first one, which remembers and judges for all, has fewer than the others."""
    other = (1 + _KEEPING) / count
    first = max(0.0, other - _KEEPING)
    place = zlib.crc32(host.encode()) / 2**32
    return 0 if place < first else min(1 + int((place - first) / other), count - 1)


def _ask_together(jobs: list[Errand], run: Asking, count: int, deadline: float) -> tuple[list[Errand], bool]:
    """Ask with `count` processes, this one among them. What is left for later, and whether the run was stopped."""
    from multiprocessing.connection import Pipe  # for large runs only

    shares: list[list[Errand]] = [[] for _ in range(count)]
    for job in jobs:
        shares[owner_of(job.address.host, count)].append(job)
    others: dict[int, tuple[Connection, list[Errand]]] = {}  # by process
    for number in range(1, count):
        ours, theirs = Pipe(duplex=False)
        if child := os.fork():
            theirs.close()
            others[child] = ours, shares[number]
            continue
        code = 1
        try:
            for line in (ours, *(line for line, _ in others.values())):
                line.close()
            with asyncio.Runner() as runner:
                runner.run(_other(theirs, shares[number], _scheduler(run, number, count, deadline), run))
            code = 0
        finally:
            os._exit(code)  # neither the parent's files nor its exits are this process's business
    with asyncio.Runner() as runner:
        left, stopped = runner.run(_first(others, shares[0], _scheduler(run, 0, count, deadline), run))
    ended = [os.waitpid(child, 0)[1] for child in others]
    if any(ended):
        run.failed("Un des processus du contrôle s’est arrêté avant la fin : relancer avec --processes 1.")
    return left, stopped


def _scheduler(run: Asking, number: int, count: int, deadline: float) -> Scheduler:
    return Scheduler(run.rules, deadline, owns=lambda host: owner_of(host, count) == number)


async def _first(
    others: dict[int, tuple[Connection, list[Errand]]], mine: list[Errand], scheduler: Scheduler, run: Asking
) -> tuple[list[Errand], bool]:
    """This process's share, and what the others send meanwhile."""
    loop = asyncio.get_running_loop()
    left: list[Errand] = []
    working = set(others)
    over = asyncio.Event()

    def stop() -> None:
        scheduler.stop()
        for child in working:
            os.kill(child, signal.SIGTERM)

    def came(job: Errand, seen: Seen | None) -> None:
        left.append(job) if seen is None else run.seen(job, seen)

    def listen(child: int) -> None:
        line, jobs = others[child]
        try:
            for rank, seen in line.recv():  # our own process wrote it
                came(jobs[rank], seen)
        except (EOFError, OSError):
            loop.remove_reader(line.fileno())
            line.close()
            working.discard(child)
            if not working:
                over.set()

    run.stop = stop
    for child in others:
        loop.add_reader(others[child][0].fileno(), listen, child)
    await travel(mine, scheduler, run, lambda rank, seen: came(mine[rank], seen))
    await over.wait()
    return left, scheduler.stopped


async def _other(line: Connection, mine: list[Errand], scheduler: Scheduler, run: Asking) -> None:
    """The share of another process, told to the first one."""
    waiting: list[Message] = []

    def tell(rank: int, seen: Seen | None) -> None:
        if not waiting:
            asyncio.get_running_loop().call_later(_SOON, send)
        waiting.append((rank, seen))

    def send() -> None:
        if waiting:
            line.send(waiting)
            waiting.clear()

    run.stop = scheduler.stop
    await travel(mine, scheduler, run, tell)
    send()


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
    with closing(Wire(Guard(options.allow_private), run.agent, _kept(rules.concurrency))) as wire:
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
