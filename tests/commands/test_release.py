"""Nothing is published while it is unset, uncommitted, or while an emergency fact has expired."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from support import ROOT, copy_project, run_guide


@pytest.fixture
def decided(project: Path) -> Path:
    """A committed project whose identity has been decided."""
    return decide(project)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same commit released twice: in another folder, another time zone, another order of hashes."""
    folder = tmp_path_factory.mktemp("released")
    decided = decide(copy_project(folder))
    (decided / "docs/assets/images/brouillon.svg").write_text("<svg/>", encoding="utf-8")
    (decided / ".gitignore").open("a", encoding="utf-8").write("brouillon.svg\n")
    commit(decided)
    other = folder / "un autre dossier" / "guide été"
    other.parent.mkdir()
    subprocess.run(["git", "clone", "-q", str(decided), str(other)], check=True)
    for root, variables in (
        (decided, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}),
        (other, {"PYTHONHASHSEED": "2", "TZ": "America/Lima"}),
    ):
        done = run_guide("release", "--date", "2026-11-20", root=root, variables=variables)
        assert done.returncode == 0, done.stderr
    return decided, other


def test_a_release_holds_the_whole_guide_in_one_pdf(released: tuple[Path, Path]) -> None:
    assert (released[0] / "site/imprimer/guide-complet.pdf").read_bytes().startswith(b"%PDF")
    page = (released[0] / "site/imprimer/index.html").read_text(encoding="utf-8")
    assert "guide-complet.pdf" in page and "livret.pdf" in page


def decide(project: Path) -> Path:
    """Decides the identity of a project and commits it."""
    path = project / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in {
        "url": "https://guide.example.org/", "publisher": "Éditeur", "publication_director": "Directrice",
        "host": "Hébergeur", "contact_email": "contact@guide.example.org",
    }.items():  # fmt: skip
        text = text.replace(f"{name}: null", f"{name}: {value}")
    path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "requirements.txt", project)
    (project / ".gitignore").write_text("/site/\n.cache/\n__pycache__/\n")
    commit(project)
    return project


def commit(project: Path) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "state"]):
        subprocess.run(["git", *command], cwd=project, check=True)


def expire(project: Path) -> None:
    path = project / "data/facts.yml"
    late = re.sub(
        r"(id: cnil-delai\n(?:  .*\n)*?  review_by: )\"[\d-]+\"",
        r'\1"2026-11-01"',
        path.read_text(encoding="utf-8"),
    )
    path.write_text(late, encoding="utf-8")


def test_the_guide_as_it_stands_is_refused_with_each_reason(project: Path) -> None:
    done = run_guide("release", root=project)
    assert done.returncode == 1
    assert "« url » n’est pas décidé" in done.stderr
    assert "git" in done.stderr
    assert not (project / "site").exists()


def test_a_released_site_says_what_it_is_made_of(released: tuple[Path, Path]) -> None:
    """Checksums of every file, the commit, the bill of materials; nothing that git does not know."""
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
    assert "https://guide.example.org/" in files["sitemap.xml"].read_text(encoding="utf-8")
    assert "assets/images/brouillon.svg" not in files
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
    assert b"<lastmod>2026-11-20</lastmod>" in sites[0][Path("sitemap.xml")]


def test_a_page_too_hard_to_read_is_refused(decided: Path) -> None:
    """A warning of the build is a reason not to publish."""
    long = "Cette phrase " + "qui continue sans jamais reprendre son souffle " * 5 + "finit enfin."
    (decided / "docs/audit.md").open("a", encoding="utf-8").write(f"\n{long}\n")
    commit(decided)
    done = run_guide("release", root=decided)
    assert done.returncode == 1
    assert "docs/audit.md" in done.stderr
    assert "une phrase de" in done.stderr


def test_a_change_outside_git_is_refused(decided: Path) -> None:
    (decided / "docs/audit.md").open("a").write("\nUne ligne.\n")
    assert "ne sont pas enregistrées" in run_guide("release", root=decided).stderr


def test_an_expired_emergency_fact_needs_a_reason(decided: Path) -> None:
    expire(decided)
    commit(decided)
    refused = run_guide("release", root=decided)
    assert refused.returncode == 1
    assert "cnil-delai" in refused.stderr
    done = run_guide("release", "--urgent-correction", "numéro changé", root=decided)
    assert done.returncode == 0, done.stderr
    version = json.loads((decided / "site/version.json").read_text(encoding="utf-8"))
    assert version["urgent_correction"] == "numéro changé"
