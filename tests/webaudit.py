"""Measures the accessibility of an open page: rules of axe-core, keyboard, size of targets, text that is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("audit.js")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],  # the elements that break nothing need not be described
}
TARGETS = {**RULES, "rules": {"target-size": {"enabled": True}}}  # off unless asked for
# WCAG 1.4.12, as a reader's own style sheet sets it.
SPACING = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }"""


# The stops of the header and of the search, which the theme closes a moment after the focus has left it.
HEADER_STOPS = 16


# What stands over the text at an edge of the window hides no target: one scrolls it away.
AT_REST = """() => { scrollTo(0, 0);
  for (const each of document.querySelectorAll('.g-bar, .g-log__add')) each.style.position = 'static' }"""


# What repeats further down the same list is judged with the page, once: its contrast costs more than all other rules.
FIRST_OF_EACH = """() => { for (const list of document.querySelectorAll('article *')) {
  const seen = {};
  for (const each of list.children) {
    const kind = each.localName + each.className, rank = seen[kind] = (seen[kind] ?? 0) + 1;
    if (rank > 6 && !each.matches(':has(:focus, :popover-open)')) each.hidden = true;
  }
} }"""


def faults(page: Page, axe: Axe | None = None) -> list[str]:
    """Broken rules, each with the first element that breaks it."""
    page.evaluate(AT_REST)
    found = (axe or Axe()).run(page, options=TARGETS).response["violations"]
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found if (node := _worst(fault))]


def _worst(fault: dict[str, Any]) -> dict[str, Any] | None:
    """The first element that breaks a rule. The theme's tooltips stand at the end of the page, in no region, on purpose."""
    nodes = (
        node for node in fault["nodes"] if fault["id"] != "region" or 'role="tooltip"' not in node["html"]
    )
    return next(nodes, None)


def measured(page: Page, what: str) -> list[str]:
    """What `audit.js` finds wrong: `small`, `lost`, `moving` or `unseen`. The script must be an init script of the page."""
    return page.evaluate(f"audit.{what}()")


def walk(page: Page, limit: int = 2000) -> dict[str, Any]:
    """Tab from the start of the page to its end: what is wrong (`wrong`) and the number of stops (`count`)."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    for _ in range(HEADER_STOPS):
        page.keyboard.press("Tab")
        # What stays hidden is noted when the next key goes down. (The site's policy refuses Playwright's own polling.)
        for _ in range(40):
            if page.evaluate("audit.settled()"):
                break
            page.wait_for_timeout(50)
    for _ in range(limit // 10):
        for _ in range(10):
            page.keyboard.press("Tab")
        if page.evaluate("audit.atEnd()"):
            return page.evaluate("audit.walked()")
    return {"wrong": ["la touche Tab ne sort jamais de la page"], "count": limit}
