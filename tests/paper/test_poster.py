"""The A4 sheets to hang up: their pages, legible, the same words as the data, and refused when they do not fit."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from guide.data.guide import Guide, load
from guide.page import chosen
from guide.page.view import Options
from guide.paper.make import Sheet, sheets
from guide.paper.paper_view import PaperView
from guide.text import french
from guide.text.problems import Code, GuideError
from messages import Said
from pdftext import MM, elements, flat, open_pdf, spans
from support import ROOT, ours

BLANKS = [each.label for each in ours().incident.poster.blanks]


def routine(guide: Guide) -> list[str]:
    return [each.poster.label for each in guide.measures.values() if each.poster]


def with_labels(guide: Guide, label: str) -> Guide:
    """The guide with every line of the poster replaced, past the limits that the data check sets."""
    measures = {
        name: each.model_copy(update={"poster": each.poster.model_copy(update={"label": label})})
        if each.poster
        else each
        for name, each in guide.measures.items()
    }
    return dataclasses.replace(guide, measures=measures)


def test_it_is_one_page_of_a4(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche"].pdf) as pdf:
        assert len(pdf.pages) == 1
        width, height = (float(value) / MM for value in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)


WALL = ("affiche-urgence", "affiche-recto-verso")


def test_the_wall_the_card_and_both_have_one_one_and_two_pages(made: Mapping[str, Sheet]) -> None:
    names = ("affiche", "affiche-urgence", "affiche-recto-verso")
    assert [made[name].pages for name in names] == [1, 1, 2]
    assert [made[name].path for name in names] == [
        "checklist/afficher/checklist.pdf",
        "urgence/affiche.pdf",
        "checklist/afficher/recto-verso.pdf",
    ]


def test_both_pages_are_set_together_with_every_tag_of_each(made: Mapping[str, Sheet]) -> None:
    for kind in ("H1", "H2", "LI"):
        alone = elements(made["affiche-urgence"].pdf, kind) + elements(made["affiche"].pdf, kind)
        assert elements(made["affiche-recto-verso"].pdf, kind) == alone, kind


@pytest.mark.parametrize("name", WALL)
def test_the_wall_is_legible_from_two_metres(made: Mapping[str, Sheet], guide: Guide, name: str) -> None:
    found = [span for span in spans(made[name].pdf) if span.page == 0]
    (title,) = [span for span in found if span.text == guide.sheets["affiche-urgence"].title]
    assert title.size >= 40
    gestures = {word.strip(" .,") for each in guide.incident.imperatives for word in each.text.split(", ")}
    sizes = {
        span.size
        for span in found
        if any(flat(span.text).strip(" .,") in part for part in gestures) and len(span.text) > 8
    }
    assert sizes and min(sizes) >= 22 and max(sizes) <= 24
    numbers = {span.text: span.size for span in found}
    for value in ("17 ou 112", "17cyber.gouv.fr", "notifications.cnil.fr"):
        assert {flat(text): size for text, size in numbers.items()}[value] >= 22
    assert [flat(span.text) for span in found].count("72 h") == 2
    assert min(span.size for span in found) >= 10


def test_the_card_says_72_hours_twice_and_gives_each_number_a_line_across(made: Mapping[str, Sheet]) -> None:
    found = spans(made["affiche"].pdf)
    assert [flat(span.text) for span in found].count("72 h") == 2
    tops = [
        next(span.top for span in found if flat(span.text) == flat(french.typeset(label))) for label in BLANKS
    ]
    assert all(below - above >= 8 for above, below in itertools.pairwise(tops))


def test_nothing_is_smaller_than_10_points_and_no_item_than_12(
    made: Mapping[str, Sheet], guide: Guide
) -> None:
    found = spans(made["affiche"].pdf)
    assert min(span.size for span in found) >= 10
    items = {span.text: span.size for span in found}
    for text in routine(guide):
        assert items[text] >= 12
    bold = [span for span in found if span.text in ("Photographiez l’écran, ne payez pas.",)]
    assert [span.size for span in bold] == [pytest.approx(14)]


def test_the_last_line_stays_above_285_mm(made: Mapping[str, Sheet]) -> None:
    assert max(span.top for span in spans(made["affiche"].pdf)) <= 285


def test_its_list_items_are_exactly_those_of_the_data(made: Mapping[str, Sheet], guide: Guide) -> None:
    expected = [f"{rank}. {each.text}" for rank, each in enumerate(guide.incident.imperatives, 1)]
    expected += [*BLANKS, *routine(guide)]
    found = [text.removesuffix(" le") for text in elements(made["affiche"].pdf, "LI")]
    assert len(found) == len(expected) == 26
    assert set(found) == {flat(text) for text in expected}


def test_it_carries_version_check_date_and_end_date(made: Mapping[str, Sheet]) -> None:
    text = flat(" ".join(span.text for span in spans(made["affiche"].pdf)))
    assert "Version 2026.1, d’après un dossier du 23 novembre 2026, à remplacer avant le 24 mai 2027." in text


def test_a_number_that_somebody_has_read_is_said_to_be_checked(published: Guide) -> None:
    read = {
        name: each.model_copy(update={"checked_by": "juriste, page lue"})
        for name, each in published.contacts.items()
    }
    view = PaperView(dataclasses.replace(published, contacts=read), Options(dt.date(2026, 11, 24)))
    assert "vérifiée le 23 novembre 2026" in flat(" ".join(chosen.poster_foot(view)))


def test_one_rule_for_renewal_everywhere(guide: Guide) -> None:
    """The date at the foot, the measure, its rhythm and the page say the same."""
    measure = guide.measures["fiche-urgence-imprimee"]
    label = {term.id: term.label for term in guide.taxonomy.frequencies}[measure.frequency]
    assert guide.site.sheet_lifetime_months == 6 and label == "deux fois par an"
    page = (ROOT / "docs/checklist/afficher.md").read_text(encoding="utf-8")
    for text in (measure.label, " ".join(measure.how), page):
        assert label in text.casefold()
    for text in (" ".join(measure.how), page):
        assert "avant la date écrite en bas" in text
    assert not any(
        "réimprimer" in text.casefold() for text in (measure.label, *measure.how, page, *routine(guide))
    )


def test_it_says_urgence_in_black_on_white(made: Mapping[str, Sheet]) -> None:
    assert "URGENCE" in {span.text for span in spans(made["affiche"].pdf)}
    picture = Image.open(io.BytesIO(made["affiche"].preview)).convert("RGB")
    assert all(red == green == blue for _, (red, green, blue) in picture.getcolors(1 << 20) or [])


def test_a_sheet_that_is_too_tall_names_the_texts_and_the_words_to_remove(
    guide: Guide, options: Options, empty: Path
) -> None:
    long = "Contrôler chaque semaine avec le prestataire la sauvegarde du logiciel métier et la copie hors ligne du cabinet"
    measures = {
        name: each.model_copy(update={"poster": each.poster.model_copy(update={"label": long})})
        if each.poster
        else each
        for name, each in guide.measures.items()
    }
    words = " ".join(["Débranchez"] * 22)
    imperatives = tuple(each.model_copy(update={"text": words}) for each in guide.incident.imperatives)
    incident = guide.incident.model_copy(update={"imperatives": imperatives})
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, measures=measures, incident=incident), options, empty)
    for problem in raised.value.problems:
        assert problem.code is Code.LENGTH, problem
        assert problem.place.file in ("data/checklist.yml", "data/incident.yml"), problem
    assert any(re.search(r"retirez \d+\smot", problem.remedy) for problem in raised.value.problems)
    assert not list(empty.glob("*.pdf"))


def test_a_thirteenth_item_is_refused_at_its_line(project: Path, said: Said) -> None:
    path = project / "data" / "checklist.yml"
    text = path.read_text()
    at = text.index("- id: sauvegarde-trois-copies")
    entry = text.index("  note:", at)
    path.write_text(
        text[:entry]
        + "  poster:\n    group: mensuel-referent\n    label: Garder trois copies des données\n"
        + text[entry:]
    )
    with pytest.raises(GuideError) as raised:
        load(project)
    (problem,) = said(raised.value)
    assert problem.place.file == "data/checklist.yml"


def test_a_label_that_is_too_long_is_refused_at_its_line(project: Path, said: Said) -> None:
    path = project / "data" / "checklist.yml"
    old = "    label: Installer les mises à jour en attente\n"
    text = path.read_text()
    assert old in text
    path.write_text(
        text.replace(
            old, "    label: Installer toutes les mises à jour en attente sur chacun des postes du cabinet\n"
        )
    )
    with pytest.raises(GuideError) as raised:
        load(project)
    (problem,) = said(raised.value)
    assert problem.code is Code.LENGTH
