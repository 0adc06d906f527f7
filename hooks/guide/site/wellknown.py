"""What `/.well-known/security.txt` says (RFC 9116), when the site has someone to write to."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from guide.data.model.taxonomy import Site
from guide.review.owed import security_holds
from guide.text.address import join

SECURITY = "security.txt"
LANGUAGE = "fr"


def files(site: Site, site_url: str, today: dt.date) -> dict[str, bytes]:
    """security.txt at the root, where RFC 9116 (§3) looks second; nothing without a contact that holds on this day."""
    if not site.security_contact or not security_holds(site.security_expires, today):
        return {}
    assert site.security_expires is not None, "security_holds says so"
    expires = dt.datetime.combine(site.security_expires, dt.time(), tzinfo=dt.UTC)
    lines = [
        f"Contact: {site.security_contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {LANGUAGE}",
    ]
    lines += [f"Canonical: {join(site_url, f'.well-known/{SECURITY}')}"] if site.url else []
    return {SECURITY: ("\n".join(lines) + "\n").encode()}


def write(site: Path) -> None:
    """Copies security.txt, if the site has one, where RFC 9116 looks first: generators leave out names that begin with a dot.

    Some hosts drop such folders too: an empty `.nojekyll` stops GitHub Pages' own generator from doing so, and the copy
    at the root is left where an upload still drops them.
    """
    (site / ".nojekyll").write_text("", encoding="utf-8")
    if (site / SECURITY).exists():
        (site / ".well-known").mkdir(exist_ok=True)
        shutil.copyfile(site / SECURITY, site / ".well-known" / SECURITY)
