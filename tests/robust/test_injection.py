"""Hostile text in every sentence of the data, one real build, and each output read by an independent program."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser

import searchsite
from guide.text import verbatim
from hostile import payload, poison, tokens
from searchbox import SearchBox
from shared import Once
from support import ROOT, copy_project, run_guide

# What a page shows and what it holds in attributes, as a browser reads it; and whatever could run.
READ = """(html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const attributes = [...page.querySelectorAll("*")].flatMap((one) => [...one.attributes].map((each) => each.value));
  const data = [...page.querySelectorAll('script[type="application/ld+json"]')].map((one) => JSON.parse(one.textContent));
  const wrong = [...page.querySelectorAll("*")].filter((one) => one.matches("b:not([class])") && /^(zq|titre)/.test(one.textContent)
    || [...one.attributes].some((each) => /^on/.test(each.name) || /^javascript:/.test(each.value))
    || one.matches("img[src=x]") || [...one.classList].some((name) => name.startsWith("zq"))).map((one) => one.outerHTML);
  const scripts = [...page.querySelectorAll("script:not([type])")].filter((one) => /zq/.test(one.textContent)).length;
  page.querySelectorAll("script, style").forEach((one) => one.remove());
  return JSON.stringify({text: page.documentElement.textContent, attributes, data, wrong, scripts});
}"""


@pytest.fixture(scope="session")
def hostile(once: Once) -> Path:
    """The site of a project in which every value is hostile; the booklet is the one of the cache."""

    def make(folder: Path) -> None:
        root = copy_project(folder)
        assert len(poison(root)) > 3000
        page = root / "docs/lexique.md"
        page.write_text(
            re.sub(
                r"^(title: .*)$",
                r'title: "Lexique <b>titre</b> & \\"c\\""',
                page.read_text(encoding="utf-8"),
                flags=re.M,
            )
        )
        done = run_guide("site", root=root)
        assert done.returncode == 0, done.stderr[-3000:]

    return once("hostile", make) / "guide" / "site"


def _shortened(text: str, flat: str) -> bool:
    """Whether `flat` ends in the middle of `text`, as a long passage of the search does."""
    kept = flat.removesuffix(" …")
    return kept != flat and any(kept.endswith(text[:length]) for length in range(1, len(text)))


def assert_exact(text: str, where: object) -> int:
    """Every token of `text` stands in the middle of the very text that was written; how many there are."""
    flat = " ".join(text.split())
    found = tokens(flat)
    for token in found:
        written = payload(token) in flat or _shortened(payload(token), flat)
        assert written, (where, payload(token), flat[max(0, flat.index(token) - 60) :][:140])
    return len(found)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def test_pages_show_hostile_text_as_it_was_written(hostile: Path, browser: Browser) -> None:
    page = browser.new_page()
    shown = held = stated = 0
    for path in sorted(hostile.rglob("*.html")):
        read = json.loads(page.evaluate(READ, path.read_text(encoding="utf-8")))
        assert (read["wrong"], read["scripts"]) == ([], 0), path
        shown += assert_exact(read["text"], path)
        held += sum(assert_exact(each, path) for each in read["attributes"])
        stated += sum(assert_exact(each, path) for each in strings(read["data"]))
    page.close()
    assert min(shown - 2000, held - 100, stated - 100) > 0, (shown, held, stated)


def test_nothing_runs_where_the_pages_are_opened(hostile: Path, browser: Browser) -> None:
    page = browser.new_page()
    met: list[str] = []
    page.on("dialog", lambda dialog: (met.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: met.append(str(error)))
    for name in ("ressources", "lexique", "urgence/decider", "entrainement/quiz", "checklist/calendrier"):
        page.goto((hostile / name / "index.html").as_uri(), wait_until="load")
    page.close()
    assert [each for each in met if "alert" in each or "zq" in each] == []


def test_open_data_hold_hostile_text_as_it_was_written(hostile: Path) -> None:
    counts = []
    for name in ("resources", "measures"):
        data = json.loads((hostile / f"donnees/{name}.json").read_text(encoding="utf-8"))
        counts.append(sum(assert_exact(each, name) for each in strings(data)))
        rows = list(
            csv.reader(io.StringIO((hostile / f"donnees/{name}.csv").read_text("utf-8-sig")), delimiter=";")
        )
        counts.append(sum(assert_exact(cell, name) for row in rows for cell in row))
    counts.append(
        sum(assert_exact(each.text or "", "flux") for each in ET.parse(hostile / "flux.xml").iter())
    )
    assert all(counts), counts


def test_search_finds_hostile_text_as_it_was_written(hostile: Path, browser: Browser) -> None:
    """The index holds text, and the box writes it as text: it runs nothing, whatever it says."""
    index = searchsite.index(hostile)
    parts = [
        text for page in index["pages"] for _, title, blocks, *_ in page["n"] for text in (title, *blocks)
    ]
    assert sum(assert_exact(text, "search") for text in parts) > 300
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(hostile))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    box = SearchBox(browser.new_page(), f"http://127.0.0.1:{server.server_port}/")
    for typed in ("script", "onerror", "img", "sauvegarde"):
        box.ask(typed)
        tags = "[...document.querySelectorAll('#search .g-search__found *')].map((e) => e.localName)"
        assert not set(box.page.evaluate(tags)) - {
            "a",
            "b",
            "button",
            "li",
            "mark",
            "p",
            "section",
            "span",
            "ul",
        }, typed
    box.page.close()
    server.shutdown()


@pytest.mark.parametrize("text", ["=1+1", " =1", "\u00a0+1", "-1", "@x", "\t=1", "＝1", "＋1", "－1", "＠x"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert verbatim.cell(text) == "'" + text
    assert verbatim.cell("a" + text) == "a" + text


def test_calendar_files_hold_hostile_text_as_it_was_written(browser: Browser) -> None:
    page = browser.new_page()
    page.evaluate("window.guide = {}")
    page.add_script_tag(content=(ROOT / "docs/assets/js/tools/ics.js").read_text(encoding="utf-8"))
    texts = [
        "a;b,c\\n\\",
        "x\nEND:VEVENT\nBEGIN:VEVENT",
        "é🦷" * 60,
        "\r\nATTACH:file:///etc/passwd",
        'DTSTART;"x"',
    ]
    for text in texts:
        event = {"uid": "u", "start": "2026-11-24", "summary": text, "description": text, "category": text}
        made = page.evaluate("(event) => window.guide.ics.calendar(event.summary, [event], 0)", event)
        assert all(len(line.encode()) <= 75 for line in made.split("\r\n"))
        (read,) = Calendar.from_ical(made).walk("VEVENT")
        assert str(read["SUMMARY"]) == str(read["DESCRIPTION"]) == text.replace("\r\n", "\n")
        assert "ATTACH" not in read
    page.close()


@pytest.mark.poppler
def test_hostile_sheets_print_the_text_as_it_was_written(hostile: Path, pdf_words: Iterable[str]) -> None:
    flat = "".join(pdf_words)
    met = set(tokens(flat))
    assert len(met) > 100
    assert [token for token in met if re.sub(r"\s", "", payload(token)) not in flat] == []


@pytest.fixture(scope="module")
def pdf_words(hostile: Path) -> list[str]:
    """The text of every sheet without its spaces, as poppler reads it."""
    import subprocess

    found = []
    for path in sorted(hostile.rglob("*.pdf")):
        if "livret" not in path.name:
            done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
            found.append(re.sub(r"\s", "", done.stdout.decode()))
    return found
