"""Plain answers, 5xx, and answers that are hardly HTTP."""

from __future__ import annotations

import asyncio

from .wire import Reply, Request, answers, for_ever, html

BODY = html("Une page").encode()
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
TYPE = b"Content-Type: text/html; charset=utf-8\r\n"


@answers("plain/200", "plain/wp-login-php-explique")
async def ok(request: Request, reply: Reply) -> None:
    await reply.page()


@answers("plain/200-empty", "plain/204", "plain/206")
async def empty(request: Request, reply: Reply) -> None:
    await reply.send(int(request.path.rpartition("/")[2][:3]))


@answers("plain/no-content-type")
async def no_type(request: Request, reply: Reply) -> None:
    await reply.send(200, BODY, Content_Type="")


@answers("plain/pdf")
async def pdf(request: Request, reply: Reply) -> None:
    await reply.send(200, b"%PDF-1.7\n" + b"x" * 4_000, Content_Type="application/pdf")


@answers("fragments/text")
async def text(request: Request, reply: Reply) -> None:
    await reply.send(200, b"absente\n" * 200, Content_Type="text/plain; charset=utf-8")


@answers("plain/french-browser")
async def french_browser(request: Request, reply: Reply) -> None:
    french = request.headers.get("accept-language", "").startswith("fr")
    await reply.page(status=200 if french and "text/html" in request.headers.get("accept", "") else 404)


@answers("plain/honest-agent")
async def honest_agent(request: Request, reply: Reply) -> None:
    agent = request.headers.get("user-agent", "")
    await reply.page(status=404 if not agent or "aiohttp" in agent or "Mozilla" in agent else 200)


@answers("plain/query")
async def query(request: Request, reply: Reply) -> None:
    await reply.page(status=200 if request.target == "/plain/query?a=1&b=%C3%A9&c=x%2Fy" else 404)


@answers("plain/avec espace")
async def spaces(request: Request, reply: Reply) -> None:
    await reply.page(status=200 if request.target == "/plain/avec%20espace/%C3%A9.html" else 404)


@answers("plain/404", "plain/410", "plain/400")
async def gone(request: Request, reply: Reply) -> None:
    await reply.page("Page introuvable", status=int(request.path.rpartition("/")[2]))


@answers("plain/404-empty")
async def gone_empty(request: Request, reply: Reply) -> None:
    await reply.send(404)


@answers("plain/404-rich")
async def gone_rich(request: Request, reply: Reply) -> None:
    await reply.page("Notre site", "<p>Découvrez nos services.</p>" * 500, 404)


@answers("5xx/500", "5xx/502", "5xx/503", "5xx/504", "5xx/520")
async def server_error(request: Request, reply: Reply) -> None:
    await reply.page("Erreur", status=int(request.path.rpartition("/")[2]))


@answers("5xx/503-once", "5xx/500-twice", "5xx/503-retry-after")
async def passing_error(request: Request, reply: Reply) -> None:
    times = 2 if request.path.endswith("twice") else 1
    wait = "1" if request.path.endswith("after") else ""
    await (reply.page(status=503, Retry_After=wait) if request.count <= times else reply.page())


@answers("network/reset")
async def reset(request: Request, reply: Reply) -> None:
    reply.reset()


@answers("network/reset-once")
async def reset_once(request: Request, reply: Reply) -> None:
    await reply.page() if request.count > 1 else reply.reset()


@answers("network/no-answer")
async def no_answer(request: Request, reply: Reply) -> None:
    reply.close()


@answers("network/timeout")
async def timeout(request: Request, reply: Reply) -> None:
    await for_ever()


def _raw(name: str, data: bytes) -> None:
    async def behaviour(request: Request, reply: Reply) -> None:
        await reply.raw(data)
        reply.close()

    answers(name)(behaviour)


_raw("network/truncated", b"HTTP/1.1 200 OK\r\n" + TYPE + b"Content-Length: 100000\r\n\r\n" + BODY)
_raw("network/http10", b"HTTP/1.0 200 OK\r\n" + TYPE + b"\r\n" + BODY)
_raw(
    "network/old-keepalive", b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n" + TYPE + LENGTH + b"\r\n" + BODY
)
_raw("network/bare-lf", b"HTTP/1.1 200 OK\n" + (TYPE + LENGTH).replace(b"\r", b"") + b"\n" + BODY)
_raw("network/space-before-colon", b"HTTP/1.1 200 OK\r\nX-Old : 1\r\n" + TYPE + LENGTH + b"\r\n" + BODY)
_raw("network/no-reason", b"HTTP/1.1 200\r\n" + TYPE + LENGTH + b"\r\n" + BODY)
_raw("network/two-lengths", b"HTTP/1.1 200 OK\r\n" + TYPE + LENGTH + LENGTH + b"\r\n" + BODY)
_raw("network/latin1-header", b"HTTP/1.1 200 OK\r\nX-Nom: \xe9t\xe9\r\n" + TYPE + LENGTH + b"\r\n" + BODY)
_raw(
    "network/length-and-chunked",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    + TYPE
    + LENGTH
    + b"\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY),
)
_raw(
    "network/bad-chunk-end",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    + TYPE
    + b"\r\n%x\r\n%b\r\nfin\r\n" % (len(BODY), BODY),
)
_raw("network/banner", b"SSH-2.0-OpenSSH_9.6\r\n")
_raw("network/garbage", bytes(range(128, 256)) * 8)


@answers("busy/*")
async def busy(request: Request, reply: Reply) -> None:
    await asyncio.sleep(0.05)
    if request.path == "/busy/redirect":
        await reply.redirect(302, f"{request.bases['http']}/busy/{request.target.partition('?')[2]}")
    else:
        await reply.page()
