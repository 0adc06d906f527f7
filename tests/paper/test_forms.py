"""The A4 sheet to fill in on a screen: named fields, tagged in their place, still one page and accessible once filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import page
import pytest

import formfilling
from formfilling import FILLERS, PICTURES, fields, fillings
from guide.page.sheet import Sheet
from guide.paper.form_fields import FONT
from guide.paper.glyphs import metrics
from pdftext import flat, open_pdf, spans, walk
from support import ours

BLANKS = [each.label for each in ours().incident.poster.blanks]


@pytest.fixture(scope="module")
def form(made: Mapping[str, Sheet], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty form as a file."""
    path = tmp_path_factory.mktemp("form") / "formulaire.pdf"
    path.write_bytes(made["affiche-formulaire"].pdf)
    return path


def test_it_has_a_field_for_every_value_box_and_date(made: Mapping[str, Sheet]) -> None:
    """A name and its numbers are two values."""
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        listed = list(pdf.Root.AcroForm.Fields)
        kinds = [str(field.FT) for field in listed]
        names = [str(field.T) for field in listed]
        labels = [flat(str(field.TU)) for field in listed]
    assert kinds.count("/Btn") == 4 * 6 + 4
    assert kinds.count("/Tx") == 2 * len(BLANKS) + 6 + 4 + 2
    assert len(set(names)) == len(names)
    assert len(set(labels[: 2 * len(BLANKS)])) == 2 * len(BLANKS)
    assert labels[: 2 * len(BLANKS) : 2] == [f"{label} : nom ou lieu" for label in BLANKS]


def test_every_field_is_a_form_element_of_the_tag_tree(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        forms = [
            element for element in walk(pdf.Root.StructTreeRoot) if str(element.get("/S", "")) == "/Form"
        ]
        tagged = {element.K.Obj.objgen for element in forms}
        assert tagged == {field.objgen for field in pdf.Root.AcroForm.Fields}
        inside = [element for element in forms if str(element.P.S) == "/LBody"]
        assert len(inside) == 2 * len(BLANKS) + 4 * 6 + 4 * 2


def test_fields_lie_on_the_page(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            left, bottom, right, top = (float(value) for value in field.Rect)
            assert 40 < left < right < 596 - 25 and 25 < bottom < top < 842 - 25


def test_fields_write_in_a_font_that_the_file_embeds(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["affiche-formulaire"].pdf) as pdf:
        fonts = pdf.Root.AcroForm.DR.Font
        for field in pdf.Root.AcroForm.Fields:
            if str(field.FT) == "/Tx":
                name, size, *_ = str(field.DA).split()
                assert fonts[name].DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
                assert float(size) >= 8


def test_its_font_has_every_letter_of_a_european_or_vietnamese_name() -> None:
    letters = "àâäçéèêëîïôöùûüÿæœÀÉÈÇŒŸßñåøðþłśšşșťțŵżžđăơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐỄ"
    assert set(letters) <= set(metrics(FONT).glyphs)


def test_the_form_prints_the_same_words_as_the_sheet(made: Mapping[str, Sheet]) -> None:
    def words(name: str) -> list[str]:
        return sorted(flat(" ".join(span.text for span in spans(made[name].pdf))).split())

    assert words("affiche-formulaire") == words("affiche")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where filled forms and their pictures go."""
    return tmp_path_factory.mktemp("rempli")


@pytest.fixture(scope="module", params=list(FILLERS))
def filled(request: pytest.FixtureRequest, form: Path, folder: Path) -> Iterator[Path]:
    """The form as one program fills it."""
    out = folder / f"{request.param}.pdf"
    FILLERS[request.param](form, fillings()[0], out)
    yield out


@pytest.mark.readers
def test_filled_it_is_still_accessible(filled: Path) -> None:
    report = page.validate_pdf_bytes(filled.read_bytes(), profile="ua1")
    assert report.is_compliant, [str(failure) for failure in report.failures]
    with open_pdf(filled.read_bytes()) as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.poppler
@pytest.mark.readers
@pytest.mark.parametrize("reader", list(PICTURES))
def test_each_value_stands_whole_on_its_line(form: Path, filled: Path, reader: str, folder: Path) -> None:
    assert list(formfilling.faults(form, filled, fillings()[0], reader, folder)) == []


@pytest.mark.poppler
def test_a_value_too_long_for_its_field_would_be_seen(form: Path, folder: Path) -> None:
    """What these tests look at does tell a cut name from a whole one."""
    out, values = folder / "trop-long.pdf", {"nom-prestataire-jour": "Société " * 9}
    FILLERS["pypdf"](form, values, out)
    assert len(list(formfilling.faults(form, out, values, "poppler", folder))) == 1


def test_every_field_is_wide_enough_for_what_it_asks(form: Path) -> None:
    """A name of 38 letters with its number, two numbers, a month, a whole date."""
    boxes = fields(form)
    wanted = {"nom-": 186.0, "numero-": 148.0, "mois-": 19.0, "date-": 70.0}
    for prefix, width in wanted.items():
        found = [box for name, box in boxes.items() if name.startswith(prefix)]
        assert found and all(box.box[2] - box.box[0] >= width + 4 for box in found), prefix
