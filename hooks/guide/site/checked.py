"""Everything an editor wrote, looked at before anything is made of it; the commands and the builds all ask here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from guide.data.drawings import palette
from guide.data.guide import Guide, Reading, read_data
from guide.data.literals import reaches_somebody
from guide.links.addresses import AddressError, parse
from guide.links.rules import load_rules
from guide.page import moved, offline_copy
from guide.page.blocks import MARKERS
from guide.page.document import Page
from guide.page.markers import Use, find
from guide.page.read import read_pages
from guide.page.view import CATALOGUE, TEMPLATES
from guide.paper import glyphs, make
from guide.paper.book import BRIEF
from guide.site import exports, written
from guide.source import nav, pictures, tree
from guide.source.kept import Cache, Kept, folder_digest, name
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, strings
from guide.text.problems import Code, GuideError, Place, Problem

RESOURCES = "data/resources.yml"
# Files whose business it is to say how a service is reached.
REACHED = ("contacts", "site", "accessibility", "exceptions")

# Where a template of a page, or of the frame around it, leads to a page by its name.
_NAMED = re.compile(r"""\bhref\(\s*["']([a-z0-9/-]+)["']\s*[,)]|["']([a-z0-9/-]+)/["'] *\| *url\b""")
_FRAME = Path(__file__).parents[2] / "theme"


def named_pages() -> set[str]:
    """The pages to which the program itself leads."""
    sources = [*TEMPLATES.rglob("*.j2"), *_FRAME.rglob("*.html")]
    found = (match for path in sources for match in _NAMED.finditer(path.read_text(encoding="utf-8")))
    return {"accueil", CATALOGUE, offline_copy.FOLDER, *(match[1] or match[2] for match in found)}


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


def check(root: Path, cache: Cache | None = None) -> Checked:
    """Reads and validates everything; raises GuideError with all problems at once. `cache` is the guide's own unless told."""
    own = cache is None
    cache = cache or Cache(root)
    checked = _check(root, cache)
    if own:
        cache.forget()
    return checked


def _check(root: Path, cache: Cache) -> Checked:
    data: _Data = cache.remember("data", _made_from(root), lambda: _data(root, cache))
    reading = data.reading
    reading.context.used_exceptions = set(data.used_exceptions)  # pages add theirs
    problems = [*tree.problems(root), *reading.problems]
    pages, found = read_pages(root, reading.context, cache.of("yaml"))
    problems += found
    uses: dict[str, tuple[Use, ...]] = {}
    for page in pages:
        met, wrong = find(page, MARKERS, reading.context.ids)
        uses[page.id] = tuple(met)
        problems += wrong
    problems += moved.problems(pages)
    known = {each.place for each in problems}
    problems += (each for each in (*data.people, *_people(_heads(pages))) if each.place not in known)
    settings = nav.read(root)
    sources = set(page_ids(root).values())
    problems += [*data.addresses, *data.undrawn, *settings.problems, *nav.unknown_pages(settings, sources)]
    if not settings.problems:
        problems += nav.unfit(root, settings, exports.MADE)
        refused = list(_generator(settings, root, cache.of("settings")))
        whole = reading.guide if len(pages) == len(sources) else None  # markers name pages by their titles
        problems += refused or written.problems(root, pages, uses, whole, cache.of("written"))
    if reading.guide is None or problems:
        raise GuideError(_causes(problems))
    late = [
        *_unused_exceptions(reading.guide),
        *_hidden_groups(reading.guide, uses),
        *_out_of_navigation(settings, pages),
        *_needed_pages(reading.guide, uses),
        *_empty_booklet(reading.guide, pages),
    ]
    if late:
        raise GuideError(late)
    return Checked(reading.guide, tuple(pages), uses)


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


def _empty_booklet(guide: Guide, pages: Iterable[Page]) -> Iterator[Problem]:
    if any(page.meta.printed for page in pages):
        return
    for index, sheet in enumerate(guide.sheets.values()):
        if sheet.content == BRIEF:
            what = "aucune page n’est dans ce livret"
            remedy = "écrivez « printed: true » en tête des pages à y mettre"
            yield Problem(guide.place("sheets", index, "content"), Code.MISSING_FIELD, what, remedy, sheet.content)


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


def _addresses(root: Path, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """What the link check would refuse without any network: rules that cannot be read, addresses that cannot be asked for."""
    try:
        rules = load_rules(root)
    except GuideError as error:
        yield from error.problems
        return
    first: dict[str, str] = {}
    for source in sources.values():
        for path, text in strings(source.value):
            if not text.lower().startswith(("http://", "https://")):
                continue
            try:
                address = parse(text)
            except AddressError as error:
                yield Problem(source.place(path), Code.ADDRESS, str(error).rstrip("."), "recopiez l’adresse du navigateur", text)
                continue
            if address.scheme == "http" and not set(path) & set(rules.skip_keys) and not rules.host(address.host).http_only:
                remedy = f"écrivez https://, ou notez « http_only: true » pour {address.host} dans data/link-rules.yml"
                yield Problem(source.place(path), Code.ADDRESS, "adresse qui n’est pas chiffrée", remedy, text)
            if source.file == RESOURCES and path[-1] == "url":
                if first.setdefault(address.key, text) != text:
                    yield Problem(source.place(path), Code.DUPLICATE, "adresse déjà enregistrée", "gardez une seule ressource", text)


def _causes(problems: list[Problem]) -> list[Problem]:
    """Without what only follows: an entry that cannot be read, or has lost its id, is unknown wherever it is cited."""
    cited = [each for each in problems if each.code in (Code.REFERENCE, Code.INSERT)]
    if any(each.place.file.startswith("data/") and each.code in _UNNAMING for each in problems):
        return [each for each in problems if each not in cited]
    groups: dict[tuple[str, str], list[Problem]] = {}
    for each in sorted(cited):
        groups.setdefault((each.found, each.remedy), []).append(each)
    for first, *others in groups.values():
        if len(others) >= _REPEATED:
            places = ", ".join(f"{each.place.file}:{each.place.line}" for each in others[:_REPEATED])
            more = ", …" if len(others) > _REPEATED else ""
            what = f"{first.what}, et à {len(others)} autres endroits ({places}{more})"
            problems = [each for each in problems if each != first and each not in others]
            problems.append(replace(first, what=what))
    return problems


_REPEATED = 3  # so many places with the same slip, besides the first, are named in one sentence
# An entry is unknown to the others because of these.
_UNNAMING = (Code.IDENTIFIER, Code.ENCODING, Code.SYNTAX, Code.CONFLICT, Code.FORBIDDEN_YAML, Code.DUPLICATE_KEY, Code.FILE)


@dataclass(frozen=True, slots=True)
class _Data:
    """What `data/` gives alone, and what is wrong in it beside its models."""

    reading: Reading
    used_exceptions: frozenset[tuple[str, str]]
    people: tuple[Problem, ...]
    addresses: tuple[Problem, ...]
    undrawn: tuple[Problem, ...]


def _data(root: Path, cache: Cache) -> _Data:
    reading = read_data(root, make.contents(), cache.of("yaml"))
    used = frozenset(reading.context.used_exceptions)
    fine, seen = cache.of("data"), _made_from(root)
    if fine.find(seen) is not None:
        return _Data(reading, used, (), (), ())
    texts = (
        (partial(source.place, path), text)
        for file, source in reading.sources.items()
        if file not in REACHED
        for path, text in strings(source.value)
    )
    undrawn = tuple(glyphs.problems(reading.sources))
    data = _Data(reading, used, tuple(_people(texts)), tuple(_addresses(root, reading.sources)), undrawn)
    if not (data.people or data.addresses or undrawn):
        fine.put(seen, True)
    return data


def _made_from(root: Path) -> str:
    """A name for all that `_data` reads: the data with their drawings, the colours of these, and which pages there are."""
    colours = root / palette.TOKENS
    return name(
        folder_digest(root / "data"), colours.read_bytes() if colours.is_file() else b"", *page_ids(root).values()
    )


def _heads(pages: Iterable[Page]) -> Iterator[tuple[Callable[[], Place], str]]:
    for page in pages:
        for text in (page.meta.title, *page.meta.keywords):
            yield partial(Place, f"docs/{page.src}", 2), text


def _people(texts: Iterable[tuple[Callable[[], Place], str]]) -> Iterator[Problem]:
    """How to reach somebody, where it is not the contact of a service: in the data, and at the head of pages."""
    for place, text in texts:
        for literal in reaches_somebody(text):
            yield Problem(place(), Code.LITERAL, f"{literal.kind} en clair", literal.remedy, literal.text)


def unused_pictures(root: Path, pages: Iterable[Page]) -> Iterator[Problem]:
    """Pictures that no page, sheet, style or setting names: published for nobody."""
    folder = root / "docs" / pictures.FOLDER
    shown = "".join(page.body for page in pages)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_dir() or path.name in shown:
            continue
        others = (root / nav.FILE, *(root / "data").glob("*.yml"), *(root / "docs/assets").rglob("*.[cj]s*"))
        if not any(path.name in other.read_text(encoding="utf-8", errors="replace") for other in others):
            place = Place(path.relative_to(root).as_posix())
            yield Problem(place, Code.UNUSED, "aucune page ne montre cette image", "retirez-la, ou montrez-la")


def _generator(settings: nav.Settings, root: Path, kept: Kept) -> Iterator[Problem]:
    """What the generator refuses in its settings; asked only when they have changed, for it is slow to load."""
    blocks = {field: text for field, text in settings.blocks().items() if field and field not in ("nav", *nav.OURS)}
    for field in kept.get(name(repr(blocks)), lambda: _refused(root, settings)):
        remedy = "remettez ce réglage comme il était"
        yield Problem(settings.source.place((field,)), Code.WRONG_VALUE, "le générateur du site refuse ce réglage", remedy, field)


def _refused(root: Path, settings: nav.Settings) -> list[str]:
    from generator import refused_settings  # MkDocs is slow to load

    values = {field: value for field, value in settings.values.items() if field not in nav.OURS}
    if isinstance(theme := values.get("theme"), dict):  # the folder of our templates is the program's business
        values["theme"] = {key: value for key, value in theme.items() if key != "custom_dir"}
    return refused_settings(root / nav.FILE, values)


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
