"""What is known of the whole guide while one file is validated, and the checks that need it.

Every refusal carries the three parts of an editor's message: what is wrong, what was found, what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guide.data.literals import INSERT, Literal, find_literals, malformed_inserts
from guide.source.kept import name
from guide.text.problems import Code, did_you_mean

if TYPE_CHECKING:  # slow to load, and a page that changes is held against what is known without it
    from pydantic import ValidationInfo
    from pydantic_core import PydanticCustomError

# Controls, zero-width signs and marks of direction (not the joiner inside emoji), private and impossible characters:
# nobody sees them, and they change what is read or what a program does.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff\U000e0000-\U0010ffff]"
)

# What a page may hold and a text of the data may not: it is set as it is written, wherever it is shown.
_LAYOUT = re.compile(
    r"\*\*[^*]+\*\*|\[[^\]\n]*\]\([^)\s]*\)|\[\[[^\]]+\]\]|</?[a-z][^<>]*>|&(?:[a-z]+|#\d+);|`[^`]+`|==[^=\s][^=]*=="
    r"|~~[^~]+~~|(?<!\w)_[^_\s][^_]*_(?!\w)|\{\{.*?\}\}|(?<![\w:/.]):[a-z][a-z0-9_+-]*:(?![\w:])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Context:
    """What is known of the whole guide while one file is validated."""

    file: str = ""
    ids: dict[str, set[str]] = field(default_factory=dict)
    exceptions: set[tuple[str, str]] = field(default_factory=set)
    used_exceptions: set[tuple[str, str]] = field(default_factory=set)
    without_phone: set[str] = field(default_factory=set)
    # Kind of id → what people call it, and where such ids are given.
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)

    def digest(self) -> str:
        """A name for all that a page is held against."""
        ids = {kind: sorted(known) for kind, known in sorted(self.ids.items())}
        return name(
            repr((ids, sorted(self.exceptions), sorted(self.without_phone), sorted(self.kinds.items())))
        )


def fault(code: Code, what: str, remedy: str, found: str = "") -> PydanticCustomError:
    """A validation error that carries the three parts of an editor's message."""
    from pydantic_core import PydanticCustomError

    escaped = what.replace("{", "{{").replace("}", "}}")
    return PydanticCustomError(
        f"guide.{code.value}", escaped, {"what": what, "remedy": remedy, "found": found}
    )


def context_of(info: ValidationInfo) -> Context | None:
    return info.context if isinstance(info.context, Context) else None


def clean(value: str) -> str:
    text = " ".join(value.split())
    if not text:
        raise fault(Code.WRONG_VALUE, "texte vide", "écrivez le texte ou retirez le champ")
    bad = INVISIBLE.search(text)
    if bad:
        raise fault(
            Code.WRONG_VALUE,
            "caractère invisible dans le texte",
            "retirez-le et retapez le mot",
            f"U+{ord(bad[0]):04X}",
        )
    return text


def check_prose(text: str, context: Context) -> str:
    """Refuses layout, literals without an insert, and inserts whose id does not exist."""
    if layout := _LAYOUT.search(text):
        raise fault(
            Code.WRONG_VALUE,
            "mise en forme dans un texte des données : ses signes s’afficheraient",
            "écrivez les mots seuls",
            layout[0],
        )
    for _, what, remedy, found in wrong_inserts(text, context):
        raise fault(Code.INSERT, what, remedy, found)
    for literal in unexcused(text, context, context.file):
        written = "écrite" if literal.kind.startswith("une") else "écrit"
        raise fault(Code.LITERAL, f"{literal.kind} est {written} en clair", literal.remedy, literal.text)
    return text


def wrong_inserts(text: str, context: Context) -> Iterator[tuple[int, str, str, str]]:
    """Every insert that cannot be filled: its offset, what is wrong, the remedy and its words."""
    for match in malformed_inserts(text):
        remedy = "écrivez {fact:identifiant}, {law:identifiant} ou {contact:identifiant}, sans espace"
        yield match.start(), "insertion mal écrite", remedy, match[0]
    for match in INSERT.finditer(text):
        kind, name = match.groups()
        known = context.ids.get(kind)
        if known is not None and name not in known:
            remedy = did_you_mean(name, known, f"ajoutez-le d’abord dans {context.kinds[kind][1]}")
            yield match.start(), f"{{{kind}:…}} cite un identifiant inconnu", remedy, name
        elif kind == "contact" and name in context.without_phone:
            yield match.start(), "ce contact n’a pas de numéro de téléphone", "nommez-le sans numéro", name


def unexcused(text: str, context: Context, file: str) -> Iterator[Literal]:
    """Every literal of a text of this file but those that an exception excuses, which is then used."""
    for literal in find_literals(text):
        if (key := (file, literal.text)) in context.exceptions:
            context.used_exceptions.add(key)
        else:
            yield literal


def prose(value: str, info: ValidationInfo) -> str:
    context = context_of(info)
    return check_prose(value, context) if context else value
