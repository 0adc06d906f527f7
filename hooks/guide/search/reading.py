"""What a rendered page says, section by section: the text that the search reads and shows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import XPath

from guide.page.meta import InSearch
from guide.source.html_tree import Element, classes, parse
from guide.source.tree import HOME

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that stand for themselves in the results when they carry an id.
ENTRIES = frozenset({"article", "section", "li", "dt", "tr"})
# Elements whose text is shown apart from what surrounds it.
BLOCKS = (
    HEADINGS
    | ENTRIES
    | {"p", "ul", "ol", "dl", "dd", "th", "td", "table", "div", "summary", "details", "blockquote"}
)

# Tags and classes: the foot, what only repeats (a measure on the checklist), and the state of a link.
_SKIPPED_TAGS = frozenset({"script", "style", "svg", "template", "select", "button", "figure", "pre"})
_REPEATED = frozenset(
    {"g-card__state", "g-rows__side", "g-measure__meta", "g-check__meta", "g-steps__who", "g-steps__when"}
)
_APART = frozenset(
    {
        "g-foot",
        "g-initial",
        "g-letters",
        "g-printfoot",
        "g-foot__by",
        "g-imps__short",
        "g-line__go",
        "g-owns",
        "g-strip",
        "g-vh",
        "g-flag",
        "g-fact",
        "g-actions",
        "g-button",
        "g-who",
        "g-words",
    }
)
SKIPPED = _SKIPPED_TAGS | _REPEATED | _APART | {"g-quiz__choices"}

_FULL = XPath('.//summary/*[contains(@class, "g-lexicon__full")]')  # an acronym in full
_SOURCE_LINES = XPath('.//ul[contains(@class, "g-foot__sources")]/li')
_OWN_WORDS = XPath('.//text()[not(ancestor::*[contains(@class, "g-foot__by")])]')
_SPACES = re.compile(r"[ \t\r\n]+")
_ENDS_WORD = re.compile(r"[\w.!?)]$")


@dataclass(slots=True)
class Section:
    """A heading or an entry, and the blocks of text under it; `anchor` is empty for the page itself.

    `full`: the first block is what the title, an acronym, stands for.
    """

    anchor: str
    title: str = ""
    entry: bool = False
    blocks: list[str] = field(default_factory=list)
    full: bool = False


@dataclass(frozen=True, slots=True)
class ReadPage:
    """What one page says. `address` is the page's own under the root; `kind` the word shown before its title.

    `cites`: titles of the documents that its foot lists.
    """

    address: str
    kind: str
    sections: Sequence[Section]
    cites: Sequence[str] = ()
    rule: InSearch = field(default_factory=InSearch)

    @classmethod
    def of(
        cls,
        address: str,
        kind: str,
        sections: Sequence[Section],
        cites: Sequence[str],
        rule: Mapping[str, Any],
    ) -> ReadPage:
        """A page that was read before; `rule` is what its front matter says."""
        return cls(address, kind, sections, cites, InSearch.model_validate(rule))


def read(address: str, kind: str, html: str, rule: InSearch) -> ReadPage:
    """A page from the HTML of its text, before any template; without main heading it has no section."""
    root = parse(html)
    reader = _Reader(rule)
    reader.read(root)
    return ReadPage(address, kind, [each for each in reader.found if each.title], _sources(root), rule)


def page_name(address: str) -> str:
    """The page without what differs between a server and a folder: `urgence/decider`; HOME for the home page."""
    return re.sub(r"(?:^|/)index\.html$|\.html$|/$|^\./$", "", address).strip("./") or HOME


def _sources(root: Element) -> list[str]:
    """Titles of the documents in the foot, without their publishers."""
    return [_spaced("".join(_OWN_WORDS(line))) for line in _SOURCE_LINES(root)]


class _Reader:
    """Walks the tree and cuts it into sections."""

    def __init__(self, rule: InSearch) -> None:
        self.rule = rule
        self.skipped = SKIPPED | set(rule.skipped)
        self.found: list[Section] = []
        self.current: Section | None = None
        self.pieces: list[str] = []

    def read(self, node: Element) -> None:
        """Adds the text of an element to the section under way, or opens another one."""
        if node.text:
            self.pieces.append(node.text)
        for child in node:
            if not self._skipped(child):
                self._element(child)
            if child.tail:
                self.pieces.append(child.tail)

    def _element(self, node: Element) -> None:
        anchor = node.get("id", "")
        if node.tag in BLOCKS:
            self._end_block()
        if node.tag in HEADINGS:
            self._heading(node, anchor)
        elif anchor and node.tag in ENTRIES and not self.rule.flat:
            self._entry(node, anchor)
        else:
            before = self.current
            if node.tag == "span":  # style sheets set some apart without a space
                self.pieces.append(" " if _ENDS_WORD.search("".join(self.pieces[-1:])) else "")
            self.read(node)
            if node.tag in BLOCKS or node.tag == "br":
                self._end_block()
            if node.tag == "dl":  # ends its last definition
                self.current = before

    def _heading(self, node: Element, anchor: str) -> None:
        text = self._text(node)
        if self.current is None or (anchor and not self.current.entry and node.tag <= self.rule.deepest):
            self.current = Section("" if node.tag == "h1" else anchor, text)
            self.found.append(self.current)
        elif not self.current.title:
            self.current.title = text
        else:
            self.current.blocks.append(text)

    def _entry(self, node: Element, anchor: str) -> None:
        before, self.current = self.current, Section(anchor, entry=True)
        self.found.append(self.current)
        if node.tag == "dt":  # its definition follows
            self.current.title = self._text(node)
            return
        self.current.full = bool(_FULL(node))
        self.read(node)
        self._end_block()
        self.current = before

    def _text(self, node: Element) -> str:
        self.pieces.clear()
        self.read(node)
        text = _spaced("".join(self.pieces))
        self.pieces.clear()
        return text

    def _end_block(self) -> None:
        text = _spaced("".join(self.pieces))
        self.pieces.clear()
        if not text or self.current is None:
            return
        if self.current.title:
            self.current.blocks.append(text)
        else:
            self.current.title = text  # an entry without a heading is named by its first line

    def _skipped(self, node: Element) -> bool:
        names = {node.tag, *classes(node)}
        return bool(names & self.skipped) or node.get("hidden") is not None


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
