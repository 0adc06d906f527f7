"""Which words of the data lead to which words of the site: synonyms, glossary, keywords of the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from guide.data.guide import Guide
from guide.page.document import Page
from guide.search.reading import page_name
from guide.search.tokens import SEPARATOR, STOP_WORDS, fold, terms


def synonyms(guide: Guide) -> str:
    """Expressions that people type → expressions to look for: `data/synonyms.yml`, then the aliases of the glossary.

    One row a line, « virus,infection>logiciel malveillant », folded: none of it is ever shown. What an acronym stands for
    is left to the index, where the lexicon says it anyway.
    """
    rows = [_row(each.words, each.leads_to) for each in guide.synonyms]
    for term in guide.glossary.values():
        said = {fold(term.term), fold(term.expansion or "")}
        if other := [alias for alias in term.aliases if fold(alias) not in said]:
            rows.append(_row(other, (term.term,)))
    return "\n".join(rows)


def _row(words: Sequence[str], leads_to: Sequence[str]) -> str:
    return ">".join(
        ",".join(dict.fromkeys(fold(re.sub(r"[,>]", " ", each)) for each in side))
        for side in (words, leads_to)
    )


def keywords(pages: Sequence[Page]) -> dict[str, list[str]]:
    """Page, as the search names it, → the words of its front matter, folded."""
    return {
        page_name(page.address): [fold(each) for each in page.meta.keywords]
        for page in pages
        if page.meta.keywords
    }


def common(guide: Guide) -> list[str]:
    """The words of the guide's own name, of the place and of the profession: in any query here, they tell little."""
    texts = (guide.site.name, guide.site.words.structure, guide.site.words.peer)
    found = (term for text in texts for chunk in SEPARATOR.split(text) for term in terms(chunk))
    return list(dict.fromkeys(term for term in found if term not in STOP_WORDS.split()))
