"""French words as the search compares them: the same spelling, terms and stems as `tokens.js`, for the build.

A test runs both on every word of the site.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

STOP_WORDS = (
    "a ai as au aux avec c ce ceci cela ces cet cette chez d dans de des du elle elles en est et eu eux ici il "
    "ils j je l la le les leur leurs lui m ma mais me meme n ne ni nos notre nous on ont or ou par pas pour qu "
    "que s sa se si sont suis sur t ta te tes ton tu un une vos votre vous y etre etes sommes sera soit avez "
    "avons etait"
)
"""Never looked for, unless nothing else was typed. Folded."""

WEAK_WORDS = (
    "afin alors apres autre aussi avant avoir besoin bien ca car cas ceux comment combien depuis dit doit dois "
    "doivent donc encore entre etape faire fait faut fais fois faudrait mes mon moi oui non ok peut peux peuvent "
    "peu plus possible pourquoi pouvoir puis quand quel quelle quelles quels quelque quelqu qui quoi sans savoir "
    "sert servir ses son svp toujours tous tout toute toutes tres trop trouver utiliser va vais veut veux vers "
    "voir vouloir"
)
"""Words of questions: looked for, but they weigh little. Folded."""

SEPARATOR = re.compile(r"""(?:[\s\u200b'’ʼ‘`´"“”«»(),;:!?/…•]|\.(?!\w))+""")
"""Where a word ends: also at an apostrophe; not at a hyphen (« e-mail », « 3-2-1 ») nor at a dot inside."""

_EDGES = re.compile(r"^[^a-z0-9]+|[^a-z0-9]+$")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_DIGIT = re.compile(r"[0-9]")
_ENDINGS = ("ees", "ee", "es", "er", "ez", "e", "s", "x")
# Accents and soft hyphens are left out; one kind of dash, one kind of apostrophe.
_PLAIN = {
    **dict.fromkeys((*range(0x300, 0x370), 0xAD)),
    **dict.fromkeys((*range(0x2010, 0x2016), ord("·")), "-"),
    **dict.fromkeys(map(ord, "’ʼ‘`´"), "'"),
}
_ELISION = re.compile(r"^(?:qu|jusqu|lorsqu|puisqu|quelqu|[cdjlmnst])'(?=.)")


@cache  # a site has few different words, each many times
def fold(text: str) -> str:
    """Small letters, no accent, œ in two letters, one kind of apostrophe and of dash."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return unicodedata.normalize("NFD", text).translate(_PLAIN)


@cache
def terms(chunk: str) -> tuple[str, ...]:
    """The terms under which a chunk is indexed, the whole first: « e-mail » gives email, mail."""
    bare = _ELISION.sub("", _EDGES.sub("", fold(chunk)))
    parts = tuple(part for part in _BETWEEN.split(bare) if part)
    if len(parts) < 2:
        return parts
    return tuple(dict.fromkeys(["".join(parts), *(part for part in parts if len(part) > 1)]))


@cache
def stem(word: str) -> str:
    """What singular, plural, feminine and the common verb forms of a term share."""
    if len(word) < 4 or _DIGIT.search(word):
        return word
    if word in ("donnee", "donnees"):  # « donner » is another word
        return "donnee"
    short = word
    if word.endswith("aux"):
        short = word[:-1] if word.endswith("eaux") else word[:-3] + "al"
    ending = next((each for each in _ENDINGS if short.endswith(each)), "")
    short = short.removesuffix(ending)
    if len(short) > 4 and short[-1] == short[-2] and "a" <= short[-1] <= "z":
        short = short[:-1]
    return word if len(short) < 3 else short
