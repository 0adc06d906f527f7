"""Where the copies for a disk are found, and until when they are trusted."""

from __future__ import annotations

import datetime as dt

from guide.data.guide import Guide
from guide.page.view import Options
from guide.text import french

# Addresses printed on paper: they never change, wherever the page that offers them goes.
ZIP = "a-propos/copie-hors-ligne/guide.zip"
EMERGENCY = "a-propos/copie-hors-ligne/urgence.html"
OFFER = "<p data-zip>"
"""What the ZIP takes the place of, in the page that offers it, once it is made."""


def offline_until(guide: Guide, options: Options) -> dt.date:
    """The last day on which an offline copy of this build is trusted."""
    return french.add_months(options.today, guide.site.offline_lifetime_months)
