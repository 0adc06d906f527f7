"""What a reader meets in a real browser: accessibility, keyboard, privacy, policy, small screens, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from webaudit import RULES
from webstates import ON_A_PHONE
from websupport import PARTS, Visit, pages_of

pytestmark = pytest.mark.browser

# Each width and each scheme: colours do not depend on the width.
WINDOWS = ((320, "light"), (390, "dark"), (1366, "light"))
HEIGHT = 800
AXE = Axe()
MENU, CLOSE = ".g-head__menu", ".g-menu__head button"


def faults(page: Page) -> list[str]:
    """Broken rules, each with the first element that breaks it."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{page.url}: {fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


def sideways(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


def open_folds(page: Page) -> None:
    """Shows what is folded, so that it is judged too."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def focused(page: Page) -> str:
    """What has the focus, in words."""
    return page.evaluate(
        "(e => (e.getAttribute('aria-label') || e.textContent.trim().slice(0, 40)).replace(/\\s+/g, ' '))(document.activeElement)"
    )


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_every_component_is_accessible(
    visit: Callable[..., Visit], sample: Path, sample_url: str, width, scheme
) -> None:
    """No broken rule, no sideways scroll, no complaint, nothing asked elsewhere."""
    seen = visit(sample_url, viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    wrong: list[str] = []
    for path in pages_of(sample):
        seen.page.goto(sample_url + path)
        open_folds(seen.page)
        wrong += faults(seen.page)
        wrong += [f"{path}: défile de côté à {width} px"] if sideways(seen.page) else []
    assert wrong + seen.complaints + seen.foreign == []


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_open_menus_are_accessible(visit: Callable[..., Visit], sample_url: str, width, scheme) -> None:
    """The menu with another section opened in place, and a definition."""
    seen = visit(
        sample_url, "urgence/rancongiciel/", viewport={"width": width, "height": HEIGHT}, color_scheme=scheme
    )
    if width < 1220:
        seen.page.click(MENU)
        expect(seen.page.locator(CLOSE)).to_be_focused()
        assert faults(seen.page) == []
        seen.page.keyboard.press("Escape")
    term = seen.page.locator("article abbr").first
    if term.count():
        term.focus()
        seen.page.locator(".g-definition:popover-open").wait_for()
    assert faults(seen.page) + seen.complaints + seen.foreign == []


@pytest.mark.parametrize("part", range(PARTS))
def test_every_real_page_is_accessible_and_private(
    visit: Callable[..., Visit], site: Path, real_url: str, part: int
) -> None:
    """Each page of the guide once: rules, policy, console, third parties.

    Some pages go through these rules and more in the window of a phone in test_accessibility: here only the rest.
    """
    seen = visit(real_url, viewport={"width": 390, "height": HEIGHT})
    wrong: list[str] = []
    for path in pages_of(site)[part::PARTS]:
        seen.page.goto(real_url + path)
        open_folds(seen.page)
        wrong += [] if path in ON_A_PHONE else faults(seen.page)
        wrong += [f"{path}: défile de côté"] if sideways(seen.page) else []
    assert wrong + seen.complaints + seen.foreign == []


def test_the_menu_opens_and_closes_with_the_keyboard(visit: Callable[..., Visit], sample_url: str) -> None:
    """Focus goes in, stays in, and comes back; the closed menu cannot be reached."""
    page = visit(sample_url, "outils/", viewport={"width": 390, "height": HEIGHT}).page
    order = []
    for _ in range(5):
        page.keyboard.press("Tab")
        order.append(focused(page))
    assert order[:2] == ["Aller au contenu", "Menu"]
    assert order[3:] == ["Rechercher", "Urgence"]
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.focus(MENU)
    page.keyboard.press("Enter")
    expect(page.locator(CLOSE)).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.g-menu')"
        )
        assert inside, focused(page)
    page.keyboard.press("Escape")
    expect(page.locator(MENU)).to_be_focused()
    assert not page.locator(CLOSE).is_visible()


def test_the_other_sections_open_in_the_menu_of_a_phone(visit: Callable[..., Visit], real_url: str) -> None:
    """Urgence first; a section shows its pages in place, and one of them is opened; the display comes last."""
    seen = visit(real_url, "checklist/", viewport={"width": 360, "height": HEIGHT})
    page = seen.page
    page.click(MENU)
    menu = page.get_by_role("navigation", name="Menu")
    assert menu.locator("ul > li").first.inner_text() == "Urgence"
    assert menu.locator("> *").last.inner_text().startswith("Affichage")
    menu.get_by_text("Mesures", exact=True).click()
    menu.get_by_role("link", name="Mots de passe").click()
    expect(page).to_have_url(real_url + "mesures/mots-de-passe/")
    assert seen.complaints + seen.foreign == []


def test_without_javascript_the_menu_leads_to_every_section(
    visit: Callable[..., Visit], real_url: str
) -> None:
    """It opens by itself, and its sections are links."""
    page = visit(
        real_url, "checklist/", viewport={"width": 360, "height": HEIGHT}, java_script_enabled=False
    ).page
    page.click(MENU)
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Mesures").click()
    expect(page).to_have_url(real_url + "mesures/sauvegardes/")


def test_light_and_dark_can_be_chosen_on_a_phone(visit: Callable[..., Visit], sample_url: str) -> None:
    """Three words at the foot of the menu; the choice is kept, under the key that the theme had."""
    page = visit(sample_url, viewport={"width": 320, "height": HEIGHT}, color_scheme="light").page
    page.click(MENU)
    assert page.get_by_role("radio", name="Automatique").is_checked()
    page.get_by_role("radio", name="Sombre").check()
    assert page.get_attribute("html", "data-md-color-scheme") == "slate"
    page.reload()
    assert page.get_attribute("html", "data-md-color-scheme") == "slate"
    assert "prefers-color-scheme: dark" in page.evaluate("localStorage.getItem('/.__palette')")


def test_the_header_switch_keeps_the_focus(visit: Callable[..., Visit], sample_url: str) -> None:
    """One step for Enter, one for Space."""
    page = visit(sample_url, viewport={"width": 1366, "height": HEIGHT}, color_scheme="light").page
    page.locator("[data-theme-next]:visible").focus()
    for key, says in (
        ("Enter", "Affichage : clair"),
        ("Space", "Affichage : sombre"),
        ("Enter", "Affichage : automatique"),
    ):
        page.keyboard.press(key)
        assert focused(page).startswith(says)


def test_a_heading_that_is_led_to_is_not_under_the_header(visit: Callable[..., Visit], real_url: str) -> None:
    """The header stays in sight: what a link leads to stands below it."""
    for width in (360, 1366):
        page = visit(
            real_url,
            "urgence/#appeler" if width == 360 else "mesures/sauvegardes/#gestes",
            viewport={"width": width, "height": HEIGHT},
        ).page
        head = page.locator(".g-head").bounding_box()
        for target in page.locator(":target").all():
            assert target.bounding_box()["y"] >= head["height"]


def test_the_name_of_the_guide_shows_at_320_pixels(visit: Callable[..., Visit], sample_url: str) -> None:
    """Also the width of a page zoomed to 400 %."""
    page = visit(sample_url, viewport={"width": 320, "height": HEIGHT}).page
    name = page.locator(".g-head__home")
    assert name.is_visible()
    assert name.bounding_box()["width"] > 60
    assert page.locator(".g-head__urgent").is_visible(), "Urgence"


def test_zoomed_text_and_spacing_lose_nothing(
    visit: Callable[..., Visit], sample: Path, sample_url: str
) -> None:
    """WCAG 1.4.12 text spacing at 320 pixels (1.4.10): no sideways scroll."""
    seen = visit(sample_url, viewport={"width": 320, "height": 256})
    for path in pages_of(sample):
        seen.page.goto(sample_url + path)
        seen.page.evaluate(
            """() => { const sheet = new CSSStyleSheet();
            sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
            document.adoptedStyleSheets = [sheet] }"""
        )
        assert not sideways(seen.page), path


def test_paper_shows_folds_and_addresses_and_no_chrome(visit: Callable[..., Visit], sample_url: str) -> None:
    """Printed: answers open, links written out, header gone, emergency line there."""
    page = visit(sample_url, "composants/", viewport={"width": 700, "height": HEIGHT}).page
    page.emulate_media(media="print")
    assert not page.locator(".g-head").is_visible()
    assert page.locator(".g-printfoot").is_visible()
    answer = page.locator(".g-quiz details:not([open]) > p").first
    assert answer.bounding_box()["height"] > 0, "plié sur le papier"
    after = page.evaluate("getComputedStyle(document.querySelector('.g-foot__sources a'), '::after').content")
    assert "https://www.cnil.fr/" in after
    assert page.locator(".g-grid").evaluate("e => getComputedStyle(e).display") == "table"


def test_a_tick_is_kept_under_its_new_name(visit: Callable[..., Visit], sample_url: str) -> None:
    """Checklist: kept on the device by id, a renamed point keeps its tick."""
    page = visit(sample_url, "outils/").page
    page.evaluate(
        "localStorage.setItem('guide:checklist:1', JSON.stringify({format: 'guide-cabinet-dentaire', version: 1, items: {'ancien-nom': {s: 'done', d: '2026-10-01'}}}))"
    )
    page.reload()
    assert page.locator("#trois-copies .g-tick").is_checked()
    assert page.locator(".g-progress p").inner_text() == "1 point fait sur 2"
    page.locator("#essai summary").click()
    page.locator("#essai .g-na").check()
    assert page.locator(".g-progress p").inner_text() == "1 point fait sur 1, 1 sans objet"
    page.reload()
    page.locator("#essai summary").click()
    assert page.locator("#essai .g-na").is_checked()


def test_pages_read_without_javascript(visit: Callable[..., Visit], sample_url: str) -> None:
    """No dead button, no empty clock."""
    page = visit(sample_url, "urgence/rancongiciel/", java_script_enabled=False).page
    assert page.locator(".g-clock__left").inner_text() == "72 heures"
    assert not page.locator("[data-search]").is_visible()
    page.goto(sample_url + "urgence/")
    assert not page.locator("[data-print]").is_visible()
