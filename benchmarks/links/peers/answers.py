"""What each peer says of an address or of a server's answer: our inputs and server, their verdict in our words.

Each row has a host of its own, so that no wait of one is another's. `{host}`, `{name}` and `{other}` are its address, its
name with the port, and a second host; `{tls}` and `{self}` speak TLS with a certificate that is trusted, or self-signed.
Beside the row's own page there are `/y` (a page), `/absente`, `/vide` (204), `/coupe` (no answer), `/z` (busy once) and
`/biscuit` (for who brings the cookie back).
"""

from __future__ import annotations

import gzip
import html
import http.client
import socket
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from row import ALIVE, DEAD, ERROR, GOOD, UNASKED, Answer, Behaviour

sys.path.append(str(Path(__file__).resolve().parents[3] / "tests"))
from faultserver.certificates import Authority
from linkprogram import run

TEXT = "<p>Le cabinet reçoit ses patients du lundi au vendredi, et répond au téléphone le matin.</p>" * 12
PAGE = f"<!doctype html><html><head><meta charset=utf-8><title>Une fiche</title></head><body><h1>Une fiche</h1>{TEXT}</body></html>"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
YES = Answer(200, HTML, PAGE)
BLOCKED = frozenset({"blocked"})


def page(body: str) -> Answer:
    return Answer(200, HTML, PAGE.replace("</body>", f"{body}</body>"))


def status(code: int, *headers: tuple[str, str], body: str = "") -> Answer:
    return Answer(code, (*HTML, *headers), body)


def to(code: int, where: str) -> Answer:
    return status(code, ("Location", where))


def said(suite: str, test: str, url: str, wanted: frozenset[str], policy: str = "") -> Behaviour:
    """An address that is judged without any network."""
    return Behaviour(suite, test, url, wanted, policy=policy)


def met(
    suite: str, test: str, wanted: frozenset[str], *answers: Answer, url: str = "{host}/x", **more: object
) -> Behaviour:
    """One page `/x` (`/y` and the others are there)."""
    return Behaviour(suite, test, url, wanted, {"/x": answers, "/y": (YES,)}, **more)  # type: ignore[arg-type]


_TOP = "« #top » needs no anchor in HTML (§7.4.6.4), and browsers follow it"
_ROBOTS = "refused to robots is no proof against the page: « à vérifier à la main », never ok nor dead"
_RATE = "still limited after every try: nothing was seen of the page, so it is not called valid"
_UNASKED_304 = "« unchanged », to who asked for no comparison: nothing was seen of the page, « douteux »"
_EMPTY = "a page was promised and nothing at all came: « douteux », for a person to open"

LINKCHECKER = [
    # test_status: every status of Python's own table, each with a short body.
    *[
        met(
            "linkchecker",
            f"test_status: {int(code)}",
            ERROR if code >= 400 and code != 429 else ALIVE,
            status(int(code), body="" if code in {204, 205, 304} else PAGE if code < 400 else "<p>non</p>"),
            policy={304: _UNASKED_304, 429: _RATE}.get(int(code), ""),
        )
        for code in sorted(http.client.responses)
        if code >= 200
    ],
    *[
        said("linkchecker", f"test_error_mail: {address}", f"mailto:{address}", DEAD)
        for address in (
            "@",
            "@b.example",
            "a@",
            f"{'a' * 65}@b.example",
            f"a@{'b' * 64}.com",
            '"a""@b.example',
            '""a"@b.example',
            '"a\\"@b.example',
            ".a@b.example",
            "a.@b.example",
            "a..b@b.example",
            "a@b_c.com",
            "a@b.example.",
            "a@b.example.111",
            "a@b..com",
            "Un Nom <a@b.example?x=y>",
        )
    ],
    said(
        "linkchecker",
        "test_good_mail: names, two of them",
        "mailto:Un <a@b.example> , Deux <c@d.example>?subject=x",
        UNASKED,
    ),
    said(
        "linkchecker",
        "test_good_mail: a name, bcc",
        "mailto:Un Nom <a@b.example>?bcc=c%40d.example",
        UNASKED,
    ),
    said("linkchecker", "test_good_mail: a name", "mailto:Un Nom <a@b.example>", UNASKED),
    said("linkchecker", "test_good_mail: an apostrophe", "mailto:o'hara@b.example", UNASKED),
    said(
        "linkchecker",
        "test_good_mail: to in the query",
        "mailto:?to=a@b.example&subject=x&cc=c@b.example&CC=d@b.example",
        UNASKED,
    ),
    said(
        "linkchecker",
        "test_good_mail: a subject",
        "mailto:a-b@c.example?subject=Re:%20[x%20#1]%20(y)%20-%20z",
        UNASKED,
    ),
    said("linkchecker", "test_warn_mail: accents in the subject", "mailto:a@b.example?subject=äöü", UNASKED),
    said(
        "linkchecker", "test_warn_mail: a space in the subject", "mailto:a@b.example?subject=Un deux", UNASKED
    ),
    said(
        "linkchecker",
        "test_warn_mail: nothing at all",
        "mailto:",
        UNASKED,
        "it opens nothing that a reader meant: called malformed (html-proofer too)",
    ),
    *[
        said("linkchecker", f"test_valid_mail: {mark}", f"mailto:abc{mark}def@b.example", UNASKED)
        for mark in "!#$&'*+-/=^_`.{|}~"
    ],
    said("linkchecker", "test_unicode_mail", "mailto:ölvin@b.example", UNASKED),
    said("linkchecker", "test_mail_subject", "mailto:?subject=Un deux", UNASKED),
    said("linkchecker", "test_skype", "skype:", UNASKED),
    said("linkchecker", "test_irc", "irc://b.example", UNASKED),
    said("linkchecker", "test_irc: ircs", "ircs://b.example", UNASKED),
    said("linkchecker", "test_steam", "steam://connect/b.example", UNASKED),
    said("linkchecker", "test_feed", "feed:https://b.example/x.atom", UNASKED),
    said("linkchecker", "test_feed: with slashes", "feed://b.example/x.atom", UNASKED),
    said("linkchecker", "test_itms_services", "itms-services://?action=x&url=http://b.example/", UNASKED),
    said("linkchecker", "test_unrecognized", "hutzli:", ERROR),
    said("linkchecker", "http_invalid_host.html", "http://b.example]", ERROR),
    said("linkchecker", "http.html: a host that begins with a dot", "http://.b.example/", ERROR),
    said("linkchecker", "http_slash.html: no url", "http://", ERROR),
    said("linkchecker", "http_slash.html: no url, one slash", "http:/", ERROR),
    said("linkchecker", "http_slash.html: no url, no slash", "http:", ERROR),
    said("linkchecker", "http_slash.html: one slash", "http:/b.example/", ERROR),
    said("linkchecker", "http_slash.html: no slash", "http:b.example/", ERROR),
    Behaviour(
        "linkchecker", "test_url_warn: longer than 2,047 characters", "{host}/" + "a" * 2_048, ERROR, {}
    ),
    met("linkchecker", "test_leading_whitespace", ALIVE, YES, url=" {host}/x"),
    met("linkchecker", "test_leading_whitespace: a line feed", ALIVE, YES, url="\n{host}/x"),
    met("linkchecker", "test_trailing_whitespace", ALIVE, YES, url="{host}/x "),
    met("linkchecker", "test_trailing_whitespace: a line feed", ALIVE, YES, url="{host}/x\n"),
    met("linkchecker", "test_redirect1: 302 to an absent page", ERROR, to(302, "/absente")),
    met("linkchecker", "test_redirect2: 302 to a page", ALIVE, to(302, "/y")),
    met("linkchecker", "test_redirect3: 302 with another host", ALIVE, to(302, "{other}/y")),
    met("linkchecker", "test_redirect4: to ftp:", ERROR, to(302, "ftp://b.example/")),
    met("linkchecker", "test_redirect5: to file:", ERROR, to(302, "file:README")),
    met(
        "linkchecker", "test_https_redirect: to TLS where none is spoken", ERROR, to(302, "https://{name}/y")
    ),
    Behaviour("linkchecker", "test_https: a certificate that is trusted", "{tls}/x", ALIVE, {"/x": (YES,)}),
    met("linkchecker", "http_anchor.html: none", ALIVE, page('<p id="bon">x')),
    met("linkchecker", "http_anchor.html: good", ALIVE, page('<p id="bon">x'), url="{host}/x#bon"),
    met("linkchecker", "http_anchor.html: bad", ERROR, page('<p id="bon">x'), url="{host}/x#mauvais"),
    *[
        met(
            "linkchecker",
            f"urlencoding_anchor.html: {name}",
            wanted,
            page('<a name="bon"></a><a name="avec_|_et_(un—tiret)"></a><a name="autre_|_(un—tiret)"></a>'),
            url=f"{{host}}/x#{fragment}",
        )
        for name, fragment, wanted in (
            ("good", "bon", ALIVE),
            ("bad", "mauvais", ERROR),
            ("as it is", "avec_|_et_(un—tiret)", ALIVE),
            ("encoded in part", "avec_|_et_%28un%E2%80%94tiret%29", ALIVE),
            ("encoded", "avec_%7C_et_%28un%E2%80%94tiret%29", ALIVE),
            ("another, encoded", "autre_%7C_%28un%E2%80%94tiret%29", ALIVE),
            ("bad, encoded in part", "mal_|_%28un%E2%80%94tiret%29", ERROR),
            ("bad, encoded", "mal_%7C_%28un%E2%80%94tiret%29", ERROR),
            ("mixed", "autre_%7C_(un—tiret)", ALIVE),
        )
    ],
    met("linkchecker", "test_http_refresh_header", ALIVE, status(200, ("Refresh", "5;url=/y"), body=PAGE)),
    met(
        "linkchecker",
        "test_basic_auth: without the password",
        ERROR,
        status(401, ("WWW-Authenticate", 'Basic realm="x"')),
    ),
    met(
        "linkchecker",
        "cookies: set by a redirect, wanted by its target",
        ALIVE,
        Answer(302, (("Location", "/biscuit"), ("Set-Cookie", "a=1"))),
    ),
]

LYCHEE = [
    met("lychee", "client::nonexistent", ERROR, status(404)),
    met("lychee", "client::nonexistent_with_path", ERROR, status(404), url="{host}/x/y/z"),
    said("lychee", "client::unsupported_scheme", "slack://canal", UNASKED),
    said("lychee", "client::include_mail", "mailto:a@b.example", UNASKED),
    said("lychee", "client::include_tel", "tel:1234567890", UNASKED),
    Behaviour("lychee", "client::invalid_ssl", "{self}/x", ERROR, {"/x": (YES,)}),
    met("lychee", "client::timeout", ERROR, Answer(200, HTML, PAGE, wait=9.0)),
    met("lychee", "client::exponential_backoff", ERROR, status(500), requests=3),
    met("lychee", "client::max_redirects", ERROR, *[to(301, f"/x?n={n}") for n in range(1, 40)]),
    met("lychee", "client::redirects", GOOD, to(308, "/y")),
    met("lychee", "client::avoid_reqwest_panic", ERROR, to(302, 'http://"/')),
    met("lychee", "website::fallback: GET after HEAD", ALIVE, YES, head=status(404), url="{host}/x.zip"),
    met(
        "lychee", "website::fallback_returns_last_status_when_all_fail", ERROR, status(404), head=status(405)
    ),
    met(
        "lychee",
        "website::timeout_short_circuits_fallback",
        ERROR,
        Answer(200, HTML, PAGE, wait=9.0),
        requests=1,
    ),
    met("lychee", "cli::failure_404_link", ERROR, status(404)),
    met("lychee", "cli::prevent_too_many_redirects", ERROR, to(308, "/x")),
    met(
        "lychee",
        "cli::redirect_json: 308 kept as a redirect",
        GOOD,
        to(308, "/ok"),
        Answer(),
        reason="permanent-redirect",
    ),
    met("lychee", "cli::retry", ALIVE, status(503), status(503), YES),
    met("lychee", "cli::method_fallback", ALIVE, YES, head=status(405), url="{host}/x.zip"),
    met("lychee", "cli::accept_timeout", ERROR, Answer(200, HTML, PAGE, wait=9.0)),
    met("lychee", "cli::basic_auth: without the password", ERROR, status(401)),
    met(
        "lychee",
        "cli::large_file_lazy_download",
        ALIVE,
        Answer(200, (("Content-Type", "application/zip"),), b"0" * 3_000_000),
        url="{host}/x",
    ),
    met("lychee", "cli::fragments: an id", ALIVE, page('<p id="a">x'), url="{host}/x#a"),
    met("lychee", "cli::fragments: a name", ALIVE, page('<a name="a">x</a>'), url="{host}/x#a"),
    met("lychee", "cli::fragments: absent", ERROR, page('<p id="a">x'), url="{host}/x#b"),
    met("lychee", "cli::fragments: empty", ALIVE, page("x"), url="{host}/x#"),
    met("lychee", "cli::fragments: top", ALIVE, page("x"), url="{host}/x#top"),
    met("lychee", "cli::fragments: encoded", ALIVE, page('<p id="é">x'), url="{host}/x#%C3%A9"),
    met("lychee", "cli::fragments: case counts", ERROR, page('<p id="Un">x'), url="{host}/x#un"),
    met(
        "lychee", "cli::fragments: user-content-", ALIVE, page('<p id="user-content-un">x'), url="{host}/x#un"
    ),
    met(
        "lychee",
        "cli::fragments: a file that is no page",
        ALIVE,
        Answer(200, (("Content-Type", "application/zip"),), b"PK"),
        url="{host}/x#un",
    ),
    met(
        "lychee",
        "cli::fragments: a text file",
        ERROR,
        Answer(200, (("Content-Type", "text/plain"),), "un"),
        url="{host}/x#un",
        reason="anchor-of-a-text",
    ),
    met(
        "lychee",
        "cli::fragments_when_accept_error_status_codes",
        ERROR,
        status(404, body=PAGE),
        url="{host}/x#un",
    ),
    met("lychee", "cli::text_fragments: alone", ALIVE, page("x"), url="{host}/x#:~:text=cabinet"),
    met(
        "lychee",
        "cli::text_fragments: after an id",
        ALIVE,
        page('<p id="a">x'),
        url="{host}/x#a:~:text=cabinet",
    ),
    met(
        "lychee",
        "cli::text_fragments: after an id that is absent",
        ERROR,
        page('<p id="a">x'),
        url="{host}/x#b:~:text=cabinet",
    ),
    met(
        "lychee",
        "quirks::github_blob_markdown_fragment (lines)",
        ALIVE,
        page("x"),
        url="{host}/o/r/blob/main/x.md#L10",
    ),
    met("lychee", "quirks::no_quirk_applied", ALIVE, YES),
    met("lychee", "rate_limit: 429 then the page", ALIVE, status(429, ("Retry-After", "1")), YES, least=1.0),
    met("lychee", "rate_limit: 429 for ever", ERROR, status(429)),
    *[
        said("lychee", f"filter::exclude_private: {url}", url, frozenset({"unsafe"}))
        for url in (
            "http://10.0.0.1",
            "http://172.16.0.1",
            "http://192.168.0.1",
            "http://169.254.0.1",
            "http://169.254.10.1:8080",
            "http://[::1]",
            "http://[::ffff:10.0.0.1]",
            "http://[::ffff:169.254.0.1]",
        )
    ],
    *[
        said("lychee", f"cli::exclude_example_domains: {url}", url, UNASKED)
        for url in (
            "http://example.com",
            "https://example.com/",
            "http://example.org",
            "http://lieu.example.org",
            "http://example.net/un/deux",
        )
    ],
    *[
        said("lychee", f"cli::do_not_exclude_false_positive_example_domains: {url}", url, DEAD)
        for url in (
            "http://exemplesexample.com/",
            "https://examples.com/",
            "https://lexample.net/",
            "http://lieu.pasinvalid",
            "http://lieu.ici.invalid2",
            "http://integration.text",
            "https://test.peutetrelocalhost",
            "https://example.examplepasexample",
        )
    ],
    *[
        said("lychee", f"filter::false_positives: {url}", url, UNASKED)
        for url in ("http://www.w3.org/1999/xhtml", "http://schemas.openxmlformats.org/compat/2006")
    ],
    said("lychee", "uri::email", "mailto:a@b.example", UNASKED),
    said("lychee", "uri::tel", "tel:+33140000000", UNASKED),
]

MARKDOWN_LINK_CHECK = [
    met(
        "markdown-link-check",
        "redirect-with-body-in-head",
        ALIVE,
        Answer(
            raw=b"HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /y\r\nContent-Length: 40\r\n\r\nUn corps que personne ne demandait ici.."
        ),
    ),
    met("markdown-link-check", "loop", ERROR, to(302, "/x")),
    met(
        "markdown-link-check",
        "valid",
        ALIVE,
        Answer(200, (("Content-Type", "application/json"),), '{"a": "b"}'),
    ),
    met("markdown-link-check", "invalid", ERROR, status(404)),
    said("markdown-link-check", "dns-resolution-fail", "http://absent.invalid/", ERROR),
    met("markdown-link-check", "nohead-get-ok", ALIVE, YES, head=status(405)),
    met("markdown-link-check", "redirect", ALIVE, to(302, "/y")),
    met("markdown-link-check", "basic-auth without the password", ERROR, status(401)),
    met(
        "markdown-link-check",
        "later: Retry-After 2s",
        ALIVE,
        status(429, ("Retry-After", "2s")),
        YES,
        least=1.9,
    ),
    met("markdown-link-check", "later: no Retry-After", ALIVE, status(429), YES),
    met("markdown-link-check", "partial", ALIVE, status(206, body=PAGE)),
    met("markdown-link-check", "img", ALIVE, Answer(200, (("Content-Type", "image/jpeg"),), b"\xff\xd8")),
    said("markdown-link-check", "valid mail", "mailto:a@b.example?subject=test", UNASKED),
    said(
        "markdown-link-check", "valid mail, several", "MAILTO:a@b.example,c@d.example?subject=Test", UNASKED
    ),
    said("markdown-link-check", "invalid mail", "mailto:a@b@c", ERROR),
    said("markdown-link-check", "invalid mail, several", "mailto:a@@b@@c,d@e.example?subject=Test", ERROR),
    said("markdown-link-check", "hhttppss", "hhttppss://b.example", ERROR),
    said("markdown-link-check", "applesauce", "applesauce://b.example", ERROR),
    met("markdown-link-check", "links with parens", ALIVE, YES, url="{host}/f(a=b.42).aspx"),
    met("markdown-link-check", "hash-links: id", ALIVE, page('<a id="a"></a>'), url="{host}/x#a"),
    met("markdown-link-check", "hash-links: name", ALIVE, page('<a name="a"></a>'), url="{host}/x#a"),
    met("markdown-link-check", "hash-links: single quotes", ALIVE, page("<a id='a'></a>"), url="{host}/x#a"),
    met(
        "markdown-link-check",
        "hash-links: on another element",
        ALIVE,
        page('<div><div id="a"></div></div>'),
        url="{host}/x#a",
    ),
    met(
        "markdown-link-check",
        "hash-links: in a comment",
        ERROR,
        page('<!-- <a id="a"></a> -->'),
        url="{host}/x#a",
    ),
    met("markdown-link-check", "section-links: absent", ERROR, page("<h2 id=un>x"), url="{host}/x#deux"),
]

LINKINATOR = [
    *[
        met("linkinator", f"redirects: {code} followed", ALIVE, to(code, "/y"))
        for code in (301, 302, 307, 308)
    ],
    met("linkinator", "redirects: in a page", ALIVE, to(302, "{other}/y")),
    met("linkinator", "redirects: 303", ALIVE, to(303, "/y")),
    met("linkinator", "redirects: not a redirect, with a Location", ERROR, status(304, ("Location", "/y"))),
    met("linkinator", "redirects: 308 without a target, with a page", ALIVE, Answer(308, HTML, PAGE)),
    met("linkinator", "redirects: beyond the limit", ERROR, *[to(302, f"/x?n={n}") for n in range(1, 40)]),
    met("linkinator", "redirects: exactly twenty", ALIVE, *[to(302, f"/x?n={n}") for n in range(1, 21)], YES),
    met("linkinator", "redirects: a failed target", ERROR, to(302, "/absente")),
    met("linkinator", "redirects: retries at the target", ALIVE, to(302, "/z"), url="{host}/x"),
    met(
        "linkinator",
        "retry: 429 with a broken Retry-After",
        ALIVE,
        status(429, ("Retry-After", "bientôt")),
        YES,
    ),
    met("linkinator", "retry: 429 with seconds", ALIVE, status(429, ("Retry-After", "1")), YES, least=1.0),
    met(
        "linkinator",
        "retry: 429 after a failed HEAD",
        ALIVE,
        status(429, ("Retry-After", "1")),
        YES,
        head=status(429),
        url="{host}/x.zip",
    ),
    met(
        "linkinator",
        "retry: 429 with a date",
        ALIVE,
        Answer(429, (("Retry-After", "{soon}"),)),
        YES,
        least=1.0,
    ),
    met("linkinator", "retry: 3s", ALIVE, status(429, ("Retry-After", "3s")), YES, least=2.9),
    met(
        "linkinator",
        "retry: 1m1s is beyond the patience of one address",
        ERROR,
        status(429, ("Retry-After", "1m31s")),
        requests=1,
    ),
    met("linkinator", "retry: 5xx", ALIVE, status(522), YES),
    met("linkinator", "retry: no answer", ALIVE, Answer(hang_up=True), YES),
    met("linkinator", "retry: stops in the end", ERROR, status(522), requests=3),
    met("linkinator", "retry: 429 without Retry-After", ALIVE, status(429), YES),
    met("linkinator", "retry: 429 without Retry-After, for ever", ERROR, status(429), requests=3),
    met("linkinator", "retry: all fail", ERROR, Answer(hang_up=True), requests=3),
    met("linkinator", "index: broken links", ERROR, status(404)),
    met("linkinator", "index: 999 is skipped", BLOCKED, status(999)),
    met(
        "linkinator",
        "index: Cloudflare, 403 with cf-mitigated",
        BLOCKED,
        status(403, ("cf-mitigated", "challenge")),
    ),
    met("linkinator", "index: fetch exceptions", ERROR, Answer(hang_up=True)),
    said("linkinator", "index: malformed links", "https://:vide@/", ERROR),
    said("linkinator", "index: malformed links, a port", "https://b.example:99999/", ERROR),
    said("linkinator", "index: non-http links", "mailto:a@b.example", UNASKED),
    said("linkinator", "index: tel", "tel:+33140000000", UNASKED),
    met("linkinator", "index: GET after HEAD", ALIVE, YES, head=status(405), url="{host}/x.zip"),
    met("linkinator", "index: GET after a HEAD that fails", ALIVE, YES, head=status(404), url="{host}/x.zip"),
    met("linkinator", "index: a timeout", ERROR, Answer(200, HTML, PAGE, wait=9.0)),
    met("linkinator", "index: encoded urls", ALIVE, YES, url="{host}/%E5%85%AC"),
    met("linkinator", "index: only once", ALIVE, YES, requests=1),
    met("linkinator", "fragments: id", ALIVE, page('<p id="a">x'), url="{host}/x#a"),
    met("linkinator", "fragments: name", ALIVE, page('<a name="a">x</a>'), url="{host}/x#a"),
    met("linkinator", "fragments: absent", ERROR, page('<p id="a">x'), url="{host}/x#b"),
    met("linkinator", "fragments: encoded", ALIVE, page('<p id="a b">x'), url="{host}/x#a%20b"),
    met("linkinator", "fragments: case counts", ERROR, page('<p id="A">x'), url="{host}/x#a"),
    met(
        "linkinator",
        "fragments: not HTML",
        ALIVE,
        Answer(200, (("Content-Type", "application/json"),), "{}"),
        url="{host}/x#a",
    ),
    met("linkinator", "fragments: empty", ALIVE, page("x"), url="{host}/x#"),
    met("linkinator", "fragments: text directive", ALIVE, page("x"), url="{host}/x#:~:text=x"),
    met("linkinator", "fragments: a route of the page's script", ALIVE, page("x"), url="{host}/x#/route"),
    met(
        "linkinator",
        "fragments: user-content-",
        ALIVE,
        page('<a id="user-content-a">x</a>'),
        url="{host}/x#a",
    ),
    met("linkinator", "status codes: without settings, 403", ERROR, status(403)),
    met("linkinator", "status codes: without settings, 200", ALIVE, YES),
    Behaviour("linkinator", "cert-validation: self-signed", "{self}/x", ERROR, {"/x": (YES,)}),
    Behaviour("linkinator", "https: a trusted certificate", "{tls}/x", ALIVE, {"/x": (YES,)}),
]

HTML_PROOFER = [
    met("html-proofer", "broken hashes on the web", ERROR, page('<p id="a">x'), url="{host}/x#non"),
    met("html-proofer", "GitHub hashes", ALIVE, page('<a id="user-content-a">x</a>'), url="{host}/x#a"),
    met("html-proofer", "GitHub hashes to a file: a line", ALIVE, page("x"), url="{host}/x.rb#L14"),
    met("html-proofer", "GitHub hashes to a file: lines", ALIVE, page("x"), url="{host}/x.rb#L14-L29"),
    met("html-proofer", "linking to the top", ALIVE, page("x"), url="{host}/x#top"),
    met("html-proofer", "linking to the top: #", ALIVE, page("x"), url="{host}/x#"),
    met("html-proofer", "broken external links", ERROR, status(404)),
    met("html-proofer", "follows redirects", ALIVE, to(301, "/y")),
    met("html-proofer", "the original link is named, not the redirection", ERROR, to(301, "/absente")),
    Behaviour("html-proofer", "understands https", "{tls}/x", ALIVE, {"/x": (YES,)}),
    met("html-proofer", "handles timeout", ERROR, Answer(200, HTML, PAGE, wait=9.0)),
    said("html-proofer", "valid mailto", "mailto:a@b.example", UNASKED),
    said("html-proofer", "several mailto", "mailto:a@b.example,c@d.example", UNASKED),
    said("html-proofer", "blank mailto", "mailto:", ERROR),
    said("html-proofer", "invalid mailto", "mailto:octocat", ERROR),
    said("html-proofer", "valid tel", "tel:+441234567,88", UNASKED),
    said("html-proofer", "valid tel: bare", "tel:441234567,88", UNASKED),
    said("html-proofer", "blank tel", "tel:", ERROR),
    said("html-proofer", "non-http protocols: data and skype", "skype:moi?chat", UNASKED),
    said("html-proofer", "non-http protocols: ftp", "ftp://b.example/", UNASKED),
    said("html-proofer", "bad external links in files", "https://[x", ERROR),
    said("html-proofer", "bad external links in arrays", "https://b.example:port/", ERROR),
    said("html-proofer", "badly formatted urls", "http:///chemin", ERROR),
    said("html-proofer", "badly formatted urls: a space in the host", "http://b exemple/", ERROR),
    met("html-proofer", "external characters", ALIVE, YES, url="{host}/à/b"),
    met("html-proofer", "external UTF-8 links", ALIVE, YES, url="{host}/écoles/公"),
    met("html-proofer", "a non-unicode hash", ALIVE, page('<p id="a.b">x'), url="{host}/x#a.b"),
    met("html-proofer", "pipes in the URL", ALIVE, YES, url="{host}/a|b"),
    met(
        "html-proofer",
        "PDF with #page",
        ALIVE,
        Answer(200, (("Content-Type", "application/pdf"),), b"%PDF-1.4"),
        url="{host}/x.pdf#page=2",
    ),
    said("html-proofer", "broken IP address links", "http://192.168.1.300/", ERROR),
]

SPHINX = [
    met("sphinx", "defaults: #!bar", ALIVE, page("x"), url="{host}/x#!bar"),
    met("sphinx", "defaults: a page", ALIVE, Answer(200, (), "ok\n\n")),
    met("sphinx", "defaults: #top is looked for", ERROR, page("x"), url="{host}/x#top", policy=_TOP),
    met("sphinx", "defaults: #does-not-exist", ERROR, page("x"), url="{host}/x#absente"),
    met("sphinx", "defaults: image.png", ERROR, status(404), url="{host}/image.png"),
    met("sphinx", "defaults: image2.png", ERROR, status(404), url="{host}/image2.png"),
    met(
        "sphinx",
        "defaults: anchor.html#found",
        ALIVE,
        Answer(200, (), '<!DOCTYPE html><html><body><a id="la"></a></body></html>'),
        url="{host}/x#la",
    ),
    met("sphinx", "too_many_retries", ERROR, url="https://{name}/doesnotexist"),
    met("sphinx", "raw_node", ALIVE, Answer(200, (), "ok\n")),
    met("sphinx", "anchors_ignored: !", ALIVE, Answer(200, (), "ok\n"), url="{host}/x#!x"),
    met("sphinx", "anchors_ignored: top", ALIVE, Answer(200, (), "ok\n"), url="{host}/x#top"),
    met("sphinx", "anchors, no content type: the page", ALIVE, Answer(200, (), "<h1 id='bon'>x</h1>\n")),
    met(
        "sphinx",
        "anchors, no content type: there",
        ALIVE,
        Answer(200, (), "<h1 id='bon'>x</h1>\n"),
        url="{host}/x#bon",
    ),
    met(
        "sphinx",
        "anchors, no content type: absent",
        ERROR,
        Answer(200, (), "<h1 id='bon'>x</h1>\n"),
        url="{host}/x#mauvais",
    ),
    met("sphinx", "anchors: of a page that is absent", ERROR, status(404), url="{host}/x#a"),
    met("sphinx", "raises_for_invalid_status", ERROR, status(500), url="{host}/x#a"),
    met("sphinx", "request_headers: 200 with nothing in it", ALIVE, Answer(200, HTML), policy=_EMPTY),
    met("sphinx", "unauthorized_broken", ERROR, status(401)),
    met("sphinx", "auth_header_no_match: working", ALIVE, status(401), policy=_ROBOTS),
    met("sphinx", "follows_redirects_on_HEAD", ALIVE, to(302, "/y"), head=to(302, "/y"), url="{host}/x"),
    met("sphinx", "follows_redirects_on_GET", ALIVE, to(302, "/y"), head=status(405)),
    met("sphinx", "a redirect to 204", ALIVE, to(302, "/vide")),
    met("sphinx", "invalid_ssl", ERROR, YES, url="https://{name}/x"),
    Behaviour("sphinx", "connect_to_selfsigned_fails", "{self}/x", ERROR, {"/x": (YES,)}),
    Behaviour("sphinx", "connect_to_selfsigned_with_tls_cacerts", "{tls}/x", ALIVE, {"/x": (YES,)}),
    met("sphinx", "TooManyRedirects_on_HEAD", ALIVE, YES, head=to(302, "/x.zip"), url="{host}/x.zip"),
    met("sphinx", "retry_after_int_delay", ALIVE, status(429, ("Retry-After", "0")), YES),
    *[
        met("sphinx", f"retry_after_HTTP_date: {zone}", ALIVE, Answer(429, (("Retry-After", "{now}"),)), YES)
        for zone in ("the machine's own", "GMT")
    ],
    met("sphinx", "retry_after_without_header", ALIVE, status(429), YES),
    met("sphinx", "requests_timeout", ERROR, Answer(200, HTML, PAGE, wait=9.0)),
    met("sphinx", "too_many_requests_user_timeout", ERROR, status(429)),
]

MUFFET = [
    met("muffet", "Fetch", ALIVE, YES),
    met("muffet", "FetchFromCache: once", ALIVE, YES, requests=1),
    met("muffet", "FetchWithFragments: there", ALIVE, page('<p id="a">x'), url="{host}/x#a"),
    met("muffet", "FetchWithFragments: absent", ERROR, page("x"), url="{host}/x#a"),
    met("muffet", "FetchSkippingTextFragment", ALIVE, page("x"), url="{host}/x#:~:text=x"),
    met("muffet", "FailToFetch", ERROR, Answer(hang_up=True)),
    said("muffet", "FailToParseURL", "https://[", ERROR),
    said("muffet", "FailWithInvalidURL", "http://:", ERROR),
    met("muffet", "Redirect: none", ALIVE, YES),
    met("muffet", "Redirect: to itself once", ALIVE, to(300, "/x"), YES),
    met("muffet", "Redirect: several", ALIVE, to(302, "/x?1"), to(302, "/x?2"), YES),
    met("muffet", "Redirect: relative", ALIVE, to(302, "y")),
    met("muffet", "Redirect: too many", ERROR, *[to(302, f"/x?n={n}") for n in range(1, 70)]),
    met("muffet", "Redirect: no Location (300, nothing else)", ERROR, Answer(300, HTML)),
    met("muffet", "Redirect: an invalid Location", ERROR, to(302, "http://[")),
    met("muffet", "Redirect: a failure after it", ERROR, to(302, "/coupe")),
    met("muffet", "StatusCode: valid", ALIVE, YES),
    met("muffet", "StatusCode: invalid", ERROR, status(404)),
    met(
        "muffet",
        "Body: gzip",
        ALIVE,
        Answer(200, (*HTML, ("Content-Encoding", "gzip")), "{gzip}"),
        url="{host}/x#compresse",
    ),
    met(
        "muffet",
        "Body: deflate",
        ALIVE,
        Answer(200, (*HTML, ("Content-Encoding", "deflate")), "{deflate}"),
        url="{host}/x#compresse",
    ),
    met("muffet", "Retry: after a failure", ALIVE, Answer(hang_up=True), YES),
    met("muffet", "Retry: none where none is needed", ALIVE, YES, requests=1),
    met("muffet", "Retry: exceeded", ERROR, Answer(hang_up=True), requests=3),
    met("muffet", "WithoutEncodedSpaces", ALIVE, YES, url="{host}/a%20b"),
    met("muffet", "SpacesNotEncoded", ALIVE, YES, url="{host}/a b"),
    said("muffet", "ExcludeInvalidScheme", "mailto:a@b.example", UNASKED),
    met("muffet", "ParseIDAndName: id", ALIVE, page('<p id="a" name="b">x'), url="{host}/x#a"),
    met("muffet", "ParseIDAndName: name of a link", ALIVE, page('<a name="b">x</a>'), url="{host}/x#b"),
]

ROWS = [*LINKCHECKER, *LYCHEE, *MARKDOWN_LINK_CHECK, *LINKINATOR, *HTML_PROOFER, *SPHINX, *MUFFET]


class Server:
    """Listens on every loopback address; `seen` has, by row, when each request of its page came."""

    def __init__(self, rows: list[Behaviour], folder: Path) -> None:
        self.rows, self.seen, self.authority = rows, [list[float]() for _ in rows], Authority(folder)
        self.counts = Counter[tuple[int, str]]()
        handler = type("Handler", (_Handler,), {"server_of_rows": self})
        self._servers = [_Threads(("0.0.0.0", 0), handler) for _ in range(3)]
        self.port, self.tls_port, self.self_port = (one.server_address[1] for one in self._servers)
        contexts = self.authority.contexts(self.port)
        for server, name in zip(self._servers[1:], ("tls", "tls_self_signed"), strict=True):
            server.socket = contexts[name].wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def url(self, number: int) -> str:
        """The row's address, its places filled in."""
        name = f"127.83.{number // 250}.{number % 250 + 1}:{self.port}"
        places = {
            "{host}": f"http://{name}", "{name}": name, "{other}": f"http://{name.replace('127.83', '127.84')}",
            "{tls}": f"https://127.0.0.1:{self.tls_port}/{number}", "{self}": f"https://127.0.0.1:{self.self_port}/{number}",
        }  # fmt: skip
        return _filled(self.rows[number].url, places)

    def answer(self, handler: _Handler) -> Answer:
        """What this request gets."""
        here = handler.connection.getsockname()
        path = handler.path.partition("?")[0]
        if here[0] == "127.0.0.1":
            return YES
        number = int(here[0].split(".")[2]) * 250 + int(here[0].split(".")[3]) - 1
        self.counts[number, path] += 1
        fixed = {
            "/absente": status(404), "/vide": Answer(204), "/coupe": Answer(hang_up=True), "/ok": YES, "/y": YES,
            "/z": status(503) if self.counts[number, "/z"] < 2 else YES,
            "/biscuit": YES if "a=1" in handler.headers.get("Cookie", "") else status(404),
        }  # fmt: skip
        if path in fixed:
            return fixed[path]
        row = self.rows[number]
        if handler.command == "HEAD" and row.head:
            return row.head
        if not row.answers.get("/x"):
            return status(404)
        self.seen[number].append(time.monotonic())
        return row.answers["/x"][min(len(self.seen[number]), len(row.answers["/x"])) - 1]


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up, or does not trust us, is what some rows are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_rows: Server

    def do_GET(self) -> None:
        answer = self.server_of_rows.answer(self)
        time.sleep(answer.wait)
        if answer.hang_up:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if answer.raw:
            self.wfile.write(answer.raw)
            self.close_connection = True
            return
        body = answer.body if isinstance(answer.body, bytes) else _body(answer.body)
        host, port = self.connection.getsockname()[:2]
        name = f"{host}:{port}"
        dates = {"{now}": formatdate(usegmt=True), "{soon}": formatdate(time.time() + 2, usegmt=True),
                 "{other}": f"http://{name.replace('127.83', '127.84')}", "{name}": name}  # fmt: skip
        self.send_response(answer.status)
        for header, value in answer.headers:
            self.send_header(header, _filled(value, dates))
        if answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and answer.status not in {204, 304}:
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""


def _body(text: str) -> bytes:
    whole = PAGE.replace("<h1>", "<h1 id=compresse>").encode()
    return {"{gzip}": gzip.compress(whole), "{deflate}": zlib.compress(whole)}.get(text, text.encode())


def _filled(text: str, places: dict[str, str]) -> str:
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def ask(rows: list[Behaviour]) -> dict[Behaviour, str]:
    """By row, what was said in place of what it wants; "" where it is right. One run of the real command."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        server = Server(rows, folder)
        urls = [server.url(number) for number in range(len(rows))]
        (folder / "liens.html").write_text(
            "".join(f'<a href="{html.escape(url)}">x</a>\n' for url in urls), "utf-8"
        )
        outcome = run(
            folder, "--from", "liens.html", "--history", "none", "--delay", "0", "--timeout", "5", "--concurrency", "128",
            "--allow-private", "127.0.0.0/8", "--ca", str(server.authority.ca_file), "--no-progress",
        )  # fmt: skip
    links = {link["url"]: link for link in outcome.report["links"]}
    return {
        row: _instead(row, links.get(url.strip()), server.seen[n])
        for n, (row, url) in enumerate(zip(rows, urls, strict=True))
    }


def _instead(row: Behaviour, link: dict[str, str] | None, seen: list[float]) -> str:
    if link is None:
        return "no link"
    if link["verdict"] not in row.wanted or (row.reason and link["reason"] != row.reason):
        return f"{link['verdict']} ({link['reason']}: {link['message'][:90]})"
    if row.least and (len(seen) < 2 or seen[-1] - seen[0] < row.least):
        return f"asked again too early: {[round(one - seen[0], 2) for one in seen]}"
    if row.requests and len(seen) > row.requests:
        return f"{len(seen)} requests"
    return ""
