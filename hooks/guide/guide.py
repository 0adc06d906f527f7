"""The whole guide as typed values: every data file, read, validated and cross-checked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from guide import crosscheck
from guide.messages import explain
from guide.model.checklist import Measure
from guide.model.facts import Contact, Fact, Law
from guide.model.incident import Incident
from guide.model.resources import Publisher, Resource
from guide.model.taxonomy import Site, Taxonomy
from guide.model.training import Training
from guide.model.types import Context
from guide.model.words import Change, GlossaryTerm, LiteralException, Synonym
from guide.problems import Code, GuideError, Place, Problem
from guide.yaml_source import Source, read_yaml

# Every data file and the model of its entries: a list of entries, or one mapping.
LISTS: Mapping[str, type[BaseModel]] = {
    "publishers": Publisher,
    "resources": Resource,
    "facts": Fact,
    "legal": Law,
    "contacts": Contact,
    "checklist": Measure,
    "glossary": GlossaryTerm,
    "synonyms": Synonym,
    "changes": Change,
    "exceptions": LiteralException,
}
MAPPINGS: Mapping[str, type[BaseModel]] = {
    "site": Site,
    "taxonomy": Taxonomy,
    "incident": Incident,
    "training": Training,
}
# Files of `data/` that another part of the program reads by itself.
ELSEWHERE = {"link-rules"}


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the guide knows. Mappings are by id, in the order of the files."""

    root: Path
    site: Site
    taxonomy: Taxonomy
    publishers: Mapping[str, Publisher]
    resources: Mapping[str, Resource]
    facts: Mapping[str, Fact]
    laws: Mapping[str, Law]
    contacts: Mapping[str, Contact]
    measures: Mapping[str, Measure]
    glossary: Mapping[str, GlossaryTerm]
    synonyms: tuple[Synonym, ...]
    changes: tuple[Change, ...]
    incident: Incident
    training: Training
    context: Context
    sources: Mapping[str, Source]

    def place(self, file: str, index: int | str, *path: str | int) -> Place:
        """Where the entry number `index` of `data/<file>.yml` (or the value at `path` in it) is written."""
        return self.sources[file].place((index, *path))

    def publisher(self, resource: Resource) -> Publisher:
        """The publisher of a resource."""
        return self.publishers[resource.publisher]


def page_ids(root: Path) -> dict[str, str]:
    """Page id (its address without slashes, « accueil » for the home page) → source path under docs/."""
    ids = {}
    for path in sorted((root / "docs").rglob("*.md")):
        src = path.relative_to(root / "docs").as_posix()
        address = src.removesuffix(".md").removesuffix("/index")
        ids["accueil" if address == "index" else address] = src
    return ids


def load(root: Path) -> Guide:
    """Reads `data/`; raises GuideError with all problems, each at its line."""
    sources, problems = _read_all(root)
    context = Context(ids=_collect_ids(sources, root))
    context.exceptions = {
        (e["file"], e["text"])
        for e in _entries(sources, "exceptions")
        if isinstance(e.get("file"), str) and isinstance(e.get("text"), str)
    }
    values: dict[str, Any] = {}
    for name, model in MAPPINGS.items():
        values[name] = _validate(sources[name], (), model, context, problems)
    for name, model in LISTS.items():
        values[name] = _validate_list(sources[name], model, context, problems)
    problems += crosscheck.check_entries(values, sources)
    if problems:
        raise GuideError(problems)
    return Guide(
        root,
        values["site"],
        values["taxonomy"],
        _by_id(values["publishers"]),
        _by_id(values["resources"]),
        _by_id(values["facts"]),
        _by_id(values["legal"]),
        _by_id(values["contacts"]),
        _by_id(values["checklist"]),
        _by_id(values["glossary"]),
        tuple(values["synonyms"]),
        tuple(values["changes"]),
        values["incident"],
        values["training"],
        context,
        sources,
    )


def check_file(path: Path, root: Path) -> list[Problem]:
    """The problems of one data file, seen in the light of all the others."""
    name = path.resolve().relative_to(root.resolve()).as_posix()
    try:
        load(root)
    except GuideError as error:
        return [problem for problem in error.problems if problem.place.file == name]
    return []


def _read_all(root: Path) -> tuple[dict[str, Source], list[Problem]]:
    sources = {name: read_yaml(root / "data" / f"{name}.yml", root) for name in (*MAPPINGS, *LISTS)}
    problems = [problem for source in sources.values() for problem in source.problems]
    known = {f"{name}.yml" for name in (*sources, *ELSEWHERE)}
    for path in sorted((root / "data").iterdir()):
        if path.suffix in (".yml", ".yaml") and path.name not in known:
            problems.append(
                Problem(
                    Place(f"data/{path.name}"),
                    Code.FILE,
                    "fichier inconnu dans data/",
                    "renommez-le ou retirez-le",
                )
            )
    return sources, problems


def _entries(sources: Mapping[str, Source], name: str) -> list[dict[str, Any]]:
    value = sources[name].value
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _collect_ids(sources: Mapping[str, Source], root: Path) -> dict[str, set[str]]:
    def ids(entries: object) -> set[str]:
        found = entries if isinstance(entries, list) else []
        return {
            entry["id"] for entry in found if isinstance(entry, dict) and isinstance(entry.get("id"), str)
        }

    def inside(name: str, key: str) -> set[str]:
        value = sources[name].value
        return ids(value.get(key)) if isinstance(value, dict) else set()

    return {
        "resource": ids(sources["resources"].value),
        "publisher": ids(sources["publishers"].value),
        "fact": ids(sources["facts"].value),
        "law": ids(sources["legal"].value),
        "contact": ids(sources["contacts"].value),
        "measure": ids(sources["checklist"].value),
        "page": set(page_ids(root)),
        "topic": inside("taxonomy", "topics"),
        "role": inside("taxonomy", "roles"),
        "group": inside("taxonomy", "groups"),
        "poster-group": inside("taxonomy", "poster_groups"),
        "frequency": inside("taxonomy", "frequencies"),
        "effort": inside("taxonomy", "efforts"),
        "cost": inside("taxonomy", "costs"),
        "priority": inside("taxonomy", "priorities"),
        "kind": inside("taxonomy", "kinds"),
        "situation": inside("incident", "situations"),
        "phase": inside("incident", "phases"),
        "clock": inside("incident", "clocks"),
    }


def _validate(
    source: Source,
    path: tuple[str | int, ...],
    model: type[BaseModel],
    context: Context,
    problems: list[Problem],
) -> Any:
    value: Any = source.value
    for key in path:
        value = value[key]
    if value is None and source.problems:
        return None  # already reported while reading
    context.file = source.file
    try:
        return model.model_validate(value, context=context)
    except ValidationError as error:
        read = {problem.place for problem in source.problems}  # one sentence a place is enough
        problems += (
            found
            for fault in error.errors()
            if (found := explain(fault, source, path, model)).place not in read
        )
        return None


def _validate_list(
    source: Source, model: type[BaseModel], context: Context, problems: list[Problem]
) -> list[Any]:
    if source.value is None:
        return []
    if not isinstance(source.value, list):
        problems.append(
            Problem(
                source.place(),
                Code.WRONG_TYPE,
                "ce fichier doit être une liste",
                "commencez chaque élément par « - id: … »",
            )
        )
        return []
    # None keeps the index of a bad entry, so that cross-checks still know their lines.
    return [_validate(source, (index,), model, context, problems) for index in range(len(source.value))]


def _by_id(entries: Iterable[Any]) -> dict[str, Any]:
    return {entry.id: entry for entry in entries}
