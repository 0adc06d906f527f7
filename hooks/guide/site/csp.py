"""Which inline scripts a built page may run: hashes, and the policy as a meta element and as a header.

Content Security Policy Level 3, W3C. Hashes are computed on the built file, since Material's inline scripts differ
with the depth of the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from guide.text.problems import WebError

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S | re.I)
_DATA = re.compile(r'type="application/(?:ld\+)?json"')
_STYLE = re.compile(r"<style[^>]*>(?P<body>.*?)</style>", re.S | re.I)
# An attribute of a tag; what stands between quotes is the text of another.
_ATTRIBUTE = r"<[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s{}\s*="
_CHARSET = '<meta charset="utf-8">'
_MARK = '<meta http-equiv="Content-Security-Policy"'

# `data:` is for the icons of Material's style sheet. No form is ever sent.
_DIRECTIVES = (
    "default-src 'none'",
    "script-src {scripts}",
    "style-src {styles}",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
# Ignored, with a console error, in a meta element (CSP 3, §3.3): header only.
_HEADER_ONLY = ("frame-ancestors 'none'",)


class InlineCodeError(WebError):
    """A built page holds inline style or an event attribute, which the policy forbids. Raised by `protect`."""


def hashes(html: str) -> frozenset[str]:
    """The `'sha256-…'` sources of the page's inline scripts; data blocks (JSON) need none."""
    return frozenset(
        source(script["body"])
        for script in _SCRIPT.finditer(html)
        if "src=" not in script["attributes"] and not _DATA.search(script["attributes"])
    )


def style_hashes(html: str) -> frozenset[str]:
    """The `'sha256-…'` sources of the page's own style sheets."""
    return frozenset(source(style["body"]) for style in _STYLE.finditer(_SCRIPT.sub("", html)))


def source(code: str) -> str:
    """The source that allows exactly this inline code."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], styles: Iterable[str] = (), *, header: bool) -> str:
    """The policy that allows the site's own files and the given hashes."""
    directives = _DIRECTIVES + (_HEADER_ONLY if header else ())
    allowed = {
        "scripts": " ".join(["'self'", *sorted(scripts)]),
        "styles": " ".join(["'self'", *sorted(styles)]),
    }
    return "; ".join(directives).format_map(allowed)


def protect(site: Path) -> frozenset[str]:
    """Write the meta policy into every page of `site`; return the hashes of all pages, for the headers.

    Running it twice changes nothing more. Raises `InlineCodeError` for code that the policy would silently block.
    """
    everything: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        found = hashes(html)
        everything |= found
        if _MARK in html:  # a page that brings its own policy has said what it allows
            continue
        _refuse_blocked_code(html, path.relative_to(site).as_posix())
        if _CHARSET not in html:
            continue
        meta = f'{_MARK} content="{escape(policy(found, header=False), quote=False)}">'
        referrer = '<meta name="referrer" content="no-referrer">'
        path.write_text(html.replace(_CHARSET, _CHARSET + meta + referrer, 1), encoding="utf-8")
    return frozenset(everything)


def inline_styles(site: Path) -> frozenset[str]:
    """Hashes of the style sheets inside pages that bring their own policy, for the headers."""
    pages = (path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    return frozenset().union(*(style_hashes(html) for html in pages if "<style" in html))


def _refuse_blocked_code(html: str, where: str) -> None:
    markup = _SCRIPT.sub("", html)
    for pattern, what in (
        (r"<style\b", "une feuille de style dans la page"),
        (_ATTRIBUTE.format("style"), "un attribut style"),
        (_ATTRIBUTE.format("on[a-z]+"), "un attribut d’événement (on…)"),
    ):
        found = re.search(pattern, markup, re.I)
        if found:
            excerpt = markup[found.start() : found.start() + 80].replace("\n", " ")
            raise InlineCodeError(
                f"{where} : {what} serait bloqué par la politique de sécurité ({excerpt}…) — "
                "utiliser une classe de docs/assets/css ou un fichier de docs/assets/js."
            )
