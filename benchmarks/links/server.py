"""A fast loopback server for the speed benchmark: every path answers 200 after a chosen latency.

`python server.py PORT LOW_MS HIGH_MS` listens on every loopback address; the latency of a path is drawn once
and for all from its text, so that two runs meet the same latencies.
"""

from __future__ import annotations

import asyncio
import sys
import zlib

BODY = (
    b"<!doctype html><html lang=fr><head><meta charset=utf-8><title>Une page du banc</title></head><body>"
    b"<h1>Une page</h1>"
    + b"<p id=p>Le cabinet dentaire accueille ses patients du lundi au vendredi.</p>" * 60
    + b"</body></html>"
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(BODY)
    + BODY
)


class Page(asyncio.Protocol):
    low, spread = 0, 1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            request, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            latency = self.low + zlib.crc32(request.partition(b"\r\n")[0]) % self.spread
            asyncio.get_running_loop().call_later(latency / 1000, self.answer, request[:4] == b"HEAD")

    def answer(self, head: bool) -> None:
        if not self.transport.is_closing():
            self.transport.write(ANSWER[: ANSWER.index(b"\r\n\r\n") + 4] if head else ANSWER)


async def main(port: int, low: int, high: int) -> None:
    Page.low, Page.spread = low, max(1, high - low + 1)
    server = await asyncio.get_running_loop().create_server(Page, "0.0.0.0", port, backlog=4096)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:4])))
