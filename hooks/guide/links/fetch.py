"""One request and its answer, read within limits. Redirects are answers like the others."""

from __future__ import annotations

import asyncio
import errno
import ssl
import zlib
from contextlib import nullcontext
from dataclasses import dataclass

from guide.links.addresses import Address
from guide.links.certificates import Certificates, is_incomplete
from guide.links.exchange import Failure, HttpAnswer
from guide.links.guard import ResolverError, UnknownDomainError, UnsafeAddressError
from guide.links.verdict import Reason
from guide.links.wire import (
    ClosedError,
    Connection,
    CutError,
    EndlessHeadError,
    MalformedError,
    Wire,
    WireError,
)

HARD_CAP = 2_000_000
REDIRECTS = frozenset({300, 301, 302, 303, 305, 307, 308})
_ERROR_BODY = 65_536
_ERROR_SECONDS = 3.0  # the status has said it all: its page only serves to know a wall
_DRAIN = 65_536


@dataclass(slots=True)
class Fetcher:
    wire: Wire
    certificates: Certificates
    look_bytes: int

    async def fetch(
        self, method: str, address: Address, cookie: str = "", deep: bool = False
    ) -> HttpAnswer | Failure:
        """Never raises for what the network does; `deep` reads up to the hard cap (an anchor is looked for).
        The caller bounds the time."""
        try:
            try:
                return await self._once(method, address, cookie, deep)
            except ssl.SSLCertVerificationError as error:
                if not is_incomplete(error):
                    raise
            failure = await self.certificates.complete(address)  # as browsers do
            return failure or await self._once(method, address, cookie, deep)
        except (WireError, TimeoutError, OSError, ValueError) as error:
            return explain(error)

    async def _once(self, method: str, address: Address, cookie: str, deep: bool) -> HttpAnswer:
        context = self.certificates.context(address.netloc) if address.scheme == "https" else None
        line = await self.wire.send(method, address, cookie, context)
        try:
            return await self._read(line, method, address.request, deep)
        finally:
            self.wire.finish(line)

    async def _read(self, line: Connection, method: str, url: str, deep: bool) -> HttpAnswer:
        headers: dict[str, str] = {}
        cookies: tuple[str, ...] = ()
        for name, value in line.headers:
            headers.setdefault(name, value)
            if name == "set-cookie":
                cookies += (value,)
        answer = HttpAnswer(url, line.status, headers, cookies=cookies)
        if method == "HEAD" or answer.status in {204, 304}:
            return answer
        kind = headers.get("content-type", "").lower()
        page = not kind or "html" in kind
        redirect = answer.status in REDIRECTS and headers.get("location")
        if redirect or (not page and answer.status < 400):
            await _drain(line, headers.get("content-length", ""))
            return answer
        refused = answer.status >= 400
        cap = _ERROR_BODY if refused else 2 * self.look_bytes if deep else self.look_bytes
        body = CappedBody(headers.get("content-encoding", ""), cap)
        answer.read = True
        try:
            async with asyncio.timeout(_ERROR_SECONDS) if refused else nullcontext():
                while not body.full and (chunk := await line.data()):
                    body.feed(chunk)
        except (CutError, TimeoutError):
            answer.partial = True
        answer.partial = answer.partial or body.truncated
        answer.body, answer.unreadable = bytes(body.data), body.unreadable
        return answer


async def _drain(line: Connection, length: str) -> None:
    """Finish a small body so that the connection can serve again; that of a big one will be dropped."""
    if length.isdigit() and int(length) <= _DRAIN:
        try:
            while await line.data():
                pass
        except CutError:
            return


_BY_VERIFY_CODE = {
    10: Reason.TLS_EXPIRED,
    18: Reason.TLS_SELF_SIGNED,
    62: Reason.TLS_WRONG_HOST,
    64: Reason.TLS_WRONG_HOST,
    **dict.fromkeys((2, 19, 20, 21), Reason.TLS_UNKNOWN),
}
_BY_KIND: tuple[tuple[type[BaseException], Reason], ...] = (
    (EndlessHeadError, Reason.ENDLESS_HEADERS),
    (UnsafeAddressError, Reason.FORBIDDEN_ADDRESS),
    (UnknownDomainError, Reason.NO_DOMAIN),
    (ResolverError, Reason.DNS_FAILURE),
    (ConnectionRefusedError, Reason.REFUSED),
    (ClosedError, Reason.NO_ANSWER),
    (TimeoutError, Reason.TIMEOUT),
    (ssl.SSLZeroReturnError, Reason.RESET),
    (ssl.SSLEOFError, Reason.RESET),
    (ConnectionError, Reason.RESET),
    (ssl.SSLError, Reason.TLS_INVALID),
    (ssl.CertificateError, Reason.TLS_INVALID),
)
_BY_NUMBER = {
    **dict.fromkeys(
        (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT), Reason.NO_ROUTE
    ),
    errno.ETIMEDOUT: Reason.TIMEOUT,
}


def explain(error: BaseException) -> Failure:
    """The reason behind an exception of the network."""
    detail = str(error)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(_BY_VERIFY_CODE.get(error.verify_code, Reason.TLS_INVALID), error.verify_message)
    if isinstance(error, MalformedError):
        spoken = detail.lstrip().upper().startswith(("HTTP/", "ICY "))
        return Failure(Reason.BAD_ANSWER if spoken else Reason.NOT_HTTP, detail)
    for kind, reason in _BY_KIND:
        if isinstance(error, kind):
            return Failure(reason, detail)
    return Failure(
        _BY_NUMBER.get(getattr(error, "errno", 0) or 0, Reason.RESET), detail or type(error).__name__
    )


class CappedBody:
    """Feed it chunks; `full` becomes True when nothing more must be read.

    `truncated` tells that the page goes on beyond the cap; `unreadable` that its coding is unknown or damaged.
    """

    def __init__(self, coding: str, cap: int) -> None:
        self.data = bytearray()
        self.truncated = False
        self.unreadable = False
        self.full = False
        self._cap = min(cap, HARD_CAP)
        self._arrived = 0
        self._coding = coding.strip().lower()
        self._unpacker = _unpacker(self._coding)
        if self._coding not in {"", "identity"} and self._unpacker is None:
            self.unreadable = self.full = True

    def feed(self, chunk: bytes) -> None:
        self._arrived += len(chunk)
        if self._unpacker is None:
            self._take(chunk)
        else:
            self._unpack(chunk)
        if self._arrived > HARD_CAP and not self.full:
            self.full = self.truncated = True

    def _take(self, piece: bytes) -> None:
        room = self._cap - len(self.data)
        self.data += piece[:room]
        if len(piece) > room:
            self.full = self.truncated = True

    def _unpack(self, chunk: bytes) -> None:
        assert self._unpacker is not None
        first = not self.data and self._arrived == len(chunk)
        while chunk and not self.full:
            room = self._cap - len(self.data)
            try:
                self._take(self._unpacker.decompress(chunk, room + 1))
            except zlib.error:
                if (
                    first and self._coding == "deflate"
                ):  # some servers send the raw stream (RFC 9110 §8.4.1.2)
                    self._unpacker, first = zlib.decompressobj(-15), False
                    continue
                if first and not chunk.startswith(b"\x1f\x8b"):  # announced as compressed, and is not
                    self._unpacker = None
                    return self._take(chunk)
                self.full = self.unreadable = True
                return
            chunk = self._unpacker.unconsumed_tail
            if self._unpacker.eof and self._unpacker.unused_data.startswith(b"\x1f\x8b"):
                chunk = self._unpacker.unused_data  # gzip allows several members (RFC 1952 §2.2)
                self._unpacker = zlib.decompressobj(31)
            first = False


def _unpacker(coding: str) -> zlib._Decompress | None:
    if coding in {"gzip", "x-gzip"}:
        return zlib.decompressobj(31)
    return zlib.decompressobj(15) if coding == "deflate" else None
