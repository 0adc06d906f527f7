"""The code on the wall, read by a decoder from a grey print at 150 dots an inch."""

from __future__ import annotations

import dataclasses
import io
import itertools
from collections.abc import Mapping

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from guide.data.guide import Guide
from guide.data.model import identity
from guide.page.view import Options
from guide.paper import poster, typesetting
from guide.paper.make import Sheet
from pdftext import flat, spans

# One sentence, on every sheet, while the site has no address.
EDITION = (
    "Édition sans adresse de site, d’après un dossier du 23 novembre 2026, pas encore relue par un dentiste."
)
FITTED = 0.94  # « ajusté à la page »: what a printer's margins leave of A4


def read(pdf: bytes) -> list[list[str]]:
    """What a phone reads on each page, printed grey at 150 dots an inch: at full size and fitted to the page alike."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        whole = page.render(scale=150 / 72, grayscale=True).to_pil().convert("L")
        fitted = whole.resize((round(whole.width * FITTED), round(whole.height * FITTED)))
        codes = [[code.text for code in zxingcpp.read_barcodes(each)] for each in (whole, fitted)]
        assert codes[0] == codes[1]
        found.append(codes[0])
    return found


def test_both_codes_lead_to_the_address_in_their_footers(made: Mapping[str, Sheet], published: Guide) -> None:
    assert read(made["affiche-recto-verso"].pdf) == [[f"{published.site.url}urgence/"]] * 2
    for name in ("affiche", "affiche-urgence"):
        assert "numerique.cabinet.example/urgence/" in {span.text for span in spans(made[name].pdf)}


def test_without_an_address_the_codes_open_what_the_data_name(proofs: Mapping[str, Sheet]) -> None:
    """And one legible line says what the edition lacks; nothing forbids to hang the sheet."""
    assert read(proofs["affiche-recto-verso"].pdf) == [["https://17cyber.gouv.fr/"]] * 2
    for name in ("affiche", "affiche-urgence", "affiche-formulaire", "affiche-recto-verso"):
        lines = [span for span in spans(proofs[name].pdf) if flat(span.text) == EDITION]
        assert len(lines) == proofs[name].pages and all(line.size >= 10 for line in lines), name


def test_without_an_address_and_without_a_site_named_there_is_no_code(guide: Guide, options: Options) -> None:
    emergency = guide.incident.poster.model_copy(update={"code": None})
    changed = dataclasses.replace(guide, incident=guide.incident.model_copy(update={"poster": emergency}))
    job = poster.job(changed, options, changed.sheets["affiche"], (poster.WALL, poster.CARD))
    assert read(typesetting.pdf(job)) == [[], []]


def test_every_sheet_says_in_one_line_that_the_site_has_no_address(
    proofs: Mapping[str, Sheet], made: Mapping[str, Sheet]
) -> None:
    for name, sheet in proofs.items():
        text = flat(" ".join(span.text for span in spans(sheet.pdf)))
        assert EDITION in text, name
        assert "guide.example" not in text, name
        assert min(span.size for span in spans(sheet.pdf) if "Édition sans" in span.text) >= 9, name
        assert "Édition sans" not in " ".join(span.text for span in spans(made[name].pdf)), name


@pytest.mark.parametrize(
    "address",
    [
        "https://numerique.ordre.example/",
        "https://" + "m" * 45 + ".example/",
        "https://" + "m" * 60 + ".mm.example/",
    ],
)
def test_the_longest_address_stays_clear_of_what_stands_beside_it(
    published: Guide, options: Options, address: str
) -> None:
    """In words and as a code, the widest letters included."""
    assert len(address) <= identity.LONGEST
    guide = dataclasses.replace(published, site=published.site.model_copy(update={"url": address}))
    job = poster.job(guide, options, guide.sheets["affiche"], (poster.CARD,))
    poster.fitting(guide, guide.sheets["affiche"], job)
    picture = Image.open(io.BytesIO(typesetting.picture(job, 150))).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{address}urgence/"]
    drawn = spans(typesetting.pdf(job))
    foot = [span for span in drawn if span.top > next(s.top for s in drawn if "La suite" in s.text) - 1]
    assert min(span.size for span in foot) >= 9
    lines = sorted({round(span.top, 1) for span in foot})
    assert all(below - above > 3 for above, below in itertools.pairwise(lines)), lines
    words = "".join(span.text for span in foot).replace("\u200b", "")
    assert f"{address.removeprefix('https://')}urgence" in words
