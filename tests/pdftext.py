"""Reads a PDF the way a test needs it: text spans with their size and place, and the text of tagged elements."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

MM = 72 / 25.4


@dataclass(frozen=True)
class Span:
    """One run of text: size in points, baseline in millimetres from the top, element number (MCID) or None."""

    text: str
    size: float
    page: int
    top: float
    mcid: int | None


def open_pdf(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def spans(data: bytes) -> list[Span]:
    """Every span of text, in the order it is drawn."""
    with open_pdf(data) as pdf:
        return [span for number, page in enumerate(pdf.pages) for span in _page_spans(page, number)]


def elements(data: bytes, kind: str) -> list[str]:
    """The text of every element of a kind (« LI », « H1 », « TD »…) in reading order, spaces flattened."""
    with open_pdf(data) as pdf:
        texts: dict[tuple[int, int], str] = {}
        for number, page in enumerate(pdf.pages):
            for span in _page_spans(page, number):
                if span.mcid is not None:
                    texts[number, span.mcid] = texts.get((number, span.mcid), "") + span.text
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        found = [
            element for element in walk(pdf.Root.StructTreeRoot) if str(element.get("/S", "")) == "/" + kind
        ]
        return [flat(_text(element, texts, pages)) for element in found]


def walk(element: Any) -> Iterator[Any]:
    """The element and every element below it, in reading order."""
    yield element
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid)


def flat(text: str) -> str:
    """One kind of space, none at the ends."""
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _text(element: Any, texts: dict[tuple[int, int], str], pages: dict[tuple[int, int], int]) -> str:
    parts = []
    page = pages.get(element.Pg.objgen, 0) if "/Pg" in element else None
    for kid in _kids(element):
        if isinstance(kid, int):
            parts.append(texts.get((page or 0, int(kid)), ""))
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            own = pages.get(kid.Pg.objgen, 0) if "/Pg" in kid else page or 0
            parts.append(texts.get((own, int(kid.MCID)), ""))
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            parts.append(_text(kid, texts, pages))
    return " ".join(part for part in parts if part)


Matrix = tuple[float, float, float, float, float, float]


def _times(m: Matrix, n: Matrix) -> Matrix:
    """The matrix that applies m, then n (ISO 32000-1, 8.3.4)."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _page_spans(page: pikepdf.Page, number: int) -> Iterator[Span]:
    fonts = {name: _characters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
    height = float(page.mediabox[3])
    state: Matrix = (1, 0, 0, 1, 0, 0)
    stack: list[Matrix] = []
    line = state
    font, size, marks = "", 0.0, [None]
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(state)
        elif name == "Q":
            state = stack.pop()
        elif name == "cm":
            state = _times(tuple(float(v) for v in operands), state)  # type: ignore[arg-type]
        elif name in ("BMC", "BDC"):
            properties = operands[1] if name == "BDC" else {}
            own = (
                int(properties["/MCID"])
                if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
                else None
            )
            marks.append(own if own is not None else marks[-1])
        elif name == "EMC":
            marks.pop()
        elif name == "BT":
            line = (1, 0, 0, 1, 0, 0)
        elif name == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif name == "Tm":
            line = tuple(float(v) for v in operands)  # type: ignore[assignment]
        elif name in ("Td", "TD"):
            line = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), line)
        elif name in ("Tj", "TJ"):
            pieces = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            text = "".join(
                fonts[font].get(codes[i] << 8 | codes[i + 1], "\ufffd") for i in range(0, len(codes), 2)
            )
            matrix = _times(line, state)
            yield Span(text, abs(size * matrix[3]), number, (height - matrix[5]) / MM, marks[-1])


def _characters(font: Any) -> dict[int, str]:
    """Glyph number → characters, from the font's ToUnicode map."""
    table: dict[int, str] = {}
    text = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, value in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block
        ):
            start = int.from_bytes(bytes.fromhex(value), "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + step] = chr(start + step)
    return table
