"""Asks the network for every job of a run, in this process or in several.

A large run is shared by several processes: each has its hosts, and whoever is sent to a host of another asks it.

So the pace of a host is kept by one process only, whichever sends the request. The first process holds the history and
the report; the others are forks of it, know what it knew, and send it what they saw.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from typing import Any

from guide.links.ask import Asking, travel
from guide.links.pace import Host, Scheduler
from guide.links.plan import Errand
from guide.links.rules import Rules

_SOON = 0.05  # seconds during which messages are gathered
_FIRST = 0
_KEEPING = 0.07  # what it costs to remember and count an answer, beside the journey that brought it


_MANY = 3_000  # jobs; below, another process costs more than it gives
_COST = 0.0002  # seconds of processor for one job


def ask(jobs: list[Errand], run: Asking) -> bool:
    """Ask for every job and tell `run` what was seen. True when the run was stopped before its end."""
    count = run.options.processes or _processes(jobs, run.rules)
    if count > 1 and hasattr(os, "fork"):
        return ask_together(jobs, run, count)
    with asyncio.Runner() as runner:
        return runner.run(_alone(jobs, run))


async def _alone(jobs: list[Errand], run: Asking) -> bool:
    scheduler = Scheduler(run.rules, asyncio.get_running_loop().time() + run.rules.budget)
    run.stop = scheduler.stop
    await travel(jobs, scheduler, run, lambda rank, seen: run.seen(jobs[rank], seen))
    return scheduler.stopped


def _processes(jobs: list[Errand], rules: Rules) -> int:
    """One, but where the processor and not the pace of the hosts would make the run last."""
    if len(jobs) < _MANY or sys.platform in {"win32", "darwin"}:
        return 1
    hosts = Counter(job.address.host for job in jobs)
    longest = max(number * rules.delay_of(host) for host, number in hosts.items())
    return min(os.cpu_count() or 1, 4) if longest < len(jobs) * _COST else 1


class _Post:
    """Messages to another process over a socket, gathered; `receive` gives those that came, until the other is gone."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._out = sock, list[Any]()
        self._soon: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(sock=self._sock)

    def send(self, *message: Any) -> None:
        self._out.append(message)
        if message[0] != "seen" or len(self._out) > 200:
            self.flush()
        elif self._soon is None:
            self._soon = asyncio.get_running_loop().call_later(_SOON, self.flush)

    def flush(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None
        if self._out and not self._writer.is_closing():
            data = pickle.dumps(self._out, pickle.HIGHEST_PROTOCOL)
            self._writer.write(len(data).to_bytes(4, "big") + data)
        self._out = []

    async def receive(self, handle: Callable[..., None]) -> None:
        try:
            while True:
                size = int.from_bytes(await self._reader.readexactly(4), "big")
                for message in pickle.loads(await self._reader.readexactly(size)):  # our own process wrote it
                    handle(*message)
        except (asyncio.IncompleteReadError, ConnectionError):
            return

    async def close(self) -> None:
        self._writer.close()


class _Shared(Scheduler):
    """A scheduler that keeps the pace of its own hosts, and asks their owner for a place on the others.
    `route(process, message)` carries a message; places are asked for by (process, ticket)."""

    def __init__(
        self, rules: Rules, deadline: float, mine: int, count: int, route: Callable[..., None]
    ) -> None:
        super().__init__(rules, deadline)
        self._mine, self._count, self._route = mine, count, route
        self._asked: dict[int, asyncio.Future[None]] = {}
        self._lent: dict[tuple[int, int], asyncio.Task[None]] = {}
        self._ticket = 0
        self.on_stop: Callable[[], None] = lambda: None

    def stop(self) -> None:
        super().stop()
        self.on_stop()

    async def enter(self, host: Host) -> Host:
        owner = owner_of(host.name, self._count)
        if owner == self._mine:
            return await super().enter(host)
        self._ticket += 1
        ticket = self._ticket
        self._asked[ticket] = asyncio.get_running_loop().create_future()
        self._route(owner, "enter", self._mine, ticket, host.name, host.delay, host.per_host)
        try:
            await self._asked[ticket]
        except BaseException:
            self._route(owner, "forget", self._mine, ticket, host.name)
            raise
        finally:
            del self._asked[ticket]
        return host

    def leave(self, host: Host) -> None:
        owner = owner_of(host.name, self._count)
        if owner == self._mine:
            super().leave(host)
        else:
            self._route(owner, "leave", host.name)

    def hold(self, host: Host, seconds: float) -> None:
        owner = owner_of(host.name, self._count)
        if owner == self._mine:
            super().hold(host, seconds)
        else:
            self._route(owner, "hold", host.name, seconds)

    def handle(self, kind: str, *rest: Any) -> None:
        """A message of another process about a place."""
        if kind == "enter":
            who, ticket, name, delay, per_host = rest
            host = self._hosts.setdefault(name, Host(name, delay, per_host))
            self._lent[who, ticket] = asyncio.ensure_future(self._lend(host, who, ticket))
        elif kind == "granted":
            if (waiting := self._asked.get(rest[0])) and not waiting.done():
                waiting.set_result(None)
        elif kind == "forget":
            who, ticket, name = rest
            if (task := self._lent.pop((who, ticket), None)) and not task.cancel():
                super().leave(self._hosts[name])
        elif kind == "leave":
            super().leave(self._hosts[rest[0]])
        elif kind == "hold":
            super().hold(self._hosts[rest[0]], rest[1])
        elif kind == "stop":
            self.stop()

    async def _lend(self, host: Host, who: int, ticket: int) -> None:
        await super().enter(host)
        self._route(who, "granted", ticket)


def owner_of(name: str, count: int) -> int:
    """The process that keeps the pace of a host (its name with the port). The first one, which remembers and judges
    for all, has fewer hosts than the others."""
    other = (1 + _KEEPING) / count
    first = max(0.0, other - _KEEPING)
    place = zlib.crc32(name.encode()) / 2**32
    return _FIRST if place < first else min(1 + int((place - first) / other), count - 1)


def ask_together(jobs: list[Errand], run: Asking, count: int) -> bool:
    """`ask`, with `count` processes, this one among them."""
    shares: list[list[int]] = [[] for _ in range(count)]
    for rank, job in enumerate(jobs):
        shares[owner_of(job.address.netloc, count)].append(rank)
    deadline = time.monotonic() + run.rules.budget  # the clock of asyncio's loops, the same in every process
    posts: list[_Post] = []
    children: list[int] = []
    for number in range(1, count):
        ours, theirs = socket.socketpair()
        if child := os.fork():
            theirs.close()
            posts.append(_Post(ours))
            children.append(child)
            continue
        code = 1
        try:
            ours.close()
            with asyncio.Runner() as runner:
                runner.run(
                    _other(
                        _Post(theirs), number, count, deadline, [jobs[rank] for rank in shares[number]], run
                    )
                )
            code = 0
        finally:
            os._exit(code)  # neither the parent's files nor its exits are this process's business
    with asyncio.Runner() as runner:
        stopped = runner.run(_first(posts, count, deadline, jobs, shares, run))
    ended = [os.waitpid(child, 0)[1] for child in children]
    if any(ended):
        run.failed("Un des processus du contrôle s’est arrêté avant la fin : relancer avec --processes 1.")
    return stopped


async def _first(
    posts: list[_Post], count: int, deadline: float, jobs: list[Errand], shares: list[list[int]], run: Asking
) -> bool:
    for post in posts:
        await post.open()

    def route(process: int, kind: str, *rest: Any) -> None:
        if process == _FIRST:
            scheduler.handle(kind, *rest)
        else:
            posts[process - 1].send(process, kind, *rest)

    scheduler = _Shared(run.rules, deadline, _FIRST, count, route)

    def stop_others() -> None:
        for number in range(1, count):
            route(number, "stop")

    scheduler.on_stop = stop_others
    left = set(range(1, count))  # the processes that still work
    over = asyncio.Event()

    def came(process: int | str, *rest: Any) -> None:
        if process == "seen":
            number, rank, seen = rest
            run.seen(jobs[shares[number][rank]], seen)
        elif process == "done":
            left.discard(rest[0])
            scheduler.stopped = scheduler.stopped or rest[1]
            if not left:
                over.set()
        elif isinstance(process, int):
            route(process, *rest)

    async def listen(number: int) -> None:
        await posts[number - 1].receive(came)
        if number in left:  # it ended before its work: nobody must wait for its hosts
            scheduler.stop()
            came("done", number, True)

    run.stop = scheduler.stop
    listening = [asyncio.ensure_future(listen(number)) for number in range(1, count)]
    mine = [jobs[rank] for rank in shares[_FIRST]]
    await travel(mine, scheduler, run, lambda rank, seen: run.seen(mine[rank], seen))
    await over.wait()
    for post in posts:
        await post.close()
    await asyncio.gather(*listening)
    return scheduler.stopped


async def _other(
    post: _Post, number: int, count: int, deadline: float, mine: list[Errand], run: Asking
) -> None:
    await post.open()
    scheduler = _Shared(run.rules, deadline, number, count, post.send)
    listening = asyncio.ensure_future(post.receive(lambda _, kind, *rest: scheduler.handle(kind, *rest)))
    await travel(mine, scheduler, run, lambda rank, seen: post.send("seen", number, rank, seen))
    post.send("done", number, scheduler.stopped)
    await listening  # the others may still be sent to our hosts: until the first process hangs up
