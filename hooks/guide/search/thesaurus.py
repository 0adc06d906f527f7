"""Which words of the data lead to which words of the site: synonyms, glossary, keywords of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from guide.data.guide import Guide
from guide.page.document import Page

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
    """Page, as the search names it (« » for the home page), → the words of its front matter."""
    return {page.address.rstrip("/"): list(page.meta.keywords) for page in pages if page.meta.keywords}
