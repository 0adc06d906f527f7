"""The morning of an attack on a phone: what is on the first screen, the bar, the own numbers, the limits, bad input, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from support import ours
from tools.conftest import Reader
from tools.toolsupport import downloaded

pytestmark = pytest.mark.browser
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
INCIDENT = ours().incident
SITUATIONS = [f"{situation.page}/" for situation in INCIDENT.situations]
PAGES = [
    "urgence/", "urgence/decider/", "urgence/panne-ou-attaque/", "urgence/demarches/", "urgence/sans-logiciel/",
    "urgence/journal/", *SITUATIONS,
]  # fmt: skip
NOW = "2026-11-24T08:05:00+01:00"
# Where things stand, in pixels from the top of the page as it opens.
MEASURES = """() => { const all = (s) => [...document.querySelectorAll(s)];
  const shown = (e) => { const r = e.getBoundingClientRect(); return r.width && r.height && getComputedStyle(e).visibility !== 'hidden'; };
  const top = (s) => { const e = all(s).find(shown); return e ? e.getBoundingClientRect().top + scrollY : null; };
  return { step: top('.g-steps > li'), dial: top('.g-main a[href^="tel:"]'), bar: top('.g-bar'), shift: window.shift,
    gestures: all('.g-imps > li').map((e) => e.getBoundingClientRect().bottom + scrollY),
    sizes: all('.g-imps strong, .g-imps__short').filter(shown).map((e) => parseFloat(getComputedStyle(e).fontSize)),
    links: Math.max(0, ...all('.g-steps > li').map((e) => e.querySelectorAll('a').length)),
    doubts: all('.g-steps > li, .g-imps > li').filter((e) => e.querySelector('.g-flag') || /\\((conseil|à vérifier)\\)/.test(e.textContent)).length,
    small: all('a[href], button, input:not([type=file]), select, summary, textarea').filter((e) => shown(e) && !e.closest('.g-skip, .g-vh'))
      .filter((e) => { const r = (e.closest('label') ?? e).getBoundingClientRect(); return r.height < 43.5 || r.width < 43.5; })
      .map((e) => e.outerHTML.slice(0, 100)) }; }"""
SHIFTS = """window.shift = 0; new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shift += each.value; })
  .observe({ type: 'layout-shift', buffered: true });"""


def answer(page: Page, text: str) -> None:
    page.locator(".g-question:not([hidden])").get_by_role("button", name=text, exact=True).click()


RANSOM = "Un message réclame de l’argent, ou les radios et les dossiers ne s’ouvrent plus"


def test_every_emergency_page_begins_with_what_to_do(reader: Callable[..., Reader], site: Path) -> None:
    """On a phone: gestures, first step and first number in sight, thumbs' targets, one link a step, no doubt, no shift, light."""
    found = reader("", **PHONE)
    page = found.page
    page.add_init_script(SHIFTS)
    seen = {}
    for path in PAGES:
        found.go(path)
        seen[path] = page.evaluate(MEASURES)
    assert max(seen["urgence/"]["gestures"]) <= seen["urgence/"]["bar"] < 740
    assert len(seen["urgence/"]["gestures"]) == 6
    assert min(seen["urgence/"]["sizes"]) >= 18
    wrong = {
        path: what
        for path, each in seen.items()
        if (
            what := {
                "step": each["step"] if path in SITUATIONS and not each["step"] <= 300 else None,
                "dial": each["dial"] if path in SITUATIONS and not each["dial"] <= 740 else None,
                "links": each["links"] if each["links"] > 1 else None,
                "doubts": each["doubts"] or None,
                "shift": each["shift"] or None,
                "small": each["small"] or None,
                "weight": weight
                if (weight := len(brotli.compress((site / path / "index.html").read_bytes()))) > 20_000
                else None,
            }
        )
        and any(what.values())
    }
    assert wrong == {}
    assert found.complaints == []


def test_a_lower_phone_shows_five_gestures_and_the_sixth_begun(
    reader: Callable[..., Reader], site: Path
) -> None:
    """360 × 640, over the bar; each pictogram stays under 600 bytes."""
    page = reader("urgence/", **{**PHONE, "viewport": {"width": 360, "height": 640}}).page
    seen = page.evaluate(MEASURES)
    assert seen["gestures"][4] <= seen["bar"]
    assert page.locator(".g-imps > li").nth(5).bounding_box()["y"] < seen["bar"]  # type: ignore[index]
    html = (site / "urgence/index.html").read_text(encoding="utf-8")
    drawn = re.findall(r'<svg class="dr dr-picto".*?</svg>', html)
    assert len(drawn) == 6
    assert max(len(each.encode()) for each in drawn) <= 600


def test_from_home_to_gestures_provider_17cyber_and_clock(reader: Callable[..., Reader]) -> None:
    """One tap to the gestures, to the service online and to the provider, two to the clock, without scrolling."""
    found = reader("", now=NOW, **PHONE)
    page = found.page
    page.locator(".g-head__urgent").tap()
    page.wait_for_url("**/urgence/")
    for name in ("17cyber.gouv.fr", "Noter le numéro"):
        expect(page.locator(".g-imps").get_by_role("link", name=name)).to_be_in_viewport(ratio=1)
    bar = page.locator(".g-bar a")
    expect(bar).to_have_count(3)
    assert bar.nth(1).get_attribute("href") == "https://17cyber.gouv.fr/"
    page.get_by_role("button", name="Noter l’heure : maintenant").tap()
    assert page.evaluate("scrollY") == 0
    expect(bar.nth(2)).to_contain_text("reste 72\u00a0h\u00a000")
    expect(page.locator(".g-imps [role=status]")).to_have_text("Heure notée : 8\u00a0h\u00a005")
    expect(page.locator(".g-strip")).to_contain_text("Plainte\u00a0: reste 72\u00a0h\u00a000")
    page.reload()
    expect(page.locator(".g-strip [data-hours]")).to_have_count(2)
    found.go(SITUATIONS[0])
    expect(page.locator(".g-strip")).to_contain_text("Su mardi 24 à 8\u00a0h\u00a005")
    found.go("urgence/decider/")
    assert page.locator("#g-start").input_value() == "2026-11-24T08:05"
    assert page.locator(".g-clock__left").first.inner_text() == "Il reste 72\u00a0h\u00a000"


def test_from_the_disk_the_hour_follows_the_links(reader: Callable[..., Reader], unpacked: Path) -> None:
    """file://: a reload and a change of page keep the limits, also where each file has a store of its own (Firefox)."""
    found = reader("", disk=True, now=NOW, **PHONE)
    found.base = next(unpacked.rglob("urgence/index.html")).parent.parent.as_uri() + "/"
    page = found.go("urgence/")
    page.get_by_role("button", name="Noter l’heure : maintenant").tap()
    page.reload()
    expect(page.locator(".g-strip")).to_be_visible()
    page.add_init_script("localStorage.clear()")
    page.locator(".g-links a").first.tap()
    page.wait_for_url("**/rancongiciel/index.html")  # and nothing of it in the address any more
    expect(page.locator(".g-strip")).to_contain_text("reste 72\u00a0h\u00a000")
    assert found.complaints == []


def test_own_numbers_show_after_a_choice_and_hide_again(reader: Callable[..., Reader]) -> None:
    """Typed for the sheet they stay unseen; shown by a choice they are dialled everywhere; hidden, then forgotten."""
    found = reader("urgence/", **PHONE)
    page = found.page
    page.evaluate(
        """localStorage.setItem('guide:affiche:2', JSON.stringify({ version: 2,
        blanks: { 'prestataire-jour': 'Bât. 12, M. Petit +33 (0)1 23 45 67 89', banque: '01 98 76 54 32' } }))"""
    )
    page.reload()
    bar = page.locator(".g-bar a").first
    assert bar.get_attribute("href", timeout=1000) == "#mes-numeros" or "#mes-numeros" in (
        bar.get_attribute("href") or ""
    )
    expect(page.locator("[data-own=banque]")).to_be_hidden()
    page.get_by_role("button", name="Les montrer").click()
    assert bar.get_attribute("href") == "tel:+33123456789"
    assert page.locator("[data-own=banque] a").get_attribute("href") == "tel:0198765432"
    page.get_by_role(
        "button", name="Enregistrer et montrer"
    ).click()  # a name beside a number is no fault here
    expect(page.locator(".g-field__wrong:visible")).to_have_count(0)
    found.go(SITUATIONS[0])
    assert bar.get_attribute("href") == "tel:+33123456789"
    found.go("urgence/")
    page.get_by_role("button", name="Masquer sur cet appareil").click()
    expect(page.locator("[data-own=banque]")).to_be_hidden()
    assert "Petit" not in page.locator("body").inner_text()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Les effacer").click()
    assert "Petit" not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize("typed", ["01 23 4A 67 89", "abc", "1", "0123456789012345678"])
def test_a_number_that_cannot_be_dialled_is_told_at_its_field(
    reader: Callable[..., Reader], typed: str
) -> None:
    """One sentence, what was typed stays, what was kept stays."""
    page = reader("urgence/").page
    page.locator("#own-banque").fill("01 98 76 54 32")
    page.get_by_role("button", name="Enregistrer et montrer").click()
    page.locator("#own-banque").fill(typed)
    page.get_by_role("button", name="Enregistrer et montrer").click()
    expect(page.locator("#own-banque-dit")).to_contain_text("Ce numéro")
    expect(page.locator("#own-banque")).to_be_focused()
    assert page.locator("#own-banque").input_value() == typed
    assert page.locator("[data-own=banque] a").get_attribute("href") == "tel:0198765432"


def test_an_hour_in_the_future_or_unreadable_is_told_at_its_field(reader: Callable[..., Reader]) -> None:
    """One sentence; the hour that was kept goes on counting; the good one ends it."""
    page = reader("urgence/decider/", now=NOW).page
    field, said = page.locator("#g-start"), page.locator("#g-start-dit")
    field.fill("2026-11-24T07:00")
    for typed, words in (
        ("2026-11-24T09:30", "n’est pas encore passée"),
        ("0026-11-24T07:00", "vérifiez l’année"),
    ):
        field.fill(typed)
        expect(said).to_contain_text(words)
        assert field.input_value() == typed
        assert page.locator(".g-clock__left").first.inner_text() == "Il reste 70\u00a0h\u00a055"
    field.fill("2026-11-24T08:00")
    expect(said).to_be_hidden()
    assert page.locator(".g-clock__left").first.inner_text() == "Il reste 71\u00a0h\u00a055"


def test_a_browser_that_keeps_nothing_still_counts_and_says_so(reader: Callable[..., Reader]) -> None:
    """Private windows: the hour holds on the page, one sentence beside it; the numbers too."""
    found = reader("", now=NOW, **PHONE)
    found.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = found.go("urgence/")
    page.get_by_role("button", name="Noter l’heure : maintenant").tap()
    expect(page.locator(".g-imps__tool i").first).to_contain_text("ne garde pas")
    expect(page.locator(".g-strip")).to_contain_text("reste 72\u00a0h\u00a000")
    page.locator("#own-prestataire-jour").fill("01 23 45 67 89")
    page.get_by_role("button", name="Enregistrer et montrer").tap()
    expect(page.locator("[data-part=said]")).to_contain_text("ne garde pas")
    assert page.locator(".g-bar a").first.get_attribute("href") == "tel:0123456789"
    assert found.complaints == []


def test_the_bar_never_covers_the_focus_and_gives_way_on_a_low_screen(reader: Callable[..., Reader]) -> None:
    """Tab through the page: what has the focus is above the bar; 400 % of a laptop leaves the bar in the text."""
    found = reader("urgence/", **PHONE)
    page = found.page
    covered = page.evaluate(
        """() => { const bar = document.querySelector('.g-bar'), wrong = [];
        for (const each of document.querySelectorAll('.g-main a, .g-main button, .g-main input, .g-main summary')) {
          each.focus(); const r = each.getBoundingClientRect(), b = bar.getBoundingClientRect();
          if (r.height && document.activeElement === each && r.bottom > b.top + 1 && r.top < b.bottom && b.bottom <= innerHeight) wrong.push(each.outerHTML.slice(0, 90)); }
        return wrong; }"""
    )
    assert covered == []
    for size in ({"width": 740, "height": 360}, {"width": 320, "height": 256}):
        page.set_viewport_size(size)
        assert page.locator(".g-bar").evaluate("each => getComputedStyle(each).position") in (
            "static",
            "sticky",
        )
        if size["height"] < 480 and size["width"] < 720:
            assert page.locator(".g-bar").evaluate("each => getComputedStyle(each).position") == "static"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_aid_opens_blank_and_its_result_is_at_the_top(reader: Callable[..., Reader]) -> None:
    """First step at 200 px at most, with the hour noted or not; « Je ne sais pas » twice is no call to the bank."""
    found = reader("urgence/decider/", now=NOW, **PHONE)
    page = found.page
    expect(page.locator(".g-decide__last")).to_be_hidden()
    answer(page, RANSOM)
    first = page.locator("[data-step]:visible").first
    assert (first.bounding_box() or {"y": 999})["y"] <= 200
    page.get_by_role("button", name="Noter l’heure : maintenant").tap()
    assert (first.bounding_box() or {"y": 999})["y"] <= 200
    page.get_by_role("button", name="Changer mes réponses").tap()
    for _ in range(2):
        answer(page, "Je ne sais pas")
    assert not page.locator("[data-step=banque]").is_visible()
    assert page.locator(".g-decide__follow a").get_attribute("href") == "../panne-ou-attaque/"
    found.go("urgence/decider/")
    assert page.locator("#question-situation").is_visible()
    expect(page.locator(".g-decide__last")).to_contain_text("mardi 24 novembre 2026 à 8\u00a0h\u00a005")


def test_the_log_is_a_card_a_line_on_a_phone_and_leaves_as_a_table(reader: Callable[..., Reader]) -> None:
    """No column out of sight, the hour by a tap, « Ajouter » in reach, a file with the columns of the sheet."""
    page = reader("urgence/journal/", now=NOW, **PHONE).page
    assert page.evaluate("document.scrollingElement.scrollWidth") == 360
    boxes = [
        each.bounding_box() for each in page.locator("table.g-log tbody tr").first.locator("textarea").all()
    ]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    add = page.get_by_role("button", name="Ajouter une ligne")
    expect(add).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Maintenant, ligne 2").tap()
    assert page.locator("[data-cell='2-2']").input_value() == "mardi 24 novembre 2026 à 8\u00a0h\u00a005"
    page.locator("[data-cell='2-4']").fill('=1+1 "net"\nloin')
    text = downloaded(page, page.get_by_role("button", name="Exporter (CSV)")).decode("utf-8-sig")
    head, line, _ = text.split("\r\n")
    assert head == ";".join(f'"{column}"' for column in INCIDENT.log.columns)
    assert line == '"2";"mardi 24 novembre 2026 à 8\u00a0h\u00a005";"";"\'=1+1 ""net""\nloin";"";""'


def test_ticking_moves_nothing_and_the_first_box_is_near(reader: Callable[..., Reader]) -> None:
    """The checklist on a phone: first box on the first screen, « Sans objet » in the fold, filters whole."""
    page = reader("checklist/", **PHONE).page
    where = "(rank) => document.querySelectorAll('.g-tick')[rank].getBoundingClientRect().top + scrollY"
    assert page.evaluate(where, 0) <= 600
    before = page.evaluate(where, 1)
    page.locator(".g-tick").first.tap()
    assert abs(page.evaluate(where, 1) - before) <= 30
    page.locator(".g-check summary").first.tap()
    before = page.evaluate(where, 1)
    page.locator(".g-na").first.tap()
    assert abs(page.evaluate(where, 1) - before) <= 30
    page.locator(".g-narrow > summary").tap()
    cut = page.eval_on_selector_all(
        ".g-narrow select", "list => list.filter((each) => each.getBoundingClientRect().width < 200).length"
    )
    assert cut == 0


def pages_of(page: Page, scale: float = 1) -> int:
    """How many sheets the browser prints."""
    return len(PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True, scale=scale))).pages)


def test_what_is_printed_from_a_browser_is_short(reader: Callable[..., Reader]) -> None:
    """Urgence one page, a situation two, the checklist thirteen whatever is open, without scripts too."""
    for scripts in (True, False):
        found = reader("urgence/", java_script_enabled=scripts)
        assert pages_of(found.page) == 1
        # A little larger too: letters are not as wide in every browser, and a third sheet would hold its foot alone.
        assert {path: count for path in SITUATIONS if (count := pages_of(found.go(path), 1.02)) > 2} == {}
        page = found.go("checklist/")
        assert pages_of(page) <= 13
        if scripts:
            page.evaluate(
                "document.querySelectorAll('.g-check details').forEach((fold) => { fold.open = true })"
            )
            page.locator(".g-tick").first.check()
            assert pages_of(page) <= 13
            page.evaluate("document.documentElement.dataset.printDetail = ''")
            assert pages_of(page) > 13


def test_without_scripts_steps_numbers_and_the_bar_are_there(reader: Callable[..., Reader]) -> None:
    """No dead button; the bar leads where each thing is written; the file is kept by a link."""
    found = reader("urgence/", java_script_enabled=False, **PHONE)
    page = found.page
    assert page.locator("main button:visible").count() == 0
    assert page.locator(".g-bar a").count() == 3
    assert page.locator(".g-calls a[href='tel:17']").is_visible()
    saved = page.get_by_role("link", name="Garder cette page sur ce téléphone")
    assert saved.get_attribute("download") == "urgence.html"
    found.go(SITUATIONS[0])
    assert page.locator(".g-steps > li").count() == len(INCIDENT.situations[0].do)
