"""Lays tick boxes and text fields over a finished PDF, tagged like the rest (PDF/UA-1, 7.18)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_PRINT = 4  # annotation flag: the field is printed (ISO 32000-1, table 165)
_INK = "0 g"


def with_fields(pdf: bytes, places: Sequence[Mapping[str, Any]]) -> bytes:
    """The PDF with one form field for each place (id, name, kind, page, x, y, width, height in points).

    Every field has a name for screen readers and its own element in the tag tree; the same input gives the
    same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        font = _font(document)
        fields, widgets = [], []
        for place in places:
            page = document.pages[place["page"] - 1]
            widget = document.make_indirect(_widget(document, page, place))
            page.obj.Annots = page.obj.get("/Annots", Array())
            page.obj.Annots.append(widget)
            page.obj.Tabs = Name.S  # the tab key follows the tag tree
            fields.append(widget)
            widgets.append((page, widget))
        _tag(document, widgets)
        document.Root.AcroForm = document.make_indirect(
            Dictionary(
                Fields=Array(fields),
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
        widget.update(
            {"/FT": Name.Tx, "/V": String(""), "/DA": String("/Hyper 0 Tf 0 g"), "/AP": Dictionary(N=empty)}
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


def _tag(document: pikepdf.Pdf, widgets: Sequence[tuple[pikepdf.Page, pikepdf.Object]]) -> None:
    """A « Form » element for each widget, at the end of the document's element, found again by its parent tree key."""
    tree = document.Root.StructTreeRoot
    top = tree.K[0] if isinstance(tree.K, Array) else tree.K
    numbers = [
        int(leaf.Nums[index]) for leaf in _leaves(tree.ParentTree) for index in range(0, len(leaf.Nums), 2)
    ]
    following = max(numbers, default=-1) + 1
    leaf = list(_leaves(tree.ParentTree))[-1]
    elements = Array(top.K) if isinstance(top.K, Array) else Array([top.K])
    for page, widget in widgets:
        reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
        element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=top, K=reference))
        widget.StructParent = following
        leaf.Nums.append(following)
        leaf.Nums.append(element)
        elements.append(element)
        following += 1
    if "/Limits" in leaf:
        leaf.Limits[1] = following - 1
    top.K = elements
    tree.ParentTreeNextKey = following


def _leaves(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if "/Nums" in node:
        yield node
    for child in node.get("/Kids", ()):
        yield from _leaves(child)
