"""Fixtures of the search tests: the box over http, and the same site opened from a folder without a server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from searchbox import SearchBox
from support import ROOT, environment

SHIM = Path(__file__).parent / "iframe-worker.js"


@pytest.fixture(scope="session")
def box(browser: Browser, site_url: str) -> Iterator[SearchBox]:
    """The search box of the real site."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield SearchBox(page, site_url)
    page.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as Material's offline plugin builds it: file names in addresses, the index in a script.

    Without hooks/web.py: what the policy of an offline copy must allow is not the subject here.
    """
    root = tmp_path_factory.mktemp("folder")
    for name in ("docs", "data", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    if (ROOT / ".cache").exists():
        shutil.copytree(ROOT / ".cache", root / ".cache")
    shutil.copy(SHIM, root / "docs" / "assets" / "js")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for old, new in (
        ("\nplugins:\n", "\nplugins:\n  - offline\n"),
        ("\nextra:\n", f"\nextra:\n  polyfills: [assets/js/{SHIM.name}]\n"),
        (", hooks/web.py", ""),
    ):
        assert settings.count(old) == 1, old
        settings = settings.replace(old, new)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=root, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.fixture(scope="session")
def folder_box(browser: Browser, folder: Path) -> Iterator[SearchBox]:
    """The search box of the site opened from the folder."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    yield SearchBox(page, (folder / "index.html").as_uri())
    page.close()
