"""Which files of the built site go into the copy, and what each becomes there."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guide.page.offline_copy import ZIP
from guide.site.copy.relinks import Relinks
from guide.site.copy.age import Age
from guide.site.copy.copied_page import EXTRAS, PARTS, adapt
from guide.text.problems import WebError

HERE = Path(__file__).parent
INDEX = "search/search_index.json"

# What only a server, a feed reader or a program has a use for.
_SERVER = (
    "404.html",
    "flux.xml",
    "sitemap.xml",
    "robots.txt",
    "_headers",
    ".htaccess",
    "nginx-headers.conf",
    "SHA256SUMS",
    ZIP,
)
_SERVER_FOLDERS = ("donnees/", ".well-known/")
_COMPRESSED = (".gz", ".br", ".zst")
_FONT = re.compile(r'url\(["\']?(?P<address>[^)"\']+\.woff2)["\']?\)')


class CopyError(WebError):
    """The built site lacks what the copy is made of. Raised by `files`; the reader builds it again."""


def files(site: Path, age: Age, site_url: str | None) -> Mapping[str, bytes]:
    """Path → content of every file of the copy, in alphabetical order. The site itself is left as it is."""
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}
    kept = {path for path in found if not _only_online(path)}
    online = set(found) - kept
    addresses = Relinks(kept, online, site_url)
    copied = {f"{EXTRAS}/{name}": (HERE / name).read_bytes() for name in PARTS}
    for path in kept - {INDEX}:
        if path.endswith("/index.html") or path == "index.html":
            copied[path] = adapt(found[path].read_text(encoding="utf-8"), path, addresses, age).encode()
        elif path.endswith(".css"):
            copied[path] = _with_fonts(found[path]).encode()
        elif not path.endswith(".woff2"):
            copied[path] = found[path].read_bytes()
    if INDEX not in found:
        raise CopyError(f"{INDEX} manque dans le site — la copie hors ligne n’aurait pas de recherche.")
    copied[INDEX.removesuffix("on")] = _index(found[INDEX].read_text(encoding="utf-8")).encode()
    return dict(sorted(copied.items()))


def _only_online(path: str) -> bool:
    return path in _SERVER or path.startswith(_SERVER_FOLDERS) or path.endswith(_COMPRESSED)


def _with_fonts(sheet: Path) -> str:
    """The style sheet with its fonts inside: browsers refuse a font to a page of a folder."""

    def inside(match: re.Match[str]) -> str:
        font = base64.b64encode((sheet.parent / match["address"]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return _FONT.sub(inside, sheet.read_text(encoding="utf-8"))


def _index(text: str) -> str:
    """The search index as a script that sets `__index`, which is where the theme looks for it from a folder."""
    index: dict[str, Any] = json.loads(text)
    for entry in index["docs"]:
        page, mark, anchor = entry["location"].partition("#")
        if page == "" or page.endswith("/"):
            entry["location"] = f"{page}index.html{mark}{anchor}"
    return "var __index=" + json.dumps(index, ensure_ascii=False, separators=(",", ":"))
