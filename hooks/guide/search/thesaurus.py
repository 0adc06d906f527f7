"""Which words of the data lead to which words of the site: synonyms, glossary, keywords of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from guide.data.guide import Guide
from guide.page.read import Page
from guide.search.sections import page_name
from guide.search.tokens import SEPARATOR, STOP_WORDS, terms

Row = tuple[list[str], list[str]]


def synonyms(guide: Guide) -> list[Row]:
    """Expressions that people type → expressions to look for: `data/synonyms.yml`, then the glossary.

    A glossary alias leads to its term, an expansion to its term, and a term to its expansion.
    """
    rows: list[Row] = [(list(each.words), list(each.leads_to)) for each in guide.synonyms]
    for term in guide.glossary.values():
        other = [term.expansion.removeprefix("En anglais : ")] if term.expansion else []
        rows.append(([*term.aliases, *other], [term.term]))
        if other:
            rows.append(([term.term], other))
    return [row for row in rows if row[0]]


def keywords(pages: Sequence[Page]) -> dict[str, list[str]]:
    """Page, as the search names it, → the words of its front matter."""
    return {page_name(page.address): list(page.meta.keywords) for page in pages if page.meta.keywords}


def common(guide: Guide) -> list[str]:
    """The words of the guide's own name, of the place and of the profession: in any query here, they tell little."""
    texts = (guide.site.name, guide.site.words.structure, guide.site.words.peer)
    found = (term for text in texts for chunk in SEPARATOR.split(text) for term in terms(chunk))
    return list(dict.fromkeys(term for term in found if term not in STOP_WORDS.split()))
