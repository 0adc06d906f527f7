"""Everything an editor wrote, looked at before anything is made of it; the commands and the builds all ask here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.page import moved
from guide.page.document import Page
from guide.page.markers import Argument, Use
from guide.site import known_data, written
from guide.site import pages as looked
from guide.site.known_data import Known
from guide.source import nav, pictures, tree
from guide.source.kept import Cache, Kept, name
from guide.source.tree import page_ids
from guide.text.problems import Code, GuideError, Place, Problem

if TYPE_CHECKING:  # slow to load, and a check of the pages does without
    from guide.data.guide import Guide


@dataclass(frozen=True, slots=True)
class Checked:
    """Data and pages that passed every check, ready to be staged any number of times."""

    data: Known
    pages: tuple[Page, ...]
    uses: Mapping[str, tuple[Use, ...]]

    @property
    def guide(self) -> Guide:
        """The data as typed values. Raises GuideError where somebody has just broken them."""
        return self.data.guide

    @property
    def emergency(self) -> frozenset[str]:
        """Ids of the pages of an emergency."""
        return frozenset(page.id for page in self.pages if self.guide.pages.urgent(page.id))


def check(root: Path, cache: Cache | None = None) -> Checked:
    """Reads and validates everything; raises GuideError with all problems at once. `cache` is the guide's own unless told."""
    own = cache is None
    cache = cache or Cache(root)
    checked = _check(root, cache)
    if own:
        cache.forget()
    return checked


def _check(root: Path, cache: Cache) -> Checked:
    data = known_data.read(root, cache)
    context = replace(data.context, used_exceptions=set(data.context.used_exceptions))  # pages add theirs
    own = cache.of("program").get("", _own)
    markers = {
        marker: {key: Argument(*each) for key, each in arguments.items()}
        for marker, arguments in own["markers"].items()
    }
    pages, uses, wrong = looked.look(root, context, markers, cache)
    problems = [*tree.problems(root), *data.problems, *wrong, *moved.problems(pages)]
    settings = nav.read(root, cache.of("settings"))
    sources = set(page_ids(root).values())
    problems += [*settings.problems, *nav.unknown_pages(settings, sources)]
    if not settings.problems:
        problems += nav.unfit(root, settings, own["made"])
        refused = list(_generator(settings, root, cache.of("settings")))
        whole = (
            data if len(pages) == len(sources) and not data.problems else None
        )  # markers name pages by their titles
        problems += refused or written.problems(root, settings, pages, uses, whole, cache.of("written"))
    if problems:
        raise GuideError(_causes(problems))
    late = [
        *_unused_exceptions(data, context.used_exceptions),
        *_misnamed(data, uses, pages),
        *_hidden_groups(data, uses),
        *_out_of_navigation(settings, pages),
        *_homeless(uses),
        *_empty_booklet(data, pages),
    ]
    if late:
        raise GuideError(late)
    return Checked(data, tuple(pages), uses)


def _own() -> dict[str, Any]:
    from guide.site import whole  # slow to load, and the same as long as the program is

    return whole.own()


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


def _homeless(uses: Mapping[str, tuple[Use, ...]]) -> Iterator[Problem]:
    """Every generator begins with the home page, whatever the guide says on it."""
    if tree.HOME not in uses:
        yield Problem(
            Place("docs/index.md"),
            Code.REFERENCE,
            "le programme mène à cette page, qui n’existe pas",
            "créez-la",
        )


def _empty_booklet(data: Known, pages: Iterable[Page]) -> Iterator[Problem]:
    booklet = data.said["booklet"]
    if booklet is not None and not any(page.head["printed"] for page in pages):
        what = "aucune page n’est dans ce livret"
        remedy = "écrivez « printed: true » en tête des pages à y mettre"
        place = data.guide.place("sheets", booklet, "content")
        yield Problem(
            place, Code.MISSING_FIELD, what, remedy, data.guide.sources["sheets"].value[booklet]["content"]
        )


def _misnamed(data: Known, uses: Mapping[str, tuple[Use, ...]], pages: Iterable[Page]) -> Iterator[Problem]:
    """A page that the program names for something must hold it: else its links lead to nothing."""
    for field, page, marker in data.said["named"]:
        if field == "emergency" and page == tree.HOME:
            what, remedy = (
                "« Urgence » ne peut pas être l’accueil",
                "nommez une page à elle, avec celles de son dossier",
            )
            yield Problem(data.guide.sources["pages"].place((field,)), Code.REFERENCE, what, remedy, page)
        if field == "offline":
            yield from _elsewhere(data, page, marker, uses, pages)
        if all(use.name != marker for use in uses[page]):
            holding = [each for each, found in uses.items() if any(use.name == marker for use in found)]
            remedy = f"écrivez {field}: {holding[0]}" if len(holding) == 1 else "ajoutez-le à cette page"
            yield Problem(
                data.guide.sources["pages"].place((field,)),
                Code.REFERENCE,
                f"cette page n’a pas le marqueur <!-- guide:{marker} -->",
                remedy,
                page,
            )


def _elsewhere(
    data: Known, named: str, marker: str, uses: Mapping[str, tuple[Use, ...]], pages: Iterable[Page]
) -> Iterator[Problem]:
    """The copies are offered in one place: their button is written once they are made."""
    for page in pages:
        for use in uses[page.id]:
            if use.name == marker and page.id != named:
                what = f"la page « {named} » est celle qui offre les copies, d’après data/pages.yml"
                yield Problem(
                    page.place(use.start), Code.MARKER, what, "faites plutôt un lien vers elle", marker
                )


def _hidden_groups(data: Known, uses: Mapping[str, tuple[Use, ...]]) -> Iterator[Problem]:
    """Links to a measure lead to its group's page: that page must show it."""
    for index, (group, page) in enumerate(data.said["groups"]):
        shown = {
            use.arguments.get("group", "") for use in uses[page] if use.name in ("measures", "checklist")
        }
        if not shown & {group, ""}:
            yield Problem(
                data.guide.sources["taxonomy"].place(("groups", index, "page")),
                Code.REFERENCE,
                f"la page « {page} » ne montre pas les mesures du groupe « {group} »",
                f"ajoutez-y <!-- guide:measures group={group} -->, ou écrivez page: {data.guide.pages.checklist}",
            )


def _causes(problems: list[Problem]) -> list[Problem]:
    """Without what only follows: an entry that cannot be read, or has lost its id, is unknown wherever it is cited."""
    cited = [each for each in problems if each.code in (Code.REFERENCE, Code.INSERT)]
    if any(each.place.file.startswith("data/") and each.code in _UNNAMING for each in problems):
        return [each for each in problems if each not in cited]
    # A page that is gone is said where the menu leads to it: that the program named it only follows.
    gone = {tree.page_id(each.found) for each in cited if each.place.file == nav.FILE}
    follows = [each for each in cited if each.place.file == NAMED and each.found in gone]
    problems = [each for each in problems if each not in follows]
    groups: dict[tuple[str, str], list[Problem]] = {}
    for each in sorted(each for each in cited if each not in follows):
        groups.setdefault((each.found, each.remedy), []).append(each)
    for first, *others in groups.values():
        if len(others) >= _REPEATED:
            places = ", ".join(f"{each.place.file}:{each.place.line}" for each in others[:_REPEATED])
            more = ", …" if len(others) > _REPEATED else ""
            what = f"{first.what}, et à {len(others)} autres endroits ({places}{more})"
            problems = [each for each in problems if each != first and each not in others]
            problems.append(replace(first, what=what))
    return problems


NAMED = "data/pages.yml"
_REPEATED = 3  # so many places with the same slip, besides the first, are named in one sentence
# An entry is unknown to the others because of these.
_UNNAMING = (
    Code.IDENTIFIER,
    Code.ENCODING,
    Code.SYNTAX,
    Code.CONFLICT,
    Code.FORBIDDEN_YAML,
    Code.DUPLICATE_KEY,
    Code.FILE,
)


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
            yield Problem(
                place, Code.UNUSED, "aucune page ne montre cette image", "retirez-la, ou montrez-la"
            )


def _generator(settings: nav.Settings, root: Path, kept: Kept) -> Iterator[Problem]:
    """What the generator refuses in its settings; asked only when they have changed, for it is slow to load."""
    blocks = {
        field: text for field, text in settings.blocks().items() if field and field not in ("nav", *nav.OURS)
    }
    for field in kept.get(name(repr(blocks)), lambda: _refused(root, settings)):
        remedy = "remettez ce réglage comme il était"
        yield Problem(
            settings.source.place((field,)),
            Code.WRONG_VALUE,
            "le générateur du site refuse ce réglage",
            remedy,
            field,
        )


def _refused(root: Path, settings: nav.Settings) -> list[str]:
    from site_settings import refused  # slow to load

    values = {field: value for field, value in settings.values.items() if field not in nav.OURS}
    if isinstance(
        theme := values.get("theme"), dict
    ):  # the folder of our templates is the program's business
        values["theme"] = {key: value for key, value in theme.items() if key != "custom_dir"}
    return refused(root / nav.FILE, values)


def _unused_exceptions(data: Known, used: set[tuple[str, str]]) -> Iterator[Problem]:
    if data.context.exceptions <= used:
        return
    source = data.guide.sources["exceptions"]
    for index, entry in enumerate(source.value):
        if (entry["file"], entry["text"]) not in used:
            yield Problem(
                source.place((index,)),
                Code.UNUSED,
                "exception inutile : ce chiffre n’est plus dans ce fichier",
                "retirez-la",
                entry["text"],
            )
