"""What a built page says, section by section: the text that the search reads and shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Elements that stand for themselves in the results when they carry an id.
ENTRIES = frozenset({"article", "section", "li", "dt", "tr"})
# Elements whose text is shown apart from what surrounds it.
BLOCKS = (
    HEADINGS
    | ENTRIES
    | {"p", "ul", "ol", "dl", "dd", "th", "td", "table", "div", "summary", "details", "blockquote"}
)
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"})

# Tags and classes: the foot, what only repeats (a measure on the checklist), and the state of a link.
_SKIPPED_TAGS = frozenset({"script", "style", "svg", "template", "select", "button", "figure", "pre"})
_REPEATED = frozenset(
    {"g-card__state", "g-rows__side", "g-measure__meta", "g-check__meta", "g-steps__who", "g-steps__when"}
)
_APART = frozenset(
    {"g-foot", "g-printfoot", "g-foot__by", "g-vh", "g-flag", "g-fact", "g-actions", "g-button", "g-who"}
)
SKIPPED = _SKIPPED_TAGS | _REPEATED | _APART | {"g-quiz__choices"}


@dataclass(frozen=True, slots=True)
class Policy:
    """How much of a page is worth the weight of the index.

    `flat`: entries do not stand for themselves. `deepest`: nor do headings below this one.
    """

    flat: bool = False
    deepest: str = "h6"
    skipped: frozenset[str] = frozenset()


# Pages that repeat in full what others explain, and those for editors.
POLICIES: Mapping[str, Policy] = {
    "checklist/afficher": Policy(flat=True),
    "a-propos/sources": Policy(flat=True, skipped=frozenset({"table"})),
    "a-propos/contribuer": Policy(skipped=frozenset({"table", "code"}), deepest="h2"),
    "a-propos/publier": Policy(skipped=frozenset({"table", "code"}), deepest="h2"),
    "a-propos/nouveautes": Policy(flat=True),
    "ressources": Policy(skipped=frozenset({"g-card__text"})),
    "lexique": Policy(skipped=frozenset({"g-lexicon__here"})),
    "entrainement/quiz": Policy(flat=True, deepest="h2"),
    "entrainement": Policy(flat=True, skipped=frozenset({"details"})),
}


@dataclass(slots=True)
class Section:
    """A heading or an entry, and the blocks of text under it; `anchor` is empty for the page itself."""

    anchor: str
    title: str = ""
    entry: bool = False
    blocks: list[str] = field(default_factory=list)


def sections(page: str, html: str) -> list[Section]:
    """Sections of a built page in document order; the page itself first, under its main heading.

    `page` is the address of the page, on a server or in a folder. A page without main heading has no section.
    """
    reader = _Reader(_policy(page_name(page)))
    tree = _Tree()
    # The header and the navigation are most of a page and none of its text.
    tree.feed(html[max(0, html.find("<article")) : html.rfind("</article>") + len("</article>")])
    tree.close()
    reader.read(tree.article)
    return [each for each in reader.found if each.title]


def page_name(page: str) -> str:
    """The page without what differs between a server and a folder: `urgence/decider`."""
    return re.sub(r"(?:^|/)index\.html$|\.html$|/$", "", page)


def sources(html: str) -> list[str]:
    """Titles of the documents that the foot of a built page lists."""
    foot = re.search(r'<ul class="g-foot__sources">(.*?)</ul>', html, re.DOTALL)
    lines = re.findall(r"<li>(.*?)(?:<span class=\"g-foot__by|</li>)", foot[1], re.DOTALL) if foot else []
    return [unescape(_spaced(re.sub(r"<[^>]*>", "", line))) for line in lines]


def _policy(name: str) -> Policy:
    if name.startswith("commencer/roles/"):
        return Policy(skipped=frozenset({"g-steps__why"}))
    return POLICIES.get(name, Policy())


@dataclass(slots=True)
class _Node:
    """An element of the article; children are elements and strings, in order."""

    tag: str
    attributes: Mapping[str, str]
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    """The article of a page of Material as a tree."""

    def __init__(self) -> None:
        super().__init__()
        self.article = _Node("article", {})
        self.path: list[_Node] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if not self.path:
            if tag == "article" and "md-content__inner" in attributes.get("class", "").split():
                self.path.append(self.article)
            return
        node = _Node(tag, attributes)
        self.path[-1].children.append(node)
        if tag not in VOID:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self.path):
            while self.path.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.path:
            self.path[-1].children.append(data)


class _Reader:
    """Walks the tree and cuts it into sections."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.found: list[Section] = []
        self.current: Section | None = None
        self.pieces: list[str] = []

    def read(self, node: _Node) -> None:
        """Adds the text of an element to the section under way, or opens another one."""
        for child in node.children:
            if isinstance(child, str):
                self.pieces.append(child)
            elif not self._skipped(child):
                self._element(child)

    def _element(self, node: _Node) -> None:
        anchor = node.attributes.get("id", "")
        if node.tag in BLOCKS:
            self._end_block()
        if node.tag in HEADINGS:
            self._heading(node, anchor)
        elif anchor and node.tag in ENTRIES and not self.policy.flat:
            self._entry(node, anchor)
        else:
            before = self.current
            if node.tag == "span":  # style sheets set some apart without a space
                self.pieces.append(" " if re.search(r"[\w.!?)]$", "".join(self.pieces[-1:])) else "")
            self.read(node)
            if node.tag in BLOCKS or node.tag == "br":
                self._end_block()
            if node.tag == "dl":  # ends its last definition
                self.current = before

    def _heading(self, node: _Node, anchor: str) -> None:
        text = self._text(node)
        if self.current is None or (anchor and not self.current.entry and node.tag <= self.policy.deepest):
            self.current = Section("" if node.tag == "h1" else anchor, text)
            self.found.append(self.current)
        elif not self.current.title:
            self.current.title = text
        else:
            self.current.blocks.append(text)

    def _entry(self, node: _Node, anchor: str) -> None:
        before, self.current = self.current, Section(anchor, entry=True)
        self.found.append(self.current)
        if node.tag == "dt":  # its definition follows
            self.current.title = self._text(node)
            return
        self.read(node)
        self._end_block()
        self.current = before

    def _text(self, node: _Node) -> str:
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

    def _skipped(self, node: _Node) -> bool:
        names = {node.tag, *node.attributes.get("class", "").split()}
        return bool(names & (SKIPPED | self.policy.skipped)) or "hidden" in node.attributes


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()
