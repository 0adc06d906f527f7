"""The booklet, and the whole guide: pages in one PDF, with a contents page, links that work and addresses in notes.

The booklet ends on the words of the glossary that its own pages use.
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guide.data.guide import Guide
from guide.data.model.sheets import PrintedSheet
from guide.data.model.words import GlossaryTerm
from guide.page.chosen import edition
from guide.page.view import CATALOGUE, Options
from guide.paper import printed_drawings, typesetting
from guide.paper.brief import Shortened
from guide.paper.html_blocks import Converter
from guide.paper.html_words import Node
from guide.paper.paper_view import ON_SCREEN_ONLY, PaperView, hidden_numbers
from guide.paper.sections import frame
from guide.paper.store import Made
from guide.paper.typesetting import Job
from guide.source import nav, pictures, tree
from guide.source.html_tree import UnknownMarkupError
from guide.source.html_tree import parse as parse_html
from guide.source.kept import program
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, parse
from guide.text import french
from guide.text.address import join, shown
from guide.text.problems import Code, GuideError, Place, Problem

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
BRIEF = "booklet"
_DOTS_A_MM = 6  # a screenshot is read at about 150 dots to the inch
Pages = Mapping[str, str]
"""Source path → staged Markdown, rendered for paper."""


def make(guide: Guide, options: Options, sheet: PrintedSheet, pages: Pages) -> Made:
    """The book of these pages. Raises GuideError where one cannot be printed."""
    job = Job(
        "booklet.typ",
        {
            **_cover(guide, options, sheet),
            "parts": _parts(guide, options, pages, brief=sheet.content == BRIEF),
            "drawings": printed_drawings.on_paper(PaperView(guide, options), guide.pictures),
        },
        options.today,
    )
    pdf, count = _compact(typesetting.pdf(job))
    cover = Job(
        job.template,
        {**_cover(guide, options, sheet), "only-cover": True, "parts": [], "drawings": {}},
        options.today,
    )
    return Made(pdf, count, *typesetting.preview(cover))


def _compact(pdf: bytes) -> tuple[bytes, int]:
    """The same document with its thousands of tags packed together (ISO 32000-1, 7.5.7), and its number of pages."""
    import pikepdf  # slow to load, and the booklet is mostly kept from before

    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue(), len(document.pages)


def key(guide: Guide, options: Options, sheet: PrintedSheet, tools: str, pages: Pages) -> str:
    """A name for all the book is made from: an edit of a page that it does not hold changes nothing."""
    settings = nav.load(guide.root)
    menu = settings.parts, nav.extensions(settings)
    book = (
        sheet,
        guide.site,
        options.today,
        options.site_url,
        options.links,
        menu,
        page_ids(guide.root),
        program(),
    )
    shown = sorted((guide.root / "docs" / pictures.FOLDER).glob(f"*{pictures.ENDING}"))
    drawn = printed_drawings.on_paper(PaperView(guide, options), guide.pictures)
    words = repr([(each.term, each.expansion, each.definition) for each in guide.glossary.values()])
    digest = hashlib.sha256(tools.encode())
    for part in (repr(book), json.dumps(drawn), words, hidden_numbers(guide).pattern):
        digest.update(part.encode() + b"\0")
    for name, content in (
        *((src, text.encode()) for src, text in pages.items()),
        *((path.name, path.read_bytes()) for path in shown),
    ):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:32]


def _cover(guide: Guide, options: Options, sheet: PrintedSheet) -> dict[str, Any]:
    address = [shown(guide.site.url)] if guide.site.url else edition(guide)
    version = f"Version {guide.site.version}, {french.day(options.today)}"
    return {
        **frame(guide, options, sheet),
        "title": french.typeset(guide.site.name),
        "contents": "Sommaire",
        "notes": french.typeset("Adresses :"),
        "only-cover": False,
        "numbered": sheet.content == BRIEF,
        "cover": [french.typeset(text) for text in (sheet.title, version, *address, guide.site.independence)],
    }


def _parts(guide: Guide, options: Options, everything: Pages, *, brief: bool = False) -> list[dict[str, Any]]:
    places = {src: _place(text) for src, text in everything.items()}
    pages = {src: text for src, text in everything.items() if places[src] != "none"}
    own = {tree.page_id(src) for src in pages}
    others = frozenset(page_ids(guide.root)) - own if brief else frozenset()
    links = _Links(guide, options, frozenset(pages), others)
    converter = Converter(links.target, links.picture)
    names, settings = nav.extensions(nav.load(guide.root))
    hidden = hidden_numbers(guide)
    import markdown

    renderer = markdown.Markdown(extensions=names, extension_configs=settings)
    shortened = Shortened()
    parts: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for part in _ordered(guide.root, {src: places[src] for src in pages}):
        chapters = []
        for src in part.pages:
            links.new_chapter()
            html = hidden.sub(ON_SCREEN_ONLY, renderer.reset().convert(_FRONT.sub("", pages[src])))
            name = tree.page_id(src)
            try:
                nodes = shortened.page(name, parse_html(html)) if brief else parse_html(html)
                chapters.append([*converter.blocks(name, nodes), *links.closing(name)])
            except UnknownMarkupError as error:
                problems.append(
                    Problem(
                        Place(f"docs/{src}"),
                        Code.MARKER,
                        f"le livret ne peut pas imprimer cette page : {error}",
                        "un modèle du programme écrit ce que le livret ne connaît pas : signalez-le",
                    )
                )
        # Only the first part, read in a hurry, gives each chapter its own page.
        parts.append({"title": french.typeset(part.title), "chapters": chapters, "apart": not parts})
    problems += links.broken(converter.anchors)
    if problems:
        raise GuideError(problems)
    return [*parts, *_essentials(guide, options, pages)] if brief else parts


def _essentials(guide: Guide, options: Options, pages: Pages) -> Iterator[dict[str, Any]]:
    """The words of the glossary that these pages use, in short."""
    text = "\n".join(pages.values())
    folded = text.casefold()
    view = PaperView(guide, options)
    terms = [
        each for each in guide.glossary.values() if _used(each.term, text if each.term.isupper() else folded)
    ]
    if terms:
        title = [french.typeset("Lexique : l’essentiel")]
        said = [
            [[french.typeset(each.term)], [{"k": "p", "c": [_defined(view, each)]}]]
            for each in sorted(terms, key=lambda each: each.term.casefold())
        ]
        heading = {"k": "h", "level": 2, "label": "lexique-essentiel", "c": title}
        yield {"title": "Lexique", "chapters": [[heading, {"k": "terms", "c": said}]], "apart": False}


def _used(term: str, text: str) -> bool:
    """Whether a term stands in a text as a word: an acronym as it is written, another in a text without capitals."""
    wanted = term if term.isupper() else term.casefold()
    return wanted in text and re.search(rf"(?<![\w-]){re.escape(wanted)}s?(?![\w-])", text) is not None


def _defined(view: PaperView, term: GlossaryTerm) -> str:
    full = f"{view.text(term.expansion)}. " if term.expansion else ""
    return full + view.text(term.definition)


def _place(staged: str) -> str | None:
    """Where the front matter of a staged page puts it in the book."""
    front, source = _FRONT.match(staged), Source("")
    parse(front[1] if front else "", source)
    return (source.value or {}).get("booklet")


def _ordered(root: Path, places: Mapping[str, str | None]) -> list[nav.Part]:
    """The site's parts, then the pages that say they come last; one outside the navigation closes the book, never lost."""
    found = nav.load(root).parts
    shown = [src for part in found for src in part.pages if src in places]
    parts = [
        nav.Part(part.title, tuple(src for src in part.pages if src in shown and not places[src]))
        for part in found
    ]
    rest = sorted(set(places) - set(shown))
    last = [src for src in shown if places[src] == "last"]
    return [part for part in (*parts, nav.Part("Annexes", (*rest, *last))) if part.pages]


@dataclass(slots=True)
class _Links:
    """Where each link leads on paper: a page of the book, or an address in a note, once a chapter."""

    guide: Guide
    options: Options
    pages: frozenset[str]
    others: frozenset[str] = frozenset()  # pages of the guide that this book does not hold: only words here
    wanted: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)  # those of the chapter, in order of first use
    catalogue: dict[str, str] = field(default_factory=dict)

    def new_chapter(self) -> None:
        self.notes = {}

    def target(self, page: str, href: str, in_foot: bool) -> Node | None:
        """The link's target; None for what only a screen can follow (a phone call, a file without address).

        The foot of a chapter leads to the catalogue, where each address is written out once.
        """
        if href.startswith(("http://", "https://")):
            if in_foot and href in self._catalogued():
                return self._inside(page, f"{CATALOGUE}#{self._catalogued()[href]}")
            return self._external(page, href)
        if href.startswith(("tel:", "mailto:")) or not href:
            return None
        path, _, anchor = href.partition("#")
        found = self._page(page, path)
        if found is None:
            return None if self._other(page, path) else self._file(page, path)
        return self._inside(page, f"{found}#{anchor}" if anchor else found)

    def picture(self, page: str, src: str, alt: str) -> Node | None:
        """An editor's picture with its bytes; None for what a template shows, which is a preview of another file."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._src(page)), src))
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

    def _catalogued(self) -> dict[str, str]:
        """Address → resource, for the resources that the catalogue lists."""
        if not self.catalogue:
            self.catalogue.update({each.link: each.id for each in self.guide.resources.values() if each.link})
        return self.catalogue

    def _external(self, page: str, url: str) -> Node:
        if page == CATALOGUE:  # one address an entry: beside it, better than in a note
            return {"url": url} if self._note(url) in self.notes else {"url": url, "beside": self._noted(url)}
        self._noted(url)
        return {"url": url, "note": list(self.notes).index(self._note(url)) + 1}

    def _noted(self, url: str) -> str:
        note = self._note(url)
        self.notes[note] = None
        return note

    def _note(self, url: str) -> str:
        """The address as people copy it, with the day its link was checked."""
        state = self.options.links.by_url.get(url)
        return shown(url).rstrip("/") + (
            f", lien contrôlé le {french.day(state.checked_on)}" if state else ""
        )

    def closing(self, page: str) -> list[Node]:
        """The notes of a chapter, for its end. (Notes at the foot of each page cost four times the memory.)"""
        return [{"k": "notes", "c": list(self.notes)}] if self.notes and page != CATALOGUE else []

    def _page(self, page: str, path: str) -> str | None:
        if not path:
            return page
        folder = "" if page == "accueil" else page + "/"
        if path.endswith(".md"):  # written by an editor: relative to the source file
            src_folder = posixpath.dirname(self._src(page))
            src = posixpath.normpath(posixpath.join(src_folder, path))
            return tree.page_id(src) if src in self.pages else None
        target = posixpath.normpath(posixpath.join(folder or ".", path)).strip("/")
        target = "accueil" if target in (".", "") else target
        return target if any(tree.page_id(src) == target for src in self.pages) else None

    def _other(self, page: str, path: str) -> bool:
        by_source = path.endswith(".md")
        folder = posixpath.dirname(self._src(page)) if by_source else "" if page == "accueil" else page
        target = posixpath.normpath(posixpath.join(folder or ".", path)).strip("/")
        return (
            tree.page_id(target) if by_source else "accueil" if target in (".", "") else target
        ) in self.others

    def _src(self, page: str) -> str:
        return next(src for src in self.pages if tree.page_id(src) == page)

    def _file(self, page: str, path: str) -> Node | None:
        if not self.guide.site.url or urlsplit(path).scheme:
            return None
        src = self._src(page)
        by_editor = f"]({path}" in (self.guide.root / "docs" / src).read_text(encoding="utf-8")
        # An editor writes from the source file, a template from the page's address.
        folder = posixpath.dirname(src) if by_editor or page == "accueil" else page
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
        src = f"docs/{self._src(page)}"
        anchor = wanted.partition("#")[2]
        for number, line in enumerate((self.guide.root / src).read_text(encoding="utf-8").splitlines(), 1):
            if (found := re.search(rf"#{re.escape(anchor)}(?![\w-])", line)) and anchor:
                return Place(src, number, found.start() + 1)
        return Place(src)
