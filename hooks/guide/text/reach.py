"""Can somebody be reached this way? Mailboxes and telephone numbers, as links and data write them.

Sources: RFC 6068 (mailto), RFC 3966 (tel), the ARCEP numbering plan.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_MAIL = re.compile(
    r"^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$", re.I
)
_FRENCH = re.compile(r"^(?:\+33[1-9]\d{8}|0[1-9]\d{8})$")
_SHORT = re.compile(
    r"^(?:1[578]|11[0-9]|19[0-9]|3\d{3}|10\d{2}|118\d{3}|116\d{3}|[3-8]\d{4})$"
)  # the last: SMS
_ABROAD = re.compile(r"^\+(?!33)[1-9]\d{6,14}$")


def mail_problem(url: str) -> str | None:
    """Why a `mailto:` address cannot work, or None."""
    addresses = unquote(url.partition(":")[2].partition("?")[0])
    for one in addresses.split(","):
        if not _MAIL.match(one.strip()):
            return f"L’adresse de messagerie « {one.strip()} » est mal formée."
    return None


def phone_problem(url: str) -> str | None:
    """Why a `tel:` number cannot work, or None. French, short and European numbers, and numbers abroad."""
    number = re.sub(r"[\s.()\-\u00a0\u202f]", "", unquote(url.partition(":")[2].partition(";")[0]))
    if _FRENCH.match(number) or _SHORT.match(number) or _ABROAD.match(number):
        return None
    return (
        f"Le numéro « {number} » n’est ni un numéro français, ni un numéro court, ni un numéro international."
    )
