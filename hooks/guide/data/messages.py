"""Turns pydantic's findings into an editor's sentence at the right line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from guide.source.yaml_source import Source
from guide.text.problems import Code, Place, Problem, did_you_mean

_BLOCK = ("un bloc de champs est attendu", "écrivez les champs en retrait sous cette ligne")
_TYPES = {
    "string_type": ("un texte est attendu", "mettez la valeur entre guillemets"),
    "int_type": ("un nombre entier est attendu", "écrivez un nombre sans guillemets"),
    "bool_type": ("true ou false est attendu", "écrivez true ou false, sans guillemets"),
    "tuple_type": ("une liste est attendue", "écrivez un élément par ligne, chacun précédé de « - »"),
    "model_type": _BLOCK,
    "model_attributes_type": _BLOCK,
    "dict_type": _BLOCK,
}


def explain(
    error: ValidationError, source: Source, prefix: tuple[str | int, ...], model: type[BaseModel]
) -> list[Problem]:
    """What an editor reads of pydantic's findings; the fields that one entry lacks are one problem."""
    faults = error.errors()
    lacking: dict[tuple[int | str, ...], list[str]] = {}
    for each in faults:
        if each["type"] == "missing":
            lacking.setdefault(each["loc"][:-1], []).append(str(each["loc"][-1]))
    # A list whose items are wrong is not « too short » as well.
    inner = {each["loc"][:-1] for each in faults}
    found = [_lacking(source.place((*prefix, *path)), sorted(names)) for path, names in lacking.items()]
    for each in faults:
        if each["type"] != "missing" and not (each["type"] == "too_short" and each["loc"] in inner):
            problem = _explained(each, source, prefix, model)
            named = each["loc"][-1:] == ("id",)
            found.append(replace(problem, code=Code.IDENTIFIER) if named else problem)
    return found


def _lacking(place: Place, names: list[str]) -> Problem:
    several = len(names) > 1
    fields = ("les champs " if several else "le champ ") + ", ".join(f"« {name} »" for name in names)
    remedy = f"ajoutez-le{'s' * several} ; vide, écrivez null, ou [] pour une liste"
    return Problem(
        place, Code.IDENTIFIER if "id" in names else Code.MISSING_FIELD, f"il manque {fields}", remedy
    )


def _explained(
    error: ErrorDetails, source: Source, prefix: tuple[str | int, ...], model: type[BaseModel]
) -> Problem:
    path = (*prefix, *error["loc"])
    place = source.place(path)
    kind, context = error["type"], error.get("ctx", {})
    name = next((str(key) for key in reversed(error["loc"]) if isinstance(key, str)), "")
    field = f"champ « {name} » : " if name else ""
    if kind.startswith("guide."):
        return Problem(
            place,
            Code(kind.removeprefix("guide.")),
            field + context["what"],
            context["remedy"],
            context["found"],
        )
    if kind == "extra_forbidden":
        known = _fields_at(model, error["loc"][:-1])
        advice = did_you_mean(name, known, "champs admis : " + ", ".join(known))
        return Problem(place, Code.UNKNOWN_FIELD, f"champ « {name} » inconnu", advice)
    if kind == "literal_error":
        allowed = re.findall(r"'([^']+)'", context["expected"])
        advice = did_you_mean(str(error["input"]), allowed, "valeurs admises : " + ", ".join(allowed))
        return Problem(place, Code.WRONG_VALUE, field + "valeur non admise", advice, _shown(error["input"]))
    what, remedy = _TYPES.get(kind, ("", ""))
    if what:
        return Problem(place, Code.WRONG_TYPE, field + what, remedy, _shown(error["input"]))
    return Problem(place, *_bounds(kind, context, field), _shown(error["input"]))


def _bounds(kind: str, context: dict[str, Any], field: str) -> tuple[Code, str, str]:
    if kind == "too_short":
        return (
            Code.LENGTH,
            f"{field}{context['actual_length']} élément(s), il en faut au moins {context['min_length']}",
            "complétez la liste",
        )
    if kind == "too_long":
        return (
            Code.LENGTH,
            f"{field}{context['actual_length']} éléments, {context['max_length']} au plus",
            "retirez-en",
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        return (
            Code.WRONG_VALUE,
            f"{field}nombre hors des limites",
            f"limite : {context.get('ge', context.get('le'))}",
        )
    return (
        Code.WRONG_VALUE,
        f"{field}valeur refusée ({kind})",
        "comparez avec un élément voisin du même fichier",
    )


def _shown(value: object) -> str:
    if value is None:
        return "rien"
    if isinstance(value, (list, dict)):
        return "une liste" if isinstance(value, list) else "un bloc de champs"
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Field names of the model met by following `loc` from `model`."""
    current: type[BaseModel] | None = model
    for key in loc:
        # Else an index, or a name that the file gives, of a mapping of models.
        if isinstance(key, str) and current and (info := current.model_fields.get(key)):
            current = model_inside(info.annotation)
    return list(current.model_fields) if current else []


def model_inside(annotation: Any) -> type[BaseModel] | None:
    """The model inside `X | None`, `tuple[X, ...]` or `Annotated[X, …]`, None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := model_inside(each))), None)
