"""The whole guide as typed values: every data file, read, validated and cross-checked at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from guide.data import crosscheck, drawings, kinds
from guide.data.drawings import Picture
from guide.data.kinds import Kind, kind_of, row
from guide.data.literals import INSERT
from guide.data.messages import explain
from guide.data.model.accessibility import Accessibility
from guide.data.model.assessment import Assessment
from guide.data.model.checklist import Measure
from guide.data.model.context import Context
from guide.data.model.decision import Decision
from guide.data.model.drawing import Drawing
from guide.data.model.facts import Contact, Fact, Law
from guide.data.model.incident import Incident
from guide.data.model.named_pages import NamedPages
from guide.data.model.questions import Question
from guide.data.model.resources import Publisher, Resource
from guide.data.model.sheets import PrintedSheet
from guide.data.model.taxonomy import Site, Taxonomy
from guide.data.model.training import Training
from guide.data.model.types import Ref
from guide.data.model.words import Answer, Change, Family, GlossaryTerm, LiteralException, Synonym
from guide.source.kept import NOTHING, Kept
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, read_yaml
from guide.text.problems import Code, GuideError, Place, Problem

# Ids that no row defines: what people call them, and where they are given.
OTHER_IDS = {"page": ("page", "docs/"), "content": ("contenu d’une feuille", "l’en-tête de data/sheets.yml")}
# Files of `data/` that another part of the program reads by itself.
OTHER_FILES = {"link-rules"}


# What a review renews beside its dates.
SIGNS = ("checked_by",)
RESOURCE_SIGNS = ("by", "title", "url", "status")


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything the guide knows. Mappings are by id, in the order of the files."""

    root: Path
    context: Context
    sources: Mapping[str, Source]
    pictures: Mapping[str, Picture]  # the drawings below, with their lines
    # One row a kind of data: whatever the program knows of it follows from here and from its model.
    publishers: Mapping[str, Publisher] = row("publisher", "un éditeur", Publisher, order=("id",))
    resources: Mapping[str, Resource] = row(
        "resource", "une ressource", Resource, order=("topic", "id"), sentence="title", signs=RESOURCE_SIGNS
    )
    facts: Mapping[str, Fact] = row(
        "fact", "un fait", Fact, order=("topic", "sources"), sentence="statement", signs=("relied_on", *SIGNS)
    )
    laws: Mapping[str, Law] = row("law", "un texte de droit", Law, "legal", sentence="rule", signs=SIGNS)
    contacts: Mapping[str, Contact] = row("contact", "un contact", Contact, sentence="what_for", signs=SIGNS)
    measures: Mapping[str, Measure] = row("measure", "une mesure", Measure, "checklist", order=("group",))
    questions: Mapping[str, Question] = row(
        "question", "une question « Puis-je … ? »", Question, sentence="answer", signs=SIGNS
    )
    sheets: Mapping[str, PrintedSheet] = row("sheet", "une feuille à imprimer", PrintedSheet)
    drawings: Mapping[str, Drawing] = row("drawing", "un dessin", Drawing)
    glossary: Mapping[str, GlossaryTerm] = row("term", "un mot du lexique", GlossaryTerm, order=("term",))
    synonyms: tuple[Synonym, ...] = row("synonym", "des mots pour la recherche", Synonym)
    families: Mapping[str, Family] = row("family", "une famille de mots", Family)
    answers: tuple[Answer, ...] = row("answer", "une réponse de la recherche", Answer)
    changes: tuple[Change, ...] = row("change", "une nouveauté", Change, order=("-on",))
    exceptions: tuple[LiteralException, ...] = row("exception", "une exception", LiteralException)
    site: Site = row("site", "l’identité du guide", Site)
    pages: NamedPages = row("pages", "une page que le programme nomme", NamedPages)
    taxonomy: Taxonomy = row(
        "taxonomy",
        "une des listes du guide",
        Taxonomy,
        topics=("topic", "un thème"),
        roles=("role", "un rôle"),
        groups=("group", "un groupe"),
        poster_groups=("poster-group", "un groupe de l’affiche"),
        frequencies=("frequency", "une fréquence"),
        efforts=("effort", "un effort"),
        costs=("cost", "un coût"),
        priorities=("priority", "une priorité"),
        kinds=("kind", "une nature"),
    )
    incident: Incident = row(
        "incident",
        "une partie d’« Urgence »",
        Incident,
        situations=("situation", "une situation"),
        phases=("phase", "une phase"),
        clocks=("clock", "un délai"),
    )
    decision: Decision = row("decision", "une partie de « Que faire maintenant ? »", Decision)
    assessment: Assessment = row(
        "assessment",
        "une partie de l’état des lieux",
        Assessment,
        questions=("survey-question", "une question de l’état des lieux"),
        rules=("rule", "une règle de l’état des lieux"),
    )
    training: Training = row(
        "training",
        "une partie de la formation",
        Training,
        offers=("offer", "une offre de formation", "name", SIGNS),
    )
    accessibility: Accessibility = row("accessibility", "une partie de l’accessibilité", Accessibility)

    def entries(self, kind: Kind) -> list[Any]:
        """The entries of a kind, in the order of its file."""
        value = getattr(self, kind.field)
        for step in kind.base:
            value = getattr(value, str(step))
        return list(value.values() if isinstance(value, Mapping) else value)

    def place(self, file: str, index: int | str, *path: str | int) -> Place:
        """Where the entry number `index` of `data/<file>.yml` (or the value at `path` in it) is written."""
        return self.sources[file].place((index, *path))

    def answers_at(self, contact: Contact) -> str | None:
        """The address of the site where a contact answers."""
        return self.resources[contact.resource].link if contact.resource else None

    def publisher(self, resource: Resource) -> Publisher:
        """The publisher of a resource."""
        return self.publishers[resource.publisher]


_ROWS = tuple(kind_of(each) for each in fields(Guide) if each.metadata)
KINDS: Mapping[str, Kind] = {kind.id: kind for kind in _ROWS}
"""Every file of data, by the name of its kind."""

EVERY_KIND: tuple[Kind, ...] = tuple(each for kind in _ROWS for each in (kind, *kind.parts))
"""The same, and the kinds of entries inside these files."""

LISTS: Mapping[str, type[BaseModel]] = {kind.file: kind.model for kind in KINDS.values() if kind.many}
MAPPINGS: Mapping[str, type[BaseModel]] = {kind.file: kind.model for kind in KINDS.values() if not kind.many}


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be read of `data/`: the guide when all is well, and in any case the ids and the problems."""

    guide: Guide | None
    context: Context
    sources: Mapping[str, Source]
    problems: list[Problem]


def read_data(root: Path, contents: Iterable[str] | None = None, kept: Kept = NOTHING) -> Reading:
    """Reads, validates and cross-checks every data file; never raises for what an editor wrote.

    `contents` are those of a printed sheet, where whoever prints has said them.
    """
    sources, problems = _read_all(root, kept)
    context = Context(ids=_collect_ids(sources, root))
    if contents is not None:
        context.ids["content"] = set(contents)
    context.kinds = {**OTHER_IDS, **{each.id: (each.name, each.path) for each in EVERY_KIND}}
    context.exceptions = _pairs(_entries(sources, "exceptions"))
    context.without_phone = {
        e["id"] for e in _entries(sources, "contacts") if e.get("phone") is None and "id" in e
    }
    values: dict[str, Any] = {}
    for name, model in MAPPINGS.items():
        values[name] = validate(sources[name], (), model, context, problems)
    for name, model in LISTS.items():
        values[name] = _validate_list(sources[name], model, context, problems)
    problems += crosscheck.check_entries(KINDS.values(), values, sources)
    pictures, wrong = drawings.read(
        root,
        values["drawings"],
        sources["drawings"],
        partial(_inserted, {fact.id: fact.value for fact in values["facts"] if fact is not None}),
        kept,
    )
    problems += wrong
    guide = None if problems else _assemble(root, values, context, sources, pictures)
    return Reading(guide, context, sources, problems)


def _inserted(known: Mapping[str, str], text: str) -> str:
    """A label with the facts it inserts, to measure it; an unknown one is reported elsewhere."""
    return INSERT.sub(lambda found: known.get(found[2], found[2]), text)


def _pairs(entries: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {
        (entry["file"], entry["text"])
        for entry in entries
        if isinstance(entry.get("file"), str) and isinstance(entry.get("text"), str)
    }


def contradictions() -> Iterator[Problem]:
    """What the rows above say against each other or against their models."""
    return kinds.contradictions(__name__, EVERY_KIND, OTHER_IDS, OTHER_FILES, Ref.known)


def _assemble(
    root: Path,
    values: dict[str, Any],
    context: Context,
    sources: Mapping[str, Source],
    pictures: Mapping[str, Picture],
) -> Guide:
    made = {kind.field: values[kind.file] for kind in KINDS.values()}
    for kind in (each for each in KINDS.values() if each.many):
        entries = made[kind.field]
        made[kind.field] = {each.id: each for each in entries} if kind.keyed else tuple(entries)
    return Guide(root=root, context=context, sources=sources, pictures=pictures, **made)


def load(root: Path) -> Guide:
    """The guide's data; raises GuideError with all problems, each at its line."""
    reading = read_data(root)
    if reading.guide is None:
        raise GuideError(reading.problems)
    return reading.guide


def _read_all(root: Path, kept: Kept) -> tuple[dict[str, Source], list[Problem]]:
    sources = {name: read_yaml(root / "data" / f"{name}.yml", root, kept) for name in (*MAPPINGS, *LISTS)}
    problems = [problem for source in sources.values() for problem in source.problems]
    known = {f"{name}.yml" for name in (*sources, *OTHER_FILES)}
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
    """Known ids by kind; a kind whose file cannot be read is absent, so that nobody is blamed for it."""
    ids = {"page": set(page_ids(root))}
    for kind in (each for each in EVERY_KIND if each.many and "id" in each.model.model_fields):
        value = sources[kind.file].value
        if any(problem.code is Code.DUPLICATE_KEY for problem in sources[kind.file].problems):
            continue  # two entries were run into one: ids are missing that nobody removed
        if value is None and sources[kind.file].problems:
            continue
        value = [] if value is None and not kind.base else value  # an empty file defines nothing
        if (entries := kind.listed(value)) is not None:
            ids[kind.id] = {e["id"] for e in entries if isinstance(e, dict) and isinstance(e.get("id"), str)}
    return ids


def validate(
    source: Source,
    path: tuple[str | int, ...],
    model: type[BaseModel],
    context: Context,
    problems: list[Problem],
) -> Any:
    """The value at `path` as a `model`, or None with its problems added."""
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
        problems += (each for each in explain(error, source, path, model) if each.place not in read)
        return None


def _validate_list(
    source: Source, model: type[BaseModel], context: Context, problems: list[Problem]
) -> list[Any]:
    if source.value is None:
        if not source.problems:
            what, remedy = (
                "ce fichier est vide",
                "remettez son contenu, ou écrivez [] s’il ne doit rien contenir",
            )
            problems.append(Problem(source.place(), Code.FILE, what, remedy))
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
    return [validate(source, (index,), model, context, problems) for index in range(len(source.value))]
