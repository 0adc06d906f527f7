"""The index of the built site, cut more finely and far smaller than Material's own."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from guide.search.extract import Section, page_name, sections, sources
from guide.search.shorten import Text, beginning, pack

INDEX = Path("search/search_index.json")
CHECKLIST, CATALOGUE = "checklist", "ressources"
OVERVIEWS = (CHECKLIST, "commencer")

# Pages that say again, for one role or one sheet of paper, what others explain.
REPEATING = frozenset(
    {"", "a-propos/contribuer", "a-propos/nouveautes", "a-propos/sources", "checklist/afficher", "checklist/calendrier",
     "commencer", "entrainement", "entrainement/quiz", "imprimer", "ressources/etat-des-liens"}
)  # fmt: skip

# The catalogue, the checklist and the list of sources cite nearly everything: they count for all, and answer for none.
MOST_CITED, LONGEST_LIST = 6, 60


# Where a word ends: also at an apostrophe; not at a hyphen (« e-mail », « 3-2-1 »).
SEPARATOR = r"[\s\u200b\u00ad''’\"“”«»(),;:!?/…•]+|\.(?!\w)"


def write(site: Path, pages: Mapping[str, str]) -> None:
    """Write the index of the finished pages (path in the site → HTML)."""
    html = {path.removesuffix("index.html"): text for path, text in pages.items()}
    cited = _rare({page: sources(text) for page, text in html.items()})
    read = _without_copies({page: sections(page, text) for page, text in html.items()})
    docs = documents(read, cited, re.compile(SEPARATOR))
    index = {"config": {"lang": ["fr"], "separator": SEPARATOR}, "docs": docs}
    path = site / INDEX
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def documents(
    read: Mapping[str, Sequence[Section]], cited: Mapping[str, Sequence[str]], separator: re.Pattern[str]
) -> list[dict[str, Any]]:
    """The entries of the index, page by page.

    The first entry of a page, the page itself, answers also to the titles of what it `cites`, each given by the number
    of its own entry. The very first entry carries the `words` that no entry shows.
    """
    every = [(page, each) for page, found in read.items() for each in found]
    entries: list[dict[str, Any]] = [
        {
            "location": page + (f"#{each.anchor}" if each.anchor else ""),
            "title": escape(each.title, quote=False),  # the theme writes it into the page as HTML
            "text": _html(beginning(each.blocks)),
        }
        for page, each in every
    ]
    numbers = {
        each.title: number for number, (page, each) in enumerate(every) if page_name(page) == CATALOGUE
    }
    for page, titles in cited.items():
        first = next((number for number, (other, _) in enumerate(every) if other == page), None)
        if first is not None and titles:
            entries[first]["cites"] = [numbers[title] for title in titles if title in numbers]
    if entries:
        texts = [Text(page, each.title, each.blocks, _repeats(page_name(page))) for page, each in every]
        entries[0]["words"] = pack(texts, separator)
    return entries


def _repeats(page: str) -> bool:
    return page in REPEATING or page.startswith("commencer/")


def _html(blocks: Sequence[str]) -> str:
    """The blocks as Material's search worker cuts and highlights them."""
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks)


def _without_copies(read: dict[str, list[Section]]) -> dict[str, list[Section]]:
    """The same sections, but a measure explained on its own page is one line of the checklist's group."""
    (checklist,) = [page for page in read if page_name(page) == CHECKLIST] or [""]
    explained = {
        each.anchor for page in read if page_name(page) not in OVERVIEWS for each in read[page] if each.entry
    }
    kept: list[Section] = []
    for each in read.get(checklist, []):
        if each.entry and each.anchor in explained:
            next(group for group in reversed(kept) if not group.entry).blocks.append(each.title)
        else:
            kept.append(each)
    return {**read, checklist: kept} if kept else read


def _rare(cited: dict[str, list[str]]) -> dict[str, list[str]]:
    """For each page, the documents that few pages cite: only these tell where a document is spoken of."""
    times = Counter(title for titles in cited.values() for title in titles)
    return {
        page: [title for title in titles if times[title] <= MOST_CITED] if len(titles) <= LONGEST_LIST else []
        for page, titles in cited.items()
    }
