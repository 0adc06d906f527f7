"""Nothing is published while it is unset, uncommitted, or while an emergency fact has expired."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from pathlib import Path

import pytest

from support import run_guide


@pytest.fixture
def decided(project: Path) -> Path:
    """A committed project whose identity has been decided."""
    path = project / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in {
        "url": "https://guide.example.org/", "publisher": "Éditeur", "publication_director": "Directrice",
        "host": "Hébergeur", "contact_email": "contact@guide.example.org",
    }.items():  # fmt: skip
        text = text.replace(f"{name}: null", f"{name}: {value}")
    path.write_text(text, encoding="utf-8")
    (project / ".gitignore").write_text("site/\n.cache/\n__pycache__/\n")
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


def test_a_decided_and_committed_guide_is_released_with_its_checksums(decided: Path) -> None:
    done = run_guide("release", root=decided)
    assert done.returncode == 0, done.stderr
    site = decided / "site"
    lines = (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(lines) == sum(1 for path in site.rglob("*") if path.is_file()) - 1
    digest, name = lines[0].split("  ")
    assert hashlib.sha256((site / name).read_bytes()).hexdigest() == digest
    assert "https://guide.example.org/" in (site / "sitemap.xml").read_text(encoding="utf-8")


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
