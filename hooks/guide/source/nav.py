"""The settings of the site, `mkdocs.yml`: read once, every entry of the navigation with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.source.disk import has
from guide.source.kept import NOTHING, Kept
from guide.source.yaml_source import KeyPath, Source, parse, read_text
from guide.text.problems import Code, GuideError, Place, Problem, did_you_mean

if TYPE_CHECKING:
    from markdown import Markdown

FILE = "mkdocs.yml"
# What only our program reads; a generator without it needs none of them.
OURS = ("hooks", "watch")
# The order of a build, and the templates of its pages.
HOOKS = tuple(f"hooks/{name}.py" for name in ("site", "web", "search", "links", "offline", "servers"))
TEMPLATES = "hooks/theme"
WATCHED = ("data", "hooks/guide/page/templates", "hooks/guide/paper/typst", TEMPLATES)
# These would leave out pages that others lead to, or publish what nobody has checked.
_NEVER = {"docs_dir", "exclude_docs", "draft_docs", "extra_templates"}


@dataclass(frozen=True, slots=True)
class Part:
    """A tab of the site: its title and its pages (source paths), flattened."""

    title: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """The file as text and as values; its navigation; what is wrong with it."""

    text: str
    values: Mapping[str, Any]
    parts: tuple[Part, ...]
    places: Mapping[str, Place]  # page of the navigation (source path) → where it is written
    problems: tuple[Problem, ...]
    source: Source

    def blocks(self) -> dict[str, str]:
        """The text of each top-level field with the remarks above it, in order; "" is the head of the file."""
        starts = {match[1]: match.start() for match in _FIELD.finditer(self.text) if match[1] in self.values}
        order = [("", 0), *starts.items(), ("", len(self.text))]
        return {name: self.text[start:end] for (name, start), (_, end) in pairwise(order) if end > start}

    def without_ours(self) -> str:
        """The file for a generator without our program."""
        return "".join(text for name, text in self.blocks().items() if name not in OURS)


# A name at the beginning of a line, and the remarks right above it. (Folded text is always indented.)
_FIELD = re.compile(r"^(?:#[^\n]*\n)*[\"']?(\w+)[\"']?[ ]*:(?=[ \n])", re.MULTILINE)


def read(root: Path, kept: Kept = NOTHING) -> Settings:
    """Reads the file; never raises for what an editor wrote."""
    text, problems = read_text(root / FILE, root)
    source = Source(FILE)
    if not problems:
        parse(text, source, kept)
    problems += source.problems
    values = source.value
    if not isinstance(values, dict):
        if not problems:
            problems.append(_wrong(source, (), "ce fichier doit être un bloc de champs", "rétablissez-le"))
        values = {}
    parts: list[Part] = []
    places: dict[str, Place] = {}
    entries = values.get("nav")
    if values and not isinstance(entries, list):
        remedy = "écrivez une entrée par ligne, chacune précédée de « - »"
        problems.append(_wrong(source, ("nav",), "la navigation doit être une liste", remedy))
        entries = None
    for index, entry in enumerate(entries or ()):
        title = next(iter(entry), "") if isinstance(entry, dict) else str(entry)
        found = list(_pages(source, ("nav", index), entry, problems))
        for page, place in found:
            if page in places:
                what = "cette page est déjà dans la navigation"
                remedy = f"gardez une seule des deux lignes ({places[page].line} et {place.line})"
                problems.append(Problem(place, Code.DUPLICATE, what, remedy, page))
            places.setdefault(page, place)
        parts.append(Part(title, tuple(page for page, _ in found)))
    return Settings(text, values, tuple(parts), places, tuple(problems), source)


def load(root: Path) -> Settings:
    """The same for a program that cannot go on without; raises GuideError."""
    settings = read(root)
    if settings.problems:
        raise GuideError(settings.problems)
    return settings


def unknown_pages(settings: Settings, sources: Collection[str]) -> Iterator[Problem]:
    """A problem for each entry of the navigation that leads to none of `sources` (paths under docs/)."""
    for page, place in settings.places.items():
        if page not in sources:
            advice = did_you_mean(page, sources, "créez la page, ou retirez la ligne")
            yield Problem(place, Code.REFERENCE, "la navigation mène à une page absente", advice, page)


def unfit(root: Path, settings: Settings, made: Collection[str]) -> Iterator[Problem]:
    """What the generator would take and the guide cannot be built with; `made` are the files that a build adds to docs/."""
    source, values = settings.source, settings.values
    theme = values.get("theme")
    theme = theme if isinstance(theme, dict) else {}
    before = "remettez-le comme il était"
    for path, remedy, right in (
        (("use_directory_urls",), "remettez-le à true", values.get("use_directory_urls", True) is True),
        (("theme", "custom_dir"), f"remettez « {TEMPLATES} »", theme.get("custom_dir") == TEMPLATES),
        (("hooks",), before, values.get("hooks") == list(HOOKS)),
        (("watch",), before, values.get("watch") == list(WATCHED)),
    ):
        if not right:
            yield _wrong(source, path, "le guide ne se construit pas sans ce réglage", remedy, path[-1])
    for name in _NEVER & values.keys():
        yield _wrong(source, (name,), "le guide ne se construit pas avec ce réglage", "retirez-le", name)
    for field in ("extra_css", "extra_javascript"):
        entries = values.get(field) or []
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                scripted = isinstance(entry, dict) and field == "extra_javascript"
                name = entry.get("path") if scripted else entry
                yield from _absent(source, (field, index), root / "docs", name, made)
        else:
            remedy = "écrivez une entrée par ligne, chacune précédée de « - »"
            yield _wrong(source, (field,), "ce réglage doit être une liste", remedy)
    for name in ("favicon", "logo"):
        if name in theme:
            yield from _absent(source, ("theme", name), root / "docs", theme[name], made)


def _absent(
    source: Source, path: KeyPath, folder: Path, name: Any, made: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(name, str):
        remedy = "retirez-la, ou écrivez le chemin d’un fichier"
        yield _wrong(source, path, "cette entrée ne nomme aucun fichier", remedy, str(name))
    elif name not in made and not has(folder / name):
        known = [each.relative_to(folder).as_posix() for each in _beside(folder / name)]
        remedy = did_you_mean(name, known, "retirez la ligne, ou remettez le fichier")
        yield Problem(source.place(path), Code.FILE, "fichier absent", remedy, name)


def _beside(path: Path) -> list[Path]:
    return sorted(path.parent.iterdir()) if has(path.parent) and path.parent.is_dir() else []


def _pages(source: Source, path: KeyPath, value: Any, problems: list[Problem]) -> Iterator[tuple[str, Place]]:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _pages(source, (*path, index), inner, problems)
    elif isinstance(value, dict) and len(value) == 1:
        for title, inner in value.items():
            yield from _pages(source, (*path, title), inner, problems)
    elif isinstance(value, dict):
        what = "une entrée de la navigation a un seul titre"
        problems.append(_wrong(source, path, what, "un « - » par titre", ", ".join(value)))
    elif not isinstance(value, str):
        remedy = "écrivez « Titre: page.md », ou retirez la ligne"
        problems.append(_wrong(source, path, "cette entrée ne mène à aucune page", remedy))
    elif glued := re.fullmatch(r"([^:/]+):([^\s:]+\.md)", value):
        remedy = f"écrivez « {glued[1]}: {glued[2]} »"
        problems.append(_wrong(source, path, "il manque une espace après « : »", remedy, value))
    elif value.endswith(".md"):
        yield value, source.place(path)
    elif not re.match(r"https?://", value):  # MkDocs lets a menu lead elsewhere
        remedy = "écrivez le chemin d’une page de docs/, par exemple audit.md"
        problems.append(_wrong(source, path, "cette entrée ne mène à aucune page", remedy, value))


def _wrong(source: Source, path: KeyPath, what: str, remedy: str, found: str = "") -> Problem:
    return Problem(source.place(path), Code.WRONG_VALUE, what, remedy, found)


def extensions(settings: Settings) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The Markdown extensions of the site and their options, as Python-Markdown takes them."""
    listed = settings.values.get("markdown_extensions") or []
    entries = [{name: value} for name, value in listed.items()] if isinstance(listed, dict) else listed
    options = {
        name: value or {}
        for entry in entries
        for name, value in (entry.items() if isinstance(entry, dict) else [(entry, {})])
    }
    return list(options), {name: value for name, value in options.items() if value}


def converter(settings: Settings) -> Markdown:
    """What turns the Markdown of a page into its HTML, as the generator does."""
    import markdown  # slow to load, and mostly no page has changed

    names, options = extensions(settings)
    found = [_extension(name, options.get(name, {})) for name in names]
    return markdown.Markdown(extensions=found, extension_configs=options)


def _extension(name: str, options: Mapping[str, Any]) -> Any:
    """One that comes with Markdown; of the others, the name, for which every package of the machine is asked."""
    try:
        return import_module(f"markdown.extensions.{name}").makeExtension(**options)
    except ModuleNotFoundError:
        return name
