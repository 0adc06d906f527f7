"""The values of `site.yml` that other people's programs read: addresses, mailboxes, forges, the host.

Each is checked for what it is used for: QR codes on paper, « Proposer une correction », security.txt, User-Agent.
"""

from __future__ import annotations

import re
from typing import NoReturn
from urllib.parse import SplitResult, quote, urlsplit

from pydantic import ValidationInfo

from guide.data.model.context import context_of, fault
from guide.data.model.types import check_url
from guide.text.address import join
from guide.text.problems import Code
from guide.text.reach import mail_problem, phone_problem

LONGEST = 80  # signs of the guide's address: beyond, neither its code nor its words have room on the sheet for the wall
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")
_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
_FILE = re.compile(r"(?:\.[A-Za-z0-9]+|\.(?:html?|php\d?|aspx?|jsp|pdf|xml)/)$")
_GIT = re.compile(
    r"(?:(?:ssh|git|https?)://)?(?:[^\s/@]+@)?(?P<host>[\w-]+(?:\.[\w-]+)+)(?::\d+/|[:/])(?P<path>[\w./~-]+?)(?:\.git)?/?"
)
# What follows the owner and the name of a project in the addresses of its pages.
_FORGE_PAGES = frozenset(
    [
        "-",
        "_edit",
        "actions",
        "blob",
        "commit",
        "commits",
        "edit",
        "issues",
        "merge_requests",
        "pulls",
        "raw",
        "releases",
        "src",
        "tree",
        "wiki",
    ]
)
_TWO_SEGMENTS = ("github.com", "codeberg.org")
_MAIL = re.compile(r"[^\s@,;:<>()]+@[^\s@,;:<>()]+")
_WEB = re.compile(r"https://[^\s/]+\.[^\s]+")
_PHONE = re.compile(r"(?<![\w+])\+?\d(?:[ .()\u00a0\u202f-]{0,2}\d){2,14}(?!\w)")
_POSTCODE = re.compile(r"(?<!\d)\d{4,5}(?!\d)[ \u00a0]+[^\W\d]|[^\W\d][ \u00a0]+\d{4,5}(?!\d)")


def _refuse(what: str, remedy: str, value: str) -> NoReturn:
    raise fault(Code.ADDRESS, what, remedy, value)


def _split(value: str) -> SplitResult:
    if re.match(r"\w+:/*[^/?#]*@", value):
        # The value is not repeated: it may hold a password.
        _refuse(
            "l’adresse contient un identifiant ou un mot de passe",
            "retirez ce qui précède « @ », et « @ »",
            "",
        )
    try:
        parts = urlsplit(check_url(value))
        _ = parts.port
    except ValueError as error:
        if type(error) is not ValueError:  # a fault, which says it better
            raise
        _refuse("adresse mal formée", "recopiez l’adresse depuis la barre du navigateur", value)
    return parts


def site_url(value: str, info: ValidationInfo) -> str:
    """The address of the home page, with its final slash; what would make another address once joined is refused."""
    if len(value) > LONGEST:
        _refuse(
            f"adresse trop longue pour l’affiche et son QR code : {len(value)} signes pour {LONGEST} au plus",
            "publiez le guide à une adresse plus courte",
            value,
        )
    parts = _split(value)
    host, port = parts.hostname or "", parts.port
    where = f"https://{host}" + (f":{port}" if port not in (None, 443) else "")
    folder = parts.path
    if _FILE.search(folder):
        folder = folder.rstrip("/").rpartition("/")[0]
    home = join(where, folder if not folder.strip("/") else f"{folder.strip('/')}/")
    if "?" in value or "#" in value:
        _refuse("l’adresse du guide a une suite après « ? » ou « # »", f"retirez cette suite : {home}", value)
    if folder != parts.path:
        _refuse("l’adresse du guide nomme un fichier", f"écrivez celle de son dossier : {home}", value)
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(parts.path) or port == 0:
        _refuse(
            "l’adresse du guide ne se recopie pas telle quelle depuis une affiche",
            "un nom de domaine, puis des lettres sans accent, des chiffres et des tirets, sans espace ni « // »",
            value,
        )
    if not value.startswith(where) or value.removeprefix(where)[:1] not in ("", "/"):
        _refuse("adresse du guide écrite autrement que le navigateur ne l’écrit", f"écrivez {home}", value)
    context = context_of(info)
    pages = context.ids.get("page", set()) if context else set()
    segments = parts.path.strip("/").split("/")
    for start in range(len(segments)):
        if "/".join(segments[start:]) in pages:
            above = "".join(f"{each}/" for each in segments[:start])
            _refuse(
                "c’est l’adresse d’une page du guide",
                f"écrivez celle de l’accueil : {join(where, above)}",
                value,
            )
    return home


def repository(value: str) -> str:
    """The page of a project on its forge, without final slash: the web editor's address is made from it."""
    remote = _GIT.fullmatch(value)
    if remote and (value.rstrip("/").endswith(".git") or not value.startswith("https://") or "@" in value):
        page = f"https://{remote['host']}/{remote['path'].strip('/')}"
        _refuse("c’est l’adresse pour git, et non celle de la page du dépôt", f"écrivez {page}", "")
    parts = _split(value)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) < 2:
        _refuse(
            "cette adresse ne nomme pas un dépôt",
            "ajoutez le propriétaire et le nom du dépôt, comme dans https://forge.exemple.fr/ordre/guide",
            value,
        )
    end = next(
        (rank for rank, each in enumerate(segments) if rank > 1 and each in _FORGE_PAGES), len(segments)
    )
    end = 2 if parts.hostname in _TWO_SEGMENTS else end
    page = f"https://{parts.netloc}/{'/'.join(segments[:end])}"
    if value.rstrip("/") != page:
        _refuse("cette adresse n’est pas celle de l’accueil du dépôt", f"écrivez {page}", value)
    return page


def email(value: str) -> str:
    """One mailbox, alone: readers' letters are addressed to it."""
    if not _is_mail(value):
        _refuse("adresse de courriel mal formée", "écrivez-la seule, comme contact@exemple.fr", value)
    return value


def _is_mail(value: str) -> bool:
    return "," not in value and mail_problem(f"mailto:{quote(value)}") is None


def security_contact(value: str) -> str:
    """A `mailto:`, `https:` or `tel:` address (RFC 9116, §2.5.3); a bare mailbox becomes a `mailto:`."""
    scheme, colon, rest = value.partition(":")
    if not colon and _is_mail(value):
        return f"mailto:{value}"
    if scheme == "mailto" and _is_mail(rest):
        return value
    if (
        scheme == "tel"
        and rest.startswith("+")
        and not re.search(r"\s", rest)
        and phone_problem(value) is None
    ):
        return value
    if scheme == "https":
        _split(value)
        return value
    _refuse(
        "contact de sécurité inutilisable",
        "écrivez une adresse de courriel, « https://… » ou « tel:+33… », sans espace",
        value,
    )


def crawler_contact(value: str) -> str:
    """What the link checker tells the sites it visits: a mailbox or a page."""
    if value.startswith("https://"):
        _split(value)
    elif not _is_mail(value):
        _refuse("contact inutilisable", "écrivez une adresse de courriel, ou une page en https://", value)
    return value


def reachable(value: str) -> str:
    """Words through which somebody can be written to or called: a mailbox, a page, a number or a postal address."""
    mails = _MAIL.findall(value)
    for mail in mails:
        if not _is_mail(mail.rstrip(".")):
            _refuse("adresse de courriel mal formée", "recopiez-la en entier, comme dpo@exemple.fr", mail)
    if not (mails or _WEB.search(value) or _phones(value) or _POSTCODE.search(value)):
        _refuse(
            "personne ne peut écrire à ce contact",
            "ajoutez une adresse de courriel, une page en https://, un numéro ou une adresse postale",
            value,
        )
    return value


def host_lacks(value: str) -> list[str]:
    """What the legal notice must say of the host (LCEN, article 6) and this text does not: address, telephone."""
    numbers = _phones(value)
    rest = value
    for number in numbers:
        rest = rest.replace(number, " ")
    lacks = [] if _POSTCODE.search(rest) else ["l’adresse"]
    return lacks if numbers else [*lacks, "le téléphone"]


def _phones(value: str) -> list[str]:
    """The telephone numbers of a text; four or five figures before a word are a postcode, not a short number."""
    found = []
    for match in _PHONE.finditer(value):
        figures = len(re.sub(r"\D", "", match[0]))
        before_a_word = re.match(r"[ \u00a0]+[^\W\d]", value[match.end() :])
        if phone_problem(f"tel:{match[0]}") is None and (figures > 5 or (figures == 4 and not before_a_word)):
            found.append(match[0])
    return found
