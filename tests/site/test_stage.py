"""The way out: the staged Markdown, built without our hooks, is the same site."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import parity
from guide.page.view import View
from guide.site import stage
from guide.site.build_options import Asked, options_of
from guide.site.checked import check
from guide.source.kept import NOTHING
from messages import Said
from shared import Once
from support import ROOT, environment, run_guide


@pytest.fixture(scope="session")
def staged_site(once: Once) -> Path:
    """The staged folder built by plain MkDocs, none of our hooks on its path."""

    def make(folder: Path) -> None:
        done = run_guide("stage", str(folder / "source"), "--mkdocs")
        assert done.returncode == 0, done.stderr
        variables = {key: value for key, value in environment().items() if key != "PYTHONPATH"}
        settings, target = folder / "source/mkdocs.yml", folder / "site"
        command = [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "-f",
            str(settings),
            "-d",
            str(target),
        ]
        built = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
        assert built.returncode == 0, built.stdout + built.stderr

    return once("staged", make) / "site"


def test_the_staged_site_has_the_same_pages_with_the_same_content(site: Path, staged_site: Path) -> None:
    assert list(parity.differences(site, staged_site)) == []


def test_links_of_fragments_can_name_sources_instead(tmp_path: Path) -> None:
    """Zensical resolves links in HTML as in Markdown: each must name a file of the staged folder."""
    done = run_guide("stage", str(tmp_path / "source"), "--zensical")
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "source/docs").rglob("*.md"))
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r'href="([^"#:]+)(?:#[^":]*)?"', page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 100
    assert [f"{page}: {link}" for page, link in links if not (page.parent / link).is_file()] == []


def test_staging_needs_an_empty_folder_and_says_so(tmp_path: Path, said: Said) -> None:
    (tmp_path / "already").write_text("here")
    done = run_guide("stage", str(tmp_path))
    assert done.returncode == 1
    said(done.stderr)


def test_the_core_never_imports_mkdocs() -> None:
    from support import ROOT

    for path in (ROOT / "hooks/guide").rglob("*.py"):
        assert not re.search(r"^\s*(?:import|from) mkdocs", path.read_text(encoding="utf-8"), re.MULTILINE), (
            path
        )


def test_what_a_page_cites_does_not_follow_from_the_order_of_the_pages() -> None:
    """« Sources et dates » lists what the emergency states, wherever that is composed; nothing is left from one to the next."""
    checked = check(ROOT)
    options = options_of(checked.guide, Asked(dt.date(2026, 11, 24)))
    ours = stage._composed(checked, options, View, NOTHING)
    again = stage._composed(replace(checked, pages=checked.pages[::-1]), options, View, NOTHING)
    assert [
        src for src, page in ours.items() if (page.text, page.cited) != (again[src].text, again[src].cited)
    ] == []
    decided = ours["urgence/decider.md"].cited
    assert {clock.fact for clock in checked.guide.incident.clocks} <= set(decided["fact"])
    assert set(stage._stated(checked, ours)) >= set(decided["fact"])
