"""Is this address well formed, and what exactly is asked of the network for it?

Sources: RFC 3986 (syntax), RFC 9110 §10.2.2 (Location), ISO 639-1 (languages).
"""

from __future__ import annotations

import re
import socket
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from guide.text.reach import mail_problem, phone_problem

DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "!$%&'()*+,-./:;=?@_~[]|^`{}\""  # what browsers send as it is, plus what is already encoded
_PATH_SAFE = "!$%&'()*+,-./:;=@_~[]|^"
_PLAIN_PATH = re.compile(r"(?:/[\w-][\w.-]*)*/?", re.ASCII)
_HOST = re.compile(r"^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?$")
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?")
_LONGEST = 8_000
# Languages that sites give a home page of two letters to.
_LANGUAGES = re.compile(
    "ar|bg|br|ca|co|cs|cy|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|id|is|it|ja|ko|lb|lt|lv|mk|mt|nb|nl|no|oc|pl|pt|"
    "ro|ru|sk|sl|sq|sr|sv|th|tr|uk|vi|zh",
    re.I,
)
# What is known of schemes: the registered ones that pages use, and those of everyday programs.
_SCHEMES = re.compile(
    "about|acct|aim|apt|bitcoin|callto|cid|data|dns|doi|ed2k|ethereum|facetime|feed|file|ftps?|geo|git|github|gopher|gtalk|"
    "h323|imap|ipfs|ircs?|itms(?:-[a-z]+)?|jabber|ldaps?|magnet|market|matrix|mid|mms|monero|ms-[a-z]+|msteams|news|nfs|nntp|"
    "obsidian|onenote|payto|pop|prefs|rsync|rtmp|rtsp|s3|sftp|sgn|signal|sips?|skype|slack|sms|smsto|smtp|smb|spotify|ssh|"
    "steam|stun|svn|telnet|tg|tftp|turn|urn|viber|view-source|vnc|vscode|web[+][a-z]+|webcals?|whatsapp|wss?|xmpp|zoom[a-z]+"
)


_NO_COLON = re.compile(r"(https?)[;,.]?//", re.I)


class AddressError(ValueError):
    """The address cannot be asked for; the message says why, in French."""


class Address(NamedTuple):
    """`request` is what travels (ASCII, no fragment); `key` identifies the link in the history."""

    request: str
    scheme: str
    host: str
    port: int
    path: str
    fragment: str

    @property
    def netloc(self) -> str:
        return f"{self.host}:{self.port}"

    @property
    def key(self) -> str:
        return f"{self.request}#{self.fragment}" if self.fragment else self.request


def parse(url: str) -> Address:
    """The address behind `url` as a browser would ask for it. Raises AddressError."""
    text = re.sub(r"[\t\r\n]", "", url.strip())
    if len(text) > _LONGEST:
        raise AddressError(f"L’adresse est trop longue ({len(text)} caractères).")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise AddressError(f"L’adresse est mal formée ({_why(str(error))}).") from None
    if "\\" in parts.netloc or text[:8].count("\\"):  # browsers take it for a slash, other programs do not
        raise AddressError("L’adresse est mal formée (barre oblique inverse).")
    scheme = parts.scheme
    if scheme not in DEFAULT_PORTS:
        raise AddressError(f"L’adresse ne commence ni par http:// ni par https:// ({scheme or 'rien'}).")
    host, number, netloc = _site(scheme, parts.netloc)
    path = parts.path or "/"
    if not _PLAIN_PATH.fullmatch(path):
        path = _dots(quote(path, safe=_PATH_SAFE, errors="replace"))
    asked = parts.query or "?" in text.partition("#")[0]
    query = "?" + quote(parts.query, safe=_SAFE, errors="replace") if asked else ""
    return Address(f"{scheme}://{netloc}{path}{query}", scheme, host, number, path, parts.fragment)


@lru_cache(maxsize=10_000)
def _site(scheme: str, written: str) -> tuple[str, int, str]:
    """The host, its port, and both as the Host header says them. Raises AddressError."""
    parts = SplitResult(scheme, written, "", "", "")
    try:
        port = parts.port
    except ValueError as error:
        raise AddressError(f"L’adresse est mal formée ({_why(str(error))}).") from None
    host, usual = _host(parts.hostname or ""), DEFAULT_PORTS[scheme]
    shown = f"[{host}]" if ":" in host else host
    return (host, usual, shown) if port in {None, usual} else (host, port or 0, f"{shown}:{port}")


def _why(error: str) -> str:
    if "Port" in error or "port" in error:
        return "numéro de port impossible"
    return "crochets ou adresse IP incorrects" if "IP" in error else "syntaxe incorrecte"


def _host(host: str) -> str:
    if not host:
        raise AddressError("L’adresse ne nomme aucun site.")
    if ":" in host:
        return host.partition("%")[0]
    name = unquote(host if host.isascii() else ascii_host(host)).lower()
    if _NUMBER.fullmatch(name):
        return _ipv4(name)
    if not _HOST.match(name):
        raise AddressError(f"Le nom de domaine « {host} » est impossible.")
    return name


def ascii_host(host: str) -> str:
    """The name that travels for a domain with accents. Raises AddressError."""
    import idna

    try:
        return idna.encode(host, uts46=True, transitional=False).decode()
    except UnicodeError:
        raise AddressError(f"Le nom de domaine « {host} » est impossible.") from None


def _ipv4(name: str) -> str:
    """The IPv4 address that browsers understand (decimal, hexadecimal, octal, short: WHATWG URL §3.5)."""
    try:
        return socket.inet_ntoa(socket.inet_aton(name.rstrip(".")))
    except OSError:
        raise AddressError(f"L’adresse IP « {name} » est impossible.") from None


def _dots(path: str) -> str:
    """Remove `.` and `..` segments (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    tail = "/" if segments[-1] in {".", ".."} and kept else ""
    return "/" + "/".join(kept) + tail


def redirect_target(base: str, location: str) -> str:
    """The absolute address that `location` (perhaps raw UTF-8, with spaces) means on the page `base`."""
    text = re.sub(r"[\t\r\n]", "", location.strip())
    try:
        return urljoin(base, text)
    except ValueError:
        return text  # `parse` will say what is wrong with it


def is_home(path: str) -> bool:
    """True for the addresses where sites put their home page."""
    found = re.fullmatch(
        r"/?(?:([a-z]{2})(?:[-_][a-z]{2})?/?)?(?:(?:index|accueil|home|default)(?:\.\w+)?/?)?", path, re.I
    )
    return found is not None and _LANGUAGES.fullmatch(found[1] or "fr") is not None


def host_of(url: str) -> str:
    """The site as it is asked for; "" for an address that names none."""
    try:
        return parse(url).host
    except AddressError:
        return ""


def malformed(url: str, names: bool = False) -> str | None:
    """Why nobody can open the address, in French; None where it may work. `names`: of `mail_problem`."""
    scheme = url.partition(":")[0].lower()
    if scheme == "mailto":
        return mail_problem(url, names)
    if scheme == "tel":
        return phone_problem(url)
    if scheme in DEFAULT_PORTS:
        try:
            parse(url)
        except AddressError as error:
            return str(error)
        return None
    if bare := _NO_COLON.match(url):
        return f"L’adresse commence mal : « {bare[0]} », sans doute pour « {bare[1]}:// »."
    if meant := _mistyped(scheme):
        return f"L’adresse commence mal : « {scheme}: », sans doute pour « {meant}: »."
    return None


def _mistyped(scheme: str) -> str | None:
    """The scheme that was meant, when this one is none that a program opens and looks like one that is."""
    if is_known_scheme(scheme) or scheme in {"http", "https", "mailto", "tel"}:
        return None
    import difflib

    single = re.sub(r"(.)\1+", r"\1", scheme.replace("hxxp", "http"))
    for known in ("https", "http", "mailto", "tel", "ftp"):
        meant = re.sub(r"(.)\1+", r"\1", known)
        alike = len(scheme) > 2 and difflib.SequenceMatcher(None, single, meant).ratio() >= 0.75
        if alike or sorted(single) == sorted(meant):
            return known
    return None


def is_known_scheme(scheme: str) -> bool:
    return _SCHEMES.fullmatch(scheme) is not None
