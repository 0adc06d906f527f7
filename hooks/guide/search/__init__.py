"""The French search: a module for Material's search worker, and the index that it reads."""

from __future__ import annotations

from collections.abc import Sequence

from guide.data.guide import Guide
from guide.page.document import Page
from guide.search.module import ADDRESS, module


def files(guide: Guide, pages: Sequence[Page]) -> dict[str, bytes]:
    """Address → content of what the search adds to the site."""
    return {ADDRESS: module(guide, pages).encode()}
