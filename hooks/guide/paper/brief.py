"""A page as the booklet prints it: without ways on to other pages, and with each drawing once."""

from __future__ import annotations

import posixpath

from lxml import etree

from guide.paper.html_words import on_screen_only
from guide.source.html_tree import Element, classes, drop, parts, words
from guide.text import french

# Buttons, cards of resources and of sheets, ways on: what a reader of paper cannot follow.
_WAYS_ON = {"g-actions", "g-cards", "g-links", "g-sheets"}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_DRAWN = ".//*[@data-drawing]"


class Shortened:
    """The pages of one booklet, in its order: a drawing that an earlier page holds is only named by the later ones."""

    def __init__(self) -> None:
        self._drawn: dict[str, tuple[str, str]] = {}  # drawing → page and title of its first place

    def page(self, page: str, body: Element) -> Element:
        """The body of a page, in which only what is printed is left."""
        title = next((words(child).strip() for child in body.iterchildren("h1")), "")
        self._shorten(page, title, body)
        _untitle(body)
        return body

    def _shorten(self, page: str, title: str, element: Element) -> None:
        for child in list(element):
            if child.tag == "figure":
                self._figure(page, title, child)
            elif _leads_on(child):
                drop(child)
            else:
                self._shorten(page, title, child)

    def _figure(self, page: str, title: str, figure: Element) -> None:
        names = [each.get("data-drawing", "") for each in figure.iterfind(_DRAWN)]
        if not names or any(name not in self._drawn for name in names):
            self._drawn.update((name, (page, title)) for name in names if name not in self._drawn)
            return
        first, shown = self._drawn[names[0]]
        if first != page:
            said = etree.Element("p")
            said.text = "Le dessin est dans " if len(names) == 1 else "Les dessins sont dans "
            link = etree.SubElement(said, "a", href=posixpath.relpath(first, page))
            link.text, link.tail = french.typeset(f"« {shown} »"), "."
            _replace(figure, said)


def _replace(old: Element, new: Element) -> None:
    """Puts an element in the place of another, before the same text."""
    above = old.getparent()
    assert above is not None, "the page holds it"
    new.tail = old.tail
    above.replace(old, new)


def _leads_on(element: Element) -> bool:
    if not _WAYS_ON.isdisjoint(classes(element)):
        return True
    return element.tag == "ul" and len(element) > 0 and all(_begins_with_link(item) for item in element)


def _begins_with_link(item: Element) -> bool:
    first = next((part for part in parts(item) if not isinstance(part, str) or part.strip()), "")
    return not isinstance(first, str) and first.tag == "a"


def _untitle(body: Element) -> None:
    """Takes away the headings under which nothing is left; what led to these leads to their place."""
    below = 0  # the level of the heading that follows; 1 at the end of the page, 9 where something is said
    for child in reversed(list(body)):
        level = _HEADINGS.get(str(child.tag))
        if (child.tail or "").strip() or (level is None and not _says_nothing(child)):
            below = 9
        if level is None:
            continue
        if level >= (below or 1) and level > 1 and below != 9:
            _replace(child, etree.Element("div", id=child.get("id", "")))
        else:
            below = level


def _says_nothing(element: Element) -> bool:
    return (
        "g-foot" in classes(element)
        or on_screen_only(element)
        or not (words(element).strip() or element.find(_DRAWN) is not None)
    )
