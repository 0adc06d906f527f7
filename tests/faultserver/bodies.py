"""Bodies: encodings, fragments, huge and hostile pages, binaries."""

from __future__ import annotations

import asyncio
import gzip
import zlib

from .wire import Reply, Request, answers, for_ever, html

TARGET = html("Une page", '<p>Début</p><h2 id="cible">Cible</h2><p>Fin</p>')
PAGE = html(
    "Ancres",
    """
<h2 id="par-id">A</h2> <a name="par-nom">B</a> <p id=sans-guillemets>C</p> <p id='apostrophes'>D</p>
<h2 id="été">E</h2> <h2 id="R&amp;D">F</h2> <h2 class="x"
   id = "sur-deux-lignes">G</h2> <p title="a > b" id="apres-chevron">H</p>
<h2 id="user-content-lisez-moi">I</h2>
<!-- <p id="en-commentaire">J</p> --> <script>var x = '<p id="dans-un-script">';</script>
<p title='id="dans-un-titre"'>K</p> <p data-id="donnee">L</p> <meta name="viewport" content="x">
<p>Le cabinet dentaire accueille ses patients.</p>""",
)


@answers("fragments/page")
async def fragments(request: Request, reply: Reply) -> None:
    await reply.send(200, PAGE)


@answers("bodies/gzip")
async def gzipped(request: Request, reply: Reply) -> None:
    await reply.zipped(TARGET)


@answers("bodies/deflate", "bodies/raw-deflate")
async def deflated(request: Request, reply: Reply) -> None:
    data = zlib.compress(TARGET.encode())
    await reply.send(200, data[2:-4] if "raw" in request.path else data, Content_Encoding="deflate")


@answers("bodies/chunked")
async def chunked(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    data = TARGET.encode()
    for start in range(0, len(data), 7):  # cuts the anchor in two
        piece = data[start : start + 7]
        await reply.raw(b"%x\r\n%b\r\n" % (len(piece), piece))
    await reply.raw(b"0\r\n\r\n")


@answers("bodies/latin1")
async def latin1(request: Request, reply: Reply) -> None:
    await reply.send(200, TARGET.encode("latin-1"), Content_Type="text/html; charset=iso-8859-1")


@answers("bodies/latin1-undeclared")
async def latin1_undeclared(request: Request, reply: Reply) -> None:
    await reply.send(
        200, "<title>Saisons</title><h2 id='été'>L'été</h2>".encode("latin-1"), Content_Type="text/html"
    )


@answers("bodies/gzip-members")
async def gzip_members(request: Request, reply: Reply) -> None:
    data = TARGET.encode()
    await reply.send(
        200,
        gzip.compress(data[:60]) + gzip.compress(data[60:90]) + gzip.compress(data[90:]),
        Content_Encoding="gzip",
    )


@answers("bodies/utf16")
async def utf16(request: Request, reply: Reply) -> None:
    await reply.send(200, TARGET.encode("utf-16"), Content_Type="text/html; charset=utf-16")


@answers("bodies/late-in-first-mb")
async def late(request: Request, reply: Reply) -> None:
    await reply.send(200, html("Longue page", "<p>texte</p>" * 80_000 + '<p id="cible">'))


@answers("bodies/gzip-lie")
async def gzip_lie(request: Request, reply: Reply) -> None:
    await reply.send(200, TARGET, Content_Encoding="gzip")


@answers("bodies/gzip-truncated")
async def gzip_truncated(request: Request, reply: Reply) -> None:
    await reply.send(200, gzip.compress(TARGET.encode())[:-20], Content_Encoding="gzip")


@answers("bodies/brotli")
async def brotli(request: Request, reply: Reply) -> None:
    await reply.send(200, b"\x8b\x03\x80abc\x03", Content_Encoding="br")


@answers("bodies/big-pdf")
async def big_pdf(request: Request, reply: Reply) -> None:
    size = 50_000_000
    await reply.send(200, b"", Content_Type="application/pdf", Content_Length=str(size))
    if not reply.head_only:
        await _stream(reply, b"%PDF-1.7 " * 7_000, size)


async def _stream(reply: Reply, block: bytes, size: int) -> None:
    for _ in range(size // len(block) + 1):
        await reply.raw(block)
    reply.close()


@answers("traps/200-mb")
async def two_hundred(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n")
    await reply.raw(html("Interminable")[:-14].encode())
    await _stream(reply, b"<p>encore un paragraphe du cabinet</p>" * 2_000, 200_000_000)
    await reply.raw(b"<p id=tout-en-bas></body></html>")


@answers("traps/gzip-bomb")
async def bomb(request: Request, reply: Reply) -> None:
    await reply.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    )
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    await reply.raw(packer.compress(html("Bombe")[:-14].encode()))
    block = b" " * 1_000_000
    for _ in range(300):
        await reply.raw(packer.compress(block))
    await reply.raw(packer.compress(b"<p id=tout-en-bas>") + packer.flush())
    reply.close()


@answers("traps/hostile-html")
async def hostile(request: Request, reply: Reply) -> None:
    await reply.send(200, '<title>x</title><p id="cible">Le cabinet</p><a \'' + "<b <!-" * 150_000)


@answers("traps/slow-body")
async def slow_body(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>")
    while True:
        await drip(reply, b" ")


@answers("traps/slow-404-body", "traps/slow-403-body")
async def slow_error_body(request: Request, reply: Reply) -> None:
    status = b"404 Not Found" if "404" in request.path else b"403 Forbidden"
    await reply.raw(
        b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>"
    )
    while True:
        await drip(reply, b" ")


@answers("traps/slow-headers")
async def slow_headers(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        await drip(reply, b"X-Encore: 1\r\n")


async def drip(reply: Reply, data: bytes) -> None:
    await reply.raw(data)
    await asyncio.sleep(0.5)


@answers("traps/endless-headers")
async def endless_headers(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        await reply.raw(b"".join(b"X-Encore-%d: %b\r\n" % (n, b"y" * 500) for n in range(100)))


@answers("traps/one-huge-header")
async def huge_header(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await reply.raw(b"z" * 65_536)


@answers("traps/endless-100")
async def endless_100(request: Request, reply: Reply) -> None:
    while True:
        await reply.raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


@answers("head/*")
async def head_traps(request: Request, reply: Reply) -> None:
    kind = request.path.rpartition("/")[2].removesuffix(".zip")
    if kind == "gone":
        return await reply.page("404", status=404)
    if request.method == "HEAD" and kind != "plain":
        if kind == "hang":
            return await for_ever()
        if kind == "reset":
            return reply.reset()
        if kind == "with-body":  # forbidden, and met: the body must not be taken for the next answer
            await reply.raw(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 9\r\n\r\nPK\3\4zzzzz"
            )
            return None
        return await reply.page(kind, status=int(kind))
    return await reply.send(200, b"PK\x03\x04" + b"\0" * 5_000, Content_Type="application/zip")
