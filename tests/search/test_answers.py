"""The answers of `data/answers.yml`: what an editor may not write, and what a reader gets."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guide.data.guide import Guide, read_data
from guide.page.read import read_pages
from guide.page.view import Options, View
from guide.search.answers import answers
from guide.text.problems import Problem
from messages import Said
from mutations import copy_sources
from support import ROOT, ours, run_guide

GOOD = """- id: eteindre
  words: [éteindre]
  title: Faut-il éteindre ?
  text: Non, laissez allumé.
  page: urgence
  sources: [17cyber]
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data and the pages."""
    root = tmp_path_factory.mktemp("answers")
    copy_sources(root)
    return root


@pytest.mark.parametrize(
    ("wrong", "by", "line"),
    [
        ("  sources: [17cyber]\n", "", 1),
        ("  sources: [17cyber]\n", "  sources: []\n", 6),
        ("Non, laissez allumé.", "Appelez le 17.", 4),
        ("Non, laissez allumé.", "Vous avez 72 heures.", 4),
        ("Non, laissez allumé.", "Vous avez soixante-douze heures.", 4),
        ("Non, laissez allumé.", "Envoyez un SMS au 33700.", 4),
        ("Non, laissez allumé.", "Vous avez {fact:inconnu}.", 4),
        ("Faut-il éteindre ?", "Faut-il éteindre 2 postes ?", 3),
        ("page: urgence", "page: urgences", 5),
        ("[17cyber]", "[17ciber]", 6),
        ("words: [éteindre]", "words: []", 2),
        ("  page: urgence\n", "  page: urgence\n  contact: personne\n", 6),
    ],
)
def test_a_wrong_answer_is_refused_at_its_line(
    sources: Path, said: Said, wrong: str, by: str, line: int
) -> None:
    assert wrong in GOOD
    (problem,) = said(_read(sources, GOOD.replace(wrong, by)))
    assert (problem.place.file, problem.place.line) == ("data/answers.yml", line)


def test_names_with_figures_are_no_figures(sources: Path) -> None:
    assert (
        _read(
            sources, GOOD.replace("Non, laissez allumé.", "Ouvrez 17cyber.gouv.fr, l’e-CPS, la règle 3-2-1.")
        )
        == []
    )


def test_two_answers_of_one_name_are_refused(sources: Path, said: Said) -> None:
    (problem,) = said(_read(sources, GOOD + GOOD))
    assert (problem.place.file, problem.place.line) == ("data/answers.yml", 7)


def _read(folder: Path, text: str) -> list[Problem]:
    """Problems of a copy of the sources with these answers."""
    (folder / "data/answers.yml").write_text(text, encoding="utf-8")
    return read_data(folder).problems


def test_the_command_says_the_same(project: Path, said: Said) -> None:
    path = project / "data/answers.yml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + GOOD.replace("- id: eteindre", "- id: autre").replace("Non,", "72 h,"),
        encoding="utf-8",
    )
    done = run_guide("check", root=project)
    assert done.returncode == 1
    said(done.stderr)


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
