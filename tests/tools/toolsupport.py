"""What the tests of the tools share."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from playwright.sync_api import Locator, Page

from webaudit import AT_REST, RULES

WIDTHS = (320, 1366)
# Each width and each scheme once: colours do not depend on the width. The full product is in benchmarks/accessibility.
WINDOWS = ((320, "dark"), (1366, "light"))
AXE = Axe()


def faults(page: Page) -> list[str]:
    """Broken accessibility rules, each with the first element that breaks it, and a sideways scroll."""
    page.evaluate(AT_REST)
    found = AXE.run(page, options=RULES).response["violations"]
    wrong = [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]
    if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
        wrong.append("la page défile de côté")
    return wrong


def downloaded(page: Page, button: Locator) -> bytes:
    """The bytes of the file that a button makes."""
    with page.expect_download() as waiting:
        button.click()
    return Path(waiting.value.path()).read_bytes()


def calendar(content: bytes) -> Calendar:
    """The file as an independent parser reads it, after the rules on lines (RFC 5545, 3.1) are checked."""
    for line in content.split(b"\r\n"):
        assert b"\n" not in line, "fin de ligne sans CR"
        assert len(line) <= 75, line
        line.decode("utf-8")
    return Calendar.from_ical(content)
