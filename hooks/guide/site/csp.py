"""The security policy of the site: one constant, as a meta element and as a header (Content Security Policy 3, W3C).

The pages hold one inline script, the same in all (`hooks/theme/partials/first-paint.html`), and no inline style.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from guide.text.problems import WebError

THEME = Path(__file__).resolve().parents[2] / "theme"
"""Our own templates."""

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S | re.I)
_STYLE = re.compile(r"<style[^>]*>(?P<body>.*?)</style>", re.S | re.I)
# An attribute of a tag; what stands between quotes is the text of another.
_BLOCKED = re.compile(
    r"<style\b|<script(?![^>]*(?:\ssrc=|type=\"application/(?:ld\+)?json\"))"
    r"|<[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*?\s(?:style|on[a-z]+)\s*=",
    re.I,
)
# The same in a hurry, in small letters.
_SUSPECT = (re.compile(r"<s(?:tyle|cript)\b"), re.compile(r"\s(?:style|on[a-z]+)\s*="))

# `data:` is for the pictures of the offline copy. No form is ever sent.
_DIRECTIVES = (
    "default-src 'none'",
    "script-src {scripts}",
    "style-src {styles}",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
# Ignored, with a console error, in a meta element (CSP 3, §3.3): header only.
_HEADER_ONLY = ("frame-ancestors 'none'",)


class InlineCodeError(WebError):
    """A page holds inline style, script or an event attribute, which the policy forbids. Raised by `refuse`."""


def source(code: str) -> str:
    """The source that allows exactly this inline code."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def first_paint() -> str:
    """The source of the pages' only inline script. (Jinja drops the last line end of an included file.)"""
    return source((THEME / "partials/first-paint.html").read_text(encoding="utf-8").removesuffix("\n"))


def hashes(html: str) -> frozenset[str]:
    """The sources of the inline scripts of a page that is one file."""
    return frozenset(
        source(script["body"]) for script in _SCRIPT.finditer(html) if "src=" not in script["attributes"]
    )


def style_hashes(html: str) -> frozenset[str]:
    """The sources of the style sheets inside a page that is one file."""
    return frozenset(source(style["body"]) for style in _STYLE.finditer(_SCRIPT.sub("", html)))


def policy(scripts: Iterable[str], styles: Iterable[str] = (), *, header: bool) -> str:
    """The policy that allows the site's own files and the given hashes."""
    directives = _DIRECTIVES + (_HEADER_ONLY if header else ())
    allowed = {
        "scripts": " ".join(["'self'", *sorted(scripts)]),
        "styles": " ".join(["'self'", *sorted(styles)]),
    }
    return "; ".join(directives).format_map(allowed)


def refuse(content: str, where: str) -> None:
    """Raises InlineCodeError for what the policy would block without a word in the content of a page."""
    small = content.lower()
    if not any(each.search(small) for each in _SUSPECT) or not (found := _BLOCKED.search(content)):
        return
    excerpt = content[found.start() : found.start() + 80].replace("\n", " ")
    raise InlineCodeError(
        f"{where} : une feuille de style, un script ou un attribut style ou on… dans la page serait bloqué par la "
        f"politique de sécurité ({excerpt}…) — utiliser une classe de docs/assets/css ou un fichier de docs/assets/js."
    )
