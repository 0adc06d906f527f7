"""One answer checked by the very rules of the data, and the limits those rules hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from guide.data.messages import explain
from guide.data.model.context import Context
from guide.data.shape import shape
from guide.edit.asking import RefusedError
from guide.source.yaml_source import Source
from guide.text.french import sort_key
from guide.text.problems import Code, clip

ID_LENGTH = 40
_SMALL = frozenset(
    ("a", "au", "aux", "ce", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour",
     "qu", "que", "qui", "s", "se", "son", "sur", "un", "une")
)  # fmt: skip


def accept(model: type[BaseModel], name: str, value: object, context: Context) -> Any:
    """The value as the model keeps it. Raises RefusedError with the sentence that `check` would print."""
    info = model.model_fields[name]
    field: Any = Annotated[info.annotation, info]
    adapter: TypeAdapter[Any] = TypeAdapter(field)
    try:
        return adapter.validate_python(value, context=context)
    except ValidationError as error:
        problems = explain(error, Source(""), (), model)
        if not problems:  # a list still shorter than it must be: the questions go on
            return value
        problem = problems[0]
        shown = problem.found and problem.code != Code.LENGTH  # they have just typed it
        found = f" (trouvé : {clip(problem.found, 60)})" if shown else ""
        sentence = f"{problem.what}{found} — {problem.remedy}"
        raise RefusedError(sentence[0].upper() + sentence[1:]) from None


def limits(model: type[BaseModel], name: str) -> str:
    """« 10 mots et 70 signes au plus », or nothing for a field without limit."""
    found = shape(model.model_fields[name]).limits
    parts = [f"{each.words} mots" for each in found if each.words]
    parts += [f"{each.characters} signes" for each in found if each.characters]
    return f"{' et '.join(parts)} au plus" if parts else ""


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, without the small words, forty characters at most."""
    words = re.findall(r"[a-z0-9]+", sort_key(text).replace("æ", "ae"))
    kept = [word for word in words if word not in _SMALL] or words
    made = ""
    for word in kept:
        if made and len(made) + 1 + len(word) > ID_LENGTH:
            break
        made = f"{made}-{word}" if made else word[:ID_LENGTH]
    return made


def free(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted-2`, `-3`… when an entry has, or had, that id."""
    known = set(taken)
    if wanted not in known:
        return wanted
    return next(name for n in range(2, len(known) + 3) if (name := f"{wanted}-{n}") not in known)
