"""Lays tick boxes and text fields over a finished PDF, tagged like the rest (PDF/UA-1, 7.18).

What somebody types later must stay accessible too: the fields name a font that the file embeds, with every letter of
a European or Vietnamese name, at a size that no program changes, on one line. They carry no drawing of their own: a
program that only writes the value leaves it to the reader, which draws it in that font. NeedAppearances stays unset:
readers would draw anew, in a font they do not find, what pdf-lib has drawn well.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from guide.paper import glyphs


@dataclass(frozen=True, slots=True)
class _Widget:
    """A field laid on a page; `item` is its list item in reading order, from 1, or 0 outside lists."""

    annotation: pikepdf.Object
    page: pikepdf.Page
    item: int


_PRINT = 4  # annotation flag: the field is printed (ISO 32000-1, table 165)
_INK = "0 G"
_DO_NOT_SCROLL = 1 << 23  # field flag, table 228: a viewer takes no more than what will be seen on paper
FONT = Path(__file__).parent / "fields" / "guide-formulaire.ttf"  # made by scripts/form_font.py
# The name under which the fields know the font means nothing in PDF, but PDFium (Chromium, Edge, Android) writes a
# letter outside Latin-1 in a font of the machine, or not at all, unless this name is one of a symbol font.
_FONT_NAME = "Webdings"


def with_fields(pdf: bytes, places: Sequence[Mapping[str, Any]]) -> bytes:
    """The PDF with one form field for each place (id, name, kind, page, x, y, width, height and size of type in points).

    Every field has a name for screen readers and its own element in the tag tree; the same input gives the
    same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        font = _font(document)
        widgets = []
        for place in places:
            page = document.pages[place["page"] - 1]
            widget = document.make_indirect(_widget(document, page, place))
            page.obj.Annots = page.obj.get("/Annots", Array())
            page.obj.Annots.append(widget)
            page.obj.Tabs = Name.S  # the tab key follows the tag tree
            widgets.append(_Widget(widget, page, place["item"]))
        _tag(document, widgets)
        document.Root.AcroForm = document.make_indirect(
            Dictionary(
                Fields=Array([widget.annotation for widget in widgets]),
                DA=String(_drawn_in(10.5)),
                DR=Dictionary(Font=Dictionary({f"/{_FONT_NAME}": font})),
            )
        )
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _widget(document: pikepdf.Pdf, page: pikepdf.Page, place: Mapping[str, Any]) -> Dictionary:
    height = float(page.mediabox[3])
    left, top = place["x"], height - place["y"]
    box = [round(value, 2) for value in (left, top - place["height"], left + place["width"], top)]
    widget = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        T=String(place["id"]),
        TU=String(place["name"]),
        Contents=String(place["name"]),
        F=_PRINT,
        P=page.obj,
        Rect=Array(box),
    )
    if place["kind"] == "tick":
        widget.update(
            {"/FT": Name.Btn, "/V": Name.Off, "/AS": Name.Off, "/AP": Dictionary(N=_ticks(document, place))}
        )
    else:
        widget.update({"/FT": Name.Tx, "/DA": String(_drawn_in(place["size"])), "/Ff": _DO_NOT_SCROLL})
    return widget


def _drawn_in(size: float) -> str:
    """The font and its size in points; never 0, « as it fits », which each program reads in its own way."""
    return f"/{_FONT_NAME} {size:g} Tf 0 g"


def _ticks(document: pikepdf.Pdf, place: Mapping[str, Any]) -> Dictionary:
    side = place["width"]
    stroke = f"q {_INK} 1.6 w 1 J 1 j {side * 0.2:.2f} {side * 0.5:.2f} m {side * 0.42:.2f} {side * 0.25:.2f} l {side * 0.8:.2f} {side * 0.78:.2f} l S Q"
    return Dictionary(Oui=_drawing(document, stroke.encode(), place), Off=_drawing(document, b"", place))


def _drawing(document: pikepdf.Pdf, content: bytes, place: Mapping[str, Any]) -> pikepdf.Object:
    box = Array([0, 0, round(place["width"], 2), round(place["height"], 2)])
    return document.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary()
    )


def _font(document: pikepdf.Pdf) -> pikepdf.Object:
    """The whole font, by glyph numbers: every program finds a letter's number in its map from and to Unicode."""
    known = glyphs.metrics(FONT)
    program = document.make_stream(FONT.read_bytes(), Length1=FONT.stat().st_size)
    name = Name("/GuideFormulaire")
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,  # symbolic: no encoding but the glyph numbers
        FontBBox=Array(known.box),
        ItalicAngle=0,
        Ascent=known.ascent,
        Descent=known.descent,
        CapHeight=668,
        StemV=80,
        FontFile2=program,
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=document.make_indirect(descriptor),
        W=Array([0, Array(known.advances)]),
        CIDToGIDMap=Name.Identity,
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([document.make_indirect(descendant)]),
            ToUnicode=document.make_stream(_to_unicode(known.glyphs)),
        )
    )


def _to_unicode(numbers: Mapping[str, int]) -> bytes:
    """The map from glyph numbers to characters (ISO 32000-1, 9.10.3), a hundred a section as it demands at most."""
    characters: dict[int, str] = {}
    for character, number in sorted(numbers.items()):
        characters.setdefault(number, character)  # the no-break space has the space's glyph
    rows = [f"<{number:04X}> <{ord(character):04X}>" for number, character in sorted(characters.items())]
    sections = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *(line for rows in sections for line in (f"{len(rows)} beginbfchar", *rows, "endbfchar")),
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    ]
    return "\n".join(lines).encode()


def _tag(document: pikepdf.Pdf, widgets: Sequence[_Widget]) -> None:
    """A « Form » element for each widget, in its list item or at the end, and its key in the parent tree."""
    tree = document.Root.StructTreeRoot
    top = tree.K[0] if isinstance(tree.K, Array) else tree.K
    items = [element for element in _elements(top) if str(element.S) == "/LI"]
    leaves = list(_leaves(tree.ParentTree))
    key = max(int(leaf.Nums[index]) for leaf in leaves for index in range(0, len(leaf.Nums), 2)) + 1
    for widget in widgets:
        parent = _body(items[widget.item - 1]) if widget.item else top
        reference = Dictionary(Type=Name.OBJR, Obj=widget.annotation, Pg=widget.page.obj)
        element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=parent, K=reference))
        kids = parent.get("/K", Array())
        parent.K = Array([*kids, element] if isinstance(kids, Array) else [kids, element])
        widget.annotation.StructParent = key
        leaves[-1].Nums.append(key)
        leaves[-1].Nums.append(element)
        key += 1
    if "/Limits" in leaves[-1]:
        leaves[-1].Limits[1] = key - 1
    tree.ParentTreeNextKey = key


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the tag tree below this one, in reading order."""
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _body(item: pikepdf.Object) -> pikepdf.Object:
    return next((kid for kid in item.K if str(kid.S) == "/LBody"), item)


def _leaves(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/Nums" in node:
        yield node
    for child in node.get("/Kids", ()):
        yield from _leaves(child)
