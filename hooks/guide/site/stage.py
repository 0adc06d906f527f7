"""Turns data and pages into plain Markdown pages and files that any site generator can build."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from guide import search
from guide.data.guide import Guide
from guide.page import moved, readability
from guide.page.compose import Composed, compose
from guide.page.document import Page
from guide.page.view import Options, View
from guide.paper import face, make
from guide.paper.paper_view import BookletView, PaperView
from guide.review.overdue import due_soon, overdue
from guide.review.owed import remarks
from guide.site import exports, wellknown
from guide.site.checked import Checked
from guide.site.copy import emergency_file
from guide.source import nav, pictures, tree
from guide.source.kept import NOTHING, Cache, Kept, name
from guide.text import french
from guide.text.problems import Code, GuideError, Place, Problem


@dataclass(frozen=True, slots=True)
class Staged:
    """The whole site as text: pages by source path, other files by address, what is or will soon be late or owed (`dates`).

    `late_in_emergency` holds the ids of facts past their review that the Urgence pages state.
    """

    pages: Mapping[str, str]
    files: Mapping[str, bytes]
    dates: tuple[str, ...]
    hard_to_read: tuple[str, ...]
    late_in_emergency: tuple[str, ...]


def stage(
    checked: Checked,
    options: Options,
    begin: Callable[[str], None] = lambda stage: None,
    cache: Cache | None = None,
) -> Staged:
    """Renders every page and every exported file, and tells `begin` what it is at; `cache` spares what has not changed.

    Raises GuideError when two things want one address.
    """
    guide, results = checked.guide, cache or Cache(None)
    begin("feuilles à imprimer")
    titles = {page.id: page.meta.title for page in checked.pages}
    printing = guide.root / make.KEPT
    options = replace(options, sheets=tuple(make.sheets(guide, options, printing)))

    def printed(whole: bool) -> Checked:
        return replace(checked, pages=tuple(page for page in checked.pages if whole or page.meta.printed))

    def written(whole: bool) -> dict[str, str]:
        pages = {page.src: repr((page.meta, page.first_line, page.body)) for page in printed(whole).pages}
        return {**pages, "": _digest(checked, options)}

    @functools.cache
    def on_paper(whole: bool) -> dict[str, str]:
        kind, kept = (PaperView, "on-paper") if whole else (BookletView, "in-booklet")
        composed = _composed(printed(whole), options, kind, results.of(kept))
        return {src: page.text for src, page in composed.items()}

    begin("livret")
    names = results.of("booklet")
    books = make.booklets(guide, options, printing, written, on_paper, names, kept=options.draft)
    options = replace(options, sheets=(*options.sheets, *books))
    begin("textes des pages")
    composed = _composed(checked, options, View, results.of("composed"))
    pages, emergency = {src: page.text for src, page in composed.items()}, _stated(checked, composed)
    files = {
        **exports.files(guide, options, titles),
        **moved.files(checked.pages),
        **make.files(options.sheets),
        **face.files(guide, options),
        **search.files(View(guide, options, tree.HOME, titles), checked.pages),
        **emergency_file.files(guide, options, titles),
        **wellknown.files(guide.site, options.site_url, options.today),
    }
    collisions = [
        Problem(
            Place(f"docs/{path}"),
            Code.COLLISION,
            "ce fichier porte l’adresse d’un fichier produit par le guide",
            "renommez-le ou retirez-le",
        )
        for path in files
        if (guide.root / "docs" / path).exists()
    ]
    if collisions:
        raise GuideError(collisions)
    late = tuple(fact.id for fact in overdue(guide.facts, options.today) if fact.id in emergency)
    dates = (*_late(guide, options.today, late), *map(str, remarks(guide, options.today)))
    return Staged(
        pages, files, dates, tuple(_hard_to_read(checked.pages, pages, results.of("readable"))), late
    )


def _composed(checked: Checked, options: Options, kind: type[View], kept: Kept) -> dict[str, Composed]:
    """Source path → page, in the order of the pages: those of an emergency first, so that the others may list their facts."""
    titles = {page.id: page.meta.title for page in checked.pages}
    everything = _digest(checked, options)

    def composed(page: Page, options: Options) -> Composed:
        def made() -> list[Any]:
            return list(
                astuple(compose(page, checked.uses[page.id], kind(checked.guide, options, page.id, titles)))
            )

        page_key = (page.src, repr(page.meta), str(page.first_line), page.body, repr(options.emergency))
        return Composed(*kept.get(name(everything, *page_key), made))

    urgent = checked.emergency
    first = {page.src: composed(page, options) for page in checked.pages if page.id in urgent}
    options = replace(options, emergency=_stated(checked, first))
    return {page.src: first.get(page.src) or composed(page, options) for page in checked.pages}


def _stated(checked: Checked, composed: Mapping[str, Composed]) -> tuple[str, ...]:
    """Ids of the facts that the pages of an emergency state."""
    urgent = checked.emergency
    stated = (composed[page.src].cited["fact"] for page in checked.pages if page.id in urgent)
    return tuple(dict.fromkeys(fact for facts in stated for fact in facts))


def _digest(checked: Checked, options: Options) -> str:
    """A name for all that a page may show beside its own text."""
    guide = checked.guide
    sources = ((source.file, source.text) for source in guide.sources.values())
    drawings = (repr(each.lines) for each in guide.pictures.values())
    sheets = (repr(replace(sheet, pdf=b"", preview=b"")) for sheet in options.sheets)  # no page holds a sheet
    folder = guide.root / "docs" / pictures.FOLDER
    shown = ((path.name, path.read_bytes()) for path in sorted(folder.glob(f"*{pictures.ENDING}")))
    titles = [(page.src, page.meta.title) for page in checked.pages]
    menu = nav.read(guide.root).parts
    varying = repr((replace(options, sheets=(), emergency=()), titles, menu))
    files = [*(part for each in sources for part in each), *(part for each in shown for part in each)]
    return name(varying, *drawings, *sheets, *files)


def cited(checked: Checked, options: Options) -> dict[str, set[tuple[str, str]]]:
    """Id of each page → kind and id of the facts, texts, contacts and resources on which it relies."""
    composed = _composed(checked, options, View, NOTHING)
    return {
        page.id: {(kind, each) for kind, ids in composed[page.src].cited.items() for each in ids}
        for page in checked.pages
    }


def _hard_to_read(pages: tuple[Page, ...], staged: Mapping[str, str], kept: Kept) -> Iterator[str]:
    for page in pages:
        text, listed = staged[page.src], page.meta.list

        def limits(text: str = text, listed: bool = listed) -> list[str]:
            return readability.warnings(readability.measure(text), listed)

        if found := kept.get(name(text, str(listed)), limits):
            yield f"Lisibilité, docs/{page.src} : {' ; '.join(found)}"


def write(staged: Staged, root: Path, folder: Path) -> None:
    """Writes the staged pages, files and assets of `docs/` into an empty or new folder."""
    if folder.exists() and any(folder.iterdir()):
        raise GuideError(
            [
                Problem(
                    Place(str(folder)),
                    Code.COLLISION,
                    "le dossier n’est pas vide",
                    "donnez un dossier vide ou nouveau",
                )
            ]
        )
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(root / "docs" / "assets", folder / "assets", dirs_exist_ok=True)
    contents = {**{path: text.encode() for path, text in staged.pages.items()}, **staged.files}
    for path, content in contents.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _late(guide: Guide, today: dt.date, emergency: tuple[str, ...]) -> Iterator[str]:
    """One line a day of review: first what is past, Urgence named, then what comes soon."""
    for facts, words in (
        (overdue(guide.facts, today), "en retard"),
        (due_soon(guide.facts, today), "à venir"),
    ):
        for review_by, group in groupby(
            sorted(facts, key=lambda fact: fact.review_by), key=lambda fact: fact.review_by
        ):
            names = [fact.id + (" (Urgence)" if fact.id in emergency else "") for fact in group]
            count = french.plural(len(names), "fait")
            yield f"Relecture {words}, {french.day(review_by)} : {count} — {', '.join(names)}"
