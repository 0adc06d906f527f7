"""What a kind of data is: one row, from which ids, files, messages, schemas, reviews and questions follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any

from pydantic import BaseModel

from guide.data.messages import model_inside
from guide.source import rows
from guide.source.yaml_source import KeyPath
from guide.text.problems import Problem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data. A file is a list of entries (`many`, held by id where `keyed`) or one mapping; `parts` are the
    lists inside it.

    `id` names it in references, inserts and commands; `noun` has its article. `sentence` is the field that says what
    must be read again, `signs` are what such a reading renews beside its dates. `order` are the fields by which the
    file is sorted (« - » before the last: the greatest first): entries alike in all but the last stand together.
    """

    id: str
    noun: str
    model: type[BaseModel]
    file: str = ""
    sentence: str = ""
    signs: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    field: str = ""
    base: KeyPath = ()
    many: bool = True
    keyed: bool = False
    parts: tuple[Kind, ...] = ()

    @property
    def name(self) -> str:
        """The noun alone: « fait »."""
        return self.noun.removeprefix("l’").partition(" ")[2]

    @property
    def path(self) -> str:
        return f"data/{self.file}.yml"

    def listed(self, value: Any) -> list[Any] | None:
        """Its entries in the plain value of its file; None where there is no such list."""
        for step in self.base:
            value = value.get(step) if isinstance(value, dict) else None
        return value if isinstance(value, list) else None


def row(id: str, noun: str, model: type[BaseModel], file: str = "", **more: Any) -> Any:
    """A field of the guide, and all that there is to say of its kind.

    `more` are the other fields of a Kind; for a mapping, its lists whose entries have ids: key → id, noun, and for
    dated entries their sentence and signs.
    """
    return field(metadata={"kind": (id, noun, model, file, more)})


def kind_of(of: Field[Any]) -> Kind:
    """The kind of a field of the guide: its file has the name of the field unless the row gives another."""
    id, noun, model, file, more = of.metadata["kind"]
    file, known = file or of.name, {each.name for each in fields(Kind)}
    own = {name: value for name, value in more.items() if name in known}
    parts = []
    for key in [name for name in more if name not in known]:
        given: tuple[Any, ...] = more[key] if isinstance(more[key], tuple) else ()
        missing: tuple[Any, ...] = (key, "", "", ())[len(given) :]
        part, words, sentence, signs = *given, *missing
        info = model.model_fields.get(key)
        inner = (model_inside(info.annotation) if info else None) or BaseModel
        parts.append(Kind(part, words, inner, file, sentence, signs, field=of.name, base=(key,)))
    held = str(of.type).partition("[")[0]
    many, keyed = held in ("Mapping", "tuple"), held == "Mapping"
    return Kind(id, noun, model, file, **own, field=of.name, many=many, keyed=keyed, parts=tuple(parts))


def contradictions(
    module: str, kinds: Collection[Kind], elsewhere: Iterable[str], files: Iterable[str], references: set[str]
) -> Iterator[Problem]:
    """Why rows of `module` cannot stand beside each other or their models.

    `elsewhere` are ids and `files` names that no row may have, `references` the kinds that models refer to.
    """
    ids = [*elsewhere, *(each.id for each in kinds)]
    yield from rows.twice(module, ids, "cet identifiant")
    names = [*files, *(each.file for each in kinds if not each.base)]
    yield from rows.twice(module, names, "ce fichier de data/")
    for each in kinds:
        if each.model is BaseModel:
            yield rows.wrong(module, each.id, f"{each.path} n’a pas de liste « {each.base[0]} »")
        elif lacking := sorted(_wanted(each) - set(each.model.model_fields)):
            yield rows.wrong(module, each.id, f"{each.model.__name__} n’a pas de champ {', '.join(lacking)}")
        elif not each.name:
            yield rows.wrong(module, each.id, "ce genre n’a pas de nom avec son article")
    for name in sorted(references - set(ids)):
        yield rows.wrong(module, name, f"un modèle renvoie à « {name} », que rien ne définit")


def _wanted(kind: Kind) -> set[str]:
    """The fields that a row takes for granted in its model."""
    wanted = {*kind.signs, *(name.removeprefix("-") for name in kind.order)}
    if kind.sentence:
        wanted |= {
            "id",
            "review_by",
            kind.sentence,
            "checked_by_hand" if "by" in kind.signs else "checked_on",
        }
    if kind.base or kind.keyed:
        wanted.add("id")
    return wanted - {"by"}  # of a check by hand, beside its entry
