"""Lays tick boxes and text fields over a finished PDF, tagged like the rest (PDF/UA-1, 7.18)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String


@dataclass(frozen=True, slots=True)
class _Widget:
    """A field laid on a page; `item` is its list item in reading order, from 1, or 0 outside lists."""

    annotation: pikepdf.Object
    page: pikepdf.Page
    item: int


_PRINT = 4  # annotation flag: the field is printed (ISO 32000-1, table 165)
_INK = "0 G"
_MULTILINE = 4096  # field flag, table 228: a long name goes on a second line
_TWO_LINES = 20.0  # points: the height from which two lines of 9 points fit


def with_fields(pdf: bytes, places: Sequence[Mapping[str, Any]]) -> bytes:
    """The PDF with one form field for each place (id, name, kind, page, x, y, width, height in points).

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
                DA=String("/Hyper 11 Tf 0 g"),
                DR=Dictionary(Font=Dictionary(Hyper=font)),
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
        empty = _drawing(document, b"/Tx BMC EMC", place)
        widget.update({"/FT": Name.Tx, "/V": String(""), "/AP": Dictionary(N=empty)})
        two_lines = place["height"] >= _TWO_LINES
        widget.update(
            {"/DA": String(f"/Hyper {9 if two_lines else 0} Tf 0 g"), "/Ff": _MULTILINE * two_lines}
        )
    return widget


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
    """Helvetica by name: only what somebody types later is written in it, and every reader has it."""
    return document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )


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
