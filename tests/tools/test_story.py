"""Eight o'clock, the screen is locked; and nothing that is typed anywhere ever leaves the device."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tools.conftest import Reader

pytestmark = pytest.mark.browser
PHONE = {
    "viewport": {"width": 360, "height": 640},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
# A telephone line in a waiting room: 400 kbit/s, 400 ms.
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}


@pytest.mark.parametrize("scripts", [True, False])
def test_eight_o_clock_a_locked_screen_a_phone_on_a_slow_line(
    reader: Callable[..., Reader], scripts: bool
) -> None:
    """Two taps from the home page, without the search: the emergency page, then the right contact."""
    found = reader("", java_script_enabled=scripts, **PHONE)
    page = found.page
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW)
    started = time.monotonic()
    page.locator("main a[href$='urgence/']:visible").first.tap(no_wait_after=True)
    page.wait_for_url("**/urgence/", wait_until="commit")
    contact = page.locator(".g-calls a[href='https://17cyber.gouv.fr/']")
    contact.wait_for(state="visible", timeout=15_000)
    assert time.monotonic() - started < 15
    assert page.locator(".g-calls a[href^='tel:17']").count() == 1
    assert contact.get_attribute("href") == "https://17cyber.gouv.fr/"  # the second tap
    # The words may be there before the style sheet.
    page.wait_for_load_state("load", timeout=15_000)
    box = contact.bounding_box()
    assert box and box["height"] >= 40


def test_urgence_is_one_tap_from_every_page(reader: Callable[..., Reader], site: object) -> None:
    """In the header of any page, on a phone; the printed foot names it too."""
    found = reader("mesures/reseau/", **PHONE)
    page = found.page
    assert page.locator(".g-head").locator("a[href*='urgence']:visible").count() >= 1
    page.emulate_media(media="print")
    assert "Urgence" in page.locator(".g-printfoot").inner_text()


def test_from_a_locked_screen_to_the_first_step_in_three_taps(reader: Callable[..., Reader]) -> None:
    """The decision aid from the emergency page: one answer settles a ransom, the first step shows."""
    found = reader("urgence/", **PHONE)
    page = found.page
    page.locator("a.g-button--urgent[href*='decider']").tap()
    page.get_by_role(
        "button", name="Un message réclame de l’argent, ou les radios et les dossiers ne s’ouvrent plus"
    ).tap()
    page.locator(".g-steps > li:visible").first.wait_for()
    assert page.locator("[data-step=isoler]").is_visible()
    assert page.locator("[data-step=diagnostic] a[href='https://17cyber.gouv.fr/']").first.is_visible()


SECRET = "zq7-SECRET-<i>é</i>"


def test_no_request_leaves_while_every_tool_is_used(reader: Callable[..., Reader]) -> None:
    """One reader, every tool: no request but the pages themselves, nothing typed in an address, nothing in the console."""
    found = reader("")
    page = found.page
    written: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: written.append(message.text))
    page.context.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    page.on("dialog", lambda dialog: dialog.accept())

    def used(path: str, use: Callable[[], None]) -> None:
        found.go(path)
        page.evaluate("() => { window.print = () => {} }")
        before = page.url
        use()
        page.wait_for_timeout(100)
        # pictures of this very page load as one scrolls to them
        left = [each for each in found.requests if not each.startswith("blob:") and not each.endswith(".png")]
        assert left == [], path
        assert page.url == before, path
        assert page.evaluate("document.cookie") == ""

    def decide() -> None:
        page.locator(".g-question:not([hidden]) button").last.click()
        page.locator(".g-question:not([hidden]) button").last.click()
        page.locator("#g-now").click()
        with page.expect_download():
            page.locator("[data-do=ics]").click()

    def numbers() -> None:
        page.locator("#own-banque").fill("01 23 45 67 89")
        page.get_by_role("button", name="Enregistrer et montrer").click()
        page.locator("[data-own=banque]:visible").wait_for()

    def log() -> None:
        page.locator("[data-cell='2-3']").fill(SECRET)
        page.locator("[data-do=print-log]").click()

    def checklist() -> None:
        page.locator(".g-tick").first.check()
        page.locator(".g-check summary").first.click()
        page.locator("[data-part=note]").first.fill(SECRET)
        page.locator("#f-role").select_option("referent")
        with page.expect_download():
            page.locator("[data-do=export]").click()
        page.locator("[data-do=print-all]").click()

    def sheet() -> None:
        page.locator("#affiche-prestataire-jour").fill(SECRET)
        page.locator("[data-do=print-sheet]").click()

    def calendar() -> None:
        with page.expect_download():
            page.locator("[data-do=calendar]").click()

    def letters() -> None:
        page.locator("[data-letter] summary").first.click()
        page.locator("[data-reply=a]").first.fill(SECRET)
        page.locator("[data-do=print-letter]").first.click()

    def catalogue() -> None:
        page.locator("#l-text").fill(SECRET)
        page.get_by_text("Plus de filtres").click()
        page.locator("#l-sort").select_option("title")

    used("urgence/decider/", decide)
    used("urgence/", numbers)
    used("urgence/journal/", log)
    used("checklist/", checklist)
    used("checklist/afficher/", sheet)
    used("checklist/calendrier/", calendar)
    used("mesures/prestataires/", letters)
    used("entrainement/quiz/", lambda: page.locator(".g-quiz input").first.check())
    used("ressources/", catalogue)
    used("", lambda: page.locator("[data-theme-next]:visible").first.click())
    own = urlsplit(found.base).netloc
    assert {urlsplit(each.split(" ")[0]).netloc for each in asked if not each.startswith("blob:")} == {own}
    assert [each for each in asked if "SECRET" in each or "?" in each.split(" ")[0]] == []
    assert [each for each in written if "SECRET" in each] == []
    # What is kept is exactly what the page « Données personnelles » names.
    found.go("a-propos/donnees-personnelles/")
    named = set(page.locator("table code").all_inner_texts())
    kept = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert {f".{name.rpartition('.')[2]}" if name.startswith("/") else name for name in kept} == named
    assert page.context.cookies() == []
