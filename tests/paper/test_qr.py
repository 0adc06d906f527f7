"""The code on the wall, read by a decoder from a grey print at 150 dots an inch."""

from __future__ import annotations

import io
from collections.abc import Mapping

import zxingcpp
from PIL import Image

from guide.data.guide import Guide
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
