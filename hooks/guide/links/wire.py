"""One HTTP/1.1 exchange over aiohttp's connector and parser, without its session.

The session prepares what a link check does not use (cookie jar, redirects, retries, decompression, streaming
uploads) at the price of two thirds of the time of a request. What stays is aiohttp's: pool, TLS, resolver hook,
parser and its limits. Only `connect`, `read` and `release` are used; the version of aiohttp is pinned.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection
from aiohttp.http import RawResponseMessage
from aiohttp.streams import StreamReader
from yarl import URL

from guide.links.addresses import Address
from guide.links.guard import Guard, GuardedResolver

_INFORMATIONAL = 50
_TIMEOUT = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None)


class EndlessInformational(aiohttp.ClientError):
    """Raised after too many 1xx answers: the final one will never come."""


@dataclass(slots=True)
class _Request:
    """What the connector reads of a request."""

    url: URL
    host: str
    port: int
    ssl: ssl.SSLContext | bool
    connection_key: ConnectionKey
    proxy: None = None
    server_hostname: None = None

    def is_ssl(self) -> bool:
        return self.connection_key.is_ssl


@dataclass(slots=True)
class Incoming:
    """An answer whose body is still to be read from `content`; `finish` or `drop` it in every case."""

    message: RawResponseMessage
    content: StreamReader
    connection: Connection

    def finish(self) -> None:
        """The body was read to its end: the connection may serve again."""
        if self.content.is_eof():
            self.connection.release()
        else:
            self.connection.close()

    def drop(self) -> None:
        self.connection.close()


class Wire:
    """Sends requests; use as an async context manager. `headers` go with every one of them."""

    def __init__(self, guard: Guard, agent: str, limit: int) -> None:
        self.headers = {
            "User-Agent": agent,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "fr",
            "Accept-Encoding": "gzip, deflate",
        }
        self._fixed = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        self._connector = aiohttp.TCPConnector(
            limit=limit,
            resolver=GuardedResolver(guard),
            ttl_dns_cache=600,
            socket_factory=guard.socket_factory(),
            keepalive_timeout=15,
            ssl_shutdown_timeout=0,
        )
        self._keys: dict[str, tuple[URL, ConnectionKey]] = {}

    async def __aenter__(self) -> Wire:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connector.close()

    async def send(self, method: str, address: Address, cookie: str, tls: ssl.SSLContext | None) -> Incoming:
        """The head of the answer to one request. Raises what aiohttp raises (ClientError, HttpProcessingError)
        and OSError. A pooled connection that died meanwhile is replaced once, as RFC 9112 §9.3.1 allows."""
        authority = address.authority
        request = self._request(address.scheme, authority, tls)
        cookies = f"Cookie: {cookie}\r\n" if cookie else ""
        head = (
            f"{method} {address.target} HTTP/1.1\r\nHost: {authority}\r\n{self._fixed}{cookies}\r\n".encode()
        )
        while True:
            connection = await self._connector.connect(cast(Any, request), [], _TIMEOUT)
            protocol = connection.protocol
            assert protocol is not None
            used = getattr(protocol, "served", False)
            try:
                message, content = await _exchange(protocol, connection, head, method)
            except (aiohttp.ServerDisconnectedError, ConnectionError):
                connection.close()
                if not used:
                    raise
                continue
            except BaseException:
                connection.close()
                raise
            protocol.served = True  # type: ignore[attr-defined]
            return Incoming(message, content, connection)

    def _request(self, scheme: str, netloc: str, tls: ssl.SSLContext | None) -> _Request:
        site = f"{scheme}://{netloc}"
        known = self._keys.get(site)
        if known is None:
            url = URL(site, encoded=True)
            secure = tls if tls is not None else True
            key = ConnectionKey(url.raw_host or "", url.port, tls is not None, secure, None, None, None)
            known = self._keys[site] = (url, key)
        url, key = known
        return _Request(url, key.host, key.port or 80, key.ssl if tls else True, key)  # type: ignore[arg-type]


async def _exchange(
    protocol: ResponseHandler, connection: Connection, head: bytes, method: str
) -> tuple[RawResponseMessage, StreamReader]:
    protocol.set_response_params(
        skip_payload=method == "HEAD",
        read_until_eof=True,
        auto_decompress=False,
        read_bufsize=65_536,
        max_line_size=65_536,
        max_field_size=65_536,
        max_headers=300,
    )
    transport = connection.transport
    if transport is None:
        raise aiohttp.ServerDisconnectedError
    transport.write(head)
    for _ in range(_INFORMATIONAL):
        message, content = await protocol.read()
        if message.code > 199 or message.code == 101:
            return message, content
    raise EndlessInformational
