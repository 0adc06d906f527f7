"""Every kind of page, in the states a reader puts it in: rules, targets, lost text, colours of the system, motion."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from webaudit import FIRST_OF_EACH, SCRIPT, SPACING, faults, measured
from webstates import FIELD, NO_TABS, SEARCH, STATES, TEMPLATES, WINDOWS, State, open_folds, open_menu, search
from websupport import Visit

pytestmark = pytest.mark.browser

AXE = Axe()
# What is measured in which window, on one visit of a page: it is laid out anew.
SIZES = ((1280, 800, "small"), (320, 800, "small"), (640, 400, "lost"), (320, 256, "lost"))


def opened(
    visit: Callable[..., Visit], url: str, *, width: int = 1280, height: int = 800, **options: object
) -> Page:
    """A page that can be measured, still empty."""
    page = visit(url, "version.json", viewport={"width": width, "height": height}, **options).page
    page.add_init_script(path=SCRIPT)
    return page


@pytest.mark.parametrize(("scheme", "width"), WINDOWS)
def test_every_kind_of_page_breaks_no_rule(
    visit: Callable[..., Visit], real_url: str, scheme: str, width: int
) -> None:
    """Each kind of page, whole, and each state once, the menu and the search in every window."""
    page = opened(visit, real_url, width=width, color_scheme=scheme)
    rank = WINDOWS.index((scheme, width))
    states = [State(f"page {name}", path, open_folds) for name, path in TEMPLATES.items()] + list(STATES)
    mine = [*states[rank :: len(WINDOWS)], State("recherche", "", search("rançon"))]
    if width < NO_TABS:
        mine.append(State("menu", "", open_menu))
    wrong = []
    for state in mine:
        page.goto(real_url + state.path)
        state.put(page)
        if state in STATES:
            page.evaluate(FIRST_OF_EACH)
        wrong += [f"{state.name}, {scheme}, {width} px : {fault}" for fault in faults(page, AXE)]
        page.evaluate("localStorage.clear()")
    assert wrong == []


@pytest.mark.parametrize("part", range(2))
def test_targets_are_large_enough_and_zoom_and_spacing_lose_nothing(
    visit: Callable[..., Visit], real_url: str, part: int
) -> None:
    """24 × 24 px, or a free circle of that size, except links in a sentence (WCAG 2.5.8), wide and narrow.

    Then the window of 1280 px at 200 % and 400 %, with the reader's own spacing last (WCAG 1.4.4, 1.4.10, 1.4.12).
    """
    page = opened(visit, real_url)
    wrong = []
    for name, path in list(TEMPLATES.items())[part::2]:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(real_url + path)
        open_folds(page)
        for width, height, what in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            wrong += [f"{name}, {width} × {height} : {each}" for each in measured(page, what)]
        page.evaluate(SPACING)
        for width, height, what in SIZES:
            if what == "lost":
                page.set_viewport_size({"width": width, "height": height})
                wrong += [f"{name}, espacé, {width} × {height} : {each}" for each in measured(page, what)]
    assert wrong == []


def test_colours_of_the_system_hide_nothing(visit: Callable[..., Visit], real_url: str) -> None:
    """Every control keeps an edge, every drawing its ink; nothing moves for whoever asked for that."""
    page = opened(visit, real_url, forced_colors="active")
    wrong = []
    for name, path in TEMPLATES.items():
        page.goto(real_url + path)
        wrong += [f"{name} : {each}" for what in ("unseen", "moving") for each in measured(page, what)]
    assert wrong == []


def test_the_bar_of_the_checklist_shows_in_colours_of_the_system(
    visit: Callable[..., Visit], real_url: str
) -> None:
    """Done and left are not painted alike."""
    page = visit(real_url, "checklist/", forced_colors="active").page
    page.locator(".g-tick").first.check()
    bar = page.locator(".g-progress progress")
    before = bar.screenshot()
    bar.evaluate("e => { e.value = e.max }")
    assert bar.screenshot() != before


@pytest.mark.parametrize("width", [390, 1280])
def test_the_search_says_its_results_and_obeys_the_arrows(
    visit: Callable[..., Visit], real_url: str, width: int
) -> None:
    """The number is announced; down goes to the first result and on, up comes back, Escape closes."""
    page = visit(real_url, "lexique/", viewport={"width": width, "height": 800}).page
    search("hameçonnage")(page)
    expect(page.get_by_role("status").filter(has_text=re.compile(r"\d+ pages?"))).to_be_visible()
    results = page.locator(".g-search__found a")
    page.keyboard.press("ArrowDown")
    expect(results.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.first).not_to_be_focused()
    assert page.evaluate("document.activeElement.closest('.g-search__found') !== null")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator(SEARCH)).to_be_focused()


BROKEN = """<!doctype html><html lang="fr"><title>x</title><style>
 #ghost:focus{outline:0} #pale:focus{outline:3px solid #eee} #cut{overflow:hidden;inline-size:3em;white-space:nowrap}
 #tiny,#near{display:block;inline-size:10px;block-size:10px;padding:0;border:0;font-size:1px} #on{margin-block-start:-2em}
 #slow{transition:opacity 2s} #bare{border:0;background:#fff}</style>
<article><button id="ghost">Fantôme</button><button id="pale">Pâle</button><p id="cut">Une phrase coupée</p>
<button id="tiny">a</button><button id="near">b</button><p>Dessous dessous</p><p id="on">Dessus dessus</p>
<p id="slow">Lent</p><button id="bare">Nu</button><button tabindex="3">Premier</button></article>"""


def test_the_measures_see_what_is_broken(visit: Callable[..., Visit], real_url: str) -> None:
    """A page with one fault of each kind: a measure that finds nothing would prove nothing."""
    page = opened(visit, real_url)
    page.route(
        "**/cassee.html", lambda route: route.fulfill(body=BROKEN, content_type="text/html; charset=utf-8")
    )
    page.goto(real_url + "cassee.html")
    for _ in range(8):
        page.keyboard.press("Tab")
    walked = " ".join(page.evaluate("audit.walked().wrong"))
    assert "sans contour : <button> Fantôme" in walked
    assert "contour peu visible" in walked
    assert "ordre forcé : <button> Premier" in walked
    assert len(measured(page, "small")) == 2
    lost = " ".join(measured(page, "lost"))
    assert "coupé" in lost
    assert "recouvert" in lost
    assert measured(page, "moving") == ["<p> Lent"]
    assert "sans bord : <button> Nu" in measured(page, "unseen")


def test_the_kinds_of_pages_exist(site: Path) -> None:
    """A renamed page is not silently left out."""
    assert [path for path in TEMPLATES.values() if not (site / path).exists()] == []
