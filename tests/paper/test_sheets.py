"""Every sheet: accessible, honest about what may be printed, within its pages, the same bytes twice."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Mapping
from pathlib import Path

import page
import pytest
from PIL import Image

from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper.make import Sheet, sheets
from guide.text import french
from guide.text.problems import GuideError
from pdftext import elements, flat, open_pdf, spans

ROLES = ("titulaire", "referent", "assistant", "secretariat", "remplacant", "prestataire")


def words(sheet: Sheet) -> str:
    return flat(" ".join(span.text for span in spans(sheet.pdf)))


def digits(text: str) -> str:
    return re.sub(r"[\s.\u00a0\u202f-]", "", text)


def test_every_pdf_conforms_to_pdf_ua_1(made: Mapping[str, Sheet], proofs: Mapping[str, Sheet]) -> None:
    for sheet in (*made.values(), *proofs.values()):
        report = page.validate_pdf_bytes(sheet.pdf, profile="ua1")
        assert report.is_compliant and not report.failures, (
            sheet.id,
            [each.message for each in report.failures],
        )


def test_every_pdf_has_a_tag_tree_a_language_and_shows_its_title(made: Mapping[str, Sheet]) -> None:
    for sheet in made.values():
        with open_pdf(sheet.pdf) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang).startswith("fr")
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert len(pdf.pages) == sheet.pages
        assert len(elements(sheet.pdf, "H1")) == (2 if sheet.id == "affiche-recto-verso" else 1)


def test_every_sheet_keeps_to_its_number_of_pages(made: Mapping[str, Sheet], guide: Guide) -> None:
    for name, sheet in made.items():
        assert 1 <= sheet.pages <= guide.sheets[name].pages


def test_every_preview_is_a_picture_of_the_stated_size(made: Mapping[str, Sheet]) -> None:
    for sheet in made.values():
        picture = Image.open(io.BytesIO(sheet.preview))
        assert picture.size == (sheet.width, sheet.height)
        assert picture.convert("L").getextrema() == (0, 255)


def test_the_same_data_gives_the_same_bytes(
    guide: Guide, options: Options, made: Mapping[str, Sheet], published: Guide, empty: Path
) -> None:
    again = {sheet.id: sheet for sheet in sheets(published, options, empty)}
    for name, sheet in made.items():
        assert (again[name].pdf, again[name].preview) == (sheet.pdf, sheet.preview), name


def test_a_second_build_reads_what_the_first_one_kept(
    guide: Guide, options: Options, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sheets(guide, options, empty)
    monkeypatch.setattr("guide.paper.typesetting.pdf", lambda job: pytest.fail("made again"))
    assert sheets(guide, options, empty) == first


def test_a_changed_text_is_printed_and_the_old_file_forgotten(
    guide: Guide, options: Options, cache: Path
) -> None:
    sheets(guide, options, cache)
    kept = len(list(cache.glob("*.pdf")))
    log = guide.incident.log.model_copy(update={"instructions": ("Écrire avec un crayon bleu.",)})
    changed = dataclasses.replace(guide, incident=guide.incident.model_copy(update={"log": log}))
    journal = next(sheet for sheet in sheets(changed, options, cache) if sheet.id == "journal")
    assert "crayon bleu" in words(journal)
    assert len(list(cache.glob("*.pdf"))) == kept


def test_no_number_that_may_not_be_printed_is_on_any_sheet(made: Mapping[str, Sheet], guide: Guide) -> None:
    hidden = [
        each
        for each in guide.contacts.values()
        if each.phone and not (each.paper and each.confidence == "high")
    ]
    assert hidden
    for sheet in made.values():
        text = digits(words(sheet))
        for contact in hidden:
            for number in re.split(r" ou | ; ", contact.phone or ""):
                assert digits(number) not in text, (sheet.id, contact.id)


@pytest.mark.parametrize("change", [{"paper": False}, {"confidence": "medium"}])
def test_the_poster_refuses_a_contact_that_may_not_be_printed(
    guide: Guide, options: Options, cache: Path, change: dict[str, object]
) -> None:
    contacts = {
        **guide.contacts,
        "police-secours": guide.contacts["police-secours"].model_copy(update=change),
    }
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, contacts=contacts), options, cache)
    (problem,) = raised.value.problems
    assert "ne s’imprime pas" in problem.what and problem.place.file == "data/contacts.yml"


def test_a_text_that_inserts_a_hidden_number_says_where_to_read_it(
    guide: Guide, options: Options, cache: Path
) -> None:
    log = guide.incident.log.model_copy(update={"instructions": ("Appelez le {contact:cert-sante}.",)})
    changed = dataclasses.replace(guide, incident=guide.incident.model_copy(update={"log": log}))
    journal = next(sheet for sheet in sheets(changed, options, cache) if sheet.id == "journal")
    assert "Appelez le CERT Santé (numéro à lire sur le site)." in words(journal)
    assert "0972439125" not in digits(words(journal))


def test_a_fact_that_is_not_sure_says_so(guide: Guide, options: Options, cache: Path) -> None:
    fact = guide.facts["cnil-delai"].model_copy(update={"confidence": "medium"})
    journal = next(
        sheet
        for sheet in sheets(
            dataclasses.replace(guide, facts={**guide.facts, "cnil-delai": fact}), options, cache
        )
        if sheet.id == "journal"
    )
    assert f"{flat(fact.value)} (à vérifier)" in words(journal)


def test_the_whole_checklist_has_every_measure_once(made: Mapping[str, Sheet], guide: Guide) -> None:
    items = elements(made["checklist-complete"].pdf, "LI")
    assert len(items) == len(guide.measures)
    for item, measure in zip(
        items,
        (m for g in guide.taxonomy.groups for m in guide.measures.values() if m.group == g.id),
        strict=True,
    ):
        assert item.startswith(flat(french.typeset(measure.label)))
    assert min(span.size for span in spans(made["checklist-complete"].pdf)) >= 8


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sheet_has_the_measures_of_the_role(
    made: Mapping[str, Sheet], guide: Guide, role: str
) -> None:
    items = elements(made[f"fiche-{role}"].pdf, "LI")
    expected = [each.label for each in guide.measures.values() if role in each.role_sheet]
    assert 1 <= len(items) == len(expected) <= 6
    for item, label in zip(items, expected, strict=True):
        assert item.startswith(flat(french.typeset(label)))


def test_the_journal_has_every_column_and_first_line(made: Mapping[str, Sheet], guide: Guide) -> None:
    log = guide.incident.log
    heads = elements(made["journal"].pdf, "TH")
    assert heads[: len(log.columns)] == [flat(french.typeset(column)) for column in log.columns]
    cells = set(elements(made["journal"].pdf, "TD"))
    assert {flat(french.typeset(line)) for line in log.first_lines} <= cells


def test_the_paper_kit_has_every_question_and_sentence(made: Mapping[str, Sheet], guide: Guide) -> None:
    kit, text = guide.incident.paper_day, words(made["kit-sans-logiciel"])
    for line in (*kit.prepare, *kit.ask_again, *kit.phone_script):
        assert flat(french.typeset(line)) in text


def test_a_sheet_with_too_many_pages_is_refused_with_its_line(
    guide: Guide, options: Options, cache: Path
) -> None:
    kit = guide.incident.paper_day.model_copy(update={"ask_again": guide.incident.paper_day.ask_again * 6})
    changed = dataclasses.replace(guide, incident=guide.incident.model_copy(update={"paper_day": kit}))
    with pytest.raises(GuideError) as raised:
        sheets(changed, options, cache)
    (problem,) = raised.value.problems
    planned = guide.sheets["kit-sans-logiciel"].pages
    assert problem.place.file == "data/sheets.yml" and f"pour {planned} prévue(s)" in problem.what


def test_a_sheet_that_writes_a_hidden_number_is_refused(guide: Guide, options: Options, cache: Path) -> None:
    sheet = guide.sheets["journal"].model_copy(update={"lead": "En cas de besoin, le 09 72 43 91 25."})
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, sheets={**guide.sheets, "journal": sheet}), options, cache)
    assert "un numéro qui ne s’imprime pas" in str(raised.value)
