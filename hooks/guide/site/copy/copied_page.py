"""What a page of the site needs to open from a folder: its age, its own policy, no address of a server."""

from __future__ import annotations

import posixpath
import re
from html import escape

from guide.page.offline_copy import FOLDER
from guide.site.copy.relinks import Relinks
from guide.site.copy.age import Age
from guide.site.csp import hashes
from guide.site.theme import ThemeChangedError

EXTRAS = "hors-ligne"  # folder of the copy's own style sheet and scripts
PARTS = ("copie.css", "age.js", "worker.js", "ouvrir.js")

# `file:` beside 'self': whether a folder is an origin of its own is each browser's choice. Fonts are in the style sheet.
_POLICY = (
    "default-src 'none'; script-src 'self' file: {scripts}; style-src 'self' file:; img-src 'self' file: data:; "
    "font-src data:; base-uri 'none'; form-action 'none'"
)
_META = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_SERVER_LINKS = re.compile(r'<link rel="(?:canonical|prev|next|preload|alternate)"[^>]*>')
_HEADER = '<header class="md-header'


def adapt(html: str, path: str, addresses: Relinks, age: Age) -> str:
    """The page as the copy holds it; `path` is its path in the site.

    Raises `ThemeChangedError` when the place of the age or of the policy is not found once.
    """
    html = addresses.rewrite(_SERVER_LINKS.sub("", html), path)
    up = posixpath.relpath(".", posixpath.dirname(path) or ".")
    renew = f'<a href="{up}/{FOLDER}/index.html#remplacer">Faites remplacer cette copie.</a>'
    extras = (
        f'<link rel="stylesheet" href="{up}/{EXTRAS}/copie.css">'
        # Before the theme's own script, which starts the search as soon as it is read.
        f'<script src="{up}/{EXTRAS}/worker.js"></script><script src="{up}/{EXTRAS}/age.js" defer></script>'
    )
    html = _once(html, _HEADER, age.line(renew) + _HEADER, path)
    html = _once(html, "</head>", extras + "</head>", path)
    policy = _POLICY.format(scripts=" ".join(sorted(hashes(html))))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
    found = _META.findall(html)
    return _once(html, found[0] if found else "<meta http-equiv", meta, path)


def _once(html: str, old: str, new: str, path: str) -> str:
    if html.count(old) != 1:
        raise ThemeChangedError(
            f"{path} : copie hors ligne, « {old} » trouvé {html.count(old)} fois, attendu 1 — "
            "corriger hooks/guide/site/copy/copied_page.py."
        )
    return html.replace(old, new)
