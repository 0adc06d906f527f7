"""What a page hides from its reader: links that run code, comments left open, characters that nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from guide.data.model.context import INVISIBLE
from guide.page.document import Page
from guide.text.problems import Code, Problem

_TARGET = re.compile(
    r"\]\(\s*<?([^)\n]*)|^ {0,3}\[[^\]\n]+\]:\s*<?(\S+)|(?:href|src)\s*=\s*[\"']?([^\"'>\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto", "tel"}


def problems(page: Page, prose: str) -> Iterator[Problem]:
    """`prose` is the page's body with code and closed comments blanked."""
    if (start := prose.find("<!--")) >= 0:
        yield Problem(
            page.place(start),
            Code.MARKER,
            "commentaire jamais refermé : il cache la suite de la page",
            "ajoutez « --> », ou effacez « <!-- »",
        )
    for match in _TARGET.finditer(prose):
        # Browsers skip spaces and controls in a scheme, and read entities.
        target = re.sub(r"[\s\x00-\x1f]", "", unescape(next(filter(None, match.groups()), "")))
        if (scheme := _SCHEME.match(target)) and scheme[0].lower() not in _SCHEMES:
            yield Problem(
                page.place(match.start()),
                Code.ADDRESS,
                "un lien ne mène qu’à une page ou à une adresse",
                "retirez ce lien",
                target,
            )
    for found in INVISIBLE.finditer(page.body):
        yield Problem(
            page.place(found.start()),
            Code.WRONG_VALUE,
            "caractère invisible dans le texte",
            "retirez-le et retapez le mot",
            f"U+{ord(found[0]):04X}",
        )
