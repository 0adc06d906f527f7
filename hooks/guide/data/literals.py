"""Finds the figures, dates, delays and legal references that a sentence states by itself.

Those age; the guide keeps each of them once, dated and sourced, in `data/`, and sentences insert
them by id: `{fact:…}`, `{law:…}`, `{contact:…}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

INSERT = re.compile(r"\{(fact|law|contact):([^{}\s]*)\}")
_LOOSE_INSERT = re.compile(r"\{\s*(fact|law|contact|fait|loi)\b[^}]*\}?")

_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_SPACE = r"[\s\u00a0\u202f]"
_NUMBER = rf"\d+(?:{_SPACE}\d{{3}})*(?:,\d+)?"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "une date",
        rf"\b\d{{1,2}}(?:er)?{_SPACE}{_MONTH}\b(?:{_SPACE}\d{{4}})?|\b\d{{4}}-\d{{2}}-\d{{2}}\b|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b",
    ),
    (
        "une référence de droit",
        rf"\b(?:[LRD]\.{_SPACE}?\d[\d-]*|articles?{_SPACE}(?:[LRD]\.?{_SPACE}?)?\d[\d-]*|art\.{_SPACE}?\d+)",
    ),
    (
        "un numéro de téléphone",
        r"(?<!\d)(?:0\d(?:[\s.\u00a0]?\d\d){4}|0[\s\u00a0]8\d\d(?:[\s\u00a0]\d{3}){2}|(?:116[\s\u00a0]\d{3}|3018|33700))(?!\d)",
    ),
    ("un montant", rf"{_NUMBER}{_SPACE}?(?:€|euros?\b|M€|millions?{_SPACE}d[’']euros)"),
    ("un pourcentage", rf"{_NUMBER}{_SPACE}?%"),
    (
        "un délai",
        rf"\b{_NUMBER}{_SPACE}?(?:secondes?|minutes?|min|heures?|h|jours?|semaines?|mois|ans?|années?|trimestres?)\b",
    ),
    ("une année", r"(?<![\d-])(?:19|20)\d\d(?![\d-])"),
)
_PATTERN = re.compile(
    "|".join(f"(?P<k{index}>{pattern})" for index, (_, pattern) in enumerate(_KINDS)), re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure found in a sentence: its kind in French, its text and its offset in characters."""

    kind: str
    text: str
    start: int


def find_literals(text: str) -> Iterator[Literal]:
    """Every literal of `text`, in order; what stands inside an insert is not looked at."""
    bare = INSERT.sub(lambda match: " " * len(match[0]), text)
    if not any(character.isdigit() for character in bare):
        return
    for match in _PATTERN.finditer(bare):
        kind = _KINDS[int((match.lastgroup or "k0")[1:])][0]
        yield Literal(kind, match[0], match.start())


def malformed_inserts(text: str) -> Iterator[re.Match[str]]:
    """Things that look like an insert and are not one, such as `{fact: x}` or `{fait:x}`."""
    for match in _LOOSE_INSERT.finditer(text):
        if not INSERT.fullmatch(match[0]):
            yield match
