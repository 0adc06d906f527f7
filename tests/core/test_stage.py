"""The way out: the staged Markdown, built without our hooks, is the same site."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from support import environment, run_guide

CONTENT = re.compile(r'<article class="md-content__inner[^>]*>(.*?)</article>', re.DOTALL)


def outline(html: str) -> dict[str, object]:
    """Title, headings, tables, words and internal links of a page's article."""
    match = CONTENT.search(html)
    assert match
    # The printed foot is the web adapter's; everything else must come from the staged text.
    article = re.sub(r'<p class="g-printfoot">.*?</p>', "", match[1], flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>", "", article, flags=re.DOTALL))
    title = re.search(r"<title>(.*?)</title>", html)
    return {
        "title": title and title[1],
        "headings": [
            re.sub(r"<[^>]+>", "", h) for h in re.findall(r"<h[1-6][^>]*>(.*?)</h[1-6]>", article, re.DOTALL)
        ],
        "tables": len(re.findall(r"<table", article)),
        "links": sorted(
            link for link in re.findall(r'href="([^"]+)"', article) if not link.startswith("http")
        ),
        "words": text.split(),
    }


@pytest.fixture(scope="session")
def staged_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The staged folder built by plain MkDocs, none of our hooks on its path."""
    folder = tmp_path_factory.mktemp("staged")
    done = run_guide("stage", str(folder / "source"), "--mkdocs")
    assert done.returncode == 0, done.stderr
    variables = {key: value for key, value in environment().items() if key != "PYTHONPATH"}
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "-f",
        str(folder / "source/mkdocs.yml"),
        "-d",
        str(folder / "site"),
    ]
    built = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def test_the_staged_site_has_the_same_pages_with_the_same_content(site: Path, staged_site: Path) -> None:
    ours = {path.relative_to(site) for path in site.rglob("*.html")}
    theirs = {path.relative_to(staged_site) for path in staged_site.rglob("*.html")}
    assert ours == theirs
    for path in sorted(ours - {Path("404.html")}):
        assert outline((site / path).read_text(encoding="utf-8")) == outline(
            (staged_site / path).read_text(encoding="utf-8")
        ), path


def test_staging_needs_an_empty_folder_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "already").write_text("here")
    done = run_guide("stage", str(tmp_path))
    assert done.returncode == 1
    assert "n’est pas vide" in done.stderr


def test_the_core_never_imports_mkdocs() -> None:
    from support import ROOT

    for path in (ROOT / "hooks/guide").rglob("*.py"):
        assert not re.search(r"^\s*(?:import|from) mkdocs", path.read_text(encoding="utf-8"), re.MULTILINE), (
            path
        )
