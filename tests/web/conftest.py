"""Fixtures of the web tests: a sample site with every component, and a server that sends the written headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from shared import Once
from websupport import Visit, build, serving


@pytest.fixture(scope="session")
def sample(once: Once) -> Path:
    """The sample site as the project builds it."""

    def make(folder: Path) -> None:
        build(folder)

    return once("sample", make) / "site"


@pytest.fixture(scope="session")
def in_folder(once: Once) -> Path:
    """The sample site for a folder of its host, with a contact for security.txt."""
    contact = b"Contact: mailto:securite@guide.example\nExpires: 2027-10-01T00:00:00Z\n"

    def make(folder: Path) -> None:
        build(folder, base="/cabinet/", security=contact)

    return once("in-folder", make) / "site"


@pytest.fixture(scope="session")
def sample_url(sample: Path) -> Iterator[str]:
    """The sample site behind its headers."""
    with serving(sample) as url:
        yield url


@pytest.fixture(scope="session")
def real_url(site: Path) -> Iterator[str]:
    """The real site behind its headers."""
    with serving(site) as url:
        yield url


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens an address in a fresh context; keyword arguments are the context's."""
    contexts = []

    def opened(url: str, path: str = "", **options: object) -> Visit:
        context = browser.new_context(locale="fr-FR", reduced_motion="reduce", **options)
        contexts.append(context)
        seen = Visit(context.new_page(), url)
        seen.page.on(
            "console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on(
            "request", lambda r: None if r.url.startswith((url, "data:")) else seen.foreign.append(r.url)
        )
        seen.page.goto(url + path)
        return seen

    yield opened
    for context in contexts:
        context.close()
