"""Which files of the built site go into the copy, and what each becomes there."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from guide.page.offline_copy import ZIP
from guide.site.copy.age import Age
from guide.site.copy.copied_page import EXTRAS, PARTS, adapt
from guide.site.copy.relinks import Relinks
from guide.text.problems import WebError

HERE = Path(__file__).parent

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


def files(
    site: Path, pages: Mapping[str, bytes], age: Age, site_url: str | None, offering: str
) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file of the copy, in alphabetical order. The site itself is left as it is.

    `offering` is the page where a new copy is found.
    """
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    kept = {path for path in {*found, *pages} if not _only_online(path)}
    addresses = Relinks(kept, {*found, *pages, ZIP} - kept, site_url)
    extras = {f"{EXTRAS}/{name}": HERE / name for name in PARTS}
    for path in sorted((*kept, *extras)):
        if path in pages:
            yield path, adapt(pages[path], path, addresses, age, offering)
        elif path.endswith(".css") and path in found:
            yield path, _with_fonts(found[path]).encode()
        elif not path.endswith(".woff2"):
            yield path, (extras.get(path) or found[path]).read_bytes()


def _only_online(path: str) -> bool:
    return path in _SERVER or path.startswith(_SERVER_FOLDERS) or path.endswith(_COMPRESSED)


def _with_fonts(sheet: Path) -> str:
    """The style sheet with its fonts inside: browsers refuse a font to a page of a folder."""

    def inside(match: re.Match[str]) -> str:
        font = base64.b64encode((sheet.parent / match["address"]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{font})"

    return _FONT.sub(inside, sheet.read_text(encoding="utf-8"))
