"""A second look at an answer that the HTTP parser refused and that browsers accept.

Accepts bare line feeds, a space before the colon, bad reason phrases, wrong or double lengths, damaged chunks.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from urllib.parse import urlsplit

from guide.links.body import CappedBody
from guide.links.exchange import Answer, Failure
from guide.links.guard import Guard
from guide.links.verdicts import Reason

_HEAD_CAP = 262_144
_STATUS = re.compile(rb"\s{0,8}(?:HTTP/\d(?:\.\d)?|ICY)\s+(\d{3})\b[^\n]*\n", re.I)
_END = re.compile(rb"\r?\n\r?\n")


async def fetch_leniently(
    guard: Guard, url: str, headers: dict[str, str], cookie: str, tls: ssl.SSLContext | None, cap: int
) -> Answer | Failure:
    """The answer as a browser would understand it, or why even that is impossible. Same guard, same caps."""
    from guide.links.fetch import explain

    try:
        reader, writer = await _open(guard, url, tls)
    except (TimeoutError, OSError) as error:
        return explain(error)
    try:
        writer.write(_request(url, headers, cookie))
        await writer.drain()
        return await _answer(reader, url, cap)
    except (TimeoutError, OSError) as error:
        return explain(error)
    finally:
        writer.transport.abort()


async def _open(
    guard: Guard, url: str, tls: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if tls else 80)
    family, address = (await guard.resolve(host, port))[0]
    sock = guard.socket_factory()((family, socket.SOCK_STREAM, 0, "", (address, port)))
    sock.setblocking(False)
    try:
        await asyncio.get_running_loop().sock_connect(sock, (address, port))
        return await asyncio.open_connection(
            sock=sock, ssl=tls, server_hostname=host if tls else None, limit=65_536
        )
    except BaseException:
        sock.close()
        raise


def _request(url: str, headers: dict[str, str], cookie: str) -> bytes:
    parts = urlsplit(url)
    fields = {"Host": parts.netloc, **headers, "Connection": "close"}
    if cookie:
        fields["Cookie"] = cookie
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"GET {target} HTTP/1.1\r\n{lines}\r\n".encode("utf-8", "replace")


async def _answer(reader: asyncio.StreamReader, url: str, cap: int) -> Answer | Failure:
    data = b""
    while True:
        found = _STATUS.match(data)
        if not found and (len(data) > 1_024 or b"\n" in data.lstrip()):
            return Failure(Reason.NOT_HTTP, _shown(data))
        end = _END.search(data)
        if found and end and int(found[1]) < 200:
            data = data[end.end() :]  # 100 Continue, 103 Early Hints
            continue
        if end and found:
            break
        if len(data) > _HEAD_CAP:
            return Failure(Reason.ENDLESS_HEADERS)
        more = await reader.read(65_536)
        if not more:
            if found:
                end = re.compile(rb"\Z").search(data)
                break
            return Failure(Reason.NOT_HTTP if data else Reason.NO_ANSWER, _shown(data))
        data += more
    assert found and end
    fields, cookies = _fields(data[found.end() : end.start()])
    answer = Answer(url, int(found[1]), fields, cookies=tuple(cookies))
    await _body(reader, data[end.end() :], answer, cap)
    return answer


def _fields(block: bytes) -> tuple[dict[str, str], list[str]]:
    fields: dict[str, str] = {}
    cookies: list[str] = []
    for line in block.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields.setdefault(name.strip().lower(), value.strip())
            if name.strip().lower() == "set-cookie":
                cookies.append(value.strip())
    return fields, cookies


async def _body(reader: asyncio.StreamReader, first: bytes, answer: Answer, cap: int) -> None:
    raw = bytearray(first)
    wanted = cap
    if "chunked" not in answer.headers.get("transfer-encoding", "").lower():
        length = answer.headers.get("content-length", "")
        wanted = min(cap, int(length)) if length.isdigit() and len(length) < 12 else cap
    while len(raw) < wanted and (more := await reader.read(65_536)):
        raw += more
    data = (
        _unchunk(bytes(raw))
        if "chunked" in answer.headers.get("transfer-encoding", "").lower()
        else bytes(raw)
    )
    body = CappedBody(answer.headers.get("content-encoding", ""), cap)
    body.feed(data)
    answer.body, answer.truncated, answer.unreadable = bytes(body.data), body.truncated, body.unreadable


def _unchunk(raw: bytes) -> bytes:
    """What can be read of a chunked body; a damaged chunk ends it."""
    out, position = bytearray(), 0
    while found := re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\n]{0,200}\n").match(raw, position):
        size = int(found[1], 16)
        if not size:
            break
        out += raw[found.end() : found.end() + size]
        position = found.end() + size
    return bytes(out) if out or not raw else raw


def _shown(data: bytes) -> str:
    return data[:40].decode("ascii", "replace").strip()
