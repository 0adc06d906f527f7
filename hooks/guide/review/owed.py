"""What the identity of the site still owes the law, or will soon owe it: remarks at their line, which stop nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guide.data.guide import Guide
from guide.data.model.identity import host_lacks
from guide.review.dated import WITHIN, countdown
from guide.text import french
from guide.text.problems import Code, Problem

# RFC 9116, §2.5.5: less than a year ahead is recommended.
LONGEST = dt.timedelta(days=366)
_RENEW = "vérifiez que l’adresse est relevée, puis repoussez la date, d’un an au plus"


def remarks(guide: Guide, today: dt.date) -> Iterator[Problem]:
    """Sentences for the editor; the guide is built and published all the same."""
    site, source = guide.site, guide.sources["site"]
    if site.host and (lacks := host_lacks(site.host)):
        yield Problem(
            source.place(("host",)),
            Code.WRONG_VALUE,
            f"mentions légales : il manque {' et '.join(lacks)} de l’hébergeur",
            "écrivez son nom, son adresse et son téléphone",
            site.host,
        )
    if not site.security_contact or not site.security_expires:
        return
    left = (site.security_expires - today).days
    what = None
    if left <= 0:
        what = "le contact de sécurité a expiré : security.txt n’est pas publié"
    elif site.security_expires - today > LONGEST:
        what = "l’échéance du contact de sécurité est trop lointaine : security.txt n’est pas publié"
    elif left <= WITHIN:
        what = f"le contact de sécurité expire {countdown(left)}"
    if what:
        yield Problem(
            source.place(("security_expires",)), Code.OVERDUE, what, _RENEW, french.day(site.security_expires)
        )


def security_holds(expires: dt.date | None, today: dt.date) -> bool:
    """True while security.txt may be published: an address that nobody promises to read is worse than none."""
    return expires is not None and today < expires <= today + LONGEST
