"""Drives the search box of a built site as a reader does, and scores what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, expect

FIELD = "[data-md-component=search-query]"
HERE = Path(__file__).parent / "search"

# Resolves when the worker has answered: Material rewrites the number of results each time, even to the same text.
LISTEN = """() => {
  const state = document.querySelector('.md-search-result__meta');
  window.answered = new Promise((resolve) => {
    const watch = new MutationObserver(() => { watch.disconnect(); setTimeout(resolve); });
    watch.observe(state, {childList: true, characterData: true, subtree: true});
  });
}"""

# Each result is a page: its address, and its articles (the page or sections of it), « de plus » included.
READ = """() => [...document.querySelectorAll('.md-search-result__item')].map((item) => ({
  address: item.querySelector('a').href,
  articles: [...item.querySelectorAll('a')].map((link) => ({
    address: link.href,
    title: link.querySelector('h1, h2').innerHTML,
    blocks: [...link.querySelectorAll('article > p:not(.md-search-result__terms)')].map((block) => block.innerHTML),
    missing: [...link.querySelectorAll('.md-search-result__terms del')].map((word) => word.textContent),
  })),
}))"""


@dataclass(frozen=True)
class Query:
    """What somebody types, and the pages that answer it, the best first."""

    text: str
    expect: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How well a set of queries was answered. `missed`: those without a right page among the first three."""

    hit: float
    mrr: float
    missed: tuple[str, ...]


class SearchBox:
    """The search box of one open page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.root = address.rsplit("index.html", 1)[0]
        page.goto(address)
        page.locator(FIELD).focus()
        expect(page.locator(".md-search-result__meta")).not_to_have_text(
            "Initialisation de la recherche", timeout=20_000
        )

    def ask(self, text: str) -> list[dict[str, Any]]:
        """Types a query at once, presses a key, and returns the results shown."""
        field = self.page.locator(FIELD)
        if field.input_value() == text:
            return self.page.evaluate(READ)
        self.page.evaluate(LISTEN)
        field.fill(text)
        field.press("End")
        self.page.evaluate("() => window.answered")
        return self.page.evaluate(READ)

    def pages(self, text: str) -> list[str]:
        """Addresses of the pages found, relative to the site, as on a server."""
        return [self.relative(result["address"]) for result in self.ask(text)]

    def relative(self, address: str) -> str:
        """`urgence/` for http://…/urgence/#x?h=y and for file://…/urgence/index.html."""
        path = re.sub(r"[?#].*", "", address).removeprefix(self.root)
        return re.sub(r"(?:^|(?<=/))index\.html$|(?<=\w)\.html$", "/", path).lstrip("/").replace("//", "/")


def queries(name: str, half: str | None = None) -> list[Query]:
    """The queries of a file, or of one of its halves."""
    entries: Sequence[Mapping[str, Any]] = yaml.safe_load((HERE / f"{name}.yml").read_text(encoding="utf-8"))
    chosen = (entry for entry in entries if half is None or entry["half"] == half)
    return [Query(str(entry["query"]), tuple(entry["expect"])) for entry in chosen]


def score(asked: Sequence[Query], answers: Mapping[str, Sequence[str]]) -> Score:
    """Share of the queries with a right page among the first three, and mean reciprocal rank of the first right page."""
    ranks = [
        next((rank for rank, page in enumerate(answers[query.text], 1) if page in query.expect), 0)
        for query in asked
    ]
    missed = tuple(query.text for query, rank in zip(asked, ranks, strict=True) if not 0 < rank <= 3)
    return Score(1 - len(missed) / len(asked), sum(1 / rank for rank in ranks if rank) / len(asked), missed)
