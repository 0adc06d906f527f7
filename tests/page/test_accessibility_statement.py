"""The declaration of accessibility announces what its file says, and its file cannot announce what nobody audited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.data.guide import read_data
from guide.text.problems import Code, Problem
from messages import Said
from support import ROOT, ours, run_guide
from webstates import TEMPLATES

FILE = "data/accessibility.yml"
AUDIT = """audit:
  on: "2026-10-01"
  by: Cabinet d’audit
  standard: RGAA 4.1.2
  rate: {rate}
  pages: [accueil, urgence, checklist]
"""


def declare(
    project: Path, *, state: str, audit: str = "audit: null\n", failures: bool = True
) -> list[Problem]:
    """Rewrites the declaration, and returns the problems found."""
    path = project / FILE
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^state: .*$", f"state: {state}", text, flags=re.M).replace("audit: null\n", audit)
    if not failures:
        text = re.sub(r"^failures:\n(?:  .*\n)+", "failures: []\n", text, flags=re.M)
    path.write_text(text, encoding="utf-8")
    return read_data(project).problems


@pytest.mark.parametrize("state", ["partielle", "totale"])
def test_a_conformity_without_an_audit_is_refused(project: Path, said: Said, state: str) -> None:
    """One French sentence, at its line, with the remedy."""
    problem = said(declare(project, state=state))[0]
    line = next(
        rank
        for rank, text in enumerate((project / FILE).read_text(encoding="utf-8").splitlines(), 1)
        if text.startswith("state:")
    )
    assert (problem.place.file, problem.place.line) == (FILE, line)


@pytest.mark.parametrize("field", ["on", "by", "standard", "rate", "pages"])
def test_an_audit_without_a_date_an_author_or_a_rate_is_refused(
    project: Path, said: Said, field: str
) -> None:
    """Each field of the audit is needed."""
    audit = re.sub(rf"^  {field}: .*\n", "", AUDIT.format(rate=80), flags=re.M)
    (problem,) = said(declare(project, state="partielle", audit=audit))
    assert problem.code is Code.MISSING_FIELD


@pytest.mark.parametrize(("state", "rate"), [("partielle", 49), ("totale", 99)])
def test_a_rate_too_low_for_what_is_announced_is_refused(
    project: Path, said: Said, state: str, rate: int
) -> None:
    """Half of the criteria, or all of them."""
    problems = declare(project, state=state, audit=AUDIT.format(rate=rate), failures=False)
    assert [each.code for each in said(problems)] == [Code.WRONG_VALUE]


def test_a_total_conformity_leaves_nothing_broken(project: Path, said: Said) -> None:
    """A known fault contradicts it."""
    problems = declare(project, state="totale", audit=AUDIT.format(rate=100))
    assert [each.code for each in said(problems)] == [Code.WRONG_VALUE]


def test_a_real_audit_is_announced_with_its_author_rate_and_pages(project: Path, tmp_path: Path) -> None:
    """And nothing says any more that none took place."""
    assert declare(project, state="partielle", audit=AUDIT.format(rate=76)) == []
    done = run_guide("stage", str(tmp_path / "staged"), root=project)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (
        (tmp_path / "staged/a-propos/accessibilite.md")
        .read_text(encoding="utf-8")
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
    )
    assert "partiellement conforme" in page
    assert "par Cabinet d’audit, selon RGAA 4.1.2 : 76 % des critères" in page
    assert "audit non réalisé" not in page
    assert "Aucun audit" not in page


def test_the_published_page_has_the_parts_of_a_declaration_and_claims_no_rate(site: Path) -> None:
    """State, results, contents, establishment, contact, remedies; no percentage without an audit."""
    page = (site / "a-propos/accessibilite/index.html").read_text(encoding="utf-8")
    article = re.sub(r"<[^>]+>", "", page[page.index("<article") : page.index("</article>")])
    assert "non conforme, audit non réalisé" in article
    parts = ("etat", "resultats", "limites", "etablissement", "signaler-difficulte", "recours")
    assert [part for part in parts if f'id="{part}"' not in page] == []
    assert "%" not in article
    assert "Défenseur des droits" in article


@pytest.mark.parametrize("check", ours().accessibility.checks, ids=lambda check: check.test)
def test_every_declared_check_is_a_test_of_this_project(check) -> None:
    """The file, the function, and as many pages as it goes through."""
    name, function = check.test.split("::")
    assert f"\ndef {function}(" in (ROOT / name).read_text(encoding="utf-8")
    assert check.pages in (None, len(TEMPLATES))
