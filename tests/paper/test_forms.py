"""The A4 sheet to fill in on a screen: named fields, tagged in their place, still one page."""

from __future__ import annotations

import io
from collections.abc import Mapping

import page

from guide.data.guide import load
from guide.paper.make import Sheet
from pdftext import flat, open_pdf, spans, walk
from support import ROOT

BLANKS = load(ROOT).incident.poster.blanks

FORTY = "Société Dupont-Lefèvre Informatique 40 c"


def test_it_has_a_field_for_every_blank_box_and_date(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        kinds = [str(field.FT) for field in fields]
        names = [str(field.T) for field in fields]
        labels = [str(field.TU) for field in fields]
    assert kinds.count("/Btn") == 4 * 6 + 4
    assert kinds.count("/Tx") == len(BLANKS) + 6 + 4 + 2
    assert len(set(names)) == len(names)
    assert [flat(label) for label in labels[: len(BLANKS)]] == list(BLANKS)


def test_every_field_is_a_form_element_of_the_tag_tree(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        forms = [
            element for element in walk(pdf.Root.StructTreeRoot) if str(element.get("/S", "")) == "/Form"
        ]
        tagged = {element.K.Obj.objgen for element in forms}
        assert tagged == {field.objgen for field in pdf.Root.AcroForm.Fields}
        inside = [element for element in forms if str(element.P.S) == "/LBody"]
        assert len(inside) == len(BLANKS) + 4 * 6 + 4 * 2


def test_fields_lie_on_the_page(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            left, bottom, right, top = (float(value) for value in field.Rect)
            assert 40 < left < right < 596 - 25 and 25 < bottom < top < 842 - 25


def test_filled_with_names_of_forty_characters_it_is_still_one_accessible_page(
    made: Mapping[str, Sheet],
) -> None:
    assert len(FORTY) == 40
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if str(field.FT) == "/Tx":
                field.V = FORTY
            else:
                field.V = field.AS = "/Oui"
        assert len(pdf.pages) == 1
        out = io.BytesIO()
        pdf.save(out)
    assert page.is_pdf_compliant_bytes(out.getvalue(), profile="ua1")


def test_the_form_prints_the_same_words_as_the_sheet(made: Mapping[str, Sheet]) -> None:
    assert [span.text for span in spans(made["affiche-formulaire"].pdf)] == [
        span.text for span in spans(made["affiche"].pdf)
    ]
