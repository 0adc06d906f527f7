"""Turns data and pages into plain Markdown pages and files that any site generator can build."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import yaml

from guide import exports, french, printing, readability, search, structured
from guide.blocks import MARKERS
from guide.blocks.about import due_soon, overdue
from guide.guide import Guide, read_data
from guide.markers import Use, find
from guide.pages import Page, read_pages, references
from guide.printing.paper import PaperView
from guide.problems import Code, GuideError, Place, Problem
from guide.view import Options, View

_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_LEAD = re.compile(r"^# .*\n+(?:(?![#<!|>-]).+\n)*", re.MULTILINE)
_ACRONYM = re.compile(r"[A-ZÉ].*[A-ZÉ0-9]|[0-9].*[A-Z]")


@dataclass(frozen=True, slots=True)
class Staged:
    """The whole site as text: pages by source path, other files by address, and what is or will soon be late.

    `late_in_emergency` holds the ids of facts past their review that the Urgence pages state.
    """

    pages: Mapping[str, str]
    files: Mapping[str, bytes]
    warnings: tuple[str, ...]
    late_in_emergency: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """Data and pages that passed every check, ready to be staged any number of times."""

    guide: Guide
    pages: tuple[Page, ...]
    uses: Mapping[str, tuple[Use, ...]]


def check(root: Path) -> Checked:
    """Reads and validates everything; raises GuideError with all problems at once."""
    reading = read_data(root)
    problems = list(reading.problems)
    pages, found = read_pages(root, reading.context)
    problems += found
    uses: dict[str, tuple[Use, ...]] = {}
    for page in pages:
        met, wrong = find(page, MARKERS, reading.context.ids)
        uses[page.id] = tuple(met)
        problems += wrong
    if reading.guide is None or problems:
        raise GuideError(problems)
    late = [
        *_unused_exceptions(reading.guide),
        *_hidden_groups(reading.guide, uses),
        *_out_of_navigation(root, pages),
    ]
    if late:
        raise GuideError(late)
    return Checked(reading.guide, tuple(pages), uses)


def stage(checked: Checked, options: Options) -> Staged:
    """Renders every page and every exported file; raises GuideError when two things want one address."""
    guide = checked.guide
    titles = {page.id: page.meta.title for page in checked.pages}
    cache = guide.root / ".cache" / "printing"
    options = replace(options, sheets=tuple(printing.sheets(guide, options, cache)))

    def on_paper() -> dict[str, str]:
        return _render(checked, options, titles, PaperView)[0]

    booklet = printing.booklet(guide, options, cache, on_paper, kept=options.draft)
    options = replace(options, sheets=(*options.sheets, *booklet))
    pages, emergency = _render(checked, options, titles, View)
    files = {
        **exports.files(guide, options, titles),
        **printing.files(options.sheets),
        **search.files(guide, checked.pages),
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
    warnings = (*_late(guide, options.today, late), *_hard_to_read(checked.pages, pages))
    return Staged(pages, files, warnings, late)


def _render(
    checked: Checked, options: Options, titles: Mapping[str, str], kind: type[View]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Every page, and the facts that the Urgence pages state: these come first, so that the others may list them."""
    pages: dict[str, str] = {}
    stated: dict[str, None] = {}
    for page in sorted(checked.pages, key=lambda page: not page.id.startswith("urgence")):
        if not page.id.startswith("urgence") and not options.emergency:
            options = replace(options, emergency=tuple(stated))
        view = kind(checked.guide, options, page.id, titles)
        pages[page.src] = _page(page, checked.uses[page.id], view)
        stated.update(view.cited.facts)
    return {page.src: pages[page.src] for page in checked.pages}, options.emergency


def _hard_to_read(pages: tuple[Page, ...], staged: Mapping[str, str]) -> Iterator[str]:
    for page in pages:
        if found := readability.warnings(page.id, readability.measure(staged[page.src])):
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


def _page(page: Page, uses: tuple[Use, ...], view: View) -> str:
    parts: list[str] = []
    position = 0
    for use in uses:
        parts.append(_markdown(page.body[position : use.start], view))
        parts.append("\n" + use.marker.render(view, use.arguments) + "\n")
        position = use.end
    parts.append(_markdown(page.body[position:], view))
    for name, _ in references(page.body):
        view.cited.resources[name] = None
    body = "".join(parts).strip() + "\n"
    body = _with_header(page, body, view)
    tail = [
        _definitions(page, view),
        _abbreviations(body, view),
        _foot(page, view),
        structured.for_page(page, view),
    ]
    return _front_matter(page, view) + "\n" + body + "".join(f"\n{part}\n" for part in tail if part)


def _markdown(text: str, view: View) -> str:
    """Editors' Markdown with inserts replaced and French spaces put in; code is left alone."""
    parts = _CODE.split(text)
    return french.typeset_markdown(
        "".join(part if index % 2 else view.insert(part) for index, part in enumerate(parts))
    )


def _front_matter(page: Page, view: View) -> str:
    meta: dict[str, object] = {
        "title": french.typeset(page.meta.title),
        "description": view.text(page.meta.description),
    }
    if page.meta.hide:
        meta["hide"] = list(page.meta.hide)
    return "---\n" + yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000) + "---\n"


def _with_header(page: Page, body: str, view: View) -> str:
    """Who and when, then the notice of late facts, below the title and its first paragraph."""
    blocks = []
    if page.meta.who or page.meta.when:
        blocks.append(view.render("who", who=page.meta.who, time=page.meta.when))
    late = overdue({name: view.guide.facts[name] for name in view.cited.facts}, view.today)
    if late:
        blocks.append(view.render("overdue", facts=late))
    match = _LEAD.search(body)
    if not blocks or match is None:
        return body
    return (
        body[: match.end()].rstrip()
        + "\n\n"
        + "\n\n".join(blocks)
        + "\n\n"
        + body[match.end() :].lstrip("\n")
    )


def _definitions(page: Page, view: View) -> str:
    lines = []
    for name in dict.fromkeys(name for name, _ in references(page.body)):
        resource = view.guide.resources[name]
        lines.append(f"[{name}]: {resource.link or view.href('ressources', name)}")
    return "\n".join(lines)


def _abbreviations(body: str, view: View) -> str:
    """Definitions of the acronyms that occur in the page: tooltips for free."""
    terms = {term.term: term for term in view.guide.glossary.values() if _ACRONYM.search(term.term)}
    longest_first = sorted(terms, key=len, reverse=True)
    pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])"
    met = set(re.findall(pattern, body)) if terms else set()
    return "\n".join(
        f"*[{name}]: {view.text(term.expansion or term.definition)}"
        for name, term in terms.items()
        if name in met
    )


def _foot(page: Page, view: View) -> str:
    if not page.meta.foot:
        return ""
    facts = [view.guide.facts[name] for name in view.cited.facts]
    for name in view.cited.laws:
        if (resource := view.guide.laws[name].resource) is not None:
            view.cited.resources[resource] = None
    for name in view.cited.contacts:
        if (resource := view.guide.contacts[name].resource) is not None:
            view.cited.resources[resource] = None
    for fact in facts:
        view.cited.resources.update(dict.fromkeys(fact.sources))
    shown = [view.guide.resources[name] for name in view.cited.resources]
    return view.render(
        "foot",
        resources=shown,
        facts=facts,
        title=page.meta.title,
        oldest=min((fact.checked_on for fact in facts), default=None),
        next_review=min((fact.review_by for fact in facts), default=None),
    )


def _late(guide: Guide, today: dt.date, emergency: tuple[str, ...]) -> Iterator[str]:
    """One line a day of review: first what is past, Urgence named, then what comes within thirty days."""
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


def _out_of_navigation(root: Path, pages: list[Page]) -> Iterator[Problem]:
    """A page that no menu shows is a page that nobody finds."""
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    for page in pages:
        if not re.search(rf"(?<![\w/-]){re.escape(page.src)}(?![\w-])", settings):
            yield Problem(
                Place(f"docs/{page.src}"),
                Code.REFERENCE,
                "cette page n’est pas dans la navigation",
                "ajoutez-la à « nav » dans mkdocs.yml",
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
