"""Reads the Markdown pages of `docs/`: front matter, body, and the problems of what editors wrote."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from guide.data.messages import explain
from guide.data.model.context import Context
from guide.page.checks import check_body
from guide.page.document import Page, PageMeta
from guide.source.kept import NOTHING, Kept
from guide.source.tree import page_ids
from guide.source.yaml_source import Source, parse, read_text
from guide.text.problems import Code, Place, Problem

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def read_pages(root: Path, context: Context, kept: Kept = NOTHING) -> tuple[list[Page], list[Problem]]:
    """All pages that could be read, in path order, and every problem found in them."""
    pages: list[Page] = []
    problems: list[Problem] = []
    titles: dict[str, str] = {}
    for page_id, src in page_ids(root).items():
        page = _read_page(root, context, page_id, src, problems, kept)
        if page is None:
            continue
        pages.append(page)
        problems += check_body(page, context)
        if page.meta.title in titles:
            problems.append(
                Problem(
                    Place(f"docs/{src}", 2),
                    Code.DUPLICATE,
                    f"titre déjà pris par docs/{titles[page.meta.title]}",
                    "donnez un titre unique",
                    page.meta.title,
                )
            )
        titles.setdefault(page.meta.title, src)
    return pages, problems


def _read_page(
    root: Path, context: Context, page_id: str, src: str, problems: list[Problem], kept: Kept
) -> Page | None:
    path = root / "docs" / src
    text, found = read_text(path, root)
    problems += found
    if found:
        return None
    match = _FRONT.match(text)
    name = f"docs/{src}"
    if not match and text.startswith("---\n"):
        what = "l’en-tête de la page n’est pas refermé : la deuxième ligne « --- » manque"
        problems.append(
            Problem(Place(name), Code.MISSING_FIELD, what, "ajoutez une ligne « --- » après description")
        )
        return None
    if not match:
        problems.append(
            Problem(
                Place(name),
                Code.MISSING_FIELD,
                "la page ne commence pas par son en-tête",
                "ajoutez « --- », title, description, « --- » en tête de page",
            )
        )
        return None
    source = Source(name, first_line=2)
    parse(match[1], source, kept)
    problems += source.problems
    if source.problems:
        return None
    context.file = name
    try:
        meta = PageMeta.model_validate(source.value, context=context)
    except ValidationError as error:
        problems += explain(error, source, (), PageMeta)
        return None
    return Page(page_id, src, meta, text[match.end() :], text.count("\n", 0, match.end()) + 1)
