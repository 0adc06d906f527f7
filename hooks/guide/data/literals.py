"""Finds the figures, dates, delays and legal references that a sentence states by itself.

Those age; the guide keeps each of them once, dated and sourced, in `data/`, and sentences insert
them by id: `{fact:…}`, `{law:…}`, `{contact:…}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

INSERT = re.compile(r"\{(fact|law|contact):([^{}\s]*)\}")
# Whatever looks like an insert is one or is refused: a capital, a plural, spaces, French words, another sign than « : ».
_LOOSE_INSERT = re.compile(
    r"\{\s*(?:facts?|laws?|contacts?|faits?|lois?)\b[^}\n]*\}?|\{\s*[^\W\d]+\s*[:;=][^}\n]*\}?"
    r"|[(\[<](?:fact|law|contact):[a-z0-9-]+[)\]>}]",
    re.IGNORECASE,
)

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
        # French, written in pairs or not; from abroad, with its code and « (0) »; the short numbers of helplines.
        r"(?<![\d+])(?:0[\s\u00a0\u202f.\-/]?[1-9](?:[\s\u00a0\u202f.\-/]?\d\d){4}|0[\s\u00a0]8\d\d(?:[\s\u00a0]\d{3}){2}"
        r"|(?:\+|\(\+|00)\s?[1-9](?:[\s\u00a0\u202f.\-/()]*\d){7,13}|(?:116[\s\u00a0]\d{3}|3018|33700))(?!\d)",
    ),
    (
        "une adresse de messagerie",
        r"\b[\w.+-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b",
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


_MAIL_SIGN = re.compile(r"@|[(\[]at[)\]]", re.IGNORECASE)
_REMEDIES = {
    "un numéro de téléphone": "enregistrez-le dans data/contacts.yml et insérez-le, {contact:identifiant}",
    "une adresse de messagerie": "retirez-la : une personne ne se nomme pas ici, et un service a sa fiche dans data/",
}
_REMEDY = "insérez un fait, {fact:identifiant}, ou notez une exception dans data/exceptions.yml"


@dataclass(frozen=True, slots=True)
class Literal:
    """A figure found in a sentence: its kind in French, its text and its offset in characters."""

    kind: str
    text: str
    start: int

    @property
    def remedy(self) -> str:
        """What an editor writes instead."""
        return _REMEDIES.get(self.kind, _REMEDY)


# Superscripts too: whatever « isdigit » says is one.
_DIGIT = re.compile("[\\d²³¹⁰⁴-⁹₀-₉]")


def find_literals(text: str) -> Iterator[Literal]:
    """Every literal of `text`, in order; what stands inside an insert is not looked at."""
    if not _DIGIT.search(text) and not _MAIL_SIGN.search(text):
        return
    bare = INSERT.sub(lambda match: " " * len(match[0]), text)
    for match in _PATTERN.finditer(bare):
        kind = _KINDS[int((match.lastgroup or "k0")[1:])][0]
        yield Literal(kind, match[0], match.start())


# Reserved names (RFC 2606), where nobody can be written to: the false messages of the exercises use them.
_NOBODY = re.compile(r"\.(?:invalid|example|test)$", re.IGNORECASE)


def reaches_somebody(text: str) -> Iterator[Literal]:
    """The addresses and the long telephone numbers of `text`: those of a person may stand nowhere."""
    for literal in find_literals(text):
        if (literal.kind == "une adresse de messagerie" and not _NOBODY.search(literal.text)) or (
            literal.kind == "un numéro de téléphone" and sum(map(str.isdigit, literal.text)) > 8
        ):
            yield literal


def malformed_inserts(text: str) -> Iterator[re.Match[str]]:
    """Things that look like an insert and are not one, such as `{fact: x}` or `{fait:x}`."""
    for match in _LOOSE_INSERT.finditer(text):
        if not INSERT.fullmatch(match[0]):
            yield match
