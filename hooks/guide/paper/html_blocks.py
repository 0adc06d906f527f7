"""A page's HTML as blocks for the booklet's template: paragraphs, lists, tables, links and notes.

Blocks and words are kept apart (a block inside a paragraph would be dropped by typst), and a tag that is not
in the lists below raises UnknownMarkupError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from guide.paper.html_words import Inline, Node, on_screen_only, tidy
from guide.source.html_tree import Element, UnknownMarkupError, classes, parts, words

_CONTAINERS = {"div", "section", "article", "figure", "figcaption", ""}
_HEADINGS = {"h1", "h2", "h3", "h4"}
_BLOCKS = {"p", *_HEADINGS, "ul", "ol", "dl", "table", "blockquote", "details", *_CONTAINERS}
_WORDS = {
    "span",
    "a",
    "strong",
    "b",
    "em",
    "i",
    "abbr",
    "time",
    "code",
    "label",
    "br",
    "input",
    "cite",
    "img",
}


@dataclass(slots=True)
class Converter:
    """Turns pages into blocks; remembers where every anchor is and what every link wants, and asks what pictures it may draw."""

    link: Callable[[str, str, bool], Node | None]
    picture: Callable[[str, str, str], Node | None] = lambda page, src, alt: None
    anchors: set[str] = field(default_factory=set)
    page: str = ""
    level: int = 1
    in_foot: bool = False  # the list of sources that closes every page

    def blocks(self, page: str, body: Element) -> list[Node]:
        """The blocks of a page. Headings never skip a level (PDF/UA-1, 7.4.2)."""
        self.page, self.level = page, 1
        return list(self._blocks(parts(body)))

    def _blocks(self, held: Iterable[Element | str], apart: bool = False) -> Iterator[Node]:
        """Blocks of what an element holds; words between two blocks become a paragraph, or one each if `apart`."""
        run: list[Element | str] = []
        for child in held:
            if isinstance(child, str):
                run.append(child)
            elif on_screen_only(child):
                continue
            elif self._is_block(child):
                yield from self._paragraph(run)
                run = []
                yield from self._block(child)
            elif apart and child.tag in ("span", "strong", "a"):
                yield from self._paragraph(run)
                run = [child]
            else:
                run.append(child)
        yield from self._paragraph(run)

    def _is_block(self, element: Element) -> bool:
        if element.tag in _BLOCKS or element.tag in ("hr", "svg"):
            return True
        if element.tag not in _WORDS:
            raise UnknownMarkupError(f"la balise <{element.tag}> ne sait pas s’imprimer", element.tag)
        return False

    def _paragraph(self, run: Iterable[Element | str]) -> Iterator[Node]:
        inline = tidy(self._inline(run))
        if inline:
            yield {"k": "p", "c": inline}

    def _block(self, element: Element) -> Iterator[Node]:
        tag, named = str(element.tag), classes(element)
        if tag == "hr":
            return
        if tag == "svg":  # a drawing with an equivalent in words; an icon was left out before
            yield {"k": "drawing", "id": element.get("data-drawing")}
            return
        if tag[0:1] == "h" and tag[1:].isdigit():
            yield self._heading(element)
            return
        yield from self._anchor(element)
        if tag == "p":
            yield from (
                self._strong_paragraph(element)
                if "admonition-title" in named
                else self._paragraph(parts(element))
            )
        elif tag in ("ul", "ol"):
            yield from self._list(element)
        elif tag == "dl":
            yield {"k": "terms", "c": list(self._terms(element))}
        elif tag == "table":
            yield self._table(element)
        elif tag == "blockquote":
            yield {"k": "quote", "c": list(self._blocks(parts(element)))}
        elif tag == "details":
            if "g-words" not in named:  # the booklet ends with the lexicon
                yield from self._details(element)
        elif "g-foot" in named:
            self.in_foot = True
            yield {"k": "small", "c": list(self._blocks(parts(element)))}
            self.in_foot = False
        elif "admonition" in named:
            yield {"k": "box", "c": list(self._blocks(parts(element)))}
        else:
            yield from self._blocks(parts(element))

    def _heading(self, element: Element) -> Node:
        level = min(int(str(element.tag)[1]) + 1, self.level + 1)
        self.level = level
        label = self.page if element.tag == "h1" else self._label(element.get("id"))
        if element.tag == "h1":
            self.anchors.add(label or "")
        return {"k": "h", "level": level, "label": label, "c": tidy(self._inline(parts(element)))}

    def _strong_paragraph(self, element: Element) -> Iterator[Node]:
        inline = tidy(self._inline(parts(element)))
        if inline:
            yield {"k": "p", "c": [{"k": "strong", "c": inline}]}

    def _details(self, element: Element) -> Iterator[Node]:
        """Opened: paper has nothing to click."""
        for summary in element.iterchildren("summary"):
            for heading in summary.iterchildren(*_HEADINGS):  # on the line of a fold: words like the others
                heading.tag = "span"
                heading.attrib.clear()
            yield from self._strong_paragraph(summary)
        yield from self._blocks(
            part for part in parts(element) if isinstance(part, str) or part.tag != "summary"
        )

    def _list(self, element: Element) -> Iterator[Node]:
        if self.in_foot:  # sources in one paragraph: their addresses are in the catalogue
            yield {"k": "run", "c": [tidy(self._inline(parts(item))) for item in element]}
            return
        apart = "g-list" in classes(element)
        items = []
        for item in element:
            if item.tag != "li":
                raise UnknownMarkupError(f"<{item.tag}> dans une liste", str(item.tag))
            items.append([*self._anchor(item), *self._blocks(parts(item), apart)])
        if items:
            yield {"k": "list" if element.tag == "ul" else "enum", "c": items}

    def _terms(self, element: Element) -> Iterator[list[Any]]:
        term: Inline = []
        for child in self._pairs(element):
            if child.tag == "dt":
                label = self._label(child.get("id"))
                term = [
                    *([{"k": "anchor", "label": label}] if label else []),
                    *tidy(self._inline(parts(child))),
                ]
            elif child.tag == "dd":
                yield [term, list(self._blocks(parts(child)))]
                term = []
            else:
                raise UnknownMarkupError(f"<{child.tag}> dans une liste de définitions", child.tag)

    def _pairs(self, element: Element) -> Iterator[Element]:
        for child in element:
            if child.tag == "div":
                yield from self._pairs(child)
            else:
                yield child

    def _table(self, element: Element) -> Node:
        rows = [row for part in element for row in (part if part.tag in ("thead", "tbody") else [part])]
        for row in rows:
            if row.tag != "tr" or any(cell.tag not in ("td", "th") for cell in row):
                raise UnknownMarkupError("tableau sans lignes ni cellules", "table")
        if not rows or len({len(row) for row in rows}) > 1:
            raise UnknownMarkupError(
                "tableau vide, ou dont les lignes n’ont pas le même nombre de cellules", "table"
            )
        cells = [[list(self._blocks(parts(cell))) for cell in row] for row in rows]
        width = len(cells[0])
        lengths = [
            max(len(words(cell)) for cell in column)
            for column in zip(*(list(row) for row in rows), strict=True)
        ]
        return {
            "k": "table",
            "widths": [round(min(max(length, 8), 160) ** 0.5, 2) for length in lengths],
            "n": width,
            "head": cells[0],
            "c": [cell for row in cells[1:] for cell in row],
        }

    def _inline(self, children: Iterable[Element | str]) -> Inline:
        out: Inline = []
        beside = False  # two spans that touch are set apart by the site's styles; here by a dot
        for child in children:
            touching, beside = (
                beside,
                not isinstance(child, str) and child.tag == "span" and not on_screen_only(child),
            )
            if touching and beside:
                out.append(" · ")
            if isinstance(child, str):
                out.append(child)
            elif on_screen_only(child):
                continue
            elif child.tag not in _WORDS:
                what = f"la balise <{child.tag}> dans une phrase ne sait pas s’imprimer"
                raise UnknownMarkupError(what, child.tag)
            else:
                out += self._word(child)
        return out

    def _word(self, element: Element) -> Inline:
        if element.tag == "br":
            return [{"k": "br"}]
        if element.tag == "input":
            return [{"k": "tick"}]
        if element.tag == "img":  # a preview of another page is for the screen alone
            drawn = self.picture(self.page, element.get("src", ""), element.get("alt", ""))
            return [drawn] if drawn else []
        inner = self._inline(parts(element))
        if any(name.endswith(("__title", "__text")) for name in classes(element)):
            inner = [*inner, " "]
        if element.tag in ("strong", "b"):
            return [{"k": "strong", "c": inner}]
        if element.tag in ("em", "i"):
            return [{"k": "emph", "c": inner}]
        if element.tag == "a":
            target = self.link(self.page, element.get("href", ""), self.in_foot)
            return [{**target, "k": "a", "c": tidy(inner)}] if target else inner
        return inner

    def _anchor(self, element: Element) -> Iterator[Node]:
        if label := self._label(element.get("id")):
            yield {"k": "anchor", "label": label}

    def _label(self, name: str | None) -> str | None:
        if not name:
            return None
        label = f"{self.page}#{name}"
        if label in self.anchors:
            return None
        self.anchors.add(label)
        return label
