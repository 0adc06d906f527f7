"""The real data under test, then broken one slip at a time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.data.guide import load
from guide.site.checked import check
from guide.text.problems import Code, GuideError
from messages import Said
from support import ROOT, ours, run_guide


def problems(root: Path, said: Said | None = None) -> list[tuple[Code, str, int]]:
    with pytest.raises(GuideError) as caught:
        check(root)
    return [
        (p.code, p.place.file, p.place.line) for p in (said(caught.value) if said else caught.value.problems)
    ]


def change(root: Path, file: str, old: str, new: str) -> int:
    """Replaces the first `old`; returns the line where it stood."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is no longer in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def test_the_real_data_and_pages_are_in_order() -> None:
    checked = check(ROOT)
    assert len(checked.guide.resources) >= 230
    assert 70 <= len(checked.guide.measures) <= 95
    assert len(checked.guide.glossary) >= 100
    assert len(checked.guide.incident.situations) == 8


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("data/resources.yml", "publisher: anssi", "publisher: ansi", Code.REFERENCE),
        ("data/resources.yml", "topic: audit", "topic: audits", Code.REFERENCE),
        ("data/resources.yml", "title_seen: true", "title_seen: vrai", Code.WRONG_TYPE),
        ("data/resources.yml", "lang: fr", "langue: fr", Code.UNKNOWN_FIELD),
        ("data/resources.yml", "status: actif", "status: active", Code.WRONG_VALUE),
        ("data/resources.yml", 'review_by: "2027-11-23"', 'review_by: "23/11/2027"', Code.WRONG_VALUE),
        ("data/resources.yml", "url: https://", "url: http://", Code.ADDRESS),
        ("data/resources.yml", "url: https://", "url: https://user@", Code.ADDRESS),
        ("data/checklist.yml", "frequency: annuel", "frequency: annuelle", Code.REFERENCE),
        ("data/checklist.yml", "  sources: [", "  sources: [inconnue, ", Code.REFERENCE),
        ("data/checklist.yml", "  why: ", "  why: En 2022, ", Code.LITERAL),
        ("data/checklist.yml", "  why: ", "  why: Sous {fact:inconnu}, ", Code.INSERT),
        ("data/checklist.yml", "  why: ", "  why: Sous {fact: cnil-delai}, ", Code.SYNTAX),
        ("data/checklist.yml", "  why: ", "  why: Sous {fait:cnil-delai}, ", Code.INSERT),
        ("data/facts.yml", "confidence: high", "confidence: sûre", Code.WRONG_VALUE),
        ("data/site.yml", 'version: "2026.1"', "version: 2026", Code.WRONG_TYPE),
        ("data/assessment.yml", "measure: referent-designe", "measure: referent", Code.REFERENCE),
        ("data/assessment.yml", "measure: arrivees-departs", "measure: mises-a-jour", Code.DUPLICATE),
        ("data/assessment.yml", "also: [boite-mssante-praticien]", "also: [mises-a-jour]", Code.DUPLICATE),
        ("data/assessment.yml", "measure: former-toute-equipe", "measure: plan-du-reseau", Code.DUPLICATE),
        ("data/assessment.yml", "weight: 5", "weight: 6", Code.WRONG_VALUE),
        ("data/assessment.yml", "points: -6", "points: 0", Code.WRONG_VALUE),
        ("data/assessment.yml", "question: comptes", "question: compte", Code.REFERENCE),
        ("data/assessment.yml", "joignable ?", "joignable.", Code.WORDING),
        ("data/assessment.yml", "days: [7, 14,", "days: [14, 7,", Code.WRONG_VALUE),
        ("data/taxonomy.yml", "marks: mois", "marks: semaines", Code.WRONG_VALUE),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(
    project: Path, said: Said, file: str, old: str, new: str, code: Code
) -> None:
    line = change(project, file, old, new)
    found = problems(project, said)
    assert (code, file, line) in found, found


def test_a_plan_that_could_stop_short_is_refused(project: Path, said: Said) -> None:
    """As many delays as measures in the plan, as many measures in reserve."""
    change(project, "data/assessment.yml", "days: [7,", "days: [1, 2, 3, 7,")
    first = change(project, "data/assessment.yml", "further:\n  - measure:", "further:\n  - measure:") + 1
    assert problems(project, said) == [(Code.LENGTH, "data/assessment.yml", first)]


def test_a_doubtful_contact_may_not_be_printed(project: Path) -> None:
    path = project / "data/contacts.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("paper: false", "paper: true"), encoding="utf-8")
    doubtful = [contact for contact in ours().contacts.values() if contact.confidence != "high"]
    assert [code for code, _, _ in problems(project)] == [Code.PAPER] * len(doubtful)


def test_a_file_that_cannot_be_read_is_the_only_one_blamed(project: Path) -> None:
    change(project, "data/resources.yml", "title: ", 'title: "jamais fermé ')
    assert {file for _, file, _ in problems(project)} == {"data/resources.yml"}


def test_a_file_of_the_wrong_shape_is_the_only_one_blamed(project: Path, said: Said) -> None:
    (project / "data/resources.yml").write_text("a: b\n")
    assert problems(project, said) == [(Code.WRONG_TYPE, "data/resources.yml", 1)]


def test_a_wrong_item_does_not_make_its_list_too_short(project: Path) -> None:
    line = change(project, "data/checklist.yml", "  sources: [", "  sources: [inconnue] # [")
    assert problems(project) == [(Code.REFERENCE, "data/checklist.yml", line)]


def test_a_missing_field_points_at_its_entry(project: Path) -> None:
    change(project, "data/facts.yml", "  relied_on: ", "  # relied_on: ")
    assert any(code is Code.MISSING_FIELD and file == "data/facts.yml" for code, file, _ in problems(project))


def test_every_problem_is_reported_in_one_run(project: Path) -> None:
    change(project, "data/resources.yml", "lang: fr", "langue: fr")
    change(project, "data/site.yml", "short_name:", "nom_court:")
    change(project, "docs/audit.md", "# ", "# Voir https://exemple.example/ ")
    files = {file for _, file, _ in problems(project)}
    assert files == {"data/resources.yml", "data/site.yml", "docs/audit.md"}


def test_the_same_address_under_two_ids_is_refused(project: Path) -> None:
    text = (project / "data/resources.yml").read_text(encoding="utf-8")
    addresses = re.findall(r"^  url: (https\S+)$", text, re.MULTILINE)
    change(project, "data/resources.yml", f"url: {addresses[1]}\n", f"url: {addresses[0]}/\n")
    assert Code.DUPLICATE in {code for code, _, _ in problems(project)}


def test_a_host_that_is_not_the_publishers_is_refused(project: Path) -> None:
    change(
        project,
        "data/resources.yml",
        "https://messervices.cyber.gouv.fr",
        "https://messervices.cyber.example.fr",
    )
    assert Code.ADDRESS in {code for code, _, _ in problems(project)}


def test_a_thirteenth_poster_line_is_refused(project: Path) -> None:
    change(
        project,
        "data/checklist.yml",
        "\n  role_sheet:",
        "\n  poster: {group: quotidien-equipe, label: Un de trop}\n  role_sheet:",
    )
    assert Code.LENGTH in {code for code, _, _ in problems(project)}


def test_an_exception_that_serves_no_more_is_an_error(project: Path, said: Said) -> None:
    (project / "data/exceptions.yml").write_text(
        '- {file: docs/audit.md, text: "1999", reason: une raison assez longue}\n'
    )
    assert problems(project, said) == [(Code.UNUSED, "data/exceptions.yml", 1)]


def test_an_unknown_data_file_is_not_passed_over(project: Path, said: Said) -> None:
    (project / "data/resource.yml").write_text("[]")
    assert problems(project, said) == [(Code.FILE, "data/resource.yml", 1)]


def test_a_long_text_says_how_many_words_must_go(project: Path, said: Said) -> None:
    change(project, "data/checklist.yml", "  why: ", "  why: " + "mot " * 60)
    with pytest.raises(GuideError) as caught:
        load(project)
    assert [each.code for each in said(caught.value)] == [Code.LENGTH]


def test_broken_data_leaves_the_last_good_site(project: Path) -> None:
    assert run_guide("site", root=project).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.html")}
    change(project, "data/facts.yml", "confidence: high", "confidence: certaine")
    done = run_guide("site", root=project)
    assert done.returncode != 0
    assert "data/facts.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*.html")} == before
