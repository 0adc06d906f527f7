"""Reads the Markdown pages of `docs/`: front matter, body, and the problems of what editors wrote at their head."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from guide.data.model.context import Context
from guide.page.document import Page
from guide.source.kept import NOTHING, Kept, name
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, parse, read_text
from guide.text.problems import Code, Place, Problem

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_pages(root: Path, context: Context, kept: Kept = NOTHING) -> tuple[list[Page], list[Problem]]:
    """All pages that could be read, in path order, and every problem of their heads; one without fault is read once."""
    pages: list[Page] = []
    problems: list[Problem] = []
    titles: dict[str, str] = {}
    everything = context.digest()
    for page_id, src in page_ids(root).items():
        page, found = _read_page(root, context, page_id, src, kept, everything)
        problems += found
        if page is None:
            continue
        pages.append(page)
        if page.title in titles:
            problems.append(
                Problem(
                    Place(f"docs/{src}", 2),
                    Code.DUPLICATE,
                    f"titre déjà pris par docs/{titles[page.title]}",
                    "donnez un titre unique",
                    page.title,
                )
            )
        titles.setdefault(page.title, src)
    return pages, problems


def _read_page(
    root: Path, context: Context, page_id: str, src: str, kept: Kept, everything: str
) -> tuple[Page | None, list[Problem]]:
    path, file = root / "docs" / src, f"docs/{src}"
    text, found = read_text(path, root)
    if found:
        return None, found
    match = _FRONT.match(text)
    if not match and text.startswith("---\n"):
        what = "l’en-tête de la page n’est pas refermé : la deuxième ligne « --- » manque"
        remedy = "ajoutez une ligne « --- » après description"
        return None, [Problem(Place(file), Code.MISSING_FIELD, what, remedy)]
    if not match:
        what = "la page ne commence pas par son en-tête"
        remedy = "ajoutez « --- », title, description, « --- » en tête de page"
        return None, [Problem(Place(file), Code.MISSING_FIELD, what, remedy)]
    wanted = name(everything, file, match[1])
    if (known := kept.find(wanted)) is None:
        mine = replace(context, file=file, used_exceptions=set())
        head, found = _head(match[1], mine)
        if head is None:
            return None, found
        known = [head, sorted(mine.used_exceptions)]
        kept.put(wanted, known)
    head, used = known
    context.used_exceptions.update((where, what) for where, what in used)
    return Page(page_id, src, head, text[match.end() :], text.count("\n", 0, match.end()) + 1), []


def _head(text: str, context: Context) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The front matter, checked and complete, as JSON has it; or what is wrong in it."""
    from pydantic import ValidationError  # slow to load, and mostly it is the body that changes

    from guide.data.messages import explain
    from guide.page.meta import PageMeta

    source = Source(context.file, first_line=2)
    parse(text, source)
    if source.problems:
        return None, source.problems
    try:
        return PageMeta.model_validate(source.value, context=context).model_dump(mode="json"), []
    except ValidationError as error:
        return None, explain(error, source, (), PageMeta)
