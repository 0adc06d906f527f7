"""The whole guide with the Tab key alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from webaudit import SCRIPT, walk
from websupport import PARTS, Visit, pages_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("part", range(PARTS))
def test_the_keyboard_reaches_everything_and_is_always_seen(
    visit: Callable[..., Visit], site: Path, real_url: str, part: int
) -> None:
    """From the first stop of every page to its last: a ring of contrast 3, on the screen, under nothing, in order."""
    page = visit(real_url, "version.json", viewport={"width": 1366, "height": 800}).page
    page.add_init_script(path=SCRIPT)
    wrong, stops = [], 0
    paths = pages_of(site)[part::PARTS]
    for path in paths:
        page.goto(real_url + path)
        found = walk(page)
        stops += found["count"]
        wrong += [f"{path}: {each}" for each in found["wrong"]]
    assert wrong == []
    assert stops > 50 * len(paths), "des étapes ont disparu"


@pytest.mark.parametrize(
    "path", ["", "urgence/decider/", "urgence/journal/", "checklist/", "entrainement/quiz/", "404.html"]
)
def test_the_keyboard_on_a_phone_in_the_dark(visit: Callable[..., Visit], real_url: str, path: str) -> None:
    """The same, narrow and dark, on the pages with the most controls."""
    page = visit(real_url, "version.json", viewport={"width": 390, "height": 700}, color_scheme="dark").page
    page.add_init_script(path=SCRIPT)
    page.goto(real_url + path)
    assert walk(page)["wrong"] == []


def test_the_first_stop_skips_to_the_content(visit: Callable[..., Visit], real_url: str) -> None:
    """« Aller au contenu » is seen, and the next Tab is inside the article."""
    page = visit(real_url, "messagerie/").page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
