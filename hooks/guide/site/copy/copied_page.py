"""What a page of the site needs to open from a folder: its age, its own policy, no address of a server."""

from __future__ import annotations

import posixpath

from lxml.html import tostring

from guide.data.model.named_pages import ANCHORS
from guide.site.copy.age import Age
from guide.site.copy.relinks import Relinks
from guide.site.csp import first_paint
from guide.source.html_tree import Element, document, drop, parse
from guide.text.problems import WebError

EXTRAS = "hors-ligne"  # folder of the copy's own style sheet and scripts
PARTS = ("copie.css", "age.js", "ouvrir.js")

# `file:` beside 'self': whether a folder is an origin of its own is each browser's choice. Fonts are in the style sheet.
_POLICY = (
    "default-src 'none'; script-src 'self' file: {script}; style-src 'self' file:; img-src 'self' file: data:; "
    "font-src data:; base-uri 'none'; form-action 'none'"
)
_SERVER_LINKS = ("canonical", "preload", "alternate", "manifest")


class PlaceError(WebError):
    """A page has no header or no policy to put the copy's own before. Raised by `adapt`."""


def adapt(html: bytes, path: str, addresses: Relinks, age: Age, offering: str) -> bytes:
    """The page as the copy holds it; `path` is its path in the site, `offering` that of the page with the copies."""
    root = document(html)
    for link in root.findall("head/link"):
        if link.get("rel") in _SERVER_LINKS:
            drop(link)
    for meta in root.findall("head/meta"):  # the card that a shared link shows
        if meta.get("property", meta.get("name", "")).startswith(("og:", "twitter:")):
            drop(meta)
    addresses.rewrite(root, path)
    up = posixpath.relpath(".", posixpath.dirname(path) or ".")
    renew = f'<a href="{up}/{offering}#{ANCHORS["offline"]}">Faites remplacer cette copie.</a>'
    header = _one(root, "body/header", path)
    header.addprevious(parse(age.line(renew))[0])
    _one(root, "head/meta[@http-equiv='Content-Security-Policy']", path).set(
        "content", _POLICY.format(script=first_paint())
    )
    for extra in (
        f'<link rel="stylesheet" href="{up}/{EXTRAS}/copie.css">',
        f'<script src="{up}/{EXTRAS}/age.js" defer></script>',
    ):
        _one(root, "head", path).append(parse(extra)[0])
    text: bytes = tostring(root, encoding="utf-8", doctype="<!doctype html>")
    return text + b"\n"


def _one(root: Element, where: str, path: str) -> Element:
    found = root.findall(where)
    if len(found) != 1:
        raise PlaceError(
            f"{path} : copie hors ligne, « {where} » trouvé {len(found)} fois, attendu 1 — corriger hooks/theme."
        )
    return found[0]
