"""Fixtures of the web tests: a sample site with every component, and a server that sends the written headers."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support import ROOT, environment
from websupport import Visit

SAMPLE = Path(__file__).parent / "sample"


def build(folder: Path, *, adapted: bool = True) -> Path:
    """Builds the sample with the project's assets and hook; returns the site."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    settings = folder / "mkdocs.yml"
    if not adapted:
        settings.write_text(settings.read_text(encoding="utf-8").replace("hooks: [hooks/web.py]\n", ""), encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as the project builds it."""
    return build(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample site as the theme alone builds it."""
    return build(tmp_path_factory.mktemp("raw"), adapted=False)


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
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


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
        seen.page.on("console", lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") else None)
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("request", lambda r: None if r.url.startswith((url, "data:")) else seen.foreign.append(r.url))
        seen.page.goto(url + path)
        return seen

    yield opened
    for context in contexts:
        context.close()
