"""urgence.html: one file, complete, small, readable on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from guide.page.offline_copy import EMERGENCY
from pdftext import open_pdf
from support import ours
from tools.toolsupport import faults
from websupport import Visit

GUIDE = ours()


@pytest.fixture
def alone(site: Path, tmp_path: Path) -> Path:
    """The file by itself, as in a phone's downloads."""
    path = tmp_path / "urgence (1).html"
    path.write_bytes((site / EMERGENCY).read_bytes())
    return path


def test_it_is_one_small_file_that_needs_no_other(alone: Path) -> None:
    html = alone.read_text(encoding="utf-8")
    assert len(html.encode()) < 60_000
    assert html.startswith('<!doctype html>\n<html lang="fr">')
    assert not re.findall(r"\ssrc=|<link|@import|url\(", html)
    addresses = re.findall(r'href="([^"]*)"', html)
    assert [each for each in addresses if not each.startswith(("#", "tel:", "https://"))] == []
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(re.findall(r'\sid="([^"]*)"', html))
    assert "{" not in re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.S), "an insert was left"
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "self" not in policy


@pytest.mark.browser
def test_it_says_all_that_the_emergency_pages_say_first(browser: Browser, alone: Path) -> None:
    """The six lines, every situation with its steps, both limits, the words to say: from the same data."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(alone.as_uri())
    text = " ".join(page.inner_text("body").replace("\u00a0", " ").replace("’", "'").split())
    incident = GUIDE.incident
    prose = [
        *(item.text for item in incident.imperatives),
        *(situation.title for situation in incident.situations),
        *(action.text for situation in incident.situations for action in situation.do),
        *(item for situation in incident.situations for item in (*situation.dont, *situation.say)),
        *(clock.starts_at for clock in incident.clocks),
    ]
    for sentence in prose:
        for part in re.split(r"\{[^}]*\}", sentence):  # inserts show their values
            assert " ".join(part.replace("’", "'").split()) in text, sentence
    assert page.locator("a[href='tel:17']").first.is_visible()
    numbers = {
        re.sub(r"\D", "", c.phone) for c in GUIDE.contacts.values() if c.phone and c.id == "info-escroqueries"
    }
    assert all(page.locator(f"a[href='tel:{number}']").count() for number in numbers)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (390, "dark"), (1366, "light")])
@pytest.mark.parametrize("now", ["2026-12-01T09:00", "2028-01-01T09:00"])
def test_it_is_accessible_and_asks_for_nothing(browser: Browser, alone: Path, width, scheme, now) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700}, color_scheme=scheme, locale="fr-FR"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.on("pageerror", lambda error: asked.append(str(error)))
    page.clock.install(time=now)
    page.goto(alone.as_uri())
    assert asked == [alone.as_uri()]
    assert faults(page) == []
    context.close()


@pytest.mark.browser
def test_it_prints_whole(browser: Browser, alone: Path) -> None:
    """Eight pages at most, and the last situation is there."""
    page = browser.new_page()
    page.goto(alone.as_uri())
    pdf = open_pdf(page.pdf(format="A4"))
    assert 2 <= len(pdf.pages) <= 8
    page.emulate_media(media="print")
    assert page.locator("section.situation").last.is_visible()
    assert not page.locator("nav").is_visible()
    page.close()


@pytest.mark.browser
def test_it_opens_on_the_site_behind_its_headers(visit: Callable[..., Visit], real_url: str) -> None:
    """The policy of the server allows its style and its script too."""
    seen = visit(real_url, EMERGENCY)
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.six')).listStyleType") == "none"
    assert seen.complaints + seen.foreign == []
