"""Where the links of a book lead: another page of it, or an address in the notes of a chapter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from guide.data.guide import Guide
from guide.page.view import Options
from guide.paper.html_words import Node
from guide.source import pictures, tree
from guide.text import french
from guide.text.address import join, shown
from guide.text.problems import Code, Place, Problem

_DOTS_A_MM = 6  # a screenshot is read at about 150 dots to the inch


@dataclass(slots=True)
class BookLinks:
    """Where each link leads on paper: a page of the book, or an address in a note, once a chapter."""

    guide: Guide
    options: Options
    own: Mapping[str, str]  # id of each page that this book holds → its source
    others: frozenset[str] = frozenset()  # pages of the guide that this book does not hold: only words here
    wanted: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)  # those of the chapter, in order of first use
    catalogue: dict[str, str] = field(init=False)  # address → resource, as the catalogue lists them

    def __post_init__(self) -> None:
        self.catalogue = {each.link: each.id for each in self.guide.resources.values() if each.link}

    def new_chapter(self) -> None:
        self.notes = {}

    def target(self, page: str, href: str, in_foot: bool) -> Node | None:
        """The link's target; None for what only a screen can follow (a phone call, a file without address).

        The foot of a chapter leads to the catalogue, where each address is written out once.
        """
        if href.startswith(("http://", "https://")):
            if in_foot and href in self.catalogue:
                return self._inside(page, f"{self.guide.pages.catalogue}#{self.catalogue[href]}")
            return self._external(page, href)
        if href.startswith(("tel:", "mailto:")) or not href:
            return None
        path, _, anchor = href.partition("#")
        wanted = self._led_to(page, path)
        if wanted in self.own:
            return self._inside(page, f"{wanted}#{anchor}" if anchor else wanted)
        return None if wanted in self.others else self._file(page, path)

    def picture(self, page: str, src: str, alt: str) -> Node | None:
        """An editor's picture with its bytes; None for what a template shows, which is a preview of another file."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.own[page]), src))
        if not path.startswith(pictures.FOLDER) or not path.endswith(pictures.ENDING):
            return None
        content = (self.guide.root / "docs" / path).read_bytes()
        width, _ = pictures.size(content) or (pictures.MAX_SIDE, 0)
        return {
            "k": "img",
            "data": list(content),
            "alt": french.typeset(alt),
            "mm": round(width / _DOTS_A_MM),
        }

    def _inside(self, page: str, wanted: str) -> Node:
        self.wanted.append((page, wanted))
        return {"page": wanted}

    def _external(self, page: str, url: str) -> Node:
        note = self._note(url)
        known = note in self.notes
        self.notes[note] = None
        if page == self.guide.pages.catalogue:  # one address an entry: beside it, better than in a note
            return {"url": url} if known else {"url": url, "beside": note}
        return {"url": url, "note": list(self.notes).index(note) + 1}

    def _note(self, url: str) -> str:
        """The address as people copy it, with the day its link was checked."""
        state = self.options.links.by_url.get(url)
        return shown(url).rstrip("/") + (
            f", lien contrôlé le {french.day(state.checked_on)}" if state else ""
        )

    def closing(self, page: str) -> list[Node]:
        """The notes of a chapter, for its end. (Notes at the foot of each page cost four times the memory.)"""
        listed = self.notes and page != self.guide.pages.catalogue
        return [{"k": "notes", "c": list(self.notes)}] if listed else []

    def _led_to(self, page: str, path: str) -> str:
        """The id of the page to which a path leads, if it leads to one."""
        if not path:
            return page
        if path.endswith(".md"):  # written by an editor: relative to the source file
            return tree.page_id(posixpath.normpath(posixpath.join(posixpath.dirname(self.own[page]), path)))
        target = posixpath.normpath(posixpath.join(tree.address(page), path))
        return tree.HOME if target == "." else target

    def _file(self, page: str, path: str) -> Node | None:
        if not self.guide.site.url or urlsplit(path).scheme:
            return None
        src = self.own[page]
        by_editor = f"]({path}" in (self.guide.root / "docs" / src).read_text(encoding="utf-8")
        # An editor writes from the source file, a template from the page's address.
        folder = posixpath.dirname(src) if by_editor else tree.address(page)
        return self._external(
            page, join(self.guide.site.url, posixpath.normpath(posixpath.join(folder, path)))
        )

    def broken(self, anchors: set[str]) -> list[Problem]:
        """A problem for each link to a place that the book does not have."""
        return [
            Problem(
                self._written(page, wanted),
                Code.REFERENCE,
                "lien interne sans destination dans le livret",
                "corrigez l’ancre, ou le titre vers lequel elle mène",
                wanted,
            )
            for page, wanted in self.wanted
            if wanted not in anchors
        ]

    def _written(self, page: str, wanted: str) -> Place:
        """Where the page's source writes the link to this anchor; its first line when data write it."""
        src = f"docs/{self.own[page]}"
        anchor = wanted.partition("#")[2]
        for number, line in enumerate((self.guide.root / src).read_text(encoding="utf-8").splitlines(), 1):
            if (found := re.search(rf"#{re.escape(anchor)}(?![\w-])", line)) and anchor:
                return Place(src, number, found.start() + 1)
        return Place(src)
