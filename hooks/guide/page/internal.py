"""Links from one page to another, as editors write them: does the page exist?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from guide.page.document import CODE, Page, blank
from guide.text.problems import Code, Problem, did_you_mean

# Anchors are judged once all pages are composed: many come from data.
_LINK = re.compile(r"\]\((?!\w+:)(?P<path>[^()\s#]+\.md)(?:#[^()\s]*)?\)")


def broken_links(page: Page, sources: Collection[str]) -> Iterator[Problem]:
    """A problem for each Markdown link of `page` to a page that is not among `sources` (paths under docs/)."""
    here = posixpath.dirname(page.src)
    for match in _LINK.finditer(blank(CODE, page.body)):
        target = posixpath.normpath(posixpath.join(here, match["path"]))
        if target not in sources:
            known = {posixpath.relpath(each, here or "."): each for each in sources}
            yield Problem(
                page.place(match.start("path")),
                Code.REFERENCE,
                "ce lien mène à une page qui n’existe pas",
                did_you_mean(match["path"], known, "écrivez le chemin du fichier depuis celui de la page"),
                match["path"],
            )
