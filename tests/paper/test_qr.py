"""The code on the wall, read by a decoder from a grey print at 150 dots an inch."""

from __future__ import annotations

import dataclasses
import io
import itertools
from collections.abc import Mapping

import pytest
import zxingcpp
from PIL import Image

from guide.data.guide import Guide
from guide.data.model import identity
from guide.page.view import Options
from guide.paper import poster, typesetting
from guide.paper.make import Sheet
from pdftext import flat, spans


def test_its_qr_code_leads_to_the_address_in_its_footer(
    made: Mapping[str, Sheet], published: Guide, options: Options
) -> None:
    job = poster.job(published, options, published.sheets["affiche"])
    picture = Image.open(io.BytesIO(typesetting.picture(job, 150))).convert("L")
    codes = [code.text for code in zxingcpp.read_barcodes(picture)]
    assert codes == [f"{published.site.url}urgence/"]
    assert "numerique.cabinet.example/urgence/" in {span.text for span in spans(made["affiche"].pdf)}


def test_without_an_address_it_says_that_it_is_a_proof(
    proofs: Mapping[str, Sheet], guide: Guide, options: Options
) -> None:
    text = flat(" ".join(span.text for span in spans(proofs["affiche"].pdf)))
    assert "ÉPREUVE – ne pas afficher" in text
    assert "guide.example" not in text and "https" not in text
    job = poster.job(guide, options, guide.sheets["affiche"])
    picture = Image.open(io.BytesIO(typesetting.picture(job, 150))).convert("L")
    assert zxingcpp.read_barcodes(picture) == []


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
    job = poster.job(guide, options, guide.sheets["affiche"])
    poster.fitting(guide, guide.sheets["affiche"], job)
    picture = Image.open(io.BytesIO(typesetting.picture(job, 150))).convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"{address}urgence/"]
    drawn = spans(typesetting.pdf(job))
    foot = [span for span in drawn if span.top > next(s.top for s in drawn if "La suite" in s.text) - 1]
    assert min(span.size for span in foot) >= 9
    lines = sorted({round(span.top, 1) for span in foot})
    assert all(below - above > 3 for above, below in itertools.pairwise(lines)), lines
    words = "".join(span.text for span in foot).replace("\u200b", "")
    assert f"{address.removeprefix('https://')}urgence/" in words
