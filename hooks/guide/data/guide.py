"""The whole guide as typed values: every data file, read, validated and cross-checked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from guide.data import crosscheck
from guide.data.messages import explain
from guide.data.model.accessibility import Accessibility
from guide.data.model.checklist import Measure
from guide.data.model.context import Context
from guide.data.model.decision import Decision
from guide.data.model.facts import Contact, Fact, Law
from guide.data.model.incident import Incident
from guide.data.model.resources import Publisher, Resource
from guide.data.model.sheets import PrintedSheet
from guide.data.model.taxonomy import Site, Taxonomy
from guide.data.model.training import Training
from guide.data.model.words import Change, GlossaryTerm, LiteralException, Synonym
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, read_yaml
from guide.text.problems import Code, GuideError, Place, Problem

# Every data file and the model of its entries: a list of entries, or one mapping.
LISTS: Mapping[str, type[BaseModel]] = {
    "publishers": Publisher,
    "resources": Resource,
    "facts": Fact,
    "legal": Law,
    "contacts": Contact,
    "checklist": Measure,
    "sheets": PrintedSheet,
    "glossary": GlossaryTerm,
    "synonyms": Synonym,
    "changes": Change,
    "exceptions": LiteralException,
}
MAPPINGS: Mapping[str, type[BaseModel]] = {
    "site": Site,
    "taxonomy": Taxonomy,
    "incident": Incident,
    "decision": Decision,
    "training": Training,
    "accessibility": Accessibility,
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
    decision: Decision
    training: Training
    accessibility: Accessibility
    sheets: Mapping[str, PrintedSheet]
    context: Context
    sources: Mapping[str, Source]

    def place(self, file: str, index: int | str, *path: str | int) -> Place:
        """Where the entry number `index` of `data/<file>.yml` (or the value at `path` in it) is written."""
        return self.sources[file].place((index, *path))

    def publisher(self, resource: Resource) -> Publisher:
        """The publisher of a resource."""
        return self.publishers[resource.publisher]


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of `data/`: the guide when all is well, and in any case the ids and the problems."""

    guide: Guide | None
    context: Context
    sources: Mapping[str, Source]
    problems: list[Problem]


def read_data(root: Path) -> Reading:
    """Reads, validates and cross-checks every data file; never raises for what an editor wrote."""
    sources, problems = _read_all(root)
    context = Context(ids=_collect_ids(sources, root))
    context.exceptions = _pairs(_entries(sources, "exceptions"))
    context.without_phone = {
        e["id"] for e in _entries(sources, "contacts") if e.get("phone") is None and "id" in e
    }
    values: dict[str, Any] = {}
    for name, model in MAPPINGS.items():
        values[name] = _validate(sources[name], (), model, context, problems)
    for name, model in LISTS.items():
        values[name] = _validate_list(sources[name], model, context, problems)
    problems += crosscheck.check_entries(values, sources)
    guide = None if problems else _assemble(root, values, context, sources)
    return Reading(guide, context, sources, problems)


def _pairs(entries: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {
        (entry["file"], entry["text"])
        for entry in entries
        if isinstance(entry.get("file"), str) and isinstance(entry.get("text"), str)
    }


def _assemble(root: Path, values: dict[str, Any], context: Context, sources: Mapping[str, Source]) -> Guide:
    return Guide(
        root=root,
        site=values["site"],
        taxonomy=values["taxonomy"],
        publishers=_by_id(values["publishers"]),
        resources=_by_id(values["resources"]),
        facts=_by_id(values["facts"]),
        laws=_by_id(values["legal"]),
        contacts=_by_id(values["contacts"]),
        measures=_by_id(values["checklist"]),
        glossary=_by_id(values["glossary"]),
        synonyms=tuple(values["synonyms"]),
        changes=tuple(values["changes"]),
        incident=values["incident"],
        decision=values["decision"],
        training=values["training"],
        accessibility=values["accessibility"],
        sheets=_by_id(values["sheets"]),
        context=context,
        sources=sources,
    )


def load(root: Path) -> Guide:
    """The guide's data; raises GuideError with all problems, each at its line."""
    reading = read_data(root)
    if reading.guide is None:
        raise GuideError(reading.problems)
    return reading.guide


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


# Kind of id → the file that defines it, and the list inside it (None: the file is the list).
_DEFINED = {
    "resource": ("resources", None),
    "publisher": ("publishers", None),
    "fact": ("facts", None),
    "law": ("legal", None),
    "contact": ("contacts", None),
    "measure": ("checklist", None),
    "sheet": ("sheets", None),
    "topic": ("taxonomy", "topics"),
    "role": ("taxonomy", "roles"),
    "group": ("taxonomy", "groups"),
    "poster-group": ("taxonomy", "poster_groups"),
    "frequency": ("taxonomy", "frequencies"),
    "effort": ("taxonomy", "efforts"),
    "cost": ("taxonomy", "costs"),
    "priority": ("taxonomy", "priorities"),
    "kind": ("taxonomy", "kinds"),
    "situation": ("incident", "situations"),
    "phase": ("incident", "phases"),
    "clock": ("incident", "clocks"),
}


def _collect_ids(sources: Mapping[str, Source], root: Path) -> dict[str, set[str]]:
    """Known ids by kind; a kind whose file cannot be read is absent, so that nobody is blamed for it."""
    ids = {"page": set(page_ids(root))}
    for kind, (name, key) in _DEFINED.items():
        value = sources[name].value
        if value is None and sources[name].problems:
            continue
        value = [] if value is None and key is None else value  # an empty file defines nothing
        entries = value if key is None else value.get(key) if isinstance(value, dict) else None
        if isinstance(entries, list):
            ids[kind] = {e["id"] for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)}
    return ids


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
        faults = error.errors()
        # A list whose items are wrong is not « too short » as well.
        inner = {fault["loc"][:-1] for fault in faults}
        problems += (
            found
            for fault in faults
            if not (fault["type"] == "too_short" and fault["loc"] in inner)
            and (found := explain(fault, source, path, model)).place not in read
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
