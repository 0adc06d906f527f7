"""What a first visit costs: bytes as a server compresses them, and how much the page moves while it loads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1366, "height": 900}
FIRST_VIEW, SCRIPTS, TOOLS, STYLES, EMERGENCY_HTML = 48_000, 5_000, 50_000, 14_000, 24_000
# What the drawings of a page, and the script of the hour and of the own numbers, may add to its first view.
MORE = {"urgence/": 11_500}
MOST_SHIFT, LATE_FONTS_SHIFT = 0.02, 0.1

# One page of each kind, those with tools included.
TEMPLATES = [
    "", "urgence/", "urgence/decider/", "urgence/situations/rancongiciel/", "urgence/demarches/", "urgence/journal/",
    "urgence/sans-logiciel/", "commencer/", "commencer/roles/titulaire/", "audit/", "mesures/sauvegardes/",
    "mesures/prestataires/", "checklist/", "checklist/afficher/", "checklist/calendrier/", "imprimer/", "entrainement/",
    "entrainement/quiz/", "audit/etat-des-lieux/", "ressources/", "ressources/etat-des-liens/", "lexique/", "a-propos/sources/", "404.html",
]  # fmt: skip

MOVES = """() => {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) window.moved.push([entry.value, entry.sources.map((each) => each.node?.className ?? '')]);
    }
  }).observe({type: 'layout-shift', buffered: true});
}"""


def weight(site: Path, address: str) -> int:
    """Bytes of a file on the wire: brotli at its best, but for what is compressed already."""
    path = site / urlsplit(address).path.lstrip("/")
    content = (path / "index.html" if path.is_dir() else path).read_bytes()
    return (
        len(content) if path.suffix in (".woff2", ".png", ".webp", ".avif") else len(brotli.compress(content))
    )


@pytest.fixture
def visited(browser: Browser, site_url: str) -> Iterator[Callable[[str], tuple[Page, list[str]]]]:
    """Opens a page without a cache; gives it with the list of addresses it asks for, which goes on growing."""
    contexts = []

    def visit(path: str) -> tuple[Page, list[str]]:
        context = browser.new_context(viewport=PHONE)
        contexts.append(context)
        asked: list[str] = []
        context.on(
            "request", lambda request: asked.append(request.url) if request.url.startswith("http") else None
        )
        page = context.new_page()
        page.goto(site_url + path, wait_until="networkidle")
        return page, asked

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["", "urgence/"])
def test_a_first_visit_costs_less_than_a_photograph(visited: Callable, site: Path, path: str) -> None:
    """Everything that Chromium asks for on a phone, fonts and icon included."""
    _, asked = visited(path)
    weights = {address: weight(site, address) for address in dict.fromkeys(asked)}
    assert sum(weights.values()) <= FIRST_VIEW + MORE.get(path, 0), weights


@pytest.mark.parametrize("path", ["", "checklist/", "urgence/decider/"])
def test_the_scripts_of_a_page_stay_small(visited: Callable, site: Path, path: str) -> None:
    """Also where there are tools; elsewhere the tools are not even asked for."""
    page, asked = visited(path)
    scripts = [address for address in dict.fromkeys(asked) if address.endswith(".js")]
    tools = [address for address in scripts if re.search(r"/assets/js/(kept|tools)\.", address)]
    assert sum(weight(site, address) for address in scripts if address not in tools) <= SCRIPTS, scripts
    assert sum(weight(site, address) for address in tools) <= TOOLS
    assert len(tools) == 2 * bool(page.locator("[data-tool]").count())


def test_the_emergency_page_and_the_style_sheet_keep_to_their_budgets(site: Path) -> None:
    """The page that is opened on the worst morning, perhaps over a telephone."""
    page = (site / "urgence/index.html").read_text(encoding="utf-8")
    without_drawings = re.sub(r'<svg class="dr.*?</svg>', "", page, flags=re.DOTALL)
    assert len(without_drawings.encode()) < EMERGENCY_HTML
    (sheet,) = (site / "assets").rglob("*.css")
    assert len(brotli.compress(sheet.read_bytes())) <= STYLES


def test_the_search_is_loaded_when_somebody_opens_it(visited: Callable) -> None:
    """Its program and its index weigh more than the page: only who searches waits for them, once."""
    page, asked = visited("audit/")
    assert not [address for address in asked if "/search/" in address]
    page.keyboard.press("/")
    page.keyboard.type("sauvegarde")
    expect(page.locator(".g-search__list > li").first).to_be_visible(timeout=20_000)
    loaded = [address for address in asked if "/search/" in address]
    assert sorted(address.rsplit("/", 1)[1].split(".")[0] for address in loaded) == ["index", "search"]


def test_a_link_to_a_search_shows_its_results(visited: Callable) -> None:
    """`?q=` opens the search by itself."""
    page, _ = visited("?q=sauvegarde")
    expect(page.locator(".g-search__list > li").first).to_be_visible(timeout=20_000)


def shifts(browser: Browser, site_url: str, size: dict, late: str, paths: list[str]) -> dict[str, list]:
    """Layout shifts of each page, when the files `late` come after all others."""

    def hold(route: Route) -> None:
        page.wait_for_timeout(100)
        route.continue_()

    context = browser.new_context(viewport=size)
    context.add_init_script(f"({MOVES})()")
    context.route(late, hold)
    page = context.new_page()
    found = {}
    for path in paths:
        page.goto(site_url + path, wait_until="load")
        page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
        found[path] = page.evaluate("() => window.moved")
    context.close()
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_moves_under_the_finger_while_it_loads(browser: Browser, site_url: str, size: dict) -> None:
    """Cumulative layout shift of every kind of page; the fonts, preloaded, are there at the first paint."""
    found = shifts(browser, site_url, size, "**/*.css", TEMPLATES)
    assert {
        path: moved for path, moved in found.items() if sum(value for value, _ in moved) >= MOST_SHIFT
    } == {}


def test_fonts_that_come_late_move_a_line_at_most(browser: Browser, site_url: str) -> None:
    """The stand-in has the width of the real font, but a word may still jump to the next line."""
    found = shifts(
        browser, site_url, PHONE, "**/*.woff2", ["", "urgence/", "urgence/demarches/", "mesures/sauvegardes/"]
    )
    assert {
        path: moved for path, moved in found.items() if sum(value for value, _ in moved) >= LATE_FONTS_SHIFT
    } == {}
