"""What a page would tell others: hints to the browser, addresses of other sites, and where the reader comes from."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Request, Route

from websupport import Visit

# A canonical address is read by search engines, never asked for by a browser.
SPOKEN_OF = {"canonical"}
HINTS = {"dns-prefetch", "preconnect", "prefetch", "prerender", "modulepreload"}
ASKED = {"src", "srcset", "poster", "data", "ping", "manifest", "background", "action", "formaction"}


class Asked(HTMLParser):
    """What a page makes a browser ask for, and its hints."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        relations = set(given.get("rel", "").split())
        addresses = [value for name, value in given.items() if name in ASKED]
        if tag == "link" and not relations & SPOKEN_OF:
            addresses.append(given.get("href", ""))
        self.found += [
            f"<{tag}> {each}" for each in addresses if re.match(r"\s*(?:[a-z][a-z+.-]*:|//)", each, re.I)
        ]
        self.found += [f"<{tag} rel={each}>" for each in relations & HINTS]
        if given.get("http-equiv", "").lower() in ("x-dns-prefetch-control", "refresh", "set-cookie"):
            self.found.append(f"<meta {given['http-equiv']}>")


def test_no_page_asks_anything_of_another_site_nor_hints_at_one(site: Path) -> None:
    """Not even a name to resolve beforehand; style sheets hold no address either."""
    for page in site.rglob("*.html"):
        asked = Asked()
        asked.feed(page.read_text(encoding="utf-8"))
        assert asked.found == [], page
    for sheet in site.rglob("*.css"):
        assert re.findall(r"url\([\"']?(?:https?:|//)[^)]*", sheet.read_text(encoding="utf-8")) == [], sheet


@pytest.mark.browser
def test_other_sites_are_not_told_where_the_reader_comes_from(
    visit: Callable[..., Visit], site_url: str
) -> None:
    """No Referer, by the page's own meta element, where a host sends none of our headers."""
    seen = visit(site_url, "ressources/")
    asked: list[Request] = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        route.fulfill(body="<p>ailleurs</p>", content_type="text/html")

    seen.page.context.route(re.compile(r"^https://"), answer)
    seen.page.locator(".g-line summary").first.click()
    link = seen.page.locator("article a[href^='https://']:visible").first
    target = link.get_attribute("href")
    link.click()
    seen.page.wait_for_url(re.compile(r"^https://"))
    assert asked[0].url == target
    assert "referer" not in asked[0].all_headers()
