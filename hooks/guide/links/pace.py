"""Who may send a request now: one queue, one pace and one back-off for each host, one cap for all.

A link holds at most one place, on the host that it is talking to; it gives it back before it asks for another
(a redirect) or waits (a back-off), so that two hosts can never wait for each other.
"""

from __future__ import annotations

import asyncio
import heapq
import random
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial

from guide.links.addresses import Address
from guide.links.plan import Errand
from guide.links.rules import Rules


@dataclass(slots=True)
class Host:
    """The state of one host; times are those of the loop's clock."""

    name: str
    delay: float
    per_host: int
    in_flight: int = 0
    next_start: float = 0.0
    queue: deque[Errand] = field(default_factory=deque)
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)
    exhausted: int = 0  # links that used up their tries against a rate limit
    silent: int = 0  # links in a row that ran out of time
    listed: bool = False  # among those that may be ready, where it stands once


class ElsewhereError(Exception):
    """The link leads to a host that another process asks."""


@dataclass(slots=True)
class Lease:
    """A link's place. `host` is None while it holds none."""

    scheduler: Scheduler
    host: Host | None

    async def move(self, address: Address) -> None:
        """Hold a place on the address's host, waiting for it if need be. Staying on the same host costs nothing.
        Raises ElsewhereError."""
        if self.host is None or self.host.name != address.netloc:
            self.release()
            if not self.scheduler.owns(address.host):
                raise ElsewhereError(address.host)
            self.host = await self.scheduler.enter(self.scheduler.host(address))

    def release(self) -> None:
        if self.host is not None:
            host, self.host = self.host, None
            self.scheduler.leave(host)

    async def pause(self, seconds: float, shared: bool) -> None:
        """Wait without a place; `shared` makes every link of the host wait as long."""
        host = self.host
        self.release()
        if host is not None and shared:
            self.scheduler.hold(host, seconds)
        await asyncio.sleep(seconds)


class Scheduler:
    """Runs `work(job, lease)` for every job added. `owns`: whether a host is asked here; `asked`: when the hosts may
    have been asked last."""

    def __init__(
        self, rules: Rules, deadline: float, owns: Callable[[str], bool] = lambda host: True, asked: float = 0
    ) -> None:
        self._rules, self.owns, self._asked = rules, owns, asked
        self._hosts: dict[str, Host] = {}
        self._ready: list[tuple[float, int, Host]] = []
        self._sequence = self._waiting = 0
        self._running: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._deadline = deadline
        self.stopped = False
        self._fault: BaseException | None = None

    def host(self, address: Address) -> Host:
        name = address.netloc
        if name not in self._hosts:
            per_host = self._rules.host(address.host).per_host or self._rules.per_host
            delay = self._rules.delay_of(address.host)
            self._hosts[name] = Host(name, delay, per_host, next_start=self._asked + delay)
        return self._hosts[name]

    def add(self, job: Errand) -> None:
        self.host(job.address).queue.append(job)
        self._waiting += 1

    @property
    def left(self) -> float:
        """Seconds of the budget that remain."""
        return max(0.0, self._deadline - asyncio.get_running_loop().time())

    def stop(self) -> None:
        """Start nothing more, abandon what is under way (an interruption, the end of the budget)."""
        self.stopped = True
        self._wake.set()

    async def run(self, work: Callable[[Errand, Lease], Coroutine[None, None, None]]) -> None:
        """Return when every job is done, or at the deadline. Raises what `work` raises."""
        loop = asyncio.get_running_loop()
        for host in self._hosts.values():
            self._push(host)
        # Not « while a host is ready »: all the places of one may be lent to links that were sent to it.
        while (self._waiting or self._running) and not self.stopped:
            now = loop.time()
            if now >= self._deadline:
                self.stopped = True
                break
            until = self._deadline
            if self._ready and len(self._running) < self._rules.concurrency:
                start, _, host = self._ready[0]
                start = max(start, host.next_start)
                if start <= now:
                    heapq.heappop(self._ready)
                    host.listed = False
                    self._start(host, work, now)
                    continue
                if start > self._ready[0][0]:
                    heapq.heapreplace(self._ready, (start, self._next(), host))
                until = min(until, start)
            self._wake.clear()
            try:
                async with asyncio.timeout(until - now):
                    await self._wake.wait()
            except TimeoutError:
                pass
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._fault:
            raise self._fault

    def _next(self) -> int:
        self._sequence += 1
        return self._sequence

    def _push(self, host: Host) -> None:
        if host.queue and host.in_flight < host.per_host and not host.listed:
            host.listed = True
            heapq.heappush(self._ready, (host.next_start, self._next(), host))

    def _start(
        self, host: Host, work: Callable[[Errand, Lease], Coroutine[None, None, None]], now: float
    ) -> None:
        if not host.queue or host.in_flight >= host.per_host:
            return  # a redirected link took the place; leaving it will push the host again
        job = host.queue.popleft()
        self._waiting -= 1
        self._take(host, now)
        lease = Lease(self, host)
        task = asyncio.get_running_loop().create_task(work(job, lease))
        self._running.add(task)
        task.add_done_callback(partial(self._ended, lease))
        self._push(host)

    def _ended(self, lease: Lease, task: asyncio.Task[None]) -> None:
        lease.release()
        self._running.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):  # what was seen could not be kept
            self._fault = error
            self.stop()

    def _take(self, host: Host, now: float) -> None:
        host.in_flight += 1
        if host.delay:
            jitter = 1 + random.uniform(-self._rules.jitter, self._rules.jitter)
            host.next_start = max(host.next_start, now) + host.delay * jitter

    def hold(self, host: Host, seconds: float) -> None:
        """Start nothing on the host for a while."""
        host.next_start = max(host.next_start, asyncio.get_running_loop().time() + seconds)

    async def enter(self, host: Host) -> Host:
        """Take a place on the host, when there is one and its pace allows it."""
        loop = asyncio.get_running_loop()
        while host.in_flight >= host.per_host:
            place: asyncio.Future[None] = loop.create_future()
            host.waiting.append(place)
            await place
        now, start = loop.time(), host.next_start
        self._take(host, now)
        if start > now:
            try:
                await asyncio.sleep(start - now)
            except BaseException:
                self.leave(host)
                raise
        return host

    def leave(self, host: Host) -> None:
        host.in_flight -= 1
        while host.waiting:
            place = host.waiting.popleft()
            if not place.done():
                place.set_result(None)
                break
        else:
            self._push(host)
        self._wake.set()
