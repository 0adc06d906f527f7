"""What a reader finds: the index of the site, the engine that asks it, and the box in which both are used.

`words` gathers what the data say (synonyms, keywords, answers, where an empty search leads); `read_page` reads a page
as it is rendered; `named` makes the two scripts that the box loads when it is opened.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from guide.page.document import Page
from guide.page.meta import InSearch
from guide.page.view import View
from guide.search.answers import answers
from guide.search.index import script
from guide.search.program import program
from guide.search.reading import ReadPage, Section, read
from guide.search.thesaurus import common, keywords, synonyms
from guide.source import tree

__all__ = ["WORDS", "ReadPage", "Section", "files", "named", "read_page", "words"]

WORDS = "search/words.json"
"""Where staging leaves what the data say, for whoever makes the index out of the rendered pages."""


def files(view: View, pages: Sequence[Page]) -> dict[str, bytes]:
    """Address → content of what staging adds to the site for the search."""
    return {WORDS: json.dumps(words(view, pages), ensure_ascii=False).encode()}


def words(view: View, pages: Sequence[Page]) -> dict[str, Any]:
    """What the data say to the search.

    `synonyms`, `answers`, the `start` of an empty search, the `common` words that tell nothing in this guide, and the
    `keywords` of each page.
    """
    return {
        "synonyms": synonyms(view.guide),
        "answers": answers(view),
        "start": [
            (view.text(each.title), tree.address(each.page)) for each in view.guide.incident.situations
        ],
        "common": common(view.guide),
        "keywords": keywords(pages),
    }


def read_page(address: str, kind: str, html: str, rule: Mapping[str, Any]) -> ReadPage:
    """A page from the HTML of its text; `kind` is the word shown before its title, `rule` what its front matter says."""
    return read(address, kind, html, InSearch.model_validate(rule))


def named(found: Mapping[str, Any]) -> tuple[str, str]:
    """The program of the search under an address that changes with its content: address, text."""
    text = program({name: found[name] for name in ("start", "synonyms", "common")})
    return _address("search", text), text


def index(pages: Sequence[ReadPage], found: Mapping[str, Any]) -> tuple[str, str]:
    """The index in the same way."""
    text = script(pages, found["keywords"], found["answers"])
    return _address("index", text), text


def later(pages: Sequence[ReadPage], found: Mapping[str, Any]) -> str:
    """The address of an index that is made when it is asked for."""
    return _address("index", repr((pages, found["keywords"], found["answers"])))


def _address(name: str, said: str) -> str:
    return f"search/{name}.{hashlib.sha256(said.encode()).hexdigest()[:8]}.min.js"
