"""The answers of `data/answers.yml`: what an editor may not write, and what a reader gets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guide.data.guide import Guide, read_data
from guide.page.read import read_pages
from guide.page.view import Options, View
from guide.search.answers import answers
from support import ROOT, ours, run_guide

GOOD = """- id: eteindre
  words: [éteindre]
  title: Faut-il éteindre ?
  text: Non, laissez allumé.
  page: urgence
  sources: [17cyber]
"""


@pytest.mark.parametrize(
    ("wrong", "by", "line", "said"),
    [
        ("  sources: [17cyber]\n", "", 1, "sources"),
        ("  sources: [17cyber]\n", "  sources: []\n", 6, "sources"),
        ("Non, laissez allumé.", "Appelez le 17.", 4, "un chiffre est écrit en clair"),
        ("Non, laissez allumé.", "Vous avez 72 heures.", 4, "un délai est écrit en clair"),
        ("Non, laissez allumé.", "Vous avez soixante-douze heures.", 4, "un chiffre est écrit en clair"),
        ("Non, laissez allumé.", "Envoyez un SMS au 33700.", 4, "écrit en clair"),
        ("Non, laissez allumé.", "Vous avez {fact:inconnu}.", 4, "identifiant inconnu"),
        ("Faut-il éteindre ?", "Faut-il éteindre 2 postes ?", 3, "un chiffre est écrit en clair"),
        ("page: urgence", "page: urgences", 5, "page"),
        ("[17cyber]", "[17ciber]", 6, "ressource"),
        ("words: [éteindre]", "words: []", 2, "words"),
        ("  page: urgence\n", "  page: urgence\n  contact: personne\n", 6, "contact"),
    ],
)
def test_a_wrong_answer_is_refused_at_its_line(
    tmp_path: Path, wrong: str, by: str, line: int, said: str
) -> None:
    assert wrong in GOOD
    problems = [str(each) for each in _read(tmp_path, GOOD.replace(wrong, by))]
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"data/answers.yml:{line}:") and said in problems[0], problems
    assert " — " in problems[0]


def test_names_with_figures_are_no_figures(tmp_path: Path) -> None:
    assert (
        _read(
            tmp_path, GOOD.replace("Non, laissez allumé.", "Ouvrez 17cyber.gouv.fr, l’e-CPS, la règle 3-2-1.")
        )
        == []
    )


def test_two_answers_of_one_name_are_refused(tmp_path: Path) -> None:
    (problem,) = _read(tmp_path, GOOD + GOOD)
    assert str(problem).startswith("data/answers.yml:7:") and "déjà" in str(problem)


def _read(folder: Path, text: str) -> list[object]:
    """Problems of a copy of the sources with these answers."""
    import shutil

    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "data/answers.yml").write_text(text, encoding="utf-8")
    return list(read_data(folder).problems)


def test_the_command_says_the_same(project: Path) -> None:
    path = project / "data/answers.yml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + GOOD.replace("- id: eteindre", "- id: autre").replace("Non,", "72 h,"),
        encoding="utf-8",
    )
    done = run_guide("check", root=project)
    assert done.returncode == 1 and "data/answers.yml:" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.fixture(scope="module")
def guide() -> Guide:
    return ours()


def test_every_answer_says_its_sources_and_leads_on(guide: Guide) -> None:
    pages, _ = read_pages(ROOT, guide.context)
    view = View(
        guide, Options(dt.date(2026, 11, 24)), "accueil", {page.id: page.meta.title for page in pages}
    )
    made = answers(view)
    assert len(made) == len(guide.answers) > 10
    for each in made:
        assert each["source"] and each["more"] and each["page"].endswith("/"), each["title"]
        assert "{" not in each["title"] + each["text"], each["title"]
        if "call" in each:
            assert each["call"][1].isdigit() and each["call"][0], each
        if "visit" in each:
            assert each["visit"][1].startswith("https://"), each


def test_an_uncertain_number_says_so(guide: Guide) -> None:
    view = View(
        guide, Options(dt.date(2026, 11, 24)), "accueil", {page: page for page in guide.context.ids["page"]}
    )
    (card,) = [each for each in answers(view) if "Faire opposition" in each["title"]]
    uncertain = guide.contacts["opposition-carte-bancaire"].confidence != "high"
    assert ("à vérifier" in card["text"]) is uncertain and ("à vérifier" in card["call"][0]) is uncertain
