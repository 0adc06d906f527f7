"""Where a French sentence ends: not at « L. 1111-8 », « art. 5 », « M. Martin » nor « p. 12 ».

The abbreviations are data (abbreviations.txt). A point that may or may not end a sentence is judged by the word that
follows it, and a letter alone by the word before it too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("abbreviations.txt")
# A mark, what closes after it, a space; then what opens, and the first word of what follows.
_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>(?:\s*[»”)\]])*)\s+(?=(?:[«“(\[–—-]\s*)*(?P<next>[^\s«“(\[–—-]\S*))"
)
_LAST = re.compile(r"[^\s«“(\[’']+\Z")
_LETTERS = re.compile(r"(?:[A-ZÀ-Þ]\.?-?)*[A-ZÀ-Þ]")
_NAME = re.compile(r"[ei]-?[A-Z]|[\w-]+\.\w")  # « iPhone », « exemple.fr »: a sentence may begin so


def sentences(text: str) -> list[str]:
    """The sentences of a text of one paragraph, whose spaces are ordinary ones."""
    found, start = [], 0
    for end in _END.finditer(text):
        if _ends(text[start : end.start()], end["mark"], bool(end["close"]), end["next"]):
            found.append(text[start : end.end("close")].strip())
            start = end.end()
    return [sentence for sentence in (*found, text[start:].strip()) if sentence]


def _ends(before: str, mark: str, closed: bool, following: str) -> bool:
    if following[0].islower() and not _NAME.match(following):
        return False
    if mark != "." or closed:
        return True
    last = _LAST.search(before)
    word = last[0] if last else ""
    if word in _words("jamais") or (
        word[:1].isupper() and word.lower() in _words("jamais") and len(word) > 1
    ):
        return False
    digit = following[0].isdigit()
    if word in _words("peut-être"):
        return not digit
    if word in _words("toujours") or not _LETTERS.fullmatch(word):
        return True
    if digit:
        return False  # « article L. 1111-8 »
    first = re.split(r"[’'\W]", following, maxsplit=1)[0]
    if first.lower() in _words("début") or following[1:2] in ("’", "'"):
        return True
    lead = _LAST.search(before[: -len(word)].rstrip())
    # « par P. Martin », « Jean P. Martin », but « le plan B. Débranchez »
    return lead is not None and lead[0].islower() and lead[0] not in _words("devant une initiale")


@cache
def _words(section: str) -> frozenset[str]:
    words: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = words.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.add(line)
    return frozenset(words[section])
