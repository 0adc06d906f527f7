"""What a field of a model holds, whatever its annotation is wrapped in: questions, references and manuals ask here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guide.data.model.types import Limit, Ref


@dataclass(frozen=True, slots=True)
class Shape:
    """What a field holds: ids of a kind, values of a closed list, entries of a model, or words within limits.

    `least` and `most` are how many there must and may be.
    """

    many: bool
    least: int
    most: int
    optional: bool
    kind: str
    choices: tuple[str, ...]
    limits: tuple[Limit, ...]
    type: Any

    @property
    def model(self) -> type[BaseModel] | None:
        return self.type if isinstance(self.type, type) and issubclass(self.type, BaseModel) else None


def shape(info: FieldInfo) -> Shape:
    """The shape of a field."""
    annotation: Any = info.annotation
    checks: list[Any] = [*_checks(info.metadata)]
    many = optional = False
    choices: tuple[str, ...] = ()
    while (origin := get_origin(annotation)) in (Annotated, Union, UnionType, tuple):
        inner = get_args(annotation)
        if origin is Annotated:
            checks += _checks(inner[1:])
        optional = optional or origin in (Union, UnionType)
        many = many or origin is tuple
        annotation = next(each for each in inner if each is not type(None))
    if origin is Literal:
        annotation, choices = str, get_args(annotation)
    least = _bound(info, "min_length", int(info.is_required()))
    most = _bound(info, "max_length", 99 if many else 1)
    kind = next((each.kind for each in checks if isinstance(each, Ref)), "")
    limits = tuple(each for each in checks if isinstance(each, Limit))
    return Shape(many, least, most, optional, kind, choices, limits, annotation)


def _bound(info: FieldInfo, name: str, otherwise: int) -> int:
    found = (getattr(each, name, None) for each in info.metadata)
    return next((each for each in found if each is not None), otherwise)


def _checks(metadata: Iterable[Any]) -> Iterable[Any]:
    return (each.func for each in metadata if hasattr(each, "func"))
