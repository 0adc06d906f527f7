"""What `/.well-known/security.txt` says (RFC 9116), when the site has someone to write to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from guide.text.problems import WebError

# RFC 9116, §2.5.5: less than a year ahead is recommended.
LONGEST = timedelta(days=366)
ADDRESS_SCHEMES = ("mailto", "https", "tel")


class SecurityTxtError(WebError):
    """The contact or the expiry of security.txt is unusable. Raised by `security_txt`."""


@dataclass(frozen=True, slots=True)
class SecurityContact:
    """Whom to tell about a security problem of the site, until when that holds, and where the file is published."""

    contact: str
    expires: date
    canonical: str | None = None
    languages: tuple[str, ...] = ("fr",)


def security_txt(security: SecurityContact, today: date) -> str:
    """The file's text. `contact` is a `mailto:`, `https:` or `tel:` address (a bare e-mail address is accepted)."""
    contact = security.contact.strip()
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    scheme, target = urlsplit(contact).scheme, contact.partition(":")[2]
    if scheme not in ADDRESS_SCHEMES or not target:
        raise SecurityTxtError(
            f"data/site.yml : contact de sécurité « {security.contact} » inutilisable — "
            "écrire une adresse de courriel, « https://… » ou « tel:+33… »."
        )
    if security.expires <= today:
        raise SecurityTxtError(
            f"data/site.yml : le contact de sécurité a expiré le {security.expires:%d/%m/%Y} — "
            "vérifier l’adresse puis repousser la date, d’un an au plus."
        )
    if security.expires - today > LONGEST:
        raise SecurityTxtError(
            f"data/site.yml : échéance du contact de sécurité trop lointaine ({security.expires:%d/%m/%Y}) — "
            "un an au plus (RFC 9116)."
        )
    expires = datetime.combine(security.expires, time(), tzinfo=UTC)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"]
    lines += [f"Preferred-Languages: {', '.join(security.languages)}"]
    lines += [f"Canonical: {security.canonical}"] if security.canonical else []
    return "\n".join(lines) + "\n"


def write(site: Path, security: SecurityContact | None, today: date) -> Path | None:
    """Write the file when there is a contact; return its path.

    Some hosts drop folders whose name begins with a dot: an empty `.nojekyll` stops GitHub Pages' own generator from
    doing so, and a copy at the root (RFC 9116, §3) is left where an upload still drops them.
    """
    (site / ".nojekyll").write_text("", encoding="utf-8")
    if security is None:
        return None
    path = site / ".well-known" / "security.txt"
    path.parent.mkdir(exist_ok=True)
    for each in (path, site / path.name):
        each.write_text(security_txt(security, today), encoding="utf-8")
    return path
