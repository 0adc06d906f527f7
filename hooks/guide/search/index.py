"""The index of the site: a script that any page can load, also from a folder, with the words of every page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guide.search.reading import ReadPage, Section, page_name
from guide.search.shorten import Text, beginning, pack

# The catalogue, the checklist and the list of sources cite nearly everything: they count for all, and answer for none.
MOST_CITED, LONGEST_LIST = 6, 60

ASSIGNED = "guide.searchIndex="
"""What the script begins with; the rest is JSON."""


def script(
    pages: Sequence[ReadPage], keywords: Mapping[str, Sequence[str]], answers: Sequence[Mapping[str, Any]]
) -> str:
    """The index as a script; `keywords` are those of each page, by its id."""
    held = {**content(pages, keywords), "answers": list(answers)}
    return ASSIGNED + json.dumps(held, ensure_ascii=False, separators=(",", ":")) + ";\n"


def content(pages: Sequence[ReadPage], keywords: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What the script holds.

    `pages`: for each, `a`ddress, `k`ind and, where they say something, `w`eight, `s`ite, `l`isted, `e`ntry label,
    `t`yped keywords, `c`ited documents (numbers of sections); then its sections, each an anchor, a title, the text to
    read and, for an entry, 1 (2 when the text begins with what the title stands for). `unseen`: the words that no section shows.
    """
    read = _without_copies([page for page in pages if page.sections])
    sections = [(page, each) for page in read for each in page.sections]
    numbers = {each.title: number for number, (page, each) in enumerate(sections) if page.rule.listed}
    cited = _rare(read)
    texts = [Text(page.address, each.title, each.blocks, page.rule.repeats) for page, each in sections]
    return {
        "pages": [
            _page(
                page,
                keywords.get(page_name(page.address), ()),
                [numbers[title] for title in cited[page.address] if title in numbers],
            )
            for page in read
        ],
        "unseen": pack(texts),
    }


def _page(page: ReadPage, keywords: Sequence[str], cites: Sequence[int]) -> dict[str, Any]:
    rule = page.rule
    described = {
        "a": page.address,
        "k": page.kind,
        "w": rule.weight / 100 if rule.weight != 100 else None,
        "s": int(rule.site),
        "l": int(rule.listed),
        "e": rule.entry,
        "t": list(keywords),
        "c": list(cites),
        "n": [
            [each.anchor, each.title, beginning(each.blocks), *([1 + each.full] if each.entry else [])]
            for each in page.sections
        ],
    }
    return {name: value for name, value in described.items() if value or name == "a"}


def _without_copies(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The same pages, but a measure explained on its own page is one line of the checklist's group."""
    explained = {
        each.anchor for page in pages if not page.rule.overview for each in page.sections if each.entry
    }
    return [
        replace(page, sections=_merged(page.sections, explained))
        if page.rule.overview and page.rule.entry
        else page
        for page in pages
    ]


def _merged(sections: Sequence[Section], explained: set[str]) -> list[Section]:
    kept: list[Section] = []
    for each in sections:
        if each.entry and each.anchor in explained:
            group = next(group for group in reversed(kept) if not group.entry)
            kept[kept.index(group)] = Section(group.anchor, group.title, False, [*group.blocks, each.title])
        else:
            kept.append(each)
    return kept


def _rare(pages: Sequence[ReadPage]) -> dict[str, list[str]]:
    """For each page, the documents that few pages cite: only these tell where a document is spoken of."""
    times = Counter(title for page in pages for title in page.cites)
    return {
        page.address: [title for title in page.cites if times[title] <= MOST_CITED]
        if len(page.cites) <= LONGEST_LIST
        else []
        for page in pages
    }
