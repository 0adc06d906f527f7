"""Fixtures of the search tests: the box over http, and the offline copy opened from a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from searchbox import SearchBox


@pytest.fixture(scope="session")
def box(browser: Browser, site_url: str) -> Iterator[SearchBox]:
    """The search box of the real site."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield SearchBox(page, site_url)
    page.close()


@pytest.fixture(scope="session")
def folder_box(browser: Browser, unpacked: Path) -> Iterator[SearchBox]:
    """The search box of the offline copy, opened from its folder."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield SearchBox(page, (unpacked / "guide" / "index.html").as_uri())
    page.close()
