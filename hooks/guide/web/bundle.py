"""How the guide's style sheets, one a component in `docs/`, become one file with a hashed name in the site.

Twenty small files would hold up the first paint of a server without HTTP/2; a name that changes with the content can
be cached for ever.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from . import WebError

FOLDER = Path("assets/css")
_LINKS = re.compile(r'(?:<link rel="stylesheet" href="(?P<base>[^"]*)assets/css/[\w-]+\.css">\s*)+')
_NAME = re.compile(r'assets/css/(?P<name>[\w-]+\.css)">')


class BundleError(WebError):
    """Pages do not all load the same style sheets, or load one that is missing. Raised by `bundle`."""


def bundle(site: Path) -> Path | None:
    """Merge the style sheets that every page loads, in their order; return the new file, or `None` without any.

    The merged file stands in the same folder as its parts, so that their relative addresses hold; the parts go.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    orders = {tuple(_NAME.findall(match[0])) for html in pages.values() for match in _LINKS.finditer(html)}
    if not orders:
        return None
    if len(orders) > 1:
        shown = " / ".join(", ".join(order) for order in sorted(orders))
        raise BundleError(f"les pages ne chargent pas toutes les mêmes feuilles de style : {shown}")
    (names,) = orders
    parts = [site / FOLDER / name for name in names]
    missing = [part.name for part in parts if not part.exists()]
    if missing:
        raise BundleError(f"feuille de style absente du site : {', '.join(missing)} — corriger extra_css dans mkdocs.yml")
    text = "".join(squeeze(part.read_text(encoding="utf-8")) for part in parts)
    target = site / FOLDER / f"guide.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min.css"
    for path, html in pages.items():
        merged = _LINKS.sub(
            lambda found: f'<link rel="stylesheet" href="{found["base"]}{FOLDER.as_posix()}/{target.name}">\n', html
        )
        if merged != html:
            path.write_text(merged, encoding="utf-8")
    for part in parts:
        part.unlink()
    target.write_text(text, encoding="utf-8")
    return target


def squeeze(css: str) -> str:
    """The sheet without comments, indentation or line ends (strings hold none of the three here)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return "".join(line.strip() for line in css.splitlines())
