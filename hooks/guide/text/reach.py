"""Can somebody be reached this way? Mailboxes and telephone numbers, as links and data write them.

Sources: RFC 6068 (mailto), RFC 5321 §4.5.3.1 (lengths), RFC 3966 (tel), the ARCEP numbering plan.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote

_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_MAIL = re.compile(rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?P<domain>[^@\s]{{1,253}})")
_WITH_NAME = re.compile(r"[^<>@]*<([^<>\s]+)>")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.I)
_FRENCH = re.compile(r"(?:(?:\+|00)33[1-9]\d{8}|0[1-9]\d{8})$")
_SHORT = re.compile(
    r"(?:1[578]|11[0-9]|19[0-9]|3\d{3}|10\d{2}|118\d{3}|116\d{3}|[3-8]\d{4})$"
)  # the last: SMS
_ABROAD = re.compile(r"(?:\+(?!33)|00(?!33))[1-9]\d{6,14}$")
_UNKNOWN = re.compile(r"(?!0)[\d*#]{3,15}$|(?:\+(?!33)|0)\d{5,14}$")


def mail_problem(url: str, names: bool = False) -> str | None:
    """Why a `mailto:` address cannot work, or None. Nobody need be named where the query says the rest. With `names`,
    « Jeanne <jeanne@exemple.fr> » is taken as mail programs take it, though the standard does not."""
    written, _, query = url.partition(":")[2].partition("?")
    named = [value for name, value in parse_qsl(query) if name.lower() in {"to", "cc", "bcc"}]
    if query and not (written or named):
        return None
    everybody = [*([unquote(written)] if written or not named else []), *named]
    if written.startswith("//"):
        return f"L’adresse de messagerie commence par « // » : « {written} »."
    each = [one.strip() for several in everybody for one in several.split(",")]
    for one in [one for one in each if one] or each:
        named_one = _WITH_NAME.fullmatch(one) if names else None
        if not _is_mail(named_one[1] if named_one else one):
            return f"L’adresse de messagerie « {one} » est mal formée."
    return None


def _is_mail(address: str) -> bool:
    found = _MAIL.fullmatch(address)
    if found is None:
        return False
    domain = found["domain"]
    if not domain.isascii():
        import idna

        try:
            domain = idna.encode(domain, uts46=True, transitional=False).decode()
        except UnicodeError:
            return False
    labels = domain.split(".")
    return len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) and not labels[-1].isdigit()


def phone_number(url: str) -> str:
    """The number of a `tel:` address, without what only helps to read it."""
    number = unquote(url.partition(":")[2]).partition(";")[0].partition(",")[0]
    return re.sub(r"[\s.()\-/\u00a0\u202f\u2011]", "", number)


def phone_problem(url: str) -> str | None:
    """Why a `tel:` number cannot work, or None. French, short and European numbers, and numbers abroad."""
    number = phone_number(url)
    if _FRENCH.match(number) or _SHORT.match(number) or _ABROAD.match(number):
        return None
    return (
        f"Le numéro « {number} » n’est ni un numéro français, ni un numéro court, ni un numéro international."
    )


def is_foreign_number(number: str) -> bool:
    """True for what may be dialled in some country, though the French plan has no such number."""
    return _ABROAD.match(number) is not None or (
        _UNKNOWN.match(number) is not None and not (_FRENCH.match(number) or _SHORT.match(number))
    )
