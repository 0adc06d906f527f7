"""Fills the PDF form with four programs and looks at what three readers draw of it.

A value is well when its picture holds all its letters, in the guide's font, on one line, inside its field and just above
the field's rule.
"""

from __future__ import annotations

import ctypes
import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat
from pypdf import PdfWriter

from guide.paper.form_fields import FONT
from support import ROOT, ours

BLANKS = [each.id for each in ours().incident.poster.blanks]
READERS = ROOT / "tests" / "readers"
SCALE = 3.0  # pixels to the point
NAMES = (
    "Cabinet Nguyễn-Lefèvre, 01 23 45 67 89",
    "Société Dupont-Lefèvre Informatique 40 c",
    "Martin",
    "Éric Çelik",
    "Zoë Ÿssel-Œuvrard",
    "Łukasz Šimůnek",
    "Đặng Thị Hường",
    "Trần Quốc Bảo",
    "Ögmundur Þorláksson",
    "Ştefan Țurcanu",
    "d’Orléans & Fils",
    "O’Neill (remplaçant)",
    "IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII",
    "Armoire forte, 2e étage, à gauche",
    "« Dentalis » — support n° 4",
    "jjjggqqyypp",
    "ÀÉÈÊËÎÏÔÙÛÜÇ",
    "Mme Ångström-Żyła",
    "",
)
NUMBERS = (
    "01 23 45 67 89",
    "01 23 45 67 89, 06 12 34 56 78",
    "01.23.45.67.89 / 06.12.34.56.78",
    "+33 (0)1 23 45 67 89",
    "17 ou 112",
    "3237",
    "0 806 800 213",
    "contrat n° FR-2026/118-B",
    "soir : 06 12 34 56 78",
    "01 23 45 67 89 poste 12",
    "",
)
VALUES = (*NAMES, *NUMBERS)


@dataclass(frozen=True)
class Field:
    """A text field: its rectangle in points (left, bottom, right, top) and its size of type."""

    name: str
    box: tuple[float, float, float, float]
    size: float


def fields(form: Path) -> dict[str, Field]:
    """The text fields of a form's first page."""
    with pikepdf.open(form) as pdf:
        return {
            str(each.T): Field(str(each.T), tuple(map(float, each.Rect)), float(str(each.DA).split()[1]))
            for each in pdf.Root.AcroForm.Fields
            if str(each.FT) == "/Tx"
        }


def fillings() -> list[dict[str, str]]:
    """What is typed in each copy of the form: every value once, a name or a number in its own field."""
    copies = []
    rows = 8
    for start in range(0, len(NAMES), rows):
        names = {
            f"nom-{blank}": text for blank, text in zip(BLANKS, NAMES[start : start + rows], strict=False)
        }
        numbers = {
            f"numero-{blank}": text
            for blank, text in zip(BLANKS, NUMBERS[start : start + rows], strict=False)
        }
        copies.append(names | numbers)
    copies[-1] |= {"mois-1": "sept.", "mois-2": "12", "date-essai-restauration": "30/11/2026"}
    copies[-1] |= {"remplie-le": "30 novembre 2026", "remplie-par": "Dr Nguyễn-Lefèvre"}
    return copies


def with_pypdf(form: Path, values: Mapping[str, str], out: Path) -> None:
    writer = PdfWriter(clone_from=form)
    writer.update_page_form_field_values(writer.pages[0], dict(values), auto_regenerate=False)
    writer.write(out)


def with_pymupdf(form: Path, values: Mapping[str, str], out: Path) -> None:
    """By the value alone. `Widget.update()` names Helvetica in every field and never embeds it (findings/)."""
    with pymupdf.open(form) as document:
        for widget in document[0].widgets():
            if widget.field_name in values:
                document.xref_set_key(widget.xref, "V", pymupdf.get_pdf_str(values[widget.field_name]))
        document.need_appearances(True)
        document.save(out)


def with_pdfium(form: Path, values: Mapping[str, str], out: Path) -> None:
    """As in Chromium's viewer, whose engine this is: a click in the field, the text typed, a click elsewhere."""
    places = fields(form)
    document = pypdfium2.PdfDocument(form)
    document.init_forms()
    page, forms = document[0], document.formenv.raw
    for name, text in values.items():
        left, bottom, right, top = places[name].box
        at = (left + right) / 2, (bottom + top) / 2
        for event in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
            event(forms, page.raw, 0, *at)
        typed = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
        pdfium.FORM_ReplaceSelection(forms, page.raw, ctypes.cast(typed, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FORM_ForceToKillFocus(forms)
    document.save(out)
    page.close()
    document.close()


def with_pdf_lib(form: Path, values: Mapping[str, str], out: Path) -> None:
    job = {"source": str(form), "values": values, "out": str(out)}
    node("fill.mjs", str(FONT), jobs=[job])


FILLERS: Mapping[str, Callable[[Path, Mapping[str, str], Path], None]] = {
    "pypdf": with_pypdf,
    "PyMuPDF": with_pymupdf,
    "PDFium": with_pdfium,
    "pdf-lib": with_pdf_lib,
}


def by_poppler(pdf: Path, out: Path) -> None:
    command = ["pdftoppm", "-r", str(72 * SCALE), "-singlefile", "-f", "1", "-l", "1", str(pdf)]
    out.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)


def by_pdfium(pdf: Path, out: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    page.render(scale=SCALE, may_draw_forms=True).to_pil().save(out, "PPM")
    page.close()
    document.close()


def by_pdf_js(pdf: Path, out: Path) -> None:
    node("picture.mjs", jobs=[{"source": str(pdf), "out": str(out), "scale": SCALE}])


PICTURES: Mapping[str, Callable[[Path, Path], None]] = {
    "poppler": by_poppler,
    "PDFium": by_pdfium,
    "pdf.js": by_pdf_js,
}


def node(script: str, *arguments: str, jobs: Sequence[Any]) -> None:
    """Runs a script of tests/readers with its jobs."""
    command = ["node", str(READERS / script), *arguments]
    done = subprocess.run(command, input=json.dumps(jobs), text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def faults(form: Path, filled: Path, values: Mapping[str, str], reader: str, folder: Path) -> Iterator[str]:
    """What a reader's picture of a filled form shows of each value that is not well."""
    empty, full = folder / f"{form.stem}-{reader}.picture", folder / f"{filled.stem}-{reader}.picture"
    if not empty.exists():
        PICTURES[reader](form, empty)
    PICTURES[reader](filled, full)
    typed = ImageChops.difference(*(Image.open(path).convert("L") for path in (empty, full)))
    ink = typed.point([0 if value < 96 else 255 for value in range(256)])
    outside = ink.copy()
    places = fields(form)
    for name, text in values.items():
        field = places[name]
        box = _pixels(field, ink.height)
        outside.paste(0, box)
        if reason := _fault(ink.crop(box), typed.crop(box), text, field):
            yield f"{name} « {text} » : {reason}"
    if outside.getbbox():
        yield f"de l’encre hors des champs, en {outside.getbbox()}"


def _pixels(field: Field, height: int) -> tuple[int, int, int, int]:
    left, bottom, right, top = (value * SCALE for value in field.box)
    return round(left) - 2, round(height - top) - 2, round(right) + 2, round(height - bottom) + 2


def _fault(ink: Image.Image, grey: Image.Image, text: str, field: Field) -> str | None:
    found = ink.getbbox()
    if not text:
        return "de l’encre dans un champ vide" if found else None
    if not found:
        return "rien n’est dessiné"
    font = ImageFont.truetype(str(FONT), field.size * SCALE)
    width, height = grey.size
    sheet = Image.new("L", (2 * width, 3 * height), 0)
    ImageDraw.Draw(sheet).text((10, height), text, fill=255, font=font, anchor="ls")
    wanted = sheet.point([0 if value < 96 else 255 for value in range(256)]).getbbox()
    assert wanted
    if abs((found[2] - found[0]) - (wanted[2] - wanted[0])) > 2 * SCALE:
        return f"large de {found[2] - found[0]} pixels au lieu de {wanted[2] - wanted[0]}"
    if abs((found[3] - found[1]) - (wanted[3] - wanted[1])) > SCALE:
        return f"haut de {found[3] - found[1]} pixels au lieu de {wanted[3] - wanted[1]}"
    above_rule = (
        height - 2 - found[3] + (wanted[3] - height)
    ) / SCALE  # the baseline, in points above the rule
    if not 1.5 <= above_rule <= 8:
        return f"sa ligne est à {above_rule:.1f} points du filet"
    model = sheet.crop(wanted).resize((found[2] - found[0], found[3] - found[1]))
    likeness = max(  # a reader sets type on fractions of a pixel
        _likeness(grey.crop((found[0] + by, found[1], found[2] + by, found[3])), model) for by in (-1, 0, 1)
    )
    return None if likeness > 0.85 else f"ressemble à {likeness:.2f} seulement au texte voulu"


def _likeness(one: Image.Image, other: Image.Image) -> float:
    """Correlation of two pictures of one size, 1 when they are the same but for a fraction of a pixel."""
    first, second = (each.filter(ImageFilter.GaussianBlur(SCALE / 2)) for each in (one, other))

    def mean(a: Image.Image, b: Image.Image) -> float:
        return ImageStat.Stat(ImageChops.multiply(a, b)).mean[0] * 255

    averages = [ImageStat.Stat(each).mean[0] for each in (first, second)]
    spreads = [mean(each, each) - average**2 for each, average in zip((first, second), averages, strict=True)]
    return (mean(first, second) - averages[0] * averages[1]) / max(1.0, (spreads[0] * spreads[1]) ** 0.5)
