"""Pages that have changed address: what stands at the old one leads to the new one, on a server and from a disk."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from html import escape

from guide.page.document import Page
from guide.text.problems import Code, Problem

_PAGE = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={target}">
<p>Cette page a changé d’adresse : <a href="{target}">{title}</a>.</p>
</html>
"""


def files(pages: Iterable[Page]) -> dict[str, bytes]:
    """Address → a page of one sentence, for each former address."""
    from guide.text import french  # a check needs no page

    return {
        f"{former}/index.html": _PAGE.format(
            title=escape(french.typeset(page.title)),
            target=posixpath.relpath(f"{page.address}index.html", former),
        ).encode()
        for page in pages
        for former in page.head["former"]
    }


def problems(pages: list[Page]) -> Iterator[Problem]:
    """A former address that is still, or again, the address of something."""
    taken = {page.id for page in pages}
    for page in pages:
        for former in page.head["former"]:
            if former in taken:
                yield Problem(
                    page.place(0), Code.COLLISION, "cette ancienne adresse est celle d’une autre page",
                    "retirez-la de « former », dans l’en-tête", former,
                )  # fmt: skip
            taken.add(former)
