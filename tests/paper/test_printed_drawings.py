"""Drawings on paper: their equivalent in words, real text in the guide's font, readable in greys, and the icons."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping

import page
import pytest
from PIL import Image

from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper import face, poster
from guide.paper.make import Sheet
from guide.paper.paper_view import PaperView
from pdftext import flat, open_pdf, spans, walk

# Sheet → the drawings on it.
SHOWN = {
    "kit-sans-logiciel": ("ou-debrancher-ordinateur", "ou-debrancher-box", "ou-debrancher-sauvegardes"),
    "plan-a-remplir": ("plan-a-remplir",),
    "canal-accueil": ("canal-pour-qui",),
}


def alternatives(pdf: bytes) -> list[str]:
    """What the figures of a PDF say to whom does not see them, in reading order."""
    with open_pdf(pdf) as document:
        return [
            flat(str(element.get("/Alt", "")))
            for element in walk(document.Root.StructTreeRoot)
            if str(element.get("/S", "")) == "/Figure"
        ]


@pytest.mark.parametrize("name", SHOWN)
def test_a_drawing_on_paper_says_the_same_in_words(
    guide: Guide, options: Options, made: Mapping[str, Sheet], name: str
) -> None:
    view = PaperView(guide, options)
    wanted = [flat(guide.pictures[each].alternative(view.text)) for each in SHOWN[name]]
    assert alternatives(made[name].pdf) == wanted
    assert page.validate_pdf_bytes(made[name].pdf, profile="ua1").is_compliant


def test_its_words_are_text(guide: Guide, made: Mapping[str, Sheet]) -> None:
    """They can be searched and copied, in the font of the sheet. Each letter has its place: spaces do not count."""
    text = re.sub(r"\s", "", "".join(span.text for span in spans(made["canal-accueil"].pdf)))
    for label in guide.pictures["canal-pour-qui"].said.labels.values():
        assert re.sub(r"\s", "", label) in text
    with open_pdf(made["canal-accueil"].pdf) as document:
        fonts = {str(font.BaseFont) for each in document.pages for font in each.Resources.Font.values()}
    assert fonts and all("AtkinsonHyperlegibleNext" in font for font in fonts)


def test_the_sheet_of_the_reception_is_an_a5(made: Mapping[str, Sheet]) -> None:
    with open_pdf(made["canal-accueil"].pdf) as document:
        (width, height) = (round(float(side) * 25.4 / 72) for side in document.pages[0].MediaBox[2:])
    assert (width, height) == (148, 210)


def test_gestures_on_the_poster_have_pictograms_that_screen_readers_pass_over(
    guide: Guide, options: Options, made: Mapping[str, Sheet]
) -> None:
    """The words say the same: a picture more would be read twice."""
    (sheet,) = (each for each in guide.sheets.values() if each.content == "poster-wall")
    gestures = poster.job(guide, options, sheet, (poster.WALL,)).data["imperatives"]
    assert len({each["pictogram"] for each in gestures}) == len(gestures) == 6
    assert all(each["pictogram"].startswith("<svg ") for each in gestures)
    assert [each for each in alternatives(made[sheet.id].pdf) if not each.startswith("QR code")] == []


def test_icons_and_card_are_the_same_bytes_twice(guide: Guide, options: Options) -> None:
    made, again = (face.files(guide, options) for _ in range(2))
    assert made == again
    for path, side in face.ICONS.items():
        assert Image.open(io.BytesIO(made[path])).size == (side, side)
    assert Image.open(io.BytesIO(made[face.CARD])).size == face.CARD_SIZE


def test_the_mark_stays_in_the_circle_that_a_home_screen_may_cut(guide: Guide, options: Options) -> None:
    """A maskable icon shows only its inner 80 %: beyond, nothing but its ground."""
    icon = Image.open(io.BytesIO(face.files(guide, options)["assets/images/icon-512.png"])).convert("RGB")
    ground, half = icon.getpixel((0, 0)), icon.width / 2
    outside = {
        icon.getpixel((x, y))
        for x in range(0, icon.width, 4)
        for y in range(0, icon.height, 4)
        if (x - half) ** 2 + (y - half) ** 2 > (0.4 * icon.width) ** 2
    }
    # The rounded corners of the mark lie on a ground of their own colour, smoothed by a step or two.
    assert all(max(abs(a - b) for a, b in zip(seen, ground, strict=True)) <= 3 for seen in outside)


def test_the_manifest_names_icons_that_exist(guide: Guide, options: Options) -> None:
    made = face.files(guide, options)
    manifest = json.loads(made[face.MANIFEST])
    assert manifest["name"] == guide.site.name
    assert {icon["src"] for icon in manifest["icons"]} <= made.keys()
    assert all("maskable" in icon["purpose"] for icon in manifest["icons"])
