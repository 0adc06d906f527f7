"""A light index: of each text, the words to read, and the other words to find it by.

The reader sees the beginning of a text. What it says further on is kept as a set of words, shared by all texts: a
word, then the numbers of the texts that hold it. Nothing is kept twice: neither a word that the page already shows, nor
one that so many pages use that it tells nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide.search.tokens import SEPARATOR, STOP_WORDS, WEAK_WORDS, stem, terms

SHOWN = 70
"""Letters of a text that are kept to be read, rounded to the end of a sentence when one is near."""

WORTH_CUTTING = 45
"""Room from which a second block is cut rather than left out."""

MOST_PAGES = 9
"""A word that more pages use is not kept where it is not shown."""

_NEVER = frozenset(f"{STOP_WORDS} {WEAK_WORDS}".split())
_LABEL = re.compile(r"[^.!?…:;»)]{1,25}")  # « Comment faire »: names what follows, says nothing alone
_SENTENCE = re.compile(r"[.!?…](?=\s)")

# A step from one number to the next is one letter of the first alphabet, or one of the second when it is long.
SHORT, FIRST_SHORT, FIRST_LONG = 80, 0x23, 0x100


@dataclass(frozen=True, slots=True)
class Text:
    """What one entry of the index says: `blocks` are in the order of the page, `title` is always shown whole.

    `repeats`: it says again what other pages explain, so that only words found nowhere else are worth keeping.
    """

    page: str
    title: str
    blocks: Sequence[str]
    repeats: bool = False


def beginning(blocks: Sequence[str]) -> list[str]:
    """The first blocks, about SHOWN letters in all: whole sentences when that is near enough, else « … » at the end."""
    kept: list[str] = []
    for block in [each for each in blocks if not _LABEL.fullmatch(each)] or blocks:
        room = SHOWN - sum(len(each) for each in kept)
        if kept and len(block) > room and room < WORTH_CUTTING:
            break
        kept.append(_cut(block, room))
        if len(block) > room * 0.7:
            break
    return kept


def _cut(block: str, room: int) -> str:
    if len(block) <= room * 1.3:
        return block
    ends = [each.end() for each in _SENTENCE.finditer(block) if room * 0.5 <= each.end() <= room * 1.3]
    whole = [block[:end] for end in ends if block[:end].count("«") == block[:end].count("»")]
    if whole:
        return whole[-1]
    return re.sub(r"[\s,;:(«]+$", "", block[: block.rfind(" ", 0, room)]) + " …"


def pack(texts: Sequence[Text]) -> str:
    """The words that `beginning` leaves out, for `unpack` of `index.js`: words, a line feed, and their texts.

    A word stands once for all its forms on a page, in the first text where it is not shown.
    """
    read = [_Read.of(text) for text in texts]
    pages: dict[str, set[str]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    shown: dict[str, set[str]] = defaultdict(set)
    for each in read:
        shown[each.page] |= each.shown
        for term in each.terms:
            pages[stem(term)].add(each.page)
            forms[stem(term)][term] += 1
    everywhere = set().union(*shown.values())
    holders: dict[str, list[int]] = defaultdict(list)
    for number, each in sorted(enumerate(read), key=lambda numbered: texts[numbered[0]].repeats):
        known = everywhere if texts[number].repeats else shown[each.page]
        for root in dict.fromkeys(stem(term) for term in each.terms if term not in _NEVER):
            if root not in known and len(root) > 1 and len(pages[root]) <= MOST_PAGES:
                shown[each.page].add(root)
                everywhere.add(root)
                holders[root].append(number)
    named = sorted((forms[root].most_common(1)[0][0], sorted(numbers)) for root, numbers in holders.items())
    return " ".join(word for word, _ in named) + "\n" + " ".join(_steps(numbers) for _, numbers in named)


@dataclass(frozen=True, slots=True)
class _Read:
    """The terms of a text, and the stems of those that the reader sees."""

    page: str
    terms: list[str]
    shown: set[str]

    @classmethod
    def of(cls, text: Text) -> _Read:
        def cut(parts: Iterable[str]) -> list[str]:
            return [term for part in parts for chunk in SEPARATOR.split(part) for term in terms(chunk)]

        seen = cut([text.title, *beginning(text.blocks)])
        return cls(text.page, cut(text.blocks), {stem(term) for term in seen})


def _steps(numbers: Iterable[int]) -> str:
    """Ascending numbers as letters, each the distance from the one before."""
    letters, before = [], -1
    for number in numbers:
        step = number - before - 1
        letters.append(chr(FIRST_SHORT + step if step < SHORT else FIRST_LONG + step))
        before = number
    return "".join(letters)
