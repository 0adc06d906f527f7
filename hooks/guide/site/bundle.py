"""How the site's style sheets and scripts, one a component in `docs/`, become few files with hashed names.

Twenty small files would hold up the first paint of a server without HTTP/2; a name that changes with the content can
be cached for ever. The theme's sheets lead ours, without the rules that no page uses (`unused`). Scripts of
`assets/js/tools/` are a file of their own, which only the pages with a tool (`data-tool`) load, before the first paint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from guide.text import squeeze

from guide.site import unused
from guide.text.problems import WebError

STYLES, SCRIPTS, THEME_STYLES = Path("assets/css"), Path("assets/js"), Path("assets/stylesheets")
TOOLS = "tools/"
TOOL = "data-tool="
"""What a page that needs the tools holds: their scripts look for it and show what it marks."""

_THEME_LINK = re.compile(r'<link rel="stylesheet" href="[^"]*assets/stylesheets/(?P<name>[\w.-]+\.css)">\s*')
_LINKS = re.compile(r'(?:<link rel="stylesheet" href="(?P<base>[^"]*)assets/css/[\w-]+\.css">\s*)+')
_LINKED = re.compile(r'assets/css/(?P<name>[\w-]+\.css)">')
_LOADS = re.compile(r'(?:<script src="(?P<base>[^"]*)assets/js/[\w/-]+\.js" defer></script>\s*)+')
_LOADED = re.compile(r'assets/js/(?P<name>[\w/-]+\.js)" defer>')

Pages = dict[Path, str]


class BundleError(WebError):
    """Pages do not all load the same style sheets or scripts, or load one that is missing. Raised by `bundle`."""


def bundle(site: Path) -> None:
    """Merge the style sheets and the scripts that pages load, in their order; the parts go.

    Merged files stand in the same folder as their parts, so that relative addresses hold.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    merged = _scripts(site, _styles(site, pages))
    for path, html in merged.items():
        if html != pages[path]:
            path.write_text(html, encoding="utf-8")


def _styles(site: Path, pages: Pages) -> Pages:
    names = _order(
        (_LINKED.findall("".join(found[0] for found in _LINKS.finditer(html))) for html in pages.values()),
        "extra_css",
    )
    if not names:
        return pages
    theme = _order((_THEME_LINK.findall(html) for html in pages.values()), "le thème")
    if not theme:
        raise BundleError(
            "les pages ne chargent plus les feuilles de style du thème — corriger hooks/guide/site/bundle.py"
        )
    ours = "".join(squeeze.sheet(text) for text in _read(site, STYLES, names, "extra_css"))
    code = [
        path.read_text(encoding="utf-8")
        for path in sorted((site / "assets").rglob("*.js"))
        if "lunr" not in path.parts
    ]
    theirs = unused.drop("".join(_read(site, THEME_STYLES, theme, "le thème")), pages.values(), [*code, ours])
    target = _write(site / STYLES, "guide", ".css", theirs + ours)
    _remove([*(site / THEME_STYLES / name for name in theme), *(site / STYLES / name for name in names)])

    def link(found: re.Match[str]) -> str:
        return f'<link rel="stylesheet" href="{found["base"]}{STYLES.as_posix()}/{target}">\n'

    return {path: _LINKS.sub(link, _THEME_LINK.sub("", html)) for path, html in pages.items()}


def _scripts(site: Path, pages: Pages) -> Pages:
    names = _order(
        (_LOADED.findall("".join(found[0] for found in _LOADS.finditer(html))) for html in pages.values()),
        "extra_javascript",
    )
    if not names:
        return pages
    tools = [name for name in names if name.startswith(TOOLS)]
    shared = [name for name in names if not name.startswith(TOOLS)]
    if names != (*shared, *tools):
        raise BundleError(
            "dans extra_javascript, les fichiers de assets/js/tools/ viennent après tous les autres — les déplacer"
        )
    targets = {}
    for kind, parts in (("guide", shared), ("tools", tools)):
        texts = [squeeze.script(text) for text in _read(site, SCRIPTS, parts, "extra_javascript")]
        targets[kind] = _write(site / SCRIPTS, kind, ".js", "\n".join(texts) + "\n") if texts else ""
    _remove(site / SCRIPTS / name for name in names)

    def merged(html: str) -> str:
        found = _LOADS.search(html)
        if found is None:
            return html
        tool = TOOL in html
        wanted = [targets["guide"], targets["tools"] if tool else ""]
        # What a tool shows must be there at the first paint, or the page would move under the finger.
        how = 'defer blocking="render"' if tool else "defer"
        loads = "".join(
            f'<script src="{found["base"]}{SCRIPTS.as_posix()}/{name}" {how}></script>\n'
            for name in wanted
            if name
        )
        return _LOADS.sub("", html).replace("</head>", loads + "</head>", 1)

    return {path: merged(html) for path, html in pages.items()}


def _order(lists: Iterable[list[str]], whose: str) -> tuple[str, ...]:
    """The one list that all pages share, pages without any left aside."""
    orders = {tuple(names) for names in lists if names}
    if len(orders) > 1:
        shown = " / ".join(", ".join(order) for order in sorted(orders))
        raise BundleError(f"les pages ne chargent pas toutes les mêmes fichiers ({whose}) : {shown}")
    return orders.pop() if orders else ()


def _read(site: Path, folder: Path, names: Iterable[str], whose: str) -> list[str]:
    parts = [site / folder / name for name in names]
    if missing := [part.name for part in parts if not part.exists()]:
        raise BundleError(f"fichier absent du site : {', '.join(missing)} — corriger {whose} dans mkdocs.yml")
    return [part.read_text(encoding="utf-8") for part in parts]


def _write(folder: Path, name: str, suffix: str, text: str) -> str:
    """The name under which the text was written, which changes with it."""
    target = folder / f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min{suffix}"
    target.write_text(text, encoding="utf-8")
    return target.name


def _remove(files: Iterable[Path]) -> None:
    for path in files:
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
