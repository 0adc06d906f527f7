"""French dates and typography: no-break spaces, apostrophes, so that editors never type them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

NBSP = "\u00a0"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

_UNITS = (
    r"(?:heures?|jours?|semaines?|mois|ans?|minutes?|secondes?|h|min|€|M€|%|Mo|Go|Ko|km|mm|cm|pages?|personnes?|caractères?|"
    r"entreprises?|millions?|milliards?|salariés?|" + "|".join(MONTHS) + r")\b"
)
_HELD = "\x00"  # stands for what typography does not touch; no file of the guide may hold it
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
# One pass over the spaces of a text: each that must hold, by what stands before it and after it.
_HOLDS = re.compile(
    " (?:"
    rf"(?<=\S )(?=[;?!»](?:[\s.,;)\]*_|<{_HELD}]|$)|:(?:[\s{_HELD}]|$))"
    r"|(?<=« )(?=\S)"
    rf"|(?<=\d )(?=\d{{3}}\b|[€%]|{_UNITS})"
    r"|(?<=1er )(?=[a-zéû]+ \d{4})"
    r"|(?:(?<=\bn° )|(?<=\bart\. )|(?<=\bp\. )|(?<=\b[LRD]\. ))(?=\d)"
    r"|(?:(?<=\barticle )|(?<=\bdélibération )|(?<=\bdécret )|(?<=\barrêté ))(?=n°|\d|[LRD]\.)"
    ")"
)
# What typography must not touch in Markdown: code, HTML tags, comments, addresses, reference names, attribute lists.
_UNTOUCHED = re.compile(
    r"(```.*?```|`[^`\n]*`|<!--.*?-->|<[^>\n]*>|\]\([^)\n]*\)|\]\[[^\]\n]*\]|^\[[^\]\n]+\]:.*$|^\*\[[^\]\n]+\]:|\{:[^}\n]*\}|\{ ?[.#][^}\n]*\}|"
    r"^(?:!!!|\?\?\?\+?) .*$|https?://\S+)",
    re.MULTILINE | re.DOTALL,
)

_VERBATIM_TAGS = "(?:script|style|code|pre|textarea|kbd|samp)"
_VERBATIM = re.compile(rf"(<!--.*?-->|<{_VERBATIM_TAGS}\b.*?</{_VERBATIM_TAGS}>)", re.DOTALL)
_BEFORE_MARK = re.compile(r" (?=[;?!»:](?:[\s.,;)\]<\"]|$))")


@cache  # the same sentences of the data stand on several pages
def typeset(text: str) -> str:
    """Plain text with French no-break spaces and apostrophes."""
    return _HOLDS.sub(NBSP, _APOSTROPHE.sub("’", text) if "'" in text else text)


def typeset_markdown(text: str) -> str:
    """`typeset` for the sentences of a Markdown text only; a mark after a link or a tag keeps to it."""
    kept = _UNTOUCHED.findall(text)
    flat = typeset.__wrapped__(_UNTOUCHED.sub(_HELD, text))
    return "".join(part for pair in zip_longest(flat.split(_HELD), kept, fillvalue="") for part in pair)


def typeset_html(text: str) -> str:
    """HTML whose high marks and quotation marks keep to their words: what a template or a navigation wrote, attributes too.

    Only spaces change, and never in scripts, styles, code or what somebody types.
    """
    parts = _VERBATIM.split(text)
    parts[::2] = [_BEFORE_MARK.sub(NBSP, part).replace("« ", "«" + NBSP) for part in parts[::2]]
    return "".join(parts)


def day(date: dt.date) -> str:
    """« 1er décembre 2026 », with no-break spaces."""
    return f"{'1er' if date.day == 1 else date.day}{NBSP}{MONTHS[date.month - 1]}{NBSP}{date.year}"


def partial_day(date: str) -> str:
    """A publication date known to the year, the month or the day, in words."""
    parts = [int(part) for part in date.split("-")]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return f"{MONTHS[parts[1] - 1]}{NBSP}{parts[0]}"
    return day(dt.date(*parts))


def sort_key(text: str) -> str:
    """Key of alphabetical order: accents and case set aside."""
    flat = unicodedata.normalize("NFD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in flat if not unicodedata.combining(c)).casefold()


_BEFORE_THE_WORD = re.compile(r"[^a-z0-9]*(?:(?:le|la|les|un|une|des|du|aux?)\s+|[ld]['’]\s*)?[^a-z0-9]*")


def initial(text: str) -> str:
    """The letter under which a list files it: « L’état des lieux » under E, « 17Cyber » under 0-9."""
    found = _BEFORE_THE_WORD.sub("", sort_key(text), count=1)[:1].upper()
    return found if found.isalpha() else "0-9"


def initials(texts: Iterable[str]) -> list[str]:
    """The letters under which some texts are filed, in order."""
    return sorted({initial(text) for text in texts})


def add_months(date: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month."""
    index = date.year * 12 + date.month - 1 + months
    year, month = divmod(index, 12)
    for last in (date.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(last, date.day))
        except ValueError:
            continue
    raise AssertionError("every month has a 28th")


def of(word: str) -> str:
    """« de client », « d’usager », « d’habitant »."""
    first = unicodedata.normalize("NFD", word)[:1].lower()
    return f"d’{word}" if first in tuple("aeiouhœ") else f"de {word}"


NUMBERS = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
)


def first_up(text: str) -> str:
    """The text with a capital first; the rest as it is."""
    return text[:1].upper() + text[1:]


def first_down(text: str) -> str:
    """The text with a small letter first, unless it begins with an acronym."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def counted(count: int, noun: str) -> str:
    """« un geste », « six gestes »: a small count of a masculine noun, in letters."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number}{NBSP}{noun if count < 2 else noun + 's'}"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """« 1 point », « 3 points »; French keeps the singular for zero."""
    return f"{count}{NBSP}{singular if count < 2 else plural_form or singular + 's'}"
