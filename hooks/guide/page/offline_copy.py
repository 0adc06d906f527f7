"""Where the copies for a disk are found, and until when they are trusted."""

from __future__ import annotations

import datetime as dt

from guide.data.guide import Guide
from guide.page.view import Options
from guide.text import french

FOLDER = "a-propos/copie-hors-ligne"  # addresses printed on paper: they never change
ZIP = f"{FOLDER}/guide.zip"
ZIP_PAGE = f"{FOLDER}/index.html"  # the page that offers it
EMERGENCY = f"{FOLDER}/urgence.html"


def offline_until(guide: Guide, options: Options) -> dt.date:
    """The last day on which an offline copy of this build is trusted."""
    return french.add_months(options.today, guide.site.offline_lifetime_months)
