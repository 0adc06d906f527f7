"""What a behaviour needs to speak HTTP badly: the request, the reply and the register of behaviours."""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

REASONS = {200: "OK", 301: "Moved Permanently", 302: "Found", 404: "Not Found", 503: "Service Unavailable"}


@dataclass(slots=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    bases: dict[str, str]
    count: int  # how many times this target was asked before, this one included

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def rest(self) -> str:
        """What follows `/family/behaviour` in the path."""
        return "/".join(self.path.split("/")[3:])


@dataclass(slots=True)
class Reply:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    keep_alive: bool = True
    head_only: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def send(self, status: int = 200, body: str | bytes = b"", **headers: str) -> None:
        """A correct answer; `content_type="…"` becomes `Content-Type: …`."""
        data = body.encode() if isinstance(body, str) else body
        fields = {"Content-Type": "text/html; charset=utf-8"}
        fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
        if status != 204:
            fields.setdefault("Content-Length", str(len(data)))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        head = f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}\r\n{lines}\r\n".encode()
        await self.raw(head if self.head_only else head + data)

    async def page(self, title: str = "Une page", body: str = "", status: int = 200, **headers: str) -> None:
        await self.send(status, html(title, body), **headers)

    async def redirect(self, status: int, location: str, **headers: str) -> None:
        await self.send(status, "", Location=location, **headers)

    async def zipped(self, body: str) -> None:
        await self.send(200, gzip.compress(body.encode()), Content_Encoding="gzip")

    def close(self) -> None:
        self.keep_alive = False

    def reset(self) -> None:
        """End the connection with a TCP reset."""
        self.keep_alive = False
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def html(title: str, body: str = "") -> str:
    filler = "<p>Le cabinet dentaire accueille ses patients du lundi au vendredi.</p>"
    return (
        "<!doctype html><html lang=fr><head><meta charset=utf-8>"
        f"<title>{title}</title></head><body>{body or filler}</body></html>"
    )


Behaviour = Callable[[Request, Reply], Awaitable[None]]
BEHAVIOURS: dict[str, Behaviour] = {}


def answers(*names: str) -> Callable[[Behaviour], Behaviour]:
    """Register a behaviour under `family/behaviour`."""

    def register(function: Behaviour) -> Behaviour:
        for name in names:
            BEHAVIOURS[name] = function
        return function

    return register


async def for_ever() -> None:
    """Wait until the client leaves or the server closes."""
    await asyncio.sleep(3600)
