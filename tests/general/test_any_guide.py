"""What must hold for any guide that this program makes; a new guide takes these tests along."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from guide.paper.make import WHOLE
from guide.site.checked import check
from guide.source.nav import load
from pdftext import flat, open_pdf, spans
from support import ROOT

CHECKED = check(ROOT)
SHEETS = list(CHECKED.guide.sheets.values())


def test_every_page_of_the_navigation_is_built_with_its_name(site: Path) -> None:
    by_source = {page.src: page for page in CHECKED.pages}
    listed = [source for part in load(ROOT).parts for source in part.pages]
    assert listed
    for source in listed:
        built = html.unescape((site / by_source[source].address / "index.html").read_text(encoding="utf-8"))
        assert by_source[source].meta.title.replace(" ", "") in re.sub(r"\s", "", built)


def test_no_marker_nor_insert_is_left_for_readers(site: Path) -> None:
    for path in site.rglob("index.html"):
        article = path.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        text = re.sub(r"<(pre|code)\b.*?</\1>", "", article, flags=re.DOTALL)
        assert not re.search(r"<!-- *guide:|\{(fact|law|contact):|undefined|StrictUndefined", text), path


@pytest.mark.parametrize(
    "sheet", [each for each in SHEETS if each.content != WHOLE], ids=lambda sheet: sheet.id
)
def test_every_sheet_is_printed_within_its_pages_and_says_when_it_has_no_address(site: Path, sheet) -> None:
    content = (site / sheet.path).read_bytes()
    assert len(open_pdf(content).pages) <= sheet.pages
    words = flat(" ".join(span.text for span in spans(content)))
    assert CHECKED.guide.site.url is not None or "Édition sans adresse de site" in words


def test_open_data_names_every_measure_and_resource(site: Path) -> None:
    for name, known in (("measures", CHECKED.guide.measures), ("resources", CHECKED.guide.resources)):
        data = json.loads((site / f"donnees/{name}.json").read_text(encoding="utf-8"))
        assert [each["id"] for each in data[name]] == list(known)


def test_every_page_asks_the_site_alone_and_urgence_leads_the_tabs(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    tabs = home[home.index('<nav class="g-tabs"') :]
    assert re.findall(r'<a href="([^"]*)"', tabs)[0] == "urgence/"
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.findall(
            r'<(?:script|img|iframe)\b[^>]*\bsrc="https?:|<link\b[^>]*rel="stylesheet"[^>]*href="https?:',
            text,
        ), path


@pytest.mark.browser
@pytest.mark.parametrize("address", ["", "urgence/", "urgence/decider/", "checklist/", "checklist/afficher/"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_main_pages_work_without_a_complaint(
    browser: Browser, site_url: str, address: str, width: int
) -> None:
    """On a phone and on a laptop: no error, no foreign request, no broken rule, nothing wider than the screen."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: complaints.append(request.url) if not request.url.startswith(site_url) else None,
    )
    page.goto(site_url + address, wait_until="networkidle")
    rules = {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]},
        "resultTypes": ["violations"],
    }
    complaints += [fault["id"] for fault in Axe().run(page, options=rules).response["violations"]]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.close()
    assert complaints == []


@pytest.mark.browser
def test_a_search_without_result_leads_to_urgence_and_to_each_theme(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.goto(site_url, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("zzqqxxwwkk")
    themes = yaml.safe_load((ROOT / "data/taxonomy.yml").read_text(encoding="utf-8"))["topics"]
    shown = page.locator(".g-search__ways a")
    page.locator(".g-search__state", has_text="zzqqxxwwkk").wait_for()
    expected = [each["label"] for each in themes if each.get("home", True)]
    assert shown.all_inner_texts() == ["Urgence : je suis attaqué", *expected]
    page.close()
