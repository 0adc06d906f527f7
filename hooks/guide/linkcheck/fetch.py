"""One request and its answer, read within limits. Redirects are answers like the others."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import ClientSession
from aiohttp.connector import Connection
from yarl import URL

from .body import CappedBody
from .exchange import Answer, Failure
from .guard import Guard, GuardedResolver, ResolverError, UnknownDomainError, UnsafeAddressError
from .lenient import fetch_leniently
from .verdicts import Reason

_INFORMATIONAL = 50

REDIRECTS = frozenset({300, 301, 302, 303, 305, 307, 308})
_ERROR_BODY = 65_536
_DRAIN = 65_536
_CERTIFICATE = {
    10: Reason.TLS_EXPIRED,
    18: Reason.TLS_SELF_SIGNED,
    19: Reason.TLS_UNKNOWN,
    62: Reason.TLS_WRONG_HOST,
    64: Reason.TLS_WRONG_HOST,
    20: Reason.TLS_INCOMPLETE,
    21: Reason.TLS_INCOMPLETE,
    2: Reason.TLS_INCOMPLETE,
}


class EndlessInformational(aiohttp.ClientError):
    """Raised after too many 1xx answers: the final one will never come."""


class _Response(aiohttp.ClientResponse):
    """aiohttp reads 1xx answers for as long as they come; this one stops."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        protocol = connection.protocol
        assert protocol is not None
        read, left = protocol.read, _INFORMATIONAL

        async def counted() -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise EndlessInformational
            return await read()

        protocol.read = counted  # type: ignore[method-assign]
        try:
            return await super().start(connection)
        finally:
            del protocol.read  # back to the method of the class


@dataclass(slots=True)
class Fetcher:
    """`tls` builds the TLS context the first time it is needed: loading authorities takes time."""

    session: ClientSession
    guard: Guard
    tls: Callable[[], ssl.SSLContext]
    look_bytes: int

    async def fetch(self, method: str, url: str, cookie: str = "", deep: bool = False) -> Answer | Failure:
        """Never raises for what the network does; `deep` reads up to the hard cap (an anchor is looked for).
        The caller bounds the time. An answer that the parser refuses is tried once more, leniently."""
        target = URL(url, encoded=True)
        secure = target.scheme == "https"
        try:
            self.guard.check_literal(target.raw_host or "")
            async with self.session.request(
                method,
                target,
                allow_redirects=False,
                ssl=self.tls() if secure else True,
                headers={"Cookie": cookie} if cookie else None,
            ) as response:
                return await self._read(response, method, url, deep)
        except aiohttp.ClientResponseError:
            context = self.tls() if secure else None
            return await fetch_leniently(
                self.guard, url, dict(self.session.headers), cookie, context, self._cap(deep)
            )
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            return explain(error)

    def _cap(self, deep: bool) -> int:
        return 2 * self.look_bytes if deep else self.look_bytes

    async def _read(self, response: aiohttp.ClientResponse, method: str, url: str, deep: bool) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        cookies = tuple(response.headers.getall("Set-Cookie", ())) if "set-cookie" in headers else ()
        answer = Answer(url, response.status, headers, cookies=cookies)
        if method == "HEAD" or response.status in {204, 304}:
            return answer
        if response.status in REDIRECTS and headers.get("location"):
            await _drain(response)
            return answer
        kind = headers.get("content-type", "").lower()
        page = not kind or "html" in kind
        if not page and response.status < 400:
            await _drain(response)
            return answer
        cap = _ERROR_BODY if response.status >= 400 else self._cap(deep)
        await _read_body(response, answer, CappedBody(headers.get("content-encoding", ""), cap))
        return answer


async def _read_body(response: aiohttp.ClientResponse, answer: Answer, body: CappedBody) -> None:
    try:
        while not body.full and (chunk := await response.content.readany()):
            body.feed(chunk)
    except aiohttp.ClientError:
        answer.incomplete = True
    if body.full:
        response.close()
    answer.body, answer.truncated, answer.unreadable = bytes(body.data), body.truncated, body.unreadable


async def _drain(response: aiohttp.ClientResponse) -> None:
    """Finish a small body so that the connection can serve again; drop the connection of a big one."""
    length = response.content_length
    if length is not None and length <= _DRAIN:
        try:
            await response.read()
        except aiohttp.ClientError:
            response.close()
    else:
        response.close()


def explain(error: BaseException) -> Failure:
    """The reason behind an exception of the network."""
    cause = getattr(error, "os_error", None) or error
    detail = str(cause)
    certificate = getattr(error, "certificate_error", None) or cause
    if isinstance(certificate, ssl.SSLCertVerificationError):
        return Failure(
            _CERTIFICATE.get(certificate.verify_code, Reason.TLS_INVALID), certificate.verify_message
        )
    simple: tuple[tuple[type[BaseException], Reason], ...] = (
        (EndlessInformational, Reason.ENDLESS_HEADERS),
        (UnsafeAddressError, Reason.FORBIDDEN_ADDRESS),
        (UnknownDomainError, Reason.NO_DOMAIN),
        (ResolverError, Reason.DNS_FAILURE),
        (ConnectionRefusedError, Reason.REFUSED),
        (aiohttp.ServerDisconnectedError, Reason.NO_ANSWER),
        (TimeoutError, Reason.TIMEOUT),
        (asyncio.TimeoutError, Reason.TIMEOUT),
        (ssl.SSLZeroReturnError, Reason.RESET),
        (ssl.SSLEOFError, Reason.RESET),
        (ConnectionError, Reason.RESET),
        (ssl.SSLError, Reason.TLS_INVALID),
        (ssl.CertificateError, Reason.TLS_INVALID),
        (aiohttp.InvalidURL, Reason.MALFORMED),
    )
    for kind, reason in simple:
        if isinstance(cause, kind):
            return Failure(reason, detail)
    number = getattr(cause, "errno", None)
    if number in {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
        return Failure(Reason.NO_ROUTE, detail)
    if number == errno.ETIMEDOUT:
        return Failure(Reason.TIMEOUT, detail)
    return Failure(Reason.RESET, detail or type(error).__name__)


def open_session(guard: Guard, agent: str, limit: int) -> ClientSession:
    """The one HTTP session of a run: guarded resolver, no cookie jar, no proxy, no automatic anything."""
    connector = aiohttp.TCPConnector(
        limit=limit,
        resolver=GuardedResolver(guard),
        ttl_dns_cache=600,
        socket_factory=guard.socket_factory(),
        keepalive_timeout=15,
        ssl_shutdown_timeout=0,
    )
    return ClientSession(
        connector=connector,
        response_class=_Response,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
        max_line_size=65_536,
        max_field_size=65_536,
        max_headers=300,
        read_bufsize=65_536,
        headers={
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "fr",
            "Accept-Encoding": "gzip, deflate",
        },
    )


def tls_context(ca_file: str | None) -> Callable[[], ssl.SSLContext]:
    """A context as tolerant as browsers are, no more; `ca_file` adds an authority. Built once."""
    made: list[ssl.SSLContext] = []

    def get() -> ssl.SSLContext:
        if not made:
            context = ssl.create_default_context()
            if not context.cert_store_stats()["x509_ca"]:
                try:
                    import certifi  # machines without a system store

                    context.load_verify_locations(certifi.where())
                except ImportError:
                    pass
            if ca_file:
                context.load_verify_locations(ca_file)
            context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
            made.append(context)
        return made[0]

    return get
