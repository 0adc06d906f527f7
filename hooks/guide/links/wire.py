"""One HTTP/1.1 exchange at a time over asyncio's own transports; llhttp (httptools) reads what comes.

The guard chooses and looks at every address that is connected to. Connections serve again while they are clean.
llhttp is asked for the leniency of browsers; a head that it refuses even so is mended once, as they read it, and then
said to be malformed.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import re
import socket
import ssl
import time
from collections import OrderedDict, defaultdict, deque
from typing import cast

import httptools

from guide.links.addresses import Address
from guide.links.guard import Guard

_INFORMATIONAL = 50
_FIELDS = 300
_HEAD = 262_144
_BUFFER = 65_536
_IDLE = 15.0
_BEFORE_COLON = re.compile(rb"^([^\s:]+)[ \t]+:", re.M)
_LENGTH = re.compile(rb"^content-length:[^\n]*\n", re.I | re.M)
_END = re.compile(rb"\r?\n\r?\n")
_LENIENCIES = dict.fromkeys(
    (
        "lenient_headers", "lenient_chunked_length", "lenient_keep_alive", "lenient_transfer_encoding", "lenient_version",
        "lenient_data_after_close", "lenient_optional_lf_after_cr", "lenient_optional_cr_before_lf",
        "lenient_optional_crlf_after_chunk", "lenient_spaces_after_chunk_size",
    ), True,
)  # fmt: skip
_OTHER_ADDRESS = 2.5  # seconds before the next address of a name is tried


class WireError(Exception):
    """The exchange failed after its connection was made."""


class ClosedError(WireError):
    """The other side hung up without an answer."""


class CutError(WireError):
    """The body ended before its end, or cannot be read on."""


class MalformedError(WireError):
    """No parser could read the answer; its first bytes are the message."""


class EndlessHeadError(WireError):
    """Too many header fields, too long, or one 1xx answer after another."""


@functools.lru_cache(maxsize=1_000)  # a few dozen names make up nearly all
def _small(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape").strip().lower()


class Connection(asyncio.Protocol):
    """A connection. Once `head` has come, `status` and `headers` are those of the answer (in order, names in small
    letters; a name may come twice), and `data` gives the body piece by piece; reading pauses while nobody takes it."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self._loop = asyncio.get_running_loop()
        self.closed = False
        self.idle_since = 0.0
        self.pool: deque[Connection]  # of its site
        self._waiter: asyncio.Future[None] | None = None
        self._whole = False  # whether the parser has read an answer to its end, and may read another
        self.begin(False)

    def begin(self, without_body: bool) -> None:
        """Ready for the answer to a new request; `without_body`: to a HEAD."""
        if not self._whole:
            self._new_parser()
        self._whole = False
        self._without_body = without_body
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self._raw = b""
        self._mending = False
        self._error: BaseException | None = None
        self._chunks: deque[bytes] = deque()
        self._buffered = self._informational = 0
        self._head = self._done = self._paused = self._until_close = False
        self.reusable = False

    def _new_parser(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._parser.set_dangerous_leniencies(**_LENIENCIES)

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if self._head and self._until_close and error is None:
            self._done = True
        self._error = self._error or error
        self._wake()

    def data_received(self, data: bytes) -> None:
        if self._done or self._error:  # something after the answer: this connection is not clean
            self.reusable = False
            self.transport.abort()
            return
        if not self._head:
            self._raw += data
            if len(self._raw) > _HEAD:
                self._fail(EndlessHeadError())
                return
        if self._mending and not self._head:
            self._feed_mended()
        else:
            self._feed(data)
        if self._head:
            self._raw = b""
        if self._buffered > _BUFFER and not self._paused and not self._done:
            self._paused = True
            self.transport.pause_reading()

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._head = True
        except httptools.HttpParserError:
            if self._head:
                self._fail(CutError())
            elif self._mending or not self._raw.lstrip()[:5].upper().startswith((b"HTTP/", b"ICY ")):
                self._fail(MalformedError(self._raw[:40].decode("ascii", "replace")))
            else:
                self._mending = True
                self._feed_mended()

    def _feed_mended(self) -> None:
        """Read the head again, once it is whole: no space before a colon, one length only."""
        if end := _END.search(self._raw):
            head = _BEFORE_COLON.sub(rb"\1:", self._raw[: end.end()])
            lengths = _LENGTH.findall(head)
            if lengths:
                head = _LENGTH.sub(b"", head[: -len(end[0])] + b"\r\n") + lengths[0] + b"\r\n"
            self.headers = []
            self._new_parser()
            self._feed(head + self._raw[end.end() :])

    # What llhttp calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._head and len(self.headers) < _FIELDS:
            self.headers.append((_small(name), value.decode("utf-8", "surrogateescape").strip()))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if 100 <= status < 200 and status != 101:
            return
        self.status, self._head = status, True
        empty = self._without_body or status in {204, 304}
        framed = any(name in {"content-length", "transfer-encoding"} for name, _ in self.headers)
        self._until_close = not framed and not empty
        self.reusable = self._parser.should_keep_alive() and not self._until_close
        self._done = empty
        self._wake()

    def on_body(self, body: bytes) -> None:
        if not self._without_body:
            self._chunks.append(body)
            self._buffered += len(body)
            self._wake()

    def on_message_complete(self) -> None:
        if self._head:
            self._done = True
            self._whole = not self._without_body
        else:
            self._informational += 1
            self.headers = []
            if self._informational > _INFORMATIONAL:
                self._fail(EndlessHeadError())
        self._wake()

    # What the checker calls.

    async def head(self) -> None:
        """Wait for the answer's status and headers. Raises WireError and OSError."""
        while not self._head:
            if self._error:
                raise self._error
            if self.closed:
                raise (
                    MalformedError(self._raw[:40].decode("ascii", "replace")) if self._raw else ClosedError()
                )
            await self._wait()

    async def data(self) -> bytes:
        """The next piece of the body, nothing at its end. Raises CutError."""
        while not self._chunks:
            if self._done:
                return b""
            if self._error or self.closed:
                raise CutError
            await self._wait()
        data = self._chunks.popleft() if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks.clear()
        self._buffered = 0
        if self._paused:
            self._paused = False
            self.transport.resume_reading()
        return data

    @property
    def clean(self) -> bool:
        """Whether another request may follow on this connection."""
        return (
            self._done
            and not self._chunks
            and self.reusable
            and not self.closed
            and not self.transport.is_closing()
        )

    def _fail(self, error: BaseException) -> None:
        self._error = self._error or error
        self._wake()
        self.transport.abort()

    def _wake(self) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _wait(self) -> asyncio.Future[None]:
        self._waiter = self._loop.create_future()
        return self._waiter


class Wire:
    """Sends requests; to be closed. At most `idle` connections wait for another request."""

    def __init__(self, guard: Guard, agent: str, idle: int) -> None:
        self._guard, self._limit = guard, idle
        self._fixed = (
            f"User-Agent: {agent}\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"
            "Accept-Language: fr\r\nAccept-Encoding: gzip, deflate\r\n"
        )
        self._pools: dict[str, deque[Connection]] = defaultdict(deque)
        self._idle: OrderedDict[Connection, None] = OrderedDict()  # the oldest first
        self._names: dict[tuple[str, int], asyncio.Task[list[tuple[int, str]]]] = {}

    def close(self) -> None:
        for line in self._idle:
            line.transport.abort()

    async def send(
        self, method: str, address: Address, cookie: str, tls: ssl.SSLContext | None
    ) -> Connection:
        """The line that the answer comes from, its head read; `finish` it in every case. Raises WireError and OSError.
        A kept connection that died meanwhile is replaced once, as RFC 9112 §9.3.1 allows."""
        slash = address.request.index("/", 8)
        site, target = address.request[:slash], address.request[slash:]
        host = site[len(address.scheme) + 3 :]
        cookies = f"Cookie: {cookie}\r\n" if cookie else ""
        head = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n{self._fixed}{cookies}\r\n".encode()
        pool = self._pools[site]
        while True:
            line = self._kept(pool)
            used = line is not None
            if line is None:
                line = await self.connect(address, tls)
                line.pool = pool
            line.begin(method == "HEAD")
            try:
                line.transport.write(head)
                await line.head()
                return line
            except (ClosedError, ConnectionError):
                line.transport.abort()
                if not used:
                    raise
            except BaseException:
                line.transport.abort()
                raise

    def finish(self, line: Connection) -> None:
        """Keep the connection when its answer was read to the end, else close it."""
        if not line.clean:
            line.transport.abort()
            return
        line.idle_since = time.monotonic()
        line.pool.append(line)
        self._idle[line] = None
        if len(self._idle) > self._limit:
            oldest, _ = self._idle.popitem(last=False)
            oldest.pool.remove(oldest)
            oldest.transport.abort()

    def _kept(self, pool: deque[Connection]) -> Connection | None:
        """The connection of a site that served last, if one may serve again."""
        while pool:
            line = pool.pop()
            del self._idle[line]
            if line.clean and time.monotonic() - line.idle_since < _IDLE:
                return line
            line.transport.abort()
        return None

    async def connect(self, address: Address, tls: ssl.SSLContext | None) -> Connection:
        found = await self._addresses(address.host, address.port)
        failure: BaseException | None = None
        for rank, (family, ip) in enumerate(found):
            try:
                async with asyncio.timeout(_OTHER_ADDRESS if rank + 1 < len(found) else None):
                    return await self._open(family, ip, address, tls)
            except ssl.SSLError:
                raise
            except (OSError, TimeoutError) as error:
                failure = error
        raise failure or OSError(f"{address.host}: no address")

    async def _open(self, family: int, ip: str, address: Address, tls: ssl.SSLContext | None) -> Connection:
        loop = asyncio.get_running_loop()
        self._guard.check_literal(ip)  # the last look, just before the connection opens
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await loop.sock_connect(sock, (ip, address.port))
            _, line = await loop.create_connection(
                Connection, sock=sock, ssl=tls, server_hostname=address.host if tls else None
            )
            return line
        except BaseException:
            sock.close()
            raise

    async def _addresses(self, host: str, port: int) -> list[tuple[int, str]]:
        """Looked up once a run and name; two links of one name wait for one answer."""
        key = host, port
        task = self._names.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._names[key] = asyncio.get_running_loop().create_task(self._guard.resolve(host, port))
            task.add_done_callback(
                lambda done: done.cancelled() or done.exception()
            )  # perhaps nobody waits any more
        return await asyncio.shield(task)
