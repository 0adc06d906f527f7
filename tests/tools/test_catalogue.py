"""The catalogue: filters, words, order, links to one resource."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from guide.data.guide import load
from support import ROOT
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, faults

pytestmark = pytest.mark.browser
PAGE = "ressources/"
RESOURCES = load(ROOT).resources


def shown(page: Page) -> list[str]:
    """The ids of the resources that show, in their order on the page."""
    return page.eval_on_selector_all(
        ".g-rows > li", "list => list.filter((e) => e.getClientRects().length).map((e) => e.id)"
    )


@pytest.mark.parametrize("disk", [False, True])
def test_each_filter_shows_what_the_data_say(reader: Callable[..., Reader], disk: bool) -> None:
    """Theme, kind, state, role (a resource without a role is for all), and all back."""
    found = reader(PAGE, disk=disk)
    page = found.page
    everything = RESOURCES.values()
    assert len(shown(page)) == len(RESOURCES)
    for name, value, expected in (
        ("topic", "messagerie", {r.id for r in everything if r.topic == "messagerie"}),
        ("kind", "guide", {r.id for r in everything if r.kind == "guide"}),
        ("status", "archive", {r.id for r in everything if r.status == "archive"}),
        ("role", "assistant", {r.id for r in everything if not r.audience or "assistant" in r.audience}),
    ):
        page.locator(f"#r-{name}").select_option(value)
        assert set(shown(page)) == expected
        assert page.locator(".g-count").inner_text().startswith(f"{len(expected)} ressource")
        page.locator(f"#r-{name}").select_option("")
    assert len(shown(page)) == len(RESOURCES)
    assert found.requests == []
    assert found.complaints == []


def test_words_are_found_without_accents_and_nothing_says_so(reader: Callable[..., Reader]) -> None:
    """« memento securite » finds the mémento; nonsense gets a sentence, not an empty page."""
    page = reader(PAGE).page
    page.locator("#r-text").fill("MEMENTO securite")
    assert "ans-memento-securite-liberaux" in shown(page)
    page.locator("#r-text").fill("zzzz")
    assert shown(page) == []
    assert (
        page.locator(".g-count").inner_text()
        == "Aucune ressource. Effacez un filtre ou essayez un mot plus court."
    )


def test_the_order_can_be_changed_and_comes_back(reader: Callable[..., Reader]) -> None:
    """By date, newest first and undated last; by theme again, every one under its heading."""
    page = reader(PAGE).page
    before = shown(page)
    page.locator("#r-sort").select_option("published")
    dates = [RESOURCES[name].published or "" for name in shown(page)]
    assert dates == sorted(dates, reverse=True)
    assert not page.locator("h2#audit").is_visible()
    page.locator("#r-sort").select_option("")
    assert sorted(shown(page)) == sorted(before)
    assert page.locator("h2#audit + ul #ans-memento-securite-liberaux").count() == 1


def test_a_link_to_one_resource_arrives_there(reader: Callable[..., Reader]) -> None:
    """Resources without an address are linked from every page."""
    page = reader(PAGE + "#ans-memento-securite-liberaux").page
    expect(page.locator("#ans-memento-securite-liberaux")).to_be_in_viewport()


def test_without_scripts_every_resource_is_there_once(reader: Callable[..., Reader]) -> None:
    """The list, the files to download, no filter."""
    page = reader(PAGE, java_script_enabled=False).page
    assert page.locator(".g-rows > li:visible").count() == len(RESOURCES)
    assert page.locator("main select:visible").count() == 0
    assert page.locator("a[href$='resources.csv']").count() == 1
    assert page.locator("a[href$='resources.json']").count() == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_the_filters_are_accessible(reader: Callable[..., Reader], width: int) -> None:
    """Labels, contrasts, order of headings after sorting."""
    page = reader(PAGE, viewport={"width": width, "height": 800}).page
    page.locator("#r-kind").select_option("guide")
    page.locator("#r-sort").select_option("title")
    assert faults(page) == []
