"""A reader's browser on the built site, online or from the disk, that remembers every complaint and every request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

KEPT = """() => { try { return Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('guide:'))) }
  catch { return {} } }"""  # a test may open a browser that keeps nothing


@dataclass
class Reader:
    """A page of the guide, what it complained of, and what it asked for since it was loaded."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Opens a page of the guide; only what is asked after it has loaded counts."""
        disk = self.base.startswith("file:")
        kept = self.page.evaluate(KEPT) if disk and self.page.url.startswith("file:") else {}
        if disk:
            # What a page of the disk kept reaches the next one's process a little later.
            self.page.wait_for_timeout(500)
        address = path if "#" in path else path + "#"
        folder, _, anchor = address.partition("#")
        index = "index.html" if disk else ""
        self.page.goto(self.base + folder + index + (f"#{anchor}" if anchor else ""), wait_until="load")
        for _ in range(10):  # and on a machine at work, later still
            if kept.items() <= self.page.evaluate(KEPT).items():
                break
            self.page.wait_for_timeout(300)
            self.page.reload(wait_until="load")
        self.page.wait_for_load_state("networkidle")
        self.requests.clear()
        return self.page


@pytest.fixture
def reader(browser: Browser, site_url: str, site: Path) -> Iterator[Callable[..., Reader]]:
    """Opens a page in a fresh context; `disk=True` from file://, `now` freezes the clock, the rest is the context's."""
    contexts = []

    def opened(path: str = "", *, disk: bool = False, now: str | None = None, **options: Any) -> Reader:
        settings = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce", **options}
        context = browser.new_context(**settings)
        contexts.append(context)
        found = Reader(context.new_page(), f"{site.as_uri()}/" if disk else site_url)
        # From the disk a preloaded font is refused, with four lines in the console: the theme's business, not a tool's.
        found.page.on(
            "console",
            lambda m: (
                found.complaints.append(m.text)
                if m.type in ("error", "warning")
                and not (disk and "font" in m.text + m.location.get("url", ""))
                else None
            ),
        )
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        # The icon of the tab is the browser's own wish, at a moment of its own.
        found.page.on(
            "request",
            lambda request: None if "favicon" in request.url else found.requests.append(request.url),
        )
        if now:
            found.page.clock.set_fixed_time(now)
        found.go(path)
        return found

    yield opened
    for context in contexts:
        context.close()
