"""The fault server: real sockets, real TLS, loopback only, in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections import Counter
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from . import bodies, faults, pages, redirects  # noqa: F401  (they register their behaviours)
from .certificates import Authority
from .truth import TABLE
from .wire import BEHAVIOURS, Reply, Request

HOST, OTHER, FORBIDDEN = "127.0.0.1", "127.0.0.2", "127.66.0.1"
ALLOWED = "127.0.0.0/24"  # leaves FORBIDDEN out


class FaultServer:
    """Context manager. `bases` fills the addresses of the truth table; `asked` counts the requests by target;
    `forbidden` lists what reached the address that nobody may fetch."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority(folder)
        self.bases: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.agents: Counter[str] = Counter()
        self.forbidden: list[str] = []
        self.most_in_flight: Counter[str] = Counter()
        self._in_flight: Counter[str] = Counter()
        self._connections: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._refusing = socket.socket()

    def __enter__(self) -> FaultServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(30)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._refusing.close()

    def urls(self) -> list[tuple[str, str]]:
        """Each address of the truth table with its verdict, in order."""
        return [(case.url.format(**self.bases), case.verdict) for case in TABLE]

    def reset_counts(self) -> None:
        self.asked.clear()
        self.most_in_flight.clear()

    async def _listen(self) -> None:
        first = await asyncio.start_server(self._serve, HOST, 0, limit=1 << 20)
        port = first.sockets[0].getsockname()[1]
        await asyncio.start_server(self._serve, OTHER, port, limit=1 << 20)
        self.bases = {"port": str(port), "http": f"http://{HOST}:{port}", "other": f"http://{OTHER}:{port}"}
        for name, context in self.authority.contexts(port).items():
            self.bases[name] = f"https://{HOST}:{await self._tls(context)}"
        for name, silent in (("silent", True), ("tls_reset", False)):
            mute = await asyncio.start_server(self._mute(reset=not silent), HOST, 0)
            self.bases[name] = f"https://{HOST}:{mute.sockets[0].getsockname()[1]}"
        trap = await asyncio.start_server(self._forbidden, FORBIDDEN, 0)
        self.bases["private_port"] = str(trap.sockets[0].getsockname()[1])
        self.bases["private"] = f"http://{FORBIDDEN}:{self.bases['private_port']}"
        with contextlib.suppress(OSError):  # a machine without IPv6 has one trap fewer
            await asyncio.start_server(self._forbidden, "::1", int(self.bases["private_port"]))
        self._refusing.bind((HOST, 0))  # bound, never listening: connections are refused
        self.bases["refused"] = f"http://{HOST}:{self._refusing.getsockname()[1]}"

    async def _tls(self, context: ssl.SSLContext) -> int:
        server = await asyncio.start_server(self._serve, HOST, 0, ssl=context, limit=1 << 20)
        return int(server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _forbidden(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.forbidden.append((await reader.readline()).decode("latin-1").strip() or "connexion")
        writer.close()

    @staticmethod
    def _mute(reset: bool):  # type: ignore[no-untyped-def]
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            if reset:
                Reply(reader, writer).reset()
            else:
                with contextlib.suppress(OSError):
                    await reader.read()
                writer.close()

        return serve

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            reply = Reply(reader, writer)
            while reply.keep_alive and (request := await self._read(reader)):
                reply.head_only = request.method == "HEAD"
                host = request.headers.get("host", "") if request.target.startswith("/busy/") else "others"
                self._in_flight[host] += 1
                self.most_in_flight[host] = max(self.most_in_flight[host], self._in_flight[host])
                try:
                    await self._answer(request, reply)
                finally:
                    self._in_flight[host] -= 1
                await asyncio.sleep(0)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            with contextlib.suppress(Exception):
                writer.close()

    async def _answer(self, request: Request, reply: Reply) -> None:
        name = "/".join(unquote(request.path).split("/")[1:3])
        behaviour = BEHAVIOURS.get(name) or BEHAVIOURS.get(name.partition("/")[0] + "/*")
        if behaviour is None:
            await reply.page("404", "<h1>Not Found</h1>", 404)
        else:
            await behaviour(request, reply)

    async def _read(self, reader: asyncio.StreamReader) -> Request | None:
        first_byte = await reader.readexactly(1)
        if first_byte == b"\x16":  # TLS where plain HTTP is spoken: servers answer in plain HTTP
            return Request("GET", "/plain/400", {}, self.bases, 1)
        head = first_byte + await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.asked[target] += 1
        self.agents[headers.get("user-agent", "")] += 1
        return Request(method, target, headers, self.bases, self.asked[target])
