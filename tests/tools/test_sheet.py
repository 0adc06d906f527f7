"""The practice's own A4 sheet: typed here, kept here, printed on exactly one page laid out like the PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Page

from pdftext import spans
from support import ours
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, faults

BLANKS = [each.label for each in ours().incident.poster.blanks]
LAST = ours().incident.poster.blanks[-1].id
FIRST = ours().incident.poster.blanks[0].id

pytestmark = pytest.mark.browser
PAGE = "checklist/afficher/"
LONG = (
    "Dépannage Informatique 01 23 45 67 89, soir 06 12 34 56 78 !"  # sixty characters, the most a blank takes
)
MM = 72 / 25.4


def fill(page: Page, text: str) -> None:
    """Every blank with the same text."""
    for field in page.locator("[data-field]").all():
        field.fill(text)


def printed(page: Page) -> pikepdf.Pdf:
    """What the browser prints when the reader asks for the sheet."""
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimer ma feuille").click()
    return pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("disk", [False, True])
@pytest.mark.parametrize("text", ["", "01 23 45 67 89", LONG])
def test_the_sheet_prints_on_exactly_one_a4_page(
    reader: Callable[..., Reader], text: str, disk: bool
) -> None:
    """Empty, usual, and as long as the blanks allow; nothing is cut off."""
    page = reader(PAGE, disk=disk, viewport={"width": 1200, "height": 900}).page
    fill(page, text)
    pdf = printed(page)
    assert len(pdf.pages) == 1
    width, height = (float(value) / MM for value in pdf.pages[0].MediaBox[2:])
    assert (round(width), round(height)) == (210, 297)
    out = io.BytesIO()
    pdf.save(out)
    (code,) = zxingcpp.read_barcodes(pypdfium2.PdfDocument(out.getvalue())[0].render(scale=2).to_pil())
    assert code.text == "https://17cyber.gouv.fr/"
    if text:  # a browser prints letter by letter
        letters = [(each, span.size) for span in spans(out.getvalue()) for each in span.text if each.strip()]
        typed = list(re.finditer("0123456789", "".join(each for each, _ in letters)))
        assert len(typed) >= len(BLANKS)
        assert all(size > 11.9 for found in typed for _, size in letters[found.start() : found.end()])
    page.evaluate("document.documentElement.dataset.printOnly = 'sheet'")
    page.emulate_media(media="print")
    cut = page.evaluate(
        """() => { const sheet = document.querySelector('.g-a4'), edge = sheet.getBoundingClientRect();
        const outside = [...sheet.querySelectorAll('*')].filter((e) => e.getClientRects().length)
          .filter((e) => { const r = e.getBoundingClientRect(); return r.bottom > edge.bottom + 1 || r.right > edge.right + 1 });
        const values = [...sheet.querySelectorAll('.g-a4__value')].filter((e) => e.scrollHeight > e.clientHeight + 2);
        return [...outside, ...values].map((e) => e.outerHTML.slice(0, 90)) }"""
    )
    assert cut == []


def test_a_number_is_never_cut_at_the_end_of_a_line(reader: Callable[..., Reader]) -> None:
    """It moves to the next line whole."""
    page = reader(PAGE, viewport={"width": 1200, "height": 900}).page
    fill(page, "Martin Informatique Services 01 23 45 67 89 (soir : 06 12 34 56 78)"[:60])
    page.evaluate("document.documentElement.dataset.printOnly = 'sheet'")
    page.emulate_media(media="print")
    tops = page.locator("[data-blank] .g-a4__value").evaluate_all(
        """all => all.map(each => { const words = each.firstChild, at = words.data.search(/01/), tops = new Set();
        for (let i = at; i < at + 14; i += 1) { const range = document.createRange(); range.setStart(words, i); range.setEnd(words, i + 1);
          tops.add(Math.round(range.getBoundingClientRect().top)) } return tops.size })"""
    )
    assert tops == [1] * len(BLANKS)


def test_paper_is_laid_out_like_the_pdf(reader: Callable[..., Reader]) -> None:
    """Limits beside gestures, eight lines across, six months, four dates, the foot with its code, in millimetres."""
    page = reader(PAGE, viewport={"width": 1200, "height": 900}).page
    page.evaluate("document.documentElement.dataset.printOnly = 'sheet'")
    page.emulate_media(media="print")
    box = page.evaluate(
        """() => { const origin = document.querySelector('.g-a4').getBoundingClientRect();
        const at = (s) => { const r = document.querySelector(s).getBoundingClientRect(), mm = (x) => Math.round(x * 25.4 / 96);
          return { x: mm(r.left - origin.left), y: mm(r.top - origin.top), width: mm(r.width), height: mm(r.height) } };
        return { urgent: at('.g-a4__urgent'), left: at('#affiche-en-cas-d-attaque'), clocks: at('.g-a4__clocks'), line: at('[data-blank] .g-a4__value'), code: at('.g-a4__code') } }"""
    )
    assert box["urgent"]["width"] == 182
    assert box["clocks"]["x"] >= 120 and box["line"]["width"] >= 115
    assert (box["code"]["width"], box["code"]["x"]) == (25, 157)
    assert page.locator(".g-a4__boxes i").count() == 4 * 6
    assert page.locator(".g-a4__date").count() == 4
    assert page.locator(".g-a4 input:visible").count() == 0
    assert page.locator("h1:visible").count() == 0


def test_what_is_typed_stays_on_the_device_as_text(reader: Callable[..., Reader]) -> None:
    """Kept, not sent, not exported with the ticks, forgotten on demand; markup stays text."""
    found = reader(PAGE)
    page = found.page
    evil = "<img src=x onerror=alert(1)>"
    for rank, label in enumerate(BLANKS, 1):
        page.get_by_label(label).fill(f"{evil} {rank}")
    assert found.requests == []
    page.reload()
    assert page.locator(f"#affiche-{LAST}").input_value() == f"{evil} 8"
    assert page.locator(".g-a4__value").first.text_content() == f"{evil} 1"
    assert page.locator(".g-a4 img").count() == 0
    assert page.evaluate("localStorage.getItem('guide:checklist:1')") is None
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Effacer ce que j’ai tapé").click()
    assert page.locator(f"#affiche-{LAST}").input_value() == ""
    assert page.evaluate("localStorage.getItem('guide:affiche:2')") is None
    assert found.complaints == []


def test_a_damaged_sheet_is_put_aside(reader: Callable[..., Reader]) -> None:
    """The blanks start empty and the page says why."""
    page = reader(PAGE).page
    page.evaluate('localStorage.setItem(\'guide:affiche:2\', \'{"version": 2, "blanks": {"1": 5}}\')')
    page.reload()
    assert "mis de côté" in page.locator(".g-own").inner_text()
    page.locator(f"#affiche-{FIRST}").fill("01")
    assert page.evaluate("localStorage.getItem('guide:affiche:2:mis-de-cote:1')") is not None


def test_without_scripts_the_words_of_the_sheet_are_there(reader: Callable[..., Reader]) -> None:
    """The eight blanks as a list, the PDF as a link, no dead button."""
    page = reader(PAGE, java_script_enabled=False).page
    assert page.locator("[data-blank]").all_inner_texts() == [
        label.replace(" :", "\u00a0:").replace("n° ", "n° ") for label in BLANKS
    ]
    assert page.locator("a[href$='checklist.pdf']").count() >= 1
    assert page.locator("main button:visible").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_is_accessible(reader: Callable[..., Reader], width: int) -> None:
    """Labels, contrasts, no sideways scroll."""
    page = reader(PAGE, viewport={"width": width, "height": 800}).page
    fill(page, LONG)
    assert faults(page) == []
