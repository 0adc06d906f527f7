"""A page as the booklet prints it: without ways on to other pages, and with each drawing once."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from guide.paper.html_words import on_screen_only
from guide.source.html_tree import Element
from guide.text import french

# Buttons, cards of resources and of sheets, ways on: what a reader of paper cannot follow.
_WAYS_ON = {"g-actions", "g-cards", "g-links", "g-sheets"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}

Child = Element | str


class Shortened:
    """The pages of one booklet, in its order: a drawing that an earlier page holds is only named by the later ones."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[str, str]] = {}  # drawing → page and title of its first place

    def page(self, page: str, tree: Element) -> Element:
        """What is printed of a page."""
        title = next((child.text().strip() for child in tree.elements() if child.tag == "h1"), "")
        return Element(tree.tag, tree.attributes, _titled(self._kept(page, title, tree.children)))

    def _kept(self, page: str, title: str, children: Iterable[Child]) -> list[Child]:
        found: list[Child] = []
        for child in children:
            if isinstance(child, str):
                found.append(child)
            elif child.tag == "figure":
                found.append(self._figure(page, title, child))
            elif not _leads_on(child):
                found.append(Element(child.tag, child.attributes, self._kept(page, title, child.children)))
        return found

    def _figure(self, page: str, title: str, figure: Element) -> Element:
        names = [
            each.attributes["data-drawing"] for each in _all(figure) if "data-drawing" in each.attributes
        ]
        if not names or any(name not in self._drawn for name in names):
            self._drawn.update((name, (page, title)) for name in names if name not in self._drawn)
            return figure
        first, shown = self._drawn[names[0]]
        if first == page:
            return figure
        link = Element("a", {"href": posixpath.relpath(first, page)}, [french.typeset(f"« {shown} »")])
        return Element(
            "p", {}, ["Le dessin est dans " if len(names) == 1 else "Les dessins sont dans ", link, "."]
        )


def _leads_on(element: Element) -> bool:
    if _WAYS_ON & set(element.classes):
        return True
    items = list(element.elements())
    return element.tag == "ul" and bool(items) and all(_begins_with_link(item) for item in items)


def _begins_with_link(item: Element) -> bool:
    first = next((child for child in item.children if not isinstance(child, str) or child.strip()), "")
    return isinstance(first, Element) and first.tag == "a"


def _all(element: Element) -> Iterator[Element]:
    for child in element.elements():
        yield child
        yield from _all(child)


def _titled(children: list[Child]) -> list[Child]:
    """The children without the headings under which nothing is left; what led to these leads to their place."""
    kept: list[Child] = []
    below = 0  # the level of the heading that follows; 1 at the end of the page
    for child in reversed(children):
        level = _HEADINGS.get(child.tag) if isinstance(child, Element) else None
        if level is None:
            empty = isinstance(child, str) and not child.strip()
            below = below if empty or (isinstance(child, Element) and _says_nothing(child)) else 9
            kept.append(child)
        elif level >= (below or 1) and level > 1 and below != 9:
            assert isinstance(child, Element), "a heading is an element"
            kept.append(Element("div", {"id": child.attributes.get("id", "")}))
        else:
            kept.append(child)
            below = level
    return kept[::-1]


def _says_nothing(element: Element) -> bool:
    return (
        "g-foot" in element.classes
        or on_screen_only(element)
        or not (element.text().strip() or any("data-drawing" in each.attributes for each in _all(element)))
    )
