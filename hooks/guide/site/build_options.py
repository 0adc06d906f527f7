"""From what a command asks of a build to the options of its pages."""

from __future__ import annotations

from guide.data.guide import Guide
from guide.links.status import load_report
from guide.page.view import Addresses, Options
from guide.site.asked import Asked, today

__all__ = ["UNSET_URL", "Asked", "options_of", "today"]

UNSET_URL = "https://guide.example/"


def options_of(guide: Guide, asked: Asked, addresses: Addresses = Addresses.FOLDERS) -> Options:
    """Options of a build of this guide; an undecided address becomes a reserved one (RFC 2606).

    Raises GuideError for a link report that cannot be read.
    """
    links = load_report(asked.link_report)
    return Options(
        asked.today, addresses, links, guide.site.url or UNSET_URL, draft=asked.draft, complete=asked.complete
    )
