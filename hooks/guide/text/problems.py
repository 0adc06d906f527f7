"""What went wrong in a source file, where, and what the editor should do about it."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Stable names of the problems; each is explained in the contribution page."""

    FILE = "fichier"
    ENCODING = "encodage"
    SYNTAX = "syntaxe"
    CONFLICT = "conflit"
    FORGE = "markdown"
    DUPLICATE_KEY = "cle-en-double"
    FORBIDDEN_YAML = "yaml-interdit"
    UNKNOWN_FIELD = "champ-inconnu"
    MISSING_FIELD = "champ-manquant"
    WRONG_TYPE = "type"
    WRONG_VALUE = "valeur"
    LENGTH = "longueur"
    IDENTIFIER = "identifiant"
    DUPLICATE = "doublon"
    REFERENCE = "reference-inconnue"
    ADDRESS = "adresse"
    LITERAL = "litteral"
    INSERT = "insertion"
    MARKER = "marqueur"
    COLLISION = "collision"
    WORDING = "formulation"
    UNUSED = "inutilise"
    OVERDUE = "a-relire"
    PAPER = "papier"
    DATE_ALONE = "date-seule"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a source file; `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One sentence for the editor: place, what is wrong, what was found, what to do."""

    place: Place
    code: Code
    what: str
    remedy: str
    found: str = ""

    def __str__(self) -> str:
        return visible(f"{self.place}: {self.sentence}")

    @property
    def sentence(self) -> str:
        """What is wrong, what was found and what to do, without the place."""
        found = f" (trouvé : {clip(self.found)})" if self.found else ""
        return f"{self.what}{found} — {self.remedy}"


class GuideError(Exception):
    """Raised once with every problem found; the reader fixes the listed lines and runs again."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def lines(self) -> list[str]:
        """All problems, « fichier:ligne:colonne: quoi — que faire » each."""
        return [str(problem) for problem in self.problems]

    def summary(self) -> str:
        """All problems, one a line, under a counted heading."""
        lines = self.lines()
        head = "1 problème à corriger" if len(lines) == 1 else f"{len(lines)} problèmes à corriger"
        return "\n".join([f"{head} :", *lines])


def clip(text: str, limit: int = 80) -> str:
    """`text` on one line, shortened to `limit` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def visible(text: str) -> str:
    """`text` with what a terminal would obey or hide (escape sequences, bidi controls, line ends) named instead."""
    return "".join(f"<U+{ord(c):04X}>" if _is_hidden(c) else c for c in text)


def _is_hidden(character: str) -> bool:
    joiner = character in "\u200c\u200d"  # inside emoji and some scripts: harmless, and broken without it
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and not joiner


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """« vouliez-vous dire … ? » with the known word that a slip of the hand would give, else the `otherwise` advice."""
    close = nearest(word, known)
    return f"vouliez-vous dire « {close} » ?" if close else otherwise


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word within a few slips of `word`; None rather than a word that only looks a little like it.

    Capitals and accents cost nothing.
    """
    wanted = _plain(word)
    candidates = [each for each in known if each != word]
    for each in difflib.get_close_matches(wanted, [_plain(each) for each in candidates], n=5, cutoff=0.6):
        found = next(candidate for candidate in candidates if _plain(candidate) == each)
        if _slips(wanted, each) <= max(1, min(len(wanted), len(each)) // 4):
            return found
    return None


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFD", word.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character))


def _slips(one: str, two: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour to go from one word to the other."""
    rows = [list(range(len(two) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            cost = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == two[j - 2] and one[i - 2] == other:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


class WebError(Exception):
    """The built site cannot be made right. The message is French and says what to do; raised to stop the build."""
