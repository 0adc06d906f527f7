"""Shared fixtures: a copy of the project to break, and the real site built once."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from guide.page.offline_copy import ZIP
from support import CHROMIUM_FLAGS, ROOT, run_guide


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the whole project that a test may break."""
    root = tmp_path / "guide"
    root.mkdir()
    for name in ("docs", "data"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(ROOT / "hooks", root / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    cache = ROOT / ".cache"
    if cache.exists():
        shutil.copytree(cache, root / ".cache")
    return root


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once by the real command on the fixed day."""
    target = tmp_path_factory.mktemp("built") / "site"
    done = run_guide("site", "--output", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline ZIP of the real site, unpacked where addresses are hard: the dated folder at its top."""
    folder = tmp_path_factory.mktemp("disque") / "Clé USB n° 1, 100 % worker #guide"
    with zipfile.ZipFile(site / ZIP) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing: requests are not the tests' output."""


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Loopback address of the built site, ending with /."""
    handler = functools.partial(_Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: GUIDE_CHROMIUM, else the system's."""
    path = os.environ.get("GUIDE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield instance
        instance.close()
