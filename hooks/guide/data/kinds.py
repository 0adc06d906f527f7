"""What a kind of data is: one row, from which ids, files, messages, schemas, reviews and questions follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any

from pydantic import BaseModel

from guide.data.messages import model_inside
from guide.source.yaml_source import KeyPath


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data. A file is a list of entries (`many`) or one mapping; `parts` are the lists inside it.

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
    parts: tuple[Kind, ...] = ()

    @property
    def name(self) -> str:
        """The noun alone: « fait »."""
        return self.noun.removeprefix("l’").partition(" ")[2]

    @property
    def path(self) -> str:
        return f"data/{self.file}.yml"


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
        part, words, sentence, signs = (*more[key], "", ())[:4]
        info = model.model_fields.get(key)
        inner = (model_inside(info.annotation) if info else None) or BaseModel
        parts.append(Kind(part, words, inner, file, sentence, signs, field=of.name, base=(key,)))
    many = str(of.type).startswith(("Mapping", "tuple"))
    return Kind(id, noun, model, file, **own, field=of.name, many=many, parts=tuple(parts))


def contradictions(kinds: Iterable[Kind], references: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Id of a row, and why it cannot stand beside its model or the other rows."""
    rows = list(kinds)
    for what, values in (
        ("l’identifiant", [each.id for each in rows]),
        ("le fichier", [each.path for each in rows if not each.base]),
    ):
        for value, count in Counter(values).items():
            if count > 1:
                yield (
                    next(each.id for each in rows if value in (each.id, each.path)),
                    f"{what} « {value} » y est deux fois",
                )
    for each in rows:
        fields = set(each.model.model_fields)
        wanted = {
            *each.signs,
            *(name.removeprefix("-") for name in each.order),
            *filter(None, (each.sentence,)),
        }
        wanted |= {"id", "review_by"} if each.sentence else {"id"} if each.base else set()
        wanted -= {"by"}  # of a check by hand, beside its entry
        if each.model is BaseModel:
            yield each.id, f"{each.path} n’a pas de liste « {each.base[0]} »"
        elif lacking := sorted(wanted - fields):
            yield each.id, f"{each.model.__name__} n’a pas de champ {', '.join(lacking)}"
    for name in sorted(set(references) - {each.id for each in rows}):
        yield name, f"un modèle renvoie à « {name} », que rien ne définit"
