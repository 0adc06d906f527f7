"""The whole journey of one resource: redirects, cookies, HEAD or GET, retries, waiting when asked to."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import re
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from guide.links.addresses import Address, AddressError, parse, redirect_target
from guide.links.exchange import Failure, Hop, HttpAnswer, Trail
from guide.links.fetch import REDIRECTS, Fetcher
from guide.links.instead import wall
from guide.links.pace import Lease, Scheduler
from guide.links.rules import Rules
from guide.links.seen_page import read_page, refresh_target
from guide.links.verdict import Reason

MAX_HOPS = 20
MAX_WAIT = 90.0
_HEAD_SECONDS = 3.0
_BINARIES = (".zip", ".7z", ".exe", ".msi", ".dmg", ".iso", ".mp4", ".mkv", ".mov", ".avi", ".gz", ".rar", ".apk")  # fmt: skip
_NEED_TARGET = frozenset({301, 302, 303, 307, 308})
_VISITS = 3
_DURATION = re.compile(
    r"(?:(\d{1,5})\s*h(?:ours?)?)?\s*(?:(\d{1,5})\s*m(?:in(?:utes?)?)?)?\s*(?:(\d{1,6}(?:\.\d{1,3})?)\s*s(?:ec(?:onds?)?)?)?",
    re.I,
)


@dataclass(slots=True)
class _Cookies:
    """The cookies of one chain: what a browser would send back during these few hops (RFC 6265, simplified)."""

    values: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, host: str, lines: tuple[str, ...]) -> None:
        for line in lines[:50]:
            pair, *attributes = line.split(";")
            name, _, value = pair.strip().partition("=")
            domain = host
            for attribute in attributes:
                key, _, wanted = attribute.strip().partition("=")
                wanted = wanted.strip().lstrip(".").lower()
                if (
                    key.lower() == "domain"
                    and (host == wanted or host.endswith("." + wanted))
                    and "." in wanted
                ):
                    domain = "." + wanted
            self.values[domain, name] = value[:4_096]

    def header(self, host: str) -> str:
        return "; ".join(
            f"{name}={value}"
            for (domain, name), value in self.values.items()
            if domain == host or (domain.startswith(".") and f".{host}".endswith(domain))
        )


class Prober:
    """`probe` never raises for what the network does."""

    def __init__(self, fetcher: Fetcher, scheduler: Scheduler, rules: Rules) -> None:
        self._fetcher, self._scheduler, self._rules = fetcher, scheduler, rules

    async def probe(self, address: Address, deep: bool, lease: Lease) -> Trail:
        """The last attempt's trail, `attempts` counted. `deep`: an anchor is looked for."""
        host = self._scheduler.host(address)
        left = self._rules.host(address.host).timeout or self._rules.timeout
        if host.silent >= 3:
            left = min(left, 3.0)  # the host has not answered its last three links: do not insist
        attempt = 0
        while True:
            attempt += 1
            await lease.move(address)
            trail = Trail(address.request, attempts=attempt)
            left -= await self._travel(trail, address, deep, lease, left)
            wait, shared = self._wait(trail, attempt)
            limited = trail.status == 429
            tries = 1 if limited and host.exhausted >= 3 else self._rules.retries + 1
            if wait is None or attempt >= tries or left < 0.5 or wait > min(MAX_WAIT, self._scheduler.left):
                host.exhausted = host.exhausted + 1 if limited else 0
                silent = trail.failure is not None and trail.failure.reason is Reason.TIMEOUT
                host.silent = host.silent + 1 if silent else 0
                return trail
            await lease.pause(wait, shared)

    def _wait(self, trail: Trail, attempt: int) -> tuple[float | None, bool]:
        """Seconds before another try (None: no other try) and whether the whole host must wait."""
        if trail.answer is not None and trail.answer.status < 400:
            return None, False
        backoff = 0.4 * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)
        if trail.failure is not None:
            return (backoff if trail.failure.reason.again else None), False
        answer = trail.answer
        assert answer is not None
        if answer.status in {429, 503} and wall(answer, trail.page):
            return None, False
        asked = retry_after(answer.headers.get("retry-after", ""))
        if answer.status == 429 or (answer.status == 503 and asked is not None):
            return (asked if asked is not None else 2.5 * backoff), True
        return (
            backoff
            if (answer.status >= 500 and answer.status != 999) or answer.status in {408, 425}
            else None
        ), False

    async def _travel(self, trail: Trail, address: Address, deep: bool, lease: Lease, left: float) -> float:
        """Follow `address` to its end, filling `trail`. Returns the seconds spent waiting for the network."""
        start, cookies, spent = address, _Cookies(), 0.0
        seen: dict[tuple[str, str], int] = {}  # how often an address was asked for, with these cookies
        method = "HEAD" if address.path.lower().endswith(_BINARIES) else "GET"
        while True:
            await lease.move(address)
            cookie = cookies.header(address.host) if cookies.values else ""
            seen[address.request, cookie] = seen.get((address.request, cookie), 0) + 1
            allowed = min(left - spent, _HEAD_SECONDS) if method == "HEAD" else left - spent
            began = time.monotonic()
            try:
                async with asyncio.timeout(max(allowed, 0.1)):
                    result = await self._fetcher.fetch(method, address, cookie, deep)
            except TimeoutError:
                result = Failure(Reason.TIMEOUT)
            spent += time.monotonic() - began
            if method == "HEAD" and not _head_is_enough(result):
                method = "GET"
                continue
            if isinstance(result, Failure):
                trail.failure = result
                return spent
            trail.chain_completed |= self._fetcher.certificates.is_completed(address.netloc)
            if result.cookies:
                cookies.learn(address.host, result.cookies)
            step = self._next(result, trail, address, deep)
            if isinstance(step, Failure):
                trail.failure = step
            if not isinstance(step, Address):
                trail.answer = result if step is None else None
                return spent
            here = step.request, cookies.header(step.host) if cookies.values else ""
            # Some answer at the second visit, with nothing changed that we can see: browsers ask again too.
            visits = _VISITS if step.request == address.request else 1
            if len(trail.hops) > MAX_HOPS or seen.get(here, 0) >= visits:
                if method == "HEAD":  # some answer it with a redirect to the same page, for ever
                    method, address, cookies = "GET", start, _Cookies()
                    seen.clear()
                    trail.hops.clear()
                    continue
                trail.failure = Failure(Reason.REDIRECT_LOOP, step.request)
                return spent
            address = step

    def _next(self, answer: HttpAnswer, trail: Trail, here: Address, deep: bool) -> Address | Failure | None:
        """Where the answer sends us; None when it is the last one (its page is then read)."""
        location = _readable(answer.headers.get("location", "")).strip()
        status = answer.status
        if status not in REDIRECTS or not location:
            location, status = self._refresh(answer, trail, here, deep), 0
        if not location:
            return None
        target = redirect_target(here.request, location)
        if target.partition(":")[0].lower() not in {"http", "https"}:
            return Failure(Reason.REDIRECT_SCHEME, target[:200])
        try:
            step = parse(target)
        except AddressError:
            return Failure(Reason.REDIRECT_NOWHERE, target[:200])
        if status == 0 and step.request == here.request:
            return None  # a page that reloads itself
        trail.hops.append(Hop(status, step.key))
        return step

    def _refresh(self, answer: HttpAnswer, trail: Trail, here: Address, deep: bool) -> str:
        """Read the page; where it, or a header, sends at once."""
        at_once = refresh_target(answer.headers.get("refresh", "")) if 200 <= answer.status < 300 else None
        if not answer.is_html or not answer.body:
            return at_once or ""
        whole = bool(self._rules.host(here.host).soft_404)  # its phrases may stand after a long menu
        trail.page = read_page(answer.text, deep and answer.status < 400, whole)
        answer.body = answer.body[:200_000]  # what the wall marks need; many pages are under way at once
        trail.page.refresh = trail.page.refresh or at_once
        if not trail.page.refresh or not 200 <= answer.status < 300 or wall(answer, trail.page):
            return ""
        return trail.page.refresh


def _head_is_enough(result: HttpAnswer | Failure) -> bool:
    return isinstance(result, HttpAnswer) and (result.status < 300 or result.status in _NEED_TARGET)


def _readable(location: str) -> str:
    """Raw bytes of a Location are UTF-8 when they can be, else Latin-1."""
    raw = location.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def retry_after(value: str) -> float | None:
    """Seconds asked by `Retry-After` (RFC 9110 §10.2.3: a number or an HTTP date; some write `1m30s`), or None."""
    value = re.sub(r"^(\d+)\s*,\s*\d+$", r"\1", value.strip())  # said twice
    if not value:
        return None
    if re.fullmatch(r"\d+(?:\.\d*)?", value):
        return float(value[:9])
    if found := _DURATION.fullmatch(value):
        hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return 3600 * hours + 60 * minutes + seconds
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=dt.UTC)
    return max(0.0, (when - dt.datetime.now(dt.UTC)).total_seconds())
