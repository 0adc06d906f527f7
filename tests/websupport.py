"""What the web tests share: a visited page with its complaints, the sample site and its server, a site's addresses."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

from support import ROOT, environment

SAMPLE = ROOT / "tests" / "web" / "sample"
PARTS = 4  # what visits every page of the guide does so in so many tests, for several workers


@dataclass
class Visit:
    """A page and all that it complained of or asked elsewhere."""

    page: Page
    own: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def stays_ticked(page: Page, box: Locator) -> bool:
    """Whether a box is still ticked once its page is loaded again: what a page of the disk kept may come a little later."""
    for _ in range(10):
        page.wait_for_timeout(300)
        page.reload()
        if box.is_checked():
            return True
    return False


def pages_of(site: Path) -> list[str]:
    """Addresses of all pages, relative to the site, the error page last."""
    found = (path.parent.relative_to(site).as_posix() for path in sorted(site.rglob("index.html")))
    return [*("" if path == "." else f"{path}/" for path in found), "404.html"]


def build(folder: Path, *, base: str = "/", security: bytes = b"") -> Path:
    """Builds the sample with the project's assets and templates; returns the site. `security` is a security.txt."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("site_url: https://guide.example/", f"site_url: https://guide.example{base}"),
        encoding="utf-8",
    )
    if security:
        (folder / "docs/security.txt").write_bytes(security)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


class _Server(http.server.SimpleHTTPRequestHandler):
    """Sends what nginx-headers.conf says, for any address."""

    headers_to_send: tuple[tuple[str, str], ...] = ()

    def end_headers(self) -> None:
        for name, value in self.headers_to_send:
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def nginx_headers(site: Path) -> tuple[tuple[str, str], ...]:
    """The constant headers of the file written for nginx. HSTS means nothing over http."""
    text = (site / "nginx-headers.conf").read_text(encoding="utf-8")
    found = re.findall(r'^add_header (\S+) "(.*)" always;$', text, re.M)
    return tuple((name, value) for name, value in found if name != "Strict-Transport-Security")


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Loopback address of a folder served with its own headers."""
    handler = type("Handler", (_Server,), {"headers_to_send": nginx_headers(site)})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=str(site))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
