"""The booklet, and the whole guide: pages in one PDF, with a contents page, links that work and addresses in notes.

The booklet ends on the words of the glossary that its own pages use.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from guide.data.guide import Guide
from guide.data.model.sheets import PrintedSheet
from guide.data.model.words import GlossaryTerm
from guide.page.chosen import edition
from guide.page.view import Options
from guide.paper import printed_drawings, typesetting
from guide.paper.book_links import BookLinks
from guide.paper.brief import Shortened
from guide.paper.html_blocks import Converter
from guide.paper.paper_view import ON_SCREEN_ONLY, PaperView, hidden_numbers
from guide.paper.sections import frame
from guide.paper.store import Made
from guide.paper.typesetting import Job
from guide.source import nav, pictures, tree
from guide.source.html_tree import UnknownMarkupError, parse_strictly
from guide.source.kept import program
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, parse
from guide.text import french
from guide.text.address import shown
from guide.text.problems import Code, GuideError, Place, Problem

_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
BRIEF = "booklet"
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
    own = {tree.page_id(src): src for src in pages}
    others = frozenset(page_ids(guide.root)) - own.keys() if brief else frozenset()
    links = BookLinks(guide, options, own, others)
    converter = Converter(links.target, links.picture)
    renderer, hidden = nav.converter(nav.load(guide.root)), hidden_numbers(guide)
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
                body = parse_strictly(html)
                body = shortened.page(name, body) if brief else body
                chapters.append([*converter.blocks(name, body), *links.closing(name)])
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
