"""What signs a reading: words of the source that are not ours, and somebody's name. « o » typed once too often signs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from guide.edit.asking import RefusedError
from guide.text.french import sort_key

# Fields of an entry that we have written ourselves: found in them, a sentence was not copied from its source.
OURS = ("statement", "value", "rule", "holds_for", "what_for", "who_may_call", "name", "description")
LEAST_WORDS = 4
TOO_NEAR = 0.85  # likeness from which a sentence is ours, with a word or two changed
_ANSWERS = {"o", "oui", "n", "non"}


def words(answer: str, own: Iterable[str]) -> str:
    """The sentence, without the marks around it and with inner ones apart. Raises RefusedError."""
    sentence = answer.strip()
    if sentence.startswith("«") and sentence.endswith("»"):
        sentence = sentence[1:-1].strip()
    bare = _bare(sentence)
    if len({word for word in bare.split() if word not in _ANSWERS}) < LEAST_WORDS:
        raise RefusedError("Recopiez au moins quatre mots de la source.")
    if any(SequenceMatcher(None, bare, _bare(text), autojunk=False).ratio() > TOO_NEAR for text in own):
        raise RefusedError("C’est notre phrase : recopiez celle de la source.")
    return sentence.replace("« ", "“").replace(" »", "”")  # quoted again where it is shown


def name(answer: str) -> str:
    """A name or a role. Raises RefusedError for what only answers a question."""
    if len(re.findall(r"[^\W\d_]", answer)) < 2 or sort_key(answer).strip(" .!") in _ANSWERS:
        raise RefusedError("Écrivez votre nom ou votre fonction.")
    return answer


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", sort_key(text)))
