"""The site behind the real nginx and Apache, with the files that the build writes for them, and `_headers` interpreted."""

from __future__ import annotations

import fnmatch
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from guide.site import headers, servers
from serversupport import Answer, Served, serving
from wantedheaders import FILES, OWN, YEAR, path_of, wrong
from websupport import Visit, pages_of
from websupport import serving as other_site

pytestmark = pytest.mark.servers

KINDS = ("nginx", "apache2")
# The registered names changed with the years, and so do the tables of the servers (RFC 9239, RFC 7303).
SYNONYMS = {
    "application/javascript": "JS",
    "text/javascript": "JS",
    "application/xml": "XML",
    "text/xml": "XML",
}


@pytest.fixture(scope="module")
def published(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with a security.txt, which waits for a contact, and a folder without a page."""
    copy = tmp_path_factory.mktemp("published") / "site"
    shutil.copytree(site, copy)
    (copy / ".well-known").mkdir()
    (copy / ".well-known" / "security.txt").write_text(
        "Contact: mailto:securite@guide.example\n", encoding="utf-8"
    )
    return copy


@pytest.fixture(scope="module")
def running(published: Path) -> Iterator[dict[str, Served]]:
    """Both servers, with the whole site."""
    with ExitStack() as stack:
        yield {kind: stack.enter_context(serving(kind, published)) for kind in KINDS}


@pytest.fixture(params=KINDS)
def server(request: pytest.FixtureRequest, running: dict[str, Served]) -> Served:
    """Each server in turn."""
    return running[request.param]


@pytest.mark.parametrize(("pattern", "kind", "cache", "more"), FILES, ids=[each[0] for each in FILES])
def test_each_kind_of_file_has_its_type_and_every_header_once(
    published: Path, server: Served, pattern: str, kind: str, cache: str, more: Mapping[str, str]
) -> None:
    """GET, HEAD and a page that is still fresh (304) say the same."""
    path = path_of(published, pattern)
    answer = server.ask(path)
    assert (answer.status, wrong(answer, cache, more)) == (200, [])
    found = answer.one("Content-Type") or ""
    for name, short in SYNONYMS.items():
        found = found.replace(name, short)
    assert found == kind
    head = server.ask(path, "HEAD")
    assert (head.status, head.body, wrong(head, cache, more)) == (200, b"", [])
    for asked in (
        {"If_None_Match": answer.one("ETag") or ""},
        {"If_Modified_Since": answer.one("Last-Modified") or ""},
    ):
        fresh = server.ask(path, **asked)
        assert (fresh.status, fresh.body, wrong(fresh, cache, more)) == (304, b"", [])


def test_a_compressed_page_is_not_sent_twice(server: Served) -> None:
    """Pages are asked for again at each visit: with compression too, the answer is « not modified »."""
    first = server.ask("/urgence/", Accept_Encoding="gzip")
    assert first.one("Content-Encoding") == "gzip"
    assert first.one("Vary") == "Accept-Encoding"
    again = server.ask("/urgence/", Accept_Encoding="gzip", If_None_Match=first.one("ETag") or "")
    assert (again.status, again.body) == (304, b"")


def test_errors_and_redirections_are_as_protected_as_pages(published: Path, server: Served) -> None:
    """The French error page, never kept by a browser even at the address of a hashed file or of open data."""
    ours = (published / "404.html").read_bytes()
    for path in ("/nulle-part/", "/assets/css/guide.deadbeef.min.css", "/donnees/nulle-part.json"):
        answer = server.ask(path)
        assert (answer.status, answer.body == ours, wrong(answer, "no-cache", OWN)) == (404, True, []), path
    moved = server.ask("/urgence")
    assert moved.status == 301
    assert (moved.one("Location") or "").removeprefix(server.url.rstrip("/")) == "/urgence/"
    assert [fault for fault in wrong(moved, "no-cache", OWN) if not fault.startswith("Location")] == []


@pytest.mark.parametrize(
    "path",
    [
        "/.htaccess",
        "/.nojekyll",
        "/.git/config",
        "/urgence/.env",
        "/_headers",
        "/nginx-headers.conf",
        "/%2ehtaccess",
    ],
)
def test_what_is_not_for_readers_is_not_served(published: Path, server: Served, path: str) -> None:
    """Configuration and hidden files do not exist for the outside."""
    assert server.ask(path).body == (published / "404.html").read_bytes()
    assert server.ask(path).status == 404


def test_no_folder_is_listed_and_no_version_is_told(published: Path, server: Served) -> None:
    """A folder without a page shows our page, and the server says only its name."""
    for path in ("/assets/", "/donnees/", "/.well-known/"):
        answer = server.ask(path)
        assert (answer.status, answer.body) == (403, (published / "404.html").read_bytes()), path
    assert server.ask("/").one("Server") in ("nginx", "Apache")


def test_hsts_is_sent_over_https_only(server: Served) -> None:
    """Cautious: thirty days, this host only; a proxy that ends TLS is believed."""
    hsts = "Strict-Transport-Security"
    for path in ("/", "/nulle-part"):
        assert server.ask(path).all(hsts) == []
        assert server.ask(path, secure=True).all(hsts) == ["max-age=2592000"]
        assert server.ask(path, X_Forwarded_Proto="https").all(hsts) == ["max-age=2592000"]


# A browser


@pytest.mark.browser
def test_a_browser_walks_every_page_behind_nginx_without_a_complaint(
    visit: Callable[..., Visit], published: Path, running: dict[str, Served]
) -> None:
    """Dark, desktop: no violation, no console message, nothing asked elsewhere, no cookie; and the policy is at work."""
    url = running["nginx"].url
    seen = visit(url, color_scheme="dark", viewport={"width": 1366, "height": 800})
    for path in pages_of(published):
        answer = seen.page.goto(url + path)
        assert answer is not None
        assert answer.status == 200, path
    assert seen.complaints + seen.foreign == []
    assert seen.page.context.cookies() == []
    seen.page.evaluate(
        "const s = document.createElement('script'); s.textContent = 'window.bad = 1'; document.head.append(s)"
    )
    assert seen.page.evaluate("window.bad") is None
    assert "Content Security Policy" in " ".join(seen.complaints)


@pytest.mark.browser
def test_a_browser_uses_the_site_behind_apache_over_https(
    visit: Callable[..., Visit], running: dict[str, Served]
) -> None:
    """Each template, then the search."""
    url = running["apache2"].secure_url
    seen = visit(url, ignore_https_errors=True)
    for path in ("urgence/", "urgence/decider/", "urgence/journal/", "checklist/", "checklist/afficher/", "ressources/",
                 "lexique/", "audit/", "mesures/prestataires/", "entrainement/quiz/", "imprimer/", "a-propos/sources/"):  # fmt: skip
        seen.page.goto(url + path)
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("rancongiciel")
    seen.page.locator(".g-search__list > li").first.wait_for()
    assert seen.complaints + seen.foreign == []


@pytest.mark.browser
def test_another_site_may_read_open_data_and_nothing_else(
    visit: Callable[..., Visit], running: dict[str, Served], tmp_path: Path
) -> None:
    """What a page of another origin may read, show or frame."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Une autre page</title>", encoding="utf-8")
    (tmp_path / servers.NGINX).write_text("", encoding="utf-8")  # a site without headers
    with other_site(tmp_path) as address:
        for ours in running.values():
            seen = visit(address)
            read = "a => fetch(a).then(r => r.status, () => 'refusé')"
            assert seen.page.evaluate(read, ours.url + "donnees/resources.json") == 200
            assert seen.page.evaluate(read, ours.url + "urgence/") == "refusé"
            seen.page.evaluate(
                "a => { document.body.append(Object.assign(document.createElement('iframe'), {src: a})) }",
                ours.url,
            )
            seen.page.wait_for_event("console", lambda message: "frame-ancestors" in message.text)


# Under a folder of the host


@pytest.mark.parametrize("kind", KINDS)
def test_the_site_works_in_a_folder_of_its_host(in_folder: Path, kind: str) -> None:
    """Pages, files, the error page and what is hidden, under /cabinet/."""
    with serving(kind, in_folder, "/cabinet/") as server:
        page = server.ask("/cabinet/urgence/")
        assert (page.status, wrong(page, "no-cache", OWN)) == (200, [])
        (sheet,) = re.findall(r'href="([^"]*assets/css/guide\.[^"]*)"', page.body.decode())
        assert server.ask("/cabinet/" + sheet.removeprefix("../")).one("Cache-Control") == YEAR
        lost = server.ask("/cabinet/nulle-part/")
        assert (lost.status, lost.body) == (404, (in_folder / "404.html").read_bytes())
        for address in set(re.findall(r'(?:href|src)="(/[^"#]*)"', lost.body.decode())):
            assert address.startswith("/cabinet/"), address
            absent = ("ressources/", "checklist/", "icon-", "manifest.json")  # the sample has none of them
            wanted = 404 if any(name in address for name in absent) else 200
            assert server.ask(address).status == wanted, address
        for hidden in (".htaccess", "_headers", "nginx-headers.conf"):
            assert server.ask("/cabinet/" + hidden).status == 404


# Hosts that read `_headers`


def rules_of(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The blocks of a `_headers` file: an address that begins a line, then indented headers."""
    blocks: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            blocks[-1][1].append((name, value))
        elif line and not line.startswith("#"):
            blocks.append((line, []))
    return blocks


def interpreted(blocks: list[tuple[str, list[tuple[str, str]]]], path: str) -> Answer:
    """What Netlify and Cloudflare Pages send: every rule that fits, values of one name joined with a comma."""
    sent: dict[str, str] = {}
    for place, found in blocks:
        if fnmatch.fnmatchcase(path, place):
            for name, value in found:
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    # Both hosts say so themselves where no rule does.
    sent.setdefault("Cache-Control", "no-cache")
    return Answer(200, tuple(sent.items()), b"")


def test_hosts_that_read_headers_files_send_the_same(site: Path) -> None:
    """Within the limits of Cloudflare Pages: 100 rules, 2,000 characters a line, one asterisk an address."""
    text = (site / servers.NETLIFY).read_text(encoding="utf-8")
    blocks = rules_of(text)
    assert len(blocks) <= 100
    assert max(map(len, text.splitlines())) <= 2000
    assert all(place.startswith("/") and place.count("*") <= 1 for place, _ in blocks)
    hsts = {"Strict-Transport-Security": "max-age=2592000"}
    for pattern, _, cache, more in FILES:
        if not pattern.startswith("."):
            path = path_of(site, pattern).removesuffix("index.html")
            assert wrong(interpreted(blocks, path), cache, {**more, **hsts}) == [], path
    for page in pages_of(site):
        assert wrong(interpreted(blocks, "/" + page), "no-cache", {**OWN, **hsts}) == [], page


def test_too_many_scripts_for_a_headers_file_stop_the_build() -> None:
    """A line that Cloudflare Pages would cut is a policy lost in silence."""
    many = headers.constant(f"'sha256-{n:043}='" for n in range(40))
    with pytest.raises(servers.ServerLimitError, match="2000"):
        servers.netlify(many, "/", ["index.html"])
    with pytest.raises(servers.ServerLimitError, match="101 règles"):
        servers.netlify({"A": "b"}, "/", [f"{n}.0a1b2c3d.min.js" for n in range(100)])
