"""What `serve` shows while the sources are wrong: the last good pages, under the list of what to repair."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from guide.site.build_options import options_from_environment
from guide.site.exports import NAMES
from guide.source.tree import page_ids
from guide.text.problems import GuideError
from guide.site.checked import check
from guide.site.stage import Staged, stage
from guide.page.view import Addresses

PROBLEMS = "problems_of_the_sources"
"""Where the adapters hand the problems of one build to each other."""

_STUB = """---
title: Guide à réparer
hide: [navigation, toc, path]
---

# Le guide ne peut pas encore être construit

Corrigez les problèmes listés ci-dessous et enregistrez le fichier. La page se recharge toute seule.
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What one build starts from: the pages, the address of the site when the sources give one, what to repair."""

    staged: Staged
    site_url: str | None
    problems: list[str]


def prepare(root: Path, directory_urls: bool, serving: bool, last: Staged | None) -> Prepared:
    """The pages of the sources; while they are wrong and `serving`, the `last` good ones with the problems.

    Raises GuideError for wrong sources when nobody is being served.
    """
    try:
        checked = check(root)
        addresses = Addresses.FOLDERS if directory_urls else Addresses.FILES
        options = options_from_environment(checked.guide, os.environ, addresses)
        return Prepared(stage(checked, options), options.site_url, [])
    except GuideError as error:
        if not serving:
            raise
        return Prepared(last or nothing_yet(root), None, [str(problem) for problem in error.problems])


def nothing_yet(root: Path) -> Staged:
    """A page in the place of each page, for a guide that has never been right since `serve` began."""
    return Staged(dict.fromkeys(page_ids(root).values(), _STUB), dict.fromkeys(NAMES, b""), (), (), ())


def overlay(html: str, problems: Iterable[str]) -> str:
    """The built page with its problems on top, one « fichier:ligne:colonne: quoi — que faire » each."""
    listed = list(problems)
    if not listed:
        return html
    count = "1 problème à corriger" if len(listed) == 1 else f"{len(listed)} problèmes à corriger"
    items = "".join(f"<li>{_item(each)}</li>" for each in listed)
    panel = (
        f'<details class="g-repair" open><summary>{count}</summary><ol>{items}</ol>'
        "<p>La page affichée est la dernière qui était juste. Elle se recharge dès que le fichier est corrigé.</p></details>"
    )
    start, body, rest = html.partition("<body")
    tag, close, content = rest.partition(">")
    return start + body + tag + close + panel + content


def _item(problem: str) -> str:
    place, _, text = problem.partition(": ")
    what, dash, remedy = text.rpartition(" — ")
    if not dash:
        return f"<code>{escape(place)}</code> {escape(text)}"
    return f"<code>{escape(place)}</code> {escape(what)}<br><strong>{escape(remedy[:1].upper() + remedy[1:])}</strong>"
