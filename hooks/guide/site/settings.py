"""What `data/site.yml` says about whom to tell of a security problem."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from guide.site.wellknown import SecurityContact, SecurityTxtError


def security_contact(settings: Path, site_url: str | None) -> SecurityContact | None:
    """The contact of `security_contact` and `security_expires`, or `None` when the file or the contact is missing.

    Raises `SecurityTxtError` when there is a contact without a usable date.
    """
    if not settings.exists():
        return None
    data: Any = yaml.safe_load(settings.read_text(encoding="utf-8"))
    contact = data.get("security_contact") if isinstance(data, dict) else None
    if not contact:
        return None
    try:
        expires = date.fromisoformat(str(data.get("security_expires")))
    except ValueError:
        raise SecurityTxtError(
            f"data/site.yml : security_expires doit être une date (trouvé « {data.get('security_expires')} ») — "
            'écrire par exemple "2027-11-23".'
        ) from None
    canonical = f"{site_url.rstrip('/')}/.well-known/security.txt" if site_url else None
    return SecurityContact(str(contact), expires, canonical)
