"""How old a copy is: the day it was made, the day it stops being trusted, and the line that says so."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from guide.text import french
from guide.text.problems import WebError

# Read by age.js, which shows the second paragraph after the last day. Without JavaScript the dates are there all the same.
_LINE = (
    '<aside class="g-age" id="__age" aria-label="Âge de cette copie" data-until="{until_iso}">'
    "<p data-fresh>Copie hors ligne du <b>{made}</b>, valable jusqu’au <b>{until}</b>.</p>"
    "<p data-late hidden><strong>Copie périmée depuis le {until}.</strong> Des numéros et des délais ont pu changer. "
    "En cas d’attaque, faites les six gestes, puis vérifiez chaque numéro sur un téléphone connecté. {renew}</p></aside>"
)


class AgeError(WebError):
    """The built site does not say when it was made. Raised by `of_site`; the reader builds it again."""


@dataclass(frozen=True, slots=True)
class Age:
    """`made` is the day of the build, `until` the last day on which the copy is trusted."""

    made: dt.date
    until: dt.date
    version: str

    def line(self, renew: str) -> str:
        """The HTML shown at the top of every page; `renew` is the sentence that says how to get a new copy."""
        return _LINE.format(
            until_iso=self.until.isoformat(),
            made=french.day(self.made),
            until=french.day(self.until),
            renew=renew,
        )


def of_site(site: Path) -> Age:
    """What `version.json` of a built site says."""
    path = site / "version.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Age(
            dt.date.fromisoformat(said["date"]), dt.date.fromisoformat(said["offline_until"]), said["version"]
        )
    except (OSError, ValueError, KeyError) as error:
        raise AgeError(
            f"{path} ne dit pas la date du guide ({error}) — relancer ./scripts/guide site."
        ) from None
