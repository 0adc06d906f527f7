"""What the web tests share: a visited page with its complaints, and the addresses of a built site."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page


@dataclass
class Visit:
    """A page and all that it complained of or asked elsewhere."""

    page: Page
    own: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def pages_of(site: Path) -> list[str]:
    """Addresses of all pages, relative to the site, the error page last."""
    found = (path.parent.relative_to(site).as_posix() for path in sorted(site.rglob("index.html")))
    return [*("" if path == "." else f"{path}/" for path in found), "404.html"]
