"""One request and its answer, read within limits. Redirects are answers like the others."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.streams import StreamReader

from guide.links.addresses import Address
from guide.links.body import CappedBody
from guide.links.exchange import Answer, Failure
from guide.links.guard import Guard, ResolverError, UnknownDomainError, UnsafeAddressError
from guide.links.lenient import fetch_leniently
from guide.links.verdicts import Reason
from guide.links.wire import EndlessInformational, Incoming, Wire

REDIRECTS = frozenset({300, 301, 302, 303, 305, 307, 308})
_ERROR_BODY = 65_536
_ERROR_SECONDS = 3.0  # the status has said it all: its page only serves to know a wall
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


@dataclass(slots=True)
class Fetcher:
    """`tls` builds the TLS context the first time it is needed: loading authorities takes time."""

    wire: Wire
    guard: Guard
    tls: Callable[[], ssl.SSLContext]
    look_bytes: int

    async def fetch(
        self, method: str, address: Address, cookie: str = "", deep: bool = False
    ) -> Answer | Failure:
        """Never raises for what the network does; `deep` reads up to the hard cap (an anchor is looked for).
        The caller bounds the time. An answer that the parser refuses is tried once more, leniently."""
        url = address.request
        context = self.tls() if address.scheme == "https" else None
        incoming = None
        try:
            incoming = await self.wire.send(method, address, cookie, context)
            return await self._read(incoming, method, url, deep)
        except HttpProcessingError:
            return await fetch_leniently(self.guard, url, self.wire.headers, cookie, context, self._cap(deep))
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            return explain(error)
        finally:
            if incoming is not None:
                incoming.finish()

    def _cap(self, deep: bool) -> int:
        return 2 * self.look_bytes if deep else self.look_bytes

    async def _read(self, incoming: Incoming, method: str, url: str, deep: bool) -> Answer:
        message = incoming.message
        headers = {name.lower(): value for name, value in message.headers.items()}
        cookies = tuple(message.headers.getall("Set-Cookie", ())) if "set-cookie" in headers else ()
        answer = Answer(url, message.code, headers, cookies=cookies)
        if method == "HEAD" or answer.status in {204, 304}:
            return answer
        kind = headers.get("content-type", "").lower()
        page = not kind or "html" in kind
        redirect = answer.status in REDIRECTS and headers.get("location")
        if redirect or (not page and answer.status < 400):
            await _drain(incoming.content, headers.get("content-length", ""))
            return answer
        refused = answer.status >= 400
        body = CappedBody(headers.get("content-encoding", ""), _ERROR_BODY if refused else self._cap(deep))
        try:
            async with asyncio.timeout(_ERROR_SECONDS if refused else None):
                await _read_body(incoming.content, answer, body)
        except TimeoutError:
            if not refused:
                raise
            answer.incomplete = True
            _keep(answer, body)
        return answer


async def _read_body(content: StreamReader, answer: Answer, body: CappedBody) -> None:
    try:
        while not body.full and (chunk := await content.readany()):
            body.feed(chunk)
    except aiohttp.ClientError:
        answer.incomplete = True
    _keep(answer, body)


def _keep(answer: Answer, body: CappedBody) -> None:
    answer.body, answer.truncated, answer.unreadable = bytes(body.data), body.truncated, body.unreadable


async def _drain(content: StreamReader, length: str) -> None:
    """Finish a small body so that the connection can serve again; that of a big one will be dropped."""
    if length.isdigit() and int(length) <= _DRAIN:
        try:
            while await content.readany():
                pass
        except aiohttp.ClientError:
            return


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
