"""Every sheet: accessible, honest about what may be printed, within its pages, the same bytes twice."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import page
import pypdfium2
import pytest
from PIL import Image

from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper import face, make
from guide.paper.make import Sheet, sheets
from guide.paper.paper_view import PaperView
from guide.text import french
from guide.text.problems import Code, GuideError
from messages import Said
from pdftext import MM, elements, flat, open_pdf, spans
from support import ROOT

FOOT = 282  # millimetres: below stands what every page repeats
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
    guide: Guide, options: Options, kept: Path, proofs: Mapping[str, Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The very bytes that were set: those of `test_the_same_data_gives_the_same_bytes` were kept too."""
    monkeypatch.setattr("guide.paper.typesetting.pdf", lambda job: pytest.fail("made again"))
    assert {sheet.id: sheet for sheet in sheets(guide, options, kept)} == proofs


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
    guide: Guide, options: Options, cache: Path, change: dict[str, object], said: Said
) -> None:
    contacts = {
        **guide.contacts,
        "police-secours": guide.contacts["police-secours"].model_copy(update=change),
    }
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, contacts=contacts), options, cache)
    (problem,) = said(raised.value)
    assert problem.place.file == "data/contacts.yml"


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
    found = [span for span in spans(made["checklist-complete"].pdf) if span.top < FOOT]
    assert min(span.size for span in found) >= 10.5
    for word in ("le", "par"):  # a date and initials for each
        assert [flat(span.text) for span in found].count(word) == len(guide.measures)
    assert words(made["checklist-complete"]).count("conseil des auteurs") == 1


@pytest.mark.parametrize("role", ROLES)
def test_a_role_sheet_has_the_measures_of_the_role(
    made: Mapping[str, Sheet], guide: Guide, role: str
) -> None:
    items = elements(made[f"fiche-{role}"].pdf, "LI")
    expected = [each.label for each in guide.measures.values() if role in each.role_sheet]
    assert 1 <= len(items) == len(expected) <= 6
    for item, label in zip(items, expected, strict=True):
        assert item.startswith(flat(french.typeset(label)))


def test_what_is_done_each_day_has_a_box_a_day_and_the_rest_a_date(
    made: Mapping[str, Sheet], guide: Guide
) -> None:
    often = {each.id: each for each in guide.taxonomy.frequencies}
    assert (often["quotidien"].boxes, often["quotidien"].span) == (31, "mois")
    for role in guide.taxonomy.roles:
        if role.outside:
            continue
        found = [flat(span.text) for span in spans(made[f"fiche-{role.id}"].pdf)]
        measures = [each for each in guide.measures.values() if role.id in each.role_sheet]
        daily = [each for each in measures if each.frequency == "quotidien"]
        assert found.count("31") == found.count("Mois") == len(daily)
        assert found.count("Fait le") == sum(1 for each in measures if not often[each.frequency].boxes)


def test_the_journal_has_every_column_and_empty_cells_with_a_small_hint(
    made: Mapping[str, Sheet], guide: Guide
) -> None:
    """The columns and first lines of the page; 9 mm or more a row, most of it for the pen."""
    log, pdf = guide.incident.log, made["journal"].pdf
    heads = elements(pdf, "TH")
    assert heads[: len(log.columns)] == [flat(french.typeset(column)) for column in log.columns]
    cells = [each for each in elements(pdf, "TD") if each]
    hints = [flat(french.typeset(line)) for line in log.first_lines]
    assert cells == [text for rank, hint in enumerate(hints, 1) for text in (str(rank), hint)]
    found = {flat(span.text): span for span in spans(pdf)}
    assert all(found[hint].size <= 8 for hint in hints)
    tops = [found[str(rank)].top for rank in range(1, len(hints) + 1)]
    assert all(round(below - above, 2) >= 9 for above, below in itertools.pairwise(tops))


def test_the_paper_kit_has_every_question_and_sentence(made: Mapping[str, Sheet], guide: Guide) -> None:
    kit, text = guide.incident.paper_day, words(made["kit-sans-logiciel"])
    for line in (*kit.morning, *kit.prepare, *kit.ask_first, *kit.ask_again, *kit.phone_script):
        assert flat(french.typeset(line)) in text


def test_the_paper_kit_opens_on_the_day_itself_and_ends_on_what_is_prepared(
    made: Mapping[str, Sheet], guide: Guide
) -> None:
    """Read standing, in a hurry: the order of the morning and the telephone, large; then the numbers to write."""
    kit, found = guide.incident.paper_day, spans(made["kit-sans-logiciel"].pdf)

    def page_of(number: int) -> str:
        return flat(" ".join(span.text for span in found if span.page == number))

    for line in (*kit.morning, *kit.phone_script):
        assert flat(french.typeset(line)) in page_of(0)
    start = next(span.top for span in found if flat(span.text) == "Nos numéros (à remplir)")
    large = [span for span in found if span.page == 0 and 40 < span.top < start - 1]
    assert all(13 <= span.size <= 14 for span in large)
    assert all(flat(french.typeset(each.label)) in page_of(0) for each in guide.incident.poster.blanks)
    last = page_of(made["kit-sans-logiciel"].pages - 1)
    assert all(flat(french.typeset(line)) in last for line in kit.prepare)


def test_each_question_of_health_has_yes_no_and_room_and_each_sheet_its_number(
    made: Mapping[str, Sheet], guide: Guide
) -> None:
    kit, found = guide.incident.paper_day, spans(made["kit-sans-logiciel"].pdf)
    (act,) = {span.page for span in found if flat(span.text) == flat(french.typeset(kit.act_sheet.title))}
    on_it = [flat(span.text) for span in found if span.page == act]
    assert on_it.count("oui") == on_it.count("non") == len(kit.ask_again) >= 9
    rows = [span.top for span in found if span.page == act and span.text == "oui"]
    assert all(below - above >= 9 for above, below in itertools.pairwise(rows))
    assert "Feuille n°" in on_it
    for label in kit.act_sheet.signatures:
        assert flat(french.typeset(label)) in on_it
    assert [flat(span.text) for span in found].count("Feuille n°") == 3


def test_billing_without_software_is_one_text_on_the_page_and_in_the_kit(
    made: Mapping[str, Sheet], guide: Guide, options: Options
) -> None:
    billing = guide.incident.paper_day.billing
    assert billing
    view = PaperView(guide, options)
    kit = words(made["kit-sans-logiciel"])
    written = (ROOT / "docs/urgence/sans-logiciel.md").read_text(encoding="utf-8")
    assert "<!-- guide:billing -->" in written
    for point in (*billing.cases, *billing.rules, *billing.more):
        assert flat(view.text(point.text)) in kit and point.text not in written
    for column in billing.owed.columns:
        assert flat(french.typeset(column)) in kit


def test_every_line_stays_clear_of_the_edge_that_no_printer_reaches(proofs: Mapping[str, Sheet]) -> None:
    for name, sheet in proofs.items():
        with open_pdf(sheet.pdf) as pdf:
            heights = [float(each.mediabox[3]) / MM for each in pdf.pages]
        last = dict.fromkeys(range(len(heights)), 0.0)
        for span in spans(sheet.pdf):
            last[span.page] = max(last[span.page], span.top)
        assert all(last[number] <= height - 6 for number, height in enumerate(heights)), (name, last)


def test_every_sheet_is_black_and_white_in_fonts_that_it_embeds(
    made: Mapping[str, Sheet], proofs: Mapping[str, Sheet]
) -> None:
    for name, sheet in made.items():
        for number, leaf in enumerate(pypdfium2.PdfDocument(sheet.pdf)):
            red, green, blue = leaf.render(scale=0.5).to_pil().convert("RGB").split()
            assert red.tobytes() == green.tobytes() == blue.tobytes(), (name, number)
        with open_pdf(proofs[name].pdf) as pdf:
            for each in pdf.pages:
                for font in each.obj.Resources.get("/Font", {}).values():
                    (inner,) = font.DescendantFonts
                    assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor), name


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


def test_a_page_that_is_filled_to_its_foot_never_runs_over_it(
    guide: Guide, options: Options, cache: Path
) -> None:
    """It has as many pages as before: typst draws what is too tall over the foot and says nothing."""
    log = guide.incident.log.model_copy(update={"first_lines": guide.incident.log.first_lines * 2})
    longer = {
        "journal": {"incident": guide.incident.model_copy(update={"log": log})},
        "fiche-titulaire": {
            "measures": {
                name: each.model_copy(update={"why": f"{each.why} " * 9})
                for name, each in guide.measures.items()
            }
        },
    }
    for name, change in longer.items():
        only = {"sheets": {name: guide.sheets[name]}}
        with pytest.raises(GuideError) as raised:
            sheets(dataclasses.replace(guide, **change, **only), options, cache)
        (problem,) = raised.value.problems
        assert f"fait {guide.sheets[name].pages + 1} pages" in problem.what, name


def test_no_line_of_a_sheet_is_written_over_another(
    guide: Guide, options: Options, proofs: Mapping[str, Sheet], cache: Path
) -> None:
    """Nor where an editor writes more than a row of the pen holds: the row grows."""
    sheet = guide.sheets["essai-de-restauration"]
    blocks = list(sheet.blocks)
    at = next(number for number, each in enumerate(blocks) if each.table)
    table = blocks[at].table
    assert table
    more = table.model_copy(
        update={"lines": ("Dossier récent d’un patient suivi depuis dix ans, avec radios",) * 4}
    )
    blocks[at] = blocks[at].model_copy(update={"table": more})
    asked = "Ce qui a manqué, ce qui sera corrigé, par qui et avant quelle date, " * 3
    blocks[-1] = blocks[-1].model_copy(update={"fields": (asked, "Durée totale")})
    longer = sheet.model_copy(update={"blocks": tuple(blocks), "pages": 2})
    (stretched,) = sheets(dataclasses.replace(guide, sheets={sheet.id: longer}), options, cache)
    for each in (*proofs.values(), stretched):
        for number, leaf in enumerate(pypdfium2.PdfDocument(each.pdf)):
            lines = leaf.get_textpage()
            boxes = [lines.get_rect(index) for index in range(lines.count_rects())]
            over = [
                pair
                for pair in itertools.combinations(boxes, 2)
                if min(pair[0][2], pair[1][2]) - max(pair[0][0], pair[1][0]) > 2
                and min(pair[0][3], pair[1][3]) - max(pair[0][1], pair[1][1]) > 2
            ]
            assert not over, (each.id, number, over[:3])


def test_a_sheet_that_writes_a_hidden_number_is_refused(
    guide: Guide, options: Options, cache: Path, said: Said
) -> None:
    sheet = guide.sheets["journal"].model_copy(update={"lead": "En cas de besoin, le 09 72 43 91 25."})
    with pytest.raises(GuideError) as raised:
        sheets(dataclasses.replace(guide, sheets={**guide.sheets, "journal": sheet}), options, cache)
    assert [each.code for each in said(raised.value)] == [Code.PAPER]


def test_a_guide_without_a_mark_has_no_icons(guide: Guide, options: Options, tmp_path: Path) -> None:
    assert face.files(guide, options)
    (tmp_path / "docs/assets").mkdir(parents=True)
    shutil.copytree(guide.root / "docs/assets/css", tmp_path / "docs/assets/css")
    assert face.files(dataclasses.replace(guide, root=tmp_path), options) == {}


def test_two_contents_of_one_name_are_refused_at_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "CONTENTS", (*make.CONTENTS, make.CONTENTS[0]))
    with pytest.raises(GuideError) as refused:
        make.contents()
    (problem,) = refused.value.problems
    assert problem.place.file == "hooks/guide/paper/make.py" and problem.place.line > 1
    assert problem.found == make.CONTENTS[0].name
