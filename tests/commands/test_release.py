"""Nothing is published while it is unset, uncommitted, or while an emergency fact has expired."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from guide.commands.release import release
from messages import Said
from releases import DRAFT, URGENT, URL, commit, decide, expire, identify
from shared import Once
from support import DATE, ROOT, copy_project, environment, new_guide, noon, run_guide


@pytest.fixture
def decided(project: Path, once: Once) -> Path:
    """A committed project whose identity has been decided."""
    return decide(project, once.base)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A new guide: it is refused in a second, this one in eight."""
    return new_guide(tmp_path / "petit")


@pytest.fixture(scope="session")
def released(once: Once) -> tuple[Path, Path]:
    """The same commit released twice: in another folder, another time zone, another order of hashes.

    The day is that of the environment, then an option that overrides another one.
    """
    there = Path("un autre dossier") / "guide été"

    def make(folder: Path) -> None:
        decided, other = decide(copy_project(folder), once.base), folder / there
        other.parent.mkdir()
        subprocess.run(["git", "clone", "-q", str(decided), str(other)], check=True)
        first = {**environment(), "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}
        subprocess.run(["./scripts/guide", "release"], cwd=decided, env=first, check=True)
        second = {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "SOURCE_DATE_EPOCH": noon("2026-01-05")}
        done = run_guide("release", "--date", DATE, root=other, variables=second)
        assert done.returncode == 0, done.stderr

    folder = once("released", make)
    return folder / "guide", folder / there


def test_a_release_holds_the_whole_guide_in_one_pdf(released: tuple[Path, Path]) -> None:
    assert (released[0] / "site/imprimer/guide-complet.pdf").read_bytes().startswith(b"%PDF")
    page = (released[0] / "site/imprimer/index.html").read_text(encoding="utf-8")
    assert "guide-complet.pdf" in page and "livret.pdf" in page


def test_a_guide_as_it_begins_is_refused_with_each_reason(
    small: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(["--date", DATE], small) == 1
    reasons = against(capsys.readouterr().err)
    assert len(reasons) == 6  # five values of its identity, and git
    said("\n".join(reasons))
    assert not (small / "site").exists()


def test_a_released_site_says_what_it_is_made_of(released: tuple[Path, Path]) -> None:
    """Checksums of every file, the commit, the bill of materials; nothing that git does not know."""
    from cyclonedx.schema import SchemaVersion  # 1 s to load, in every worker that reads this file
    from cyclonedx.validation.json import JsonStrictValidator

    decided = released[0]
    site = decided / "site"
    sums = dict(
        line.split("  ")[::-1] for line in (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    )
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert sums == {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in files.items()
        if name != "SHA256SUMS"
    }
    assert f"{URL}/" in files["sitemap.xml"].read_text(encoding="utf-8")
    assert (decided / DRAFT).exists()
    assert DRAFT.removeprefix("docs/") not in files
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=decided, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert json.loads(files["version.json"].read_text(encoding="utf-8"))["commit"] == head
    text = files["sbom.cdx.json"].read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    assert bill["metadata"]["component"]["version"] == "2026.1"
    named = {part["name"]: part for part in bill["components"]}
    locked = re.findall(
        r"^([a-z0-9.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(locked) <= set(named)
    assert named["mkdocs"]["licenses"] == [{"license": {"id": "BSD-2-Clause"}}]
    assert not [path for path in decided.iterdir() if path.name.startswith(".site-")]


def test_two_releases_of_one_commit_are_the_same_bytes(released: tuple[Path, Path]) -> None:
    """Not one byte differs."""
    sites = [
        {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (each / "site" for each in released)
    ]
    assert sorted(sites[0]) == sorted(sites[1])
    assert [str(name) for name in sites[0] if sites[0][name] != sites[1][name]] == []
    assert f"<lastmod>{DATE}</lastmod>".encode() in sites[0][Path("sitemap.xml")]


def against(said: str) -> list[str]:
    """The reasons of a refusal, but for pages that the marks of a late fact alone make too long."""
    reasons = re.findall(r"^- .*", said, re.MULTILINE)
    return [each for each in reasons if not re.fullmatch(r".*md : \d+ mots, \d+ au plus \(.*", each)]


def test_whatever_stands_against_a_release_is_said_at_once(
    small: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page too hard to read, a change outside git, an expired emergency fact: three reasons, and nothing is made."""
    identify(small)
    commit(small)
    expire(small)
    long = "Cette phrase " + "qui continue sans jamais reprendre son souffle " * 5 + "finit enfin."
    with (small / "docs/sauvegardes.md").open("a", encoding="utf-8") as page:
        page.write(f"\n{long}\n")
    assert release(["--date", DATE], small) == 1
    reasons = against(capsys.readouterr().err)
    assert len(reasons) == 3, reasons
    said("\n".join(reasons))
    assert not (small / "site").exists()


def test_an_expired_emergency_fact_needs_a_reason(
    small: Path, decided: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused in a small guide; with its reason, this guide is released."""
    identify(small)
    expire(small)
    commit(small)
    assert release(["--date", DATE], small) == 1
    (reason,) = against(capsys.readouterr().err)
    said(reason)
    expire(decided)
    commit(decided)
    command = ["./scripts/guide", "release", "--urgent-correction", URGENT]
    subprocess.run(command, cwd=decided, env=environment(), check=True)
    version = json.loads((decided / "site/version.json").read_text(encoding="utf-8"))
    assert version["urgent_correction"] == URGENT
