"""Reads a page's HTML into a tree, strictly: what is not closed or not known is an error, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "path", "circle", "rect", "line", "polyline"}


class UnknownMarkupError(Exception):
    """Raised for a tag that the booklet cannot print; its text says so in French, `tag` names it."""

    def __init__(self, sentence: str, tag: str = "") -> None:
        self.tag = tag
        super().__init__(sentence)


@dataclass(slots=True)
class Element:
    """One element: tag, attributes, children in order (text or elements)."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def elements(self) -> Iterator[Element]:
        """Its children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def text(self) -> str:
        """Every word in it, in order."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


def parse(html: str) -> Element:
    """The tree of a fragment; raises UnknownMarkupError when tags do not match."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if len(reader.open) != 1:
        raise UnknownMarkupError(f"<{reader.open[-1].tag}> n’est pas fermé", reader.open[-1].tag)
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise UnknownMarkupError(f"</{tag}> ferme <{self.open[-1].tag}>", tag)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
