"""Redirects of every kind, rate limits, addresses that lead to forbidden places."""

from __future__ import annotations

import asyncio
import datetime as dt
from email.utils import format_datetime

from .wire import Reply, Request, answers

META = '<!doctype html><html><head><title>Redirection</title><meta http-equiv="refresh" content="0; url={}">'


def _to(name: str, status: int, location: str) -> None:
    async def behaviour(request: Request, reply: Reply) -> None:
        await reply.redirect(status, location.format(**request.bases))

    answers(name)(behaviour)


for _status in (301, 302, 303, 307, 308):
    _to(f"redirects/{_status}", _status, "/plain/200")
_to("redirects/301-chain", 301, "/redirects/301")
_to("redirects/301-then-302", 301, "/redirects/302")
_to("redirects/302-then-301", 302, "/redirects/301")
_to("redirects/relative", 301, "../plain/200")
_to("redirects/protocol-relative", 301, "//127.0.0.2:{port}/plain/200")
_to("redirects/other-host", 301, "{other}/plain/200")
_to("redirects/300-location", 300, "/plain/200")
_to("redirects/loop", 301, "/redirects/loop-back")
_to("redirects/loop-back", 301, "/redirects/loop")
_to("redirects/self", 302, "/redirects/self")
_to("redirects/no-location", 301, "")
_to("redirects/to-ftp", 301, "ftp://ftp.exemple.fr/fichier")
_to("redirects/to-javascript", 302, "javascript:alert(1)")
_to("redirects/to-404", 301, "/plain/404")
_to("redirects/to-410", 302, "/plain/410")
_to("redirects/to-403", 302, "/walls/403")
_to("redirects/to-home", 301, "/")
_to("redirects/to-home-302", 302, "/fr/")
_to("redirects/to-other-home", 301, "{other}/fr/index.html")
_to("redirects/to-login", 302, "/connexion?retour=%2Fpage")
_to("redirects/to-sso", 302, "/sso/saml/login")
_to("redirects/to-wp-login", 302, "/wp-login.php?redirect_to=x")
_to("redirects/to-login-article", 301, "/plain/wp-login-php-explique")
_to("redirects/to-tls", 301, "{tls}/plain/200")
_to("redirects/302-to-page", 302, "/fragments/page")
_to("redirects/301-to-page", 301, "/fragments/page")
_to("redirects/to-fragment", 302, "/fragments/page#par-id")
_to("private/by-redirect", 302, "{private}/secret")
_to("private/by-redirect-metadata", 301, "http://169.254.169.254/latest/meta-data/")
_to("private/by-redirect-dns", 302, "http://interne.fautes.test:{private_port}/x")
_to("private/by-second-redirect", 302, "/private/by-redirect")


@answers("connexion", "wp-login.php", "sso/saml", "fr/", "fr/index.html")
async def landing(request: Request, reply: Reply) -> None:
    await reply.page("Bienvenue", "<h1>Bienvenue</h1><form><input type=password></form>")


@answers("")
async def home(request: Request, reply: Reply) -> None:
    await reply.redirect(302, "/fr/")


@answers("redirects/utf8-location")
async def utf8_location(request: Request, reply: Reply) -> None:
    await reply.redirect(301, "/plain/avec espace/é.html".replace(" ", "%20"))


@answers("redirects/space-location")
async def space_location(request: Request, reply: Reply) -> None:
    await reply.redirect(301, "/plain/avec espace/é.html")


@answers("redirects/empty-location")
async def empty_location(request: Request, reply: Reply) -> None:
    await reply.raw(b"HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n")


@answers("redirects/20-hops", "redirects/endless")
async def hops(request: Request, reply: Reply) -> None:
    done = int(request.rest or 0)
    if "20-hops" in request.path and done == 20:
        await reply.page()
    else:
        await reply.redirect(302, f"/{'/'.join(request.path.split('/')[1:3])}/{done + 1}")


@answers("traps/slow-redirects")
async def slow_hops(request: Request, reply: Reply) -> None:
    await asyncio.sleep(1.5)
    await reply.redirect(302, f"/traps/slow-redirects/{int(request.rest or 0) + 1}")


@answers("redirects/cookie-needed")
async def cookie_needed(request: Request, reply: Reply) -> None:
    if "vu=oui" in request.headers.get("cookie", ""):
        await reply.page()
    else:
        await reply.redirect(302, request.path, Set_Cookie="vu=oui; Path=/")


@answers("redirects/cookie-by-itself")
async def cookie_by_itself(request: Request, reply: Reply) -> None:
    if "vu=oui" in request.headers.get("cookie", ""):
        await reply.page()
    else:
        await reply.redirect(301, request.path, Set_Cookie="vu=oui; Path=/")


@answers("redirects/meta-refresh")
async def meta_refresh(request: Request, reply: Reply) -> None:
    await reply.send(200, META.format("/plain/200"))


@answers("redirects/meta-refresh-404")
async def meta_refresh_404(request: Request, reply: Reply) -> None:
    await reply.send(200, META.format("/plain/404"))


@answers("private/by-meta-refresh")
async def meta_refresh_private(request: Request, reply: Reply) -> None:
    await reply.send(200, META.format(request.bases["private"] + "/secret"))


def _date(seconds: int) -> str:
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds), usegmt=True)


@answers("429/once", "429/once-date", "429/once-bare", "429/endless", "429/a-day", "429/a-day-date")
async def too_many(request: Request, reply: Reply) -> None:
    kind = request.path.rpartition("/")[2]
    wait = {"once": "1", "once-date": _date(1), "a-day": "86400", "a-day-date": _date(86400)}.get(kind, "")
    if kind.startswith("once") and request.count > 1:
        await reply.page()
    else:
        await reply.page("Trop de demandes", status=429, Retry_After=wait)


_to("redirects/to-nonsense", 302, "http://[une adresse")


@answers("redirects/bare-301", "redirects/bare-302", "redirects/bare-308", "redirects/bare-300")
async def page_without_target(request: Request, reply: Reply) -> None:
    """A page comes with a redirect that says no target."""
    await reply.page(status=int(request.path[-3:]))


@answers("redirects/self-once")
async def self_once(request: Request, reply: Reply) -> None:
    if request.count == 1:
        await reply.redirect(302, request.path)
    else:
        await reply.page()


@answers("429/once-3s", "429/once-1s500")
async def wait_in_words(request: Request, reply: Reply) -> None:
    if request.count > 1:
        await reply.page()
    else:
        await reply.page(
            "Trop de demandes", status=429, Retry_After={"s": "1s", "0": "0m1s"}[request.path[-1]]
        )


_to("redirects/to-two-letters", 301, "/rh")


@answers("rh")
async def two_letters(request: Request, reply: Reply) -> None:
    await reply.page("Ressources humaines")


@answers("intermediaire.der/x")
async def intermediate(request: Request, reply: Reply) -> None:
    from .certificates import INTERMEDIATE

    found = INTERMEDIATE.get(request.rest)
    await reply.send(200 if found else 404, found or b"", Content_Type="application/pkix-cert")
