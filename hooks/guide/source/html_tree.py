"""Our own HTML as a tree of lxml, whoever reads it: the search, the booklet, the copy for a disk, the check of a page.

lxml mends what is wrong, as a browser does; `parse_strictly` refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # slow to load, and mostly no page has changed
    from lxml import etree

Element: TypeAlias = "etree._Element"

# A tag, a comment or a whole script; what stands between quotes is no tag.
TOKEN = re.compile(
    r"<!--.*?-->|<script\b.*?</script>|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?(?P<empty>/?)>",
    re.S | re.I,
)
_UNREAD = re.compile(r"<([a-z][a-z0-9]*|[!?])", re.I)
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "source", "wbr"})
_NEVER_INSIDE = ("html", "head", "body")  # a reader that mends would pass over these


class UnknownMarkupError(Exception):
    """Raised for a tag that the booklet cannot print; its text says so in French, `tag` names it."""

    def __init__(self, sentence: str, tag: str = "") -> None:
        self.tag = tag
        super().__init__(sentence)


def parse(html: str) -> Element:
    """The body that holds a fragment of a page, without its comments."""
    from lxml import etree

    # Not the elements of lxml.html: each is given its class by a call to Python.
    reader = etree.HTMLParser(remove_comments=True)
    return etree.fromstring(f"<html><body>{html}</body></html>", reader)[0]


def document(html: bytes) -> Element:
    """A whole page, in UTF-8."""
    from lxml import etree

    return etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))


def parse_strictly(html: str) -> Element:
    """The same, of which no word may be lost. Raises UnknownMarkupError where tags do not match."""
    _refuse_unmatched(html)
    return parse(html)


def _refuse_unmatched(html: str) -> None:
    opened: list[str] = []
    if found := _UNREAD.search(TOKEN.sub(" ", html)):  # a quote that nothing closes, a declaration
        raise UnknownMarkupError(f"<{found[1]} commence une balise que rien ne ferme", found[1])
    for token in TOKEN.finditer(html):
        tag = (token["tag"] or "").lower()
        if tag in _NEVER_INSIDE:
            raise UnknownMarkupError(f"la balise <{tag}> ne sait pas s’imprimer", tag)
        if token["end"]:
            if not opened or opened.pop() != tag:
                raise UnknownMarkupError(f"</{tag}> ne ferme pas ce qui est ouvert", tag)
        elif tag and not token["empty"] and tag not in VOID:
            opened.append(tag)
    if opened:
        raise UnknownMarkupError(f"<{opened[-1]}> n’est pas fermé", opened[-1])


def parts(element: Element) -> Iterator[Element | str]:
    """What an element holds, in order: words and elements."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def words(element: Element) -> str:
    """Every word in it, in order."""
    return "".join(element.itertext())


def drop(element: Element) -> None:
    """Takes an element away; the text after it stays."""
    above, before = element.getparent(), element.getprevious()
    assert above is not None, "what is taken away stands in something"
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    above.remove(element)
