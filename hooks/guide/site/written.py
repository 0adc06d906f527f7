"""What an editor's page will give, asked before anything is built: its anchors, links, pictures and markup.

The Markdown goes through the site's converter, then through the booklet's, as it will in a build: what one of the
exits cannot hold is a problem at the editor's line. Only the editor's own text is converted; the ids that markers add
are asked of their templates, and only for the pages where a link wants one that the text does not have.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from guide.data.guide import Guide
from guide.data.literals import INSERT
from guide.page import forge
from guide.page.document import CODE, Page, blank
from guide.page.markers import Use
from guide.page.sheet import Sheet
from guide.page.view import Options, View
from guide.paper import glyphs, html_blocks, html_words
from guide.paper.html_blocks import Converter
from guide.paper.make import WHOLE
from guide.source import html_tree, nav, pictures
from guide.source.html_tree import Element, UnknownMarkupError, parse
from guide.source.kept import Kept, name
from guide.text.problems import Code, Place, Problem, did_you_mean

# Files that a build adds and that a page may lead to, beside the printed sheets.
GENERATED = (
    "donnees/resources.json",
    "donnees/resources.csv",
    "donnees/measures.json",
    "donnees/measures.csv",
    "flux.xml",
    "version.json",
)
_ID = re.compile(r'\sid="([^"]+)"|\{:?[^}\n]*#([\w-]+)[^}\n]*\}')
_TOOLS = [
    Path(module.__file__ or "")
    for module in (forge, html_blocks, html_words, html_tree, sys.modules[__name__])
]
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """One converted page. `fault` is what the booklet cannot hold (sentence, tag); then the rest is not known."""

    ids: Sequence[str] = ()
    links: Sequence[str] = ()
    images: Sequence[str] = ()
    fault: Sequence[str] | None = None


def convert(page: Page, uses: Sequence[Use], renderer: Callable[[str], str]) -> Written:
    """The page's own text as the exits will read it."""
    bounds = [0, *(place for use in uses for place in (use.start, use.end)), len(page.body)]
    parts = (page.body[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    text = "\n\n".join(forge.mended(INSERT.sub("x", part)) for part in parts)
    try:
        tree = parse(renderer(text))
        Converter(lambda page, href, in_foot: None).blocks(page.id, tree)
    except UnknownMarkupError as error:
        return Written(fault=(str(error), error.tag))
    everything = list(_all(tree))
    return Written(
        tuple(each.attributes["id"] for each in everything if "id" in each.attributes),
        tuple(each.attributes.get("href", "") for each in everything if each.tag == "a"),
        tuple(each.attributes.get("src", "") for each in everything if each.tag == "img"),
    )


def _converted(
    root: Path, kept: Kept, pages: Iterable[Page], uses: Mapping[str, Sequence[Use]]
) -> dict[str, Written]:
    """Source path → converted page; a page that has not changed is not converted again."""
    names, settings = nav.extensions(root)
    tools = name(version("markdown"), repr((names, settings)), *(path.read_bytes() for path in _TOOLS))
    renderer: list[Any] = []

    def made(page: Page) -> dict[str, Any]:
        if not renderer:
            import markdown  # slow to load, and mostly one page has changed

            renderer.append(markdown.Markdown(extensions=names, extension_configs=settings))
        return asdict(convert(page, uses[page.id], lambda text: renderer[0].reset().convert(text)))

    found = {}
    for page in pages:
        places = repr([(use.start, use.end) for use in uses[page.id]])
        found[page.src] = Written(**kept.get(name(tools, places, page.body), partial(made, page)))
    return found


def _all(element: Element) -> Iterator[Element]:
    for child in element.elements():
        yield child
        yield from _all(child)


def problems(
    root: Path, pages: Sequence[Page], uses: Mapping[str, Sequence[Use]], guide: Guide | None, kept: Kept
) -> Iterator[Problem]:
    """Everything that a build would refuse in these pages. Without `guide`, anchors that markers may add are not judged."""
    written = _converted(root, kept, pages, uses)
    everything = _digest(root) if guide else ""
    by_src = {page.src: page for page in pages}
    added: dict[str, set[str]] = {}

    def ids(src: str) -> set[str] | None:
        """The anchors of a page; None when nobody can tell."""
        if written[src].fault or guide is None:
            return None
        if src not in added:
            key = name(everything, src, by_src[src].body)
            added[src] = set(kept.get(key, lambda: _from_markers(by_src[src], uses, guide, pages)))
        return added[src] | set(written[src].ids)

    known = {*GENERATED, *(sheet.path for sheet in (guide.sheets.values() if guide else ()) if sheet.content != WHOLE)}
    drawn = glyphs.characters(glyphs.REGULAR) | {"\n", "\t"}
    for page in pages:
        found = written[page.src]
        places = _Places(page)
        if found.fault:
            sentence, tag = found.fault
            yield Problem(
                places.tag(tag),
                Code.MARKER,
                f"le guide imprimé ne peut pas contenir ce passage : {sentence}",
                "écrivez-le en Markdown, sans balise",
            )
        for character in sorted(set(page.meta.model_dump_json() + page.body) - drawn):
            at = page.body.find(character)
            place = page.place(at) if at >= 0 else Place(f"docs/{page.src}", 2)
            yield glyphs.undrawn(place, character)
        for href in found.links:
            if wrong := _link(root, page, href, written, known, ids):
                yield Problem(places.address(href), Code.REFERENCE, *wrong, href)
        for src in found.images:
            if wrong := _image(root, page, src):
                yield Problem(places.address(src), Code.FILE, *wrong, src)


def _link(
    root: Path,
    page: Page,
    href: str,
    written: Mapping[str, Written],
    known: Collection[str],
    ids: Callable[[str], set[str] | None],
) -> tuple[str, str] | None:
    """What is wrong with a link to this guide and the remedy; addresses of the web are refused elsewhere."""
    if scheme := _SCHEME.match(href):
        if scheme[0].lower() in ("http:", "https:") or scheme[0] not in page.body:
            return None  # refused where it is written
        what = "une page n’écrit pas d’adresse"
        return what, "nommez la ressource, [texte][identifiant], ou insérez le contact, {contact:identifiant}"
    here = posixpath.dirname(page.src)
    parts = urlsplit(href)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    target = posixpath.normpath(posixpath.join(here, path)) if path else page.src
    if not href or path.startswith("/") or href.startswith("//") or parts.query:
        what = "ce lien ne se suit pas dans toutes les copies du guide"
        return what, _meant(path.lstrip("/"), here, written)
    if target in written:
        own = set(written[target].ids)
        if not anchor or anchor in own or (there := ids(target)) is None or anchor in there:
            return None
        what = f"ce lien mène à un titre qui n’est pas dans docs/{target}"
        return what, did_you_mean(anchor, there, "recopiez ce qui suit « # » dans le titre, ou retirez l’ancre")
    if path.endswith(".md") and not (root / "docs" / target).is_file():  # one that cannot be read is refused itself
        advice = "écrivez le chemin du fichier depuis celui de la page"
        return "ce lien mène à une page qui n’existe pas", did_you_mean(path, _nearby(here, written), advice)
    if target in known or (not target.startswith("..") and (root / "docs" / target).is_file()):
        return None
    return "ce lien ne mène à aucun fichier du guide", _meant(path, here, written)


def _nearby(here: str, written: Iterable[str]) -> list[str]:
    return [posixpath.relpath(each, here or ".") for each in written]


def _meant(path: str, here: str, written: Collection[str]) -> str:
    """« audit/ » and « /audit/ » are addresses of the site; a page is written as the path of its file."""
    address = path.strip("/").removesuffix(".html")
    for src in (f"{address}.md", f"{address}/index.md", posixpath.normpath(f"{here}/{address}.md")):
        if src in written:
            return f"écrivez {posixpath.relpath(src, here or '.')}"
    advice = "écrivez le chemin du fichier depuis celui de la page, par exemple audit.md"
    return did_you_mean(path, _nearby(here, written), advice)


def _image(root: Path, page: Page, src: str) -> tuple[str, str] | None:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.src), unquote(src)))
    if not path.startswith(pictures.FOLDER) or not path.endswith(pictures.ENDING):
        remedy = "préparez-la : ./scripts/guide image FICHIER, puis recopiez la ligne donnée"
        return "une image de page est un fichier .webp de docs/assets/images", remedy
    return pictures.wrong(root / "docs" / path)


def _from_markers(
    page: Page, uses: Mapping[str, Sequence[Use]], guide: Guide, pages: Iterable[Page]
) -> list[str]:
    """The ids that the markers of a page add to it; they are the same on any day."""
    options = Options(dt.date(2000, 1, 1), sheets=_unprinted(guide))
    view = View(guide, options, page.id, {each.id: each.meta.title for each in pages})
    html = "\n".join(use.marker.render(view, use.arguments) for use in uses[page.id])
    return sorted({attribute or heading for attribute, heading in _ID.findall(html)})


def _digest(root: Path) -> str:
    """A name for all that a marker may show: the data, and the rooms that write it."""
    package = Path(__file__).parents[1]
    data = sorted(path for path in (root / "data").glob("*.yml") if path.is_file())
    rooms = sorted(path for room in ("data", "page") for path in (package / room).rglob("*.*") if path.suffix != ".pyc")
    return name(*(path.read_bytes() for path in (*data, *rooms)))


def _unprinted(guide: Guide) -> tuple[Sheet, ...]:
    """The sheets as the pages list them, before any is made."""
    return tuple(
        Sheet(each.id, each.title, each.use, each.place, each.path, b"", each.pages, b"", 1, 1)
        for each in guide.sheets.values()
    )


class _Places:
    """Where a page's source writes what its HTML holds: the first place not given yet, else the head of the page."""

    def __init__(self, page: Page) -> None:
        self.page, self.text = page, blank(CODE, page.body)
        self.after: dict[str, int] = {}

    def address(self, wanted: str) -> Place:
        pattern = rf"(?:\]\(\s*<?|href=\"|src=\"|\]:\s*<?)({re.escape(wanted)})(?=[\s)>\"]|$)"
        found = re.compile(pattern).search(self.text, self.after.get(wanted, 0))
        if found is None:
            return self.page.place(max(self.text.find(wanted), 0) if wanted else 0)
        self.after[wanted] = found.end()
        return self.page.place(found.start(1))

    def tag(self, name: str) -> Place:
        found = re.search(rf"</?{re.escape(name)}\b", self.text, re.IGNORECASE) if name else None
        return self.page.place(found.start() if found else 0)
