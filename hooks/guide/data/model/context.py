"""What is known of the whole guide while one file is validated, and the checks that need it.

Every refusal carries the three parts of an editor's message: what is wrong, what was found, what to do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from guide.data.literals import INSERT, find_literals, malformed_inserts
from guide.text.problems import Code, did_you_mean

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


def fault(code: Code, what: str, remedy: str, found: str = "") -> PydanticCustomError:
    """A validation error that carries the three parts of an editor's message."""
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
    for match in malformed_inserts(text):
        raise fault(
            Code.INSERT,
            "insertion mal écrite",
            "écrivez {fact:identifiant}, {law:identifiant} ou {contact:identifiant}, sans espace",
            match[0],
        )
    for match in INSERT.finditer(text):
        known = context.ids.get(match[1])
        if known is not None and match[2] not in known:
            raise fault(
                Code.INSERT,
                f"{{{match[1]}:…}} cite un identifiant inconnu",
                did_you_mean(match[2], known, f"ajoutez-le d’abord dans {context.kinds[match[1]][1]}"),
                match[2],
            )
    for literal in find_literals(text):
        key = (context.file, literal.text)
        if key in context.exceptions:
            context.used_exceptions.add(key)
            continue
        raise fault(
            Code.LITERAL,
            f"{literal.kind} est écrite en clair"
            if literal.kind.startswith("une")
            else f"{literal.kind} est écrit en clair",
            literal.remedy,
            literal.text,
        )
    return text


def prose(value: str, info: ValidationInfo) -> str:
    context = context_of(info)
    return check_prose(value, context) if context else value
