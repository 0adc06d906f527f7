"""Turns data and pages into plain Markdown pages and files that any site generator can build."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from guide.review.owed import remarks
from guide.site import exports, wellknown
from guide.text import french
from guide.paper import face, make
from guide.page import offline_copy, readability
from guide.source import nav, tree
from guide import search
from guide.page.blocks import MARKERS
from guide.review.overdue import due_soon, overdue
from guide.page.compose import compose
from guide.data.guide import Guide, read_data
from guide.source.tree import page_ids
from guide.page.internal import broken_links
from guide.links.rules import load_rules
from guide.page.markers import Use, find
from guide.site.copy import emergency_file
from guide.page.read import read_pages
from guide.page.document import Page
from guide.paper.paper_view import PaperView
from guide.text.problems import Code, GuideError, Place, Problem
from guide.page.view import CATALOGUE, TEMPLATES, Options, View

# Where a template of a page, or of the frame around it, leads to a page by its name.
_NAMED = re.compile(r"""\bhref\(\s*["']([a-z0-9/-]+)["']\s*[,)]|["']([a-z0-9/-]+)/["'] *\| *url\b""")
_FRAME = Path(__file__).parents[2] / "theme"


def named_pages() -> set[str]:
    """The pages to which the program itself leads."""
    sources = [*TEMPLATES.rglob("*.j2"), *_FRAME.rglob("*.html")]
    found = (match for path in sources for match in _NAMED.finditer(path.read_text(encoding="utf-8")))
    return {"accueil", CATALOGUE, offline_copy.FOLDER, *(match[1] or match[2] for match in found)}


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


@dataclass(frozen=True, slots=True)
class Checked:
    """Data and pages that passed every check, ready to be staged any number of times."""

    guide: Guide
    pages: tuple[Page, ...]
    uses: Mapping[str, tuple[Use, ...]]

    @property
    def emergency(self) -> frozenset[str]:
        """Ids of the pages that say they are an emergency's, and of those in their folders."""
        tops = [page.id for page in self.pages if page.meta.emergency]
        return frozenset(
            page.id for page in self.pages if any(page.id == top or page.id.startswith(f"{top}/") for top in tops)
        )


def check(root: Path) -> Checked:
    """Reads and validates everything; raises GuideError with all problems at once."""
    reading = read_data(root, make.contents())
    problems = [*tree.problems(root), *reading.problems]
    pages, found = read_pages(root, reading.context)
    problems += found
    uses: dict[str, tuple[Use, ...]] = {}
    sources = set(page_ids(root).values())
    for page in pages:
        problems += broken_links(page, sources)
        met, wrong = find(page, MARKERS, reading.context.ids)
        uses[page.id] = tuple(met)
        problems += wrong
    settings = nav.read(root)
    problems += [*_link_rules(root), *settings.problems, *nav.unknown_pages(settings, sources)]
    if reading.guide is None or problems:
        raise GuideError(problems)
    late = [
        *_unused_exceptions(reading.guide),
        *_hidden_groups(reading.guide, uses),
        *_out_of_navigation(settings, pages),
        *_needed_pages(reading.guide, uses),
    ]
    if late:
        raise GuideError(late)
    return Checked(reading.guide, tuple(pages), uses)


def stage(checked: Checked, options: Options, begin: Callable[[str], None] = lambda stage: None) -> Staged:
    """Renders every page and every exported file, and tells `begin` what it is at.

    Raises GuideError when two things want one address.
    """
    guide = checked.guide
    begin("feuilles à imprimer")
    titles = {page.id: page.meta.title for page in checked.pages}
    cache = guide.root / ".cache" / "printing"
    options = replace(options, sheets=tuple(make.sheets(guide, options, cache)))

    def on_paper() -> dict[str, str]:
        return _render(checked, options, titles, PaperView)[0]

    begin("livret")
    booklet = make.booklet(guide, options, cache, on_paper, kept=options.draft)
    options = replace(options, sheets=(*options.sheets, *booklet))
    begin("textes des pages")
    pages, emergency = _render(checked, options, titles, View)
    files = {
        **exports.files(guide, options, titles),
        **make.files(options.sheets),
        **face.files(guide, options),
        **search.files(View(guide, options, "accueil", titles), checked.pages),
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
    return Staged(pages, files, dates, tuple(_hard_to_read(checked.pages, pages)), late)


def _render(
    checked: Checked, options: Options, titles: Mapping[str, str], kind: type[View]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every page, and the facts that the Urgence pages state: these come first, so that the others may list them."""
    pages: dict[str, str] = {}
    stated: dict[str, None] = {}
    urgent = checked.emergency
    for page in sorted(checked.pages, key=lambda page: page.id not in urgent):
        if page.id not in urgent and not options.emergency:
            options = replace(options, emergency=tuple(stated))
        view = kind(checked.guide, options, page.id, titles)
        pages[page.src] = compose(page, checked.uses[page.id], view)
        stated.update(view.cited.facts)
    return {page.src: pages[page.src] for page in checked.pages}, options.emergency


def stated_in_emergency(checked: Checked, options: Options) -> set[tuple[str, str]]:
    """Kind and id of the facts, texts, contacts and resources on which the Urgence pages rely."""
    titles = {page.id: page.meta.title for page in checked.pages}
    stated: set[tuple[str, str]] = set()
    for page in checked.pages:
        if page.id in checked.emergency:
            view = View(checked.guide, options, page.id, titles)
            compose(page, checked.uses[page.id], view)
            for kind, ids in (
                ("fact", view.cited.facts),
                ("law", view.cited.laws),
                ("contact", view.cited.contacts),
            ):
                stated.update((kind, each) for each in ids)
    return stated


def _hard_to_read(pages: tuple[Page, ...], staged: Mapping[str, str]) -> Iterator[str]:
    for page in pages:
        if found := readability.warnings(readability.measure(staged[page.src]), page.meta.list):
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


def _out_of_navigation(settings: nav.Settings, pages: list[Page]) -> Iterator[Problem]:
    """A page that no menu shows is a page that nobody finds."""
    for page in pages:
        if page.src not in settings.places:
            yield Problem(
                Place(f"docs/{page.src}"),
                Code.REFERENCE,
                "cette page n’est pas dans la navigation",
                "ajoutez-la à « nav » dans mkdocs.yml",
            )


def _needed_pages(guide: Guide, uses: Mapping[str, tuple[Use, ...]]) -> Iterator[Problem]:
    """The program itself leads to these pages: they must exist, whatever the guide says on them."""
    for name in sorted(named_pages()):
        if name not in uses:
            yield Problem(
                Place(f"docs/{'index' if name == 'accueil' else name}.md"),
                Code.REFERENCE,
                "le programme mène à cette page, qui n’existe pas",
                "créez-la",
            )
    if any(use.marker.name == "roles" for found in uses.values() for use in found):
        for index, role in enumerate(guide.taxonomy.roles):
            if (name := f"commencer/roles/{role.id}") not in uses:
                yield Problem(
                    guide.sources["taxonomy"].place(("roles", index, "id")),
                    Code.REFERENCE,
                    "ce rôle n’a pas de page",
                    f"créez docs/{name}.md",
                    role.id,
                )


def _hidden_groups(guide: Guide, uses: Mapping[str, tuple[Use, ...]]) -> Iterator[Problem]:
    """Links to a measure lead to its group's page: that page must show it."""
    for index, group in enumerate(guide.taxonomy.groups):
        shown = {
            use.arguments.get("group", "")
            for use in uses[group.page]
            if use.marker.name in ("measures", "checklist")
        }
        if not shown & {group.id, ""}:
            yield Problem(
                guide.sources["taxonomy"].place(("groups", index, "page")),
                Code.REFERENCE,
                f"la page « {group.page} » ne montre pas les mesures du groupe « {group.id} »",
                f"ajoutez-y <!-- guide:measures group={group.id} -->, ou écrivez page: checklist",
            )


def _link_rules(root: Path) -> tuple[Problem, ...]:
    try:
        load_rules(root)
    except GuideError as error:
        return error.problems
    return ()


def _unused_exceptions(guide: Guide) -> Iterator[Problem]:
    source = guide.sources["exceptions"]
    for index, entry in enumerate(source.value or []):
        if (entry["file"], entry["text"]) not in guide.context.used_exceptions:
            yield Problem(
                source.place((index,)),
                Code.UNUSED,
                "exception inutile : ce chiffre n’est plus dans ce fichier",
                "retirez-la",
                entry["text"],
            )
