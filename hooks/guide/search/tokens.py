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

_ELISION = re.compile(r"^(?:qu|jusqu|lorsqu|puisqu|quelqu|[cdjlmnst])'(?=.)")


@cache  # a site has few different words, each many times
def fold(text: str) -> str:
    """Small letters, no accent, œ in two letters, one kind of apostrophe and of dash."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    text = re.sub("[\u0300-\u036f\u00ad]", "", unicodedata.normalize("NFD", text))
    return re.sub("[\u2010-\u2015·]", "-", re.sub("[’ʼ‘`´]", "'", text))


@cache
def terms(chunk: str) -> tuple[str, ...]:
    """The terms under which a chunk is indexed, the whole first: « e-mail » gives email, mail."""
    bare = _ELISION.sub("", re.sub(r"^[^a-z0-9]+|[^a-z0-9]+$", "", fold(chunk)))
    parts = tuple(part for part in re.split(r"[^a-z0-9]+", bare) if part)
    if len(parts) < 2:
        return parts
    return tuple(dict.fromkeys(["".join(parts), *(part for part in parts if len(part) > 1)]))


@cache
def stem(word: str) -> str:
    """What singular, plural, feminine and the common verb forms of a term share."""
    if len(word) < 4 or re.search(r"[0-9]", word):
        return word
    if word in ("donnee", "donnees"):  # « donner » is another word
        return "donnee"
    short = re.sub(r"aux$", "al", re.sub(r"eaux$", "eau", word))
    short = re.sub(r"(?<=...)([a-z])\1$", r"\1", re.sub(r"(?:ees?|es?|s|x|er|ez)$", "", short))
    return word if len(short) < 3 else short
