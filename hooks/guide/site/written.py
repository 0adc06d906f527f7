"""What an editor's page will give, asked before anything is built: its anchors, links, pictures and markup.

The Markdown goes through the site's converter, then through the booklet's, as it will in a build: what one of the
exits cannot hold is a problem at the editor's line. Only the editor's own text is converted; the ids that markers add
are asked of their templates, and only for the pages where a link wants one that the text does not have.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from guide.data.literals import INSERT
from guide.page import forge
from guide.page.document import CODE, Page, blank
from guide.page.markers import Use
from guide.paper.html_blocks import Converter
from guide.site.known_data import Known
from guide.source import nav, pictures, tree
from guide.source.disk import has_file
from guide.source.html_tree import UnknownMarkupError, parse_strictly
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
        body = parse_strictly(renderer(text))
        found = Written(
            [each.get("id", "") for each in body.iterfind(".//*[@id]")],
            [each.get("href", "") for each in body.iter("a")],
            [each.get("src", "") for each in body.iter("img")],
        )
        Converter(lambda page, href, in_foot: None).blocks(page.id, body)
    except UnknownMarkupError as error:
        return Written(fault=(str(error), error.tag))
    return found


def _converted(
    settings: nav.Settings, kept: Kept, pages: Iterable[Page], uses: Mapping[str, Sequence[Use]]
) -> dict[str, Written]:
    """Source path → converted page; a page that has not changed is not converted again."""
    tools = repr(nav.extensions(settings))
    converter = cache(lambda: nav.converter(settings))  # slow to load, and mostly no page has changed

    def made(page: Page) -> dict[str, Any]:
        return asdict(convert(page, uses[page.id], lambda text: converter().reset().convert(text)))

    found = {}
    for page in pages:
        places = repr([(use.start, use.end) for use in uses[page.id]])
        found[page.src] = Written(**kept.get(name(tools, places, page.body), partial(made, page)))
    return found


def problems(
    root: Path,
    settings: nav.Settings,
    pages: Sequence[Page],
    uses: Mapping[str, Sequence[Use]],
    data: Known | None,
    kept: Kept,
) -> Iterator[Problem]:
    """Everything that a build would refuse in these pages. Without `data`, anchors that markers may add are not judged."""
    written = _converted(settings, kept, pages, uses)
    by_src = {page.src: page for page in pages}
    added: dict[str, set[str]] = {}

    def ids(src: str) -> set[str] | None:
        """The anchors of a page; None when nobody can tell."""
        if written[src].fault or data is None:
            return None
        if src not in added:
            page = by_src[src]
            wanted = name(data.made_from, page.id, repr([(use.name, use.arguments) for use in uses[page.id]]))
            added[src] = set(kept.get(wanted, partial(_from_markers, page, uses[page.id], data, pages)))
        return added[src] | set(written[src].ids)

    if data is not None:
        for field, page_id, anchor in data.said["anchors"]:
            if page_id == tree.HOME:
                continue  # `checked` says why it cannot be
            src = next(page.src for page in pages if page.id == page_id)
            if (there := ids(src)) is not None and anchor not in there:
                place = data.guide.sources["pages"].place((field,))
                what = f"le programme mène à #{anchor} dans cette page, qui n’a pas cette ancre"
                yield Problem(
                    place,
                    Code.REFERENCE,
                    what,
                    f"écrivez {{: #{anchor} }} après le titre qui convient",
                    page_id,
                )
    known = {*GENERATED, *(data.said["sheets"] if data else ())}
    for page in pages:
        found = written[page.src]
        places = _Places(page)
        if found.fault:
            sentence, tag = found.fault
            place, remedy = places.tag(tag), "écrivez-le en Markdown, sans balise"
            if tag == "pre" and (indented := places.indented()):
                place, remedy = indented, "retirez les espaces qui ouvrent la ligne"
                sentence = "en retrait de quatre espaces, il s’affiche comme du code"
            what = f"le guide imprimé ne peut pas contenir ce passage : {sentence}"
            yield Problem(place, Code.MARKER, what, remedy)
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
        return what, did_you_mean(
            anchor, there, "recopiez ce qui suit « # » dans le titre, ou retirez l’ancre"
        )
    if path.endswith(".md") and not has_file(
        root / "docs" / target
    ):  # one that cannot be read is refused itself
        advice = "écrivez le chemin du fichier depuis celui de la page"
        return "ce lien mène à une page qui n’existe pas", did_you_mean(path, _nearby(here, written), advice)
    if target in known or (not target.startswith("..") and has_file(root / "docs" / target)):
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


def _from_markers(page: Page, uses: Sequence[Use], data: Known, pages: Iterable[Page]) -> list[str]:
    """The ids that the markers of a page add to it; they are the same on any day."""
    from guide.page import anchors  # slow to load, and mostly nobody asks

    return anchors.added(data.guide, page.id, {each.id: each.title for each in pages}, uses)


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

    def indented(self) -> Place | None:
        """The first line that Markdown may take for code because of the spaces before it; a tag says so itself."""
        if "<pre" in self.text.lower():
            return None
        for found in re.finditer(r"(?:\A|\n[ \t]*\n)(?: {4,}|\t)\s*(?=\S)", self.text):
            before = self.text[: found.start()].rpartition("\n")[2]
            if not re.match(
                r" {4}|\t| *(?:!!!|[-*+] |\d+\. |:)", before
            ):  # what a note, a list or a term holds
                return self.page.place(found.end())
        return None
