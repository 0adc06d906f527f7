"""Addresses in the published site: the one place where the address of the site and a path are joined."""

from __future__ import annotations

from urllib.parse import urlsplit


def join(site_url: str, path: str = "") -> str:
    """The public address of `path` (« urgence/ », « flux.xml », « audit/#x »; "" is the home page)."""
    return f"{site_url.rstrip('/')}/{path.lstrip('/')}"


def host(url: str) -> str:
    """« 17cyber.gouv.fr » for an address: what people copy by hand."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def folder(site_url: str | None) -> str:
    """The folder of the host where the site is: « / », « /guide/ »."""
    return "/" + "".join(f"{part}/" for part in urlsplit(site_url or "").path.split("/") if part)


def shown(url: str) -> str:
    """An address as people copy it by hand: without scheme, nor the last slash of a home page."""
    plain = url.removeprefix("https://").removeprefix("www.")
    return plain if plain.count("/") > 1 else plain.removesuffix("/")
