"""Long lists (resources, lexicon, facts): words, letters, filters, order, links to one entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from guide.text.french import initial
from support import ours
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, faults

pytestmark = pytest.mark.browser
PAGE = "ressources/"
RESOURCES = ours().resources


def shown(page: Page) -> list[str]:
    """The ids of the resources that show, in their order on the page."""
    return page.eval_on_selector_all(
        ".g-lines > li", "list => list.filter((e) => e.getClientRects().length).map((e) => e.id)"
    )


@pytest.mark.parametrize("disk", [False, True])
def test_each_filter_shows_what_the_data_say(reader: Callable[..., Reader], disk: bool) -> None:
    """Theme, kind, state, role (a resource without a role is for all), and all back."""
    found = reader(PAGE, disk=disk)
    page = found.page
    everything = RESOURCES.values()
    assert len(shown(page)) == len(RESOURCES)
    page.get_by_text("Plus de filtres").click()
    for name, value, expected in (
        ("topic", "messagerie", {r.id for r in everything if r.topic == "messagerie"}),
        ("kind", "guide", {r.id for r in everything if r.kind == "guide"}),
        ("status", "archive", {r.id for r in everything if r.status == "archive"}),
        ("role", "assistant", {r.id for r in everything if not r.audience or "assistant" in r.audience}),
    ):
        page.locator(f"#l-{name}").select_option(value)
        assert set(shown(page)) == expected
        assert page.locator(".g-count").inner_text().startswith(f"{len(expected)} ressource")
        page.locator(f"#l-{name}").select_option("")
    assert len(shown(page)) == len(RESOURCES)
    assert found.requests == []
    assert found.complaints == []


def test_words_are_found_without_accents_and_nothing_says_so(reader: Callable[..., Reader]) -> None:
    """« memento securite » finds the mémento; nonsense gets a sentence, not an empty page."""
    page = reader(PAGE).page
    page.locator("#l-text").fill("MEMENTO securite")
    assert "ans-memento-securite-liberaux" in shown(page)
    page.locator("#l-text").fill("zzzz")
    assert shown(page) == []
    assert (
        page.locator(".g-count").inner_text()
        == "Rien ne correspond. Effacez un choix, ou essayez un mot plus court."
    )


def test_the_order_can_be_changed_and_comes_back(reader: Callable[..., Reader]) -> None:
    """By date, newest first and undated last; by theme again, every one under its heading."""
    page = reader(PAGE).page
    before = shown(page)
    page.get_by_text("Plus de filtres").click()
    page.locator("#l-sort").select_option("published")
    dates = [RESOURCES[name].published or "" for name in shown(page)]
    assert dates == sorted(dates, reverse=True)
    assert not page.locator("h2#audit").is_visible()
    page.locator("#l-sort").select_option("")
    assert sorted(shown(page)) == sorted(before)
    assert page.locator("h2#audit + ul #ans-memento-securite-liberaux").count() == 1


def test_a_link_to_one_resource_arrives_there(reader: Callable[..., Reader]) -> None:
    """Resources without an address are linked from every page; the entry is open."""
    page = reader(PAGE + "#ans-memento-securite-liberaux").page
    expect(page.locator("#ans-memento-securite-liberaux")).to_be_in_viewport()
    expect(page.locator("#ans-memento-securite-liberaux .g-card__text")).to_be_visible()
    assert page.locator(".g-line[open]").count() == 1


@pytest.mark.parametrize("path", [PAGE, "lexique/", "a-propos/sources/"])
def test_a_list_begins_with_its_field_and_has_a_line_an_entry(
    reader: Callable[..., Reader], path: str
) -> None:
    """On a phone: the field within the first screen, each entry one or two lines, letters beside, nothing sideways."""
    page = reader(path, viewport={"width": 320, "height": 740}).page
    assert page.locator("#l-text").bounding_box()["y"] < 740
    heights = page.eval_on_selector_all(
        ".g-lines > li", "list => list.map((e) => e.getBoundingClientRect().height)"
    )
    assert len(heights) > 100 and sorted(heights)[len(heights) // 2] <= 100
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.locator(".g-lines summary").nth(1).click()
    assert page.locator(".g-line[open] > :not(summary)").first.is_visible()
    assert page.locator(".g-letters > *").count() > 15


def test_a_letter_keeps_the_titles_that_begin_with_it(reader: Callable[..., Reader]) -> None:
    """Articles and quotation marks set aside; a second press gives every title back."""
    page = reader(PAGE).page
    letter = page.locator(".g-letters").get_by_role("button", name="M", exact=True)
    letter.click()
    assert set(shown(page)) == {r.id for r in RESOURCES.values() if initial(r.title) == "M"}
    assert letter.get_attribute("aria-pressed") == "true"
    letter.click()
    assert len(shown(page)) == len(RESOURCES)


def test_a_letter_of_the_lexicon_leads_to_its_words(reader: Callable[..., Reader]) -> None:
    """Without scripts too; with them, a word in the field is given up."""
    page = reader("lexique/", java_script_enabled=False).page
    page.locator("nav.g-letters a", has_text="R").click()
    expect(page.locator("#lettre-r")).to_be_in_viewport()
    page = reader("lexique/").page
    page.locator("#l-text").fill("hameçon")
    assert "hameconnage" in shown(page) and "rgpd" not in shown(page)
    page.locator("nav.g-letters a", has_text="R").click()
    expect(page.locator("#rgpd")).to_be_visible()


def test_without_scripts_every_resource_is_there_once(reader: Callable[..., Reader]) -> None:
    """The list, the files to download, no filter."""
    page = reader(PAGE, java_script_enabled=False).page
    assert page.locator(".g-lines > li:visible").count() == len(RESOURCES)
    assert page.locator("main select:visible").count() == 0
    assert page.locator("a[href$='resources.csv']").count() == 1
    assert page.locator("a[href$='resources.json']").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_filters_are_accessible(reader: Callable[..., Reader], width: int) -> None:
    """Labels, contrasts, order of headings after sorting."""
    page = reader(PAGE, viewport={"width": width, "height": 800}).page
    page.get_by_text("Plus de filtres").click()
    page.locator("#l-kind").select_option("guide")
    page.locator("#l-sort").select_option("title")
    assert faults(page) == []
