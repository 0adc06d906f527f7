"""The pages, each held against what is known of the data; one that has not changed is not looked at again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from functools import partial
from pathlib import Path

from guide.data.literals import reaches_somebody
from guide.data.model.context import Context
from guide.page.checks import check_body
from guide.page.document import Page
from guide.page.markers import Argument, Use, find
from guide.page.read import read_pages
from guide.paper import glyphs
from guide.source.kept import Cache, name
from guide.text.problems import Code, Place, Problem

Markers = Mapping[str, Mapping[str, Argument]]


def look(
    root: Path, context: Context, markers: Markers, cache: Cache
) -> tuple[list[Page], dict[str, tuple[Use, ...]], list[Problem]]:
    """The pages that could be read, the markers of each, and what is wrong with each one for itself.

    The exceptions that they use are noted in `context`.
    """
    pages, problems = read_pages(root, context, cache.of("heads"))
    everything, kept = context.digest(), cache.of("bodies")
    uses = {}
    for page in pages:
        wanted = name(everything, page.src, json.dumps(page.head), page.body)
        if (known := kept.find(wanted)) is None:
            mine = replace(context, used_exceptions=set())
            met, wrong = find(page, markers, context.ids)
            wrong += [*check_body(page, mine), *_undrawn(page)]
            problems += wrong
            known = [[astuple(use) for use in met], sorted(mine.used_exceptions)]
            if not wrong:
                kept.put(wanted, known)
        found, used = known
        uses[page.id] = tuple(Use(*use) for use in found)
        context.used_exceptions.update((file, text) for file, text in used)
    known = {each.place for each in problems}
    return pages, uses, [*problems, *(each for each in people(_heads(pages)) if each.place not in known)]


def _undrawn(page: Page) -> Iterator[Problem]:
    """What the fonts of the printed guide cannot draw."""
    drawn = glyphs.characters(glyphs.REGULAR) | {"\n", "\t"}
    for character in sorted(set(json.dumps(page.head, ensure_ascii=False) + page.body) - drawn):
        at = page.body.find(character)
        yield glyphs.undrawn(page.place(at) if at >= 0 else Place(f"docs/{page.src}", 2), character)


def _heads(pages: Iterable[Page]) -> Iterator[tuple[Callable[[], Place], str]]:
    for page in pages:
        for text in (page.title, *page.head["keywords"]):
            yield partial(Place, f"docs/{page.src}", 2), text


def people(texts: Iterable[tuple[Callable[[], Place], str]]) -> Iterator[Problem]:
    """How to reach somebody, where it is not the contact of a service: in the data, and at the head of pages."""
    for place, text in texts:
        for literal in reaches_somebody(text):
            yield Problem(place(), Code.LITERAL, f"{literal.kind} en clair", literal.remedy, literal.text)
