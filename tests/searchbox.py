"""Drives the search box of a built site as a reader does, and scores what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from support import rows

FIELD = "#search-words"
HERE = Path(__file__).parent / "search"

# What is drawn: the line of state, the answer, and each result with its kind, its title, its passages and its places.
READ = """() => {
  const box = document.getElementById('search'), html = (element) => element?.innerHTML ?? '';
  const link = (a) => ({address: a.href, kind: a.querySelector('.g-search__kind')?.textContent ?? '', title: html(a.lastElementChild)});
  const answer = box.querySelector('.g-search__answer');
  return {
    state: box.querySelector('[role=status]').textContent,
    answer: answer && {text: answer.textContent, page: answer.querySelector('.g-search__do > a:last-child').href,
      links: [...answer.querySelectorAll('a')].map((a) => a.getAttribute('href'))},
    results: [...box.querySelectorAll('.g-search__list > li')].map((item) => ({
      ...link(item.firstElementChild), blocks: [...item.querySelectorAll(':scope > p')].map(html),
      places: [...item.querySelectorAll(':scope > ul a')].map(link)})),
    ways: [...box.querySelectorAll('.g-search__ways a')].map((a) => [a.textContent, a.href]),
  };
}"""
# Types a text at once, as pasting or dictating does; the answer is drawn before the event ends.
TYPE = """(text) => { const field = document.getElementById('search-words');
  field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); return (READ)(); }"""
# Of many texts, only the pages: what is drawn of each would be megabytes.
EACH = """(texts) => texts.map((text) => { const {answer, results} = (TYPE)(text);
  return [...(answer ? [answer.page] : []), ...results.map((each) => each.address)]; })"""
_TYPE = TYPE.replace("(READ)", f"({READ})")
_EACH = EACH.replace("(TYPE)", f"({_TYPE})")


@dataclass(frozen=True)
class Query:
    """What somebody types, the pages that answer it, the best first, and what must be said at once, if anything."""

    text: str
    expect: tuple[str, ...]
    says: str = ""


@dataclass(frozen=True)
class Score:
    """How well a set of queries was answered. `missed`: those without a right page among the first three."""

    hit: float
    first: float
    mrr: float
    missed: tuple[str, ...]


class SearchBox:
    """The search box of one open page."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.root = re.sub(r"index\.html$", "", address)
        page.goto(address)
        self.open()

    def open(self) -> None:
        """Opens the box and waits until it answers."""
        self.page.keyboard.press("/")
        expect(self.page.locator(".g-search__ways").first).to_be_visible(timeout=20_000)

    def ask(self, text: str) -> dict[str, Any]:
        """What the box shows for a text."""
        shown: dict[str, Any] = self.page.evaluate(_TYPE, text)
        return shown

    def pages(self, text: str) -> list[str]:
        """Addresses of the pages found, relative to the site, as on a server."""
        return [self.relative(result["address"]) for result in self.ask(text)["results"]]

    def answers(self, texts: Sequence[str]) -> dict[str, list[str]]:
        """For each text the pages in the order in which they are shown, that of the answer first."""
        found = zip(texts, self.page.evaluate(_EACH, list(texts)), strict=True)
        return {text: list(dict.fromkeys(map(self.relative, pages))) for text, pages in found}

    def relative(self, address: str) -> str:
        """`urgence/` for http://…/urgence/#x and for file://…/urgence/index.html."""
        path = re.sub(r"[?#].*", "", address).removeprefix(self.root)
        return re.sub(r"(?:^|(?<=/))index\.html$|(?<=\w)\.html$", "/", path).lstrip("/").replace("//", "/")


def queries(name: str, half: str | None = None) -> list[Query]:
    """The queries of a file, or of one of its halves."""
    entries: Sequence[Mapping[str, Any]] = rows(HERE / f"{name}.yml")
    chosen = (entry for entry in entries if half is None or entry["half"] == half)
    return [Query(str(entry["query"]), tuple(entry["expect"]), entry.get("says", "")) for entry in chosen]


def score(asked: Sequence[Query], answers: Mapping[str, Sequence[str]]) -> Score:
    """Share of the queries with a right page among the first three and at once, and mean reciprocal rank."""
    ranks = [
        next((rank for rank, page in enumerate(answers[query.text], 1) if page in query.expect), 0)
        for query in asked
    ]
    missed = tuple(query.text for query, rank in zip(asked, ranks, strict=True) if not 0 < rank <= 3)
    return Score(
        1 - len(missed) / len(asked),
        ranks.count(1) / len(asked),
        sum(1 / rank for rank in ranks if rank) / len(asked),
        missed,
    )
