"""How the addresses in a page of the site become names of files, for pages that no server answers for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from guide.text.problems import WebError

# Scripts are left alone: their own addresses name files already.
_PARTS = re.compile(r"(<script\b.*?</script>)", re.S)
_LINK = re.compile(
    r'<a\b(?P<before>[^>]*?)\shref="(?P<address>[^"]*)"(?P<after>[^>]*)>(?P<text>.*?)</a>', re.S
)
_ADDRESS = re.compile(r'(?P<name>\s(?:href|src|data-page))="(?P<address>[^"]*)"')


class DeadLinkError(WebError):
    """A page links to a file that the site does not have. Raised by `Relinks.rewrite`, with the page and the address."""


@dataclass(frozen=True, slots=True)
class Relinks:
    """The files that the copy keeps, those that only the site has, and the site's public address when there is one."""

    kept: Set[str]
    online: Set[str]
    site_url: str | None

    def rewrite(self, html: str, page: str) -> str:
        """The page with names of files in its addresses; `page` is its path in the site.

        A link to what only the site has leads there, or becomes plain text while the site has no address.
        """
        parts = _PARTS.split(html)
        return "".join(
            part if index % 2 else self._rewrite_part(part, page) for index, part in enumerate(parts)
        )

    def file(self, address: str, page: str) -> str | None:
        """The path in the site of what a relative address leads to; None for the addresses of others."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if path == "." or parts.path.endswith(("/", "/..", "/.")) or parts.path in (".", ".."):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
        return path

    def _rewrite_part(self, html: str, page: str) -> str:
        def link(match: re.Match[str]) -> str:
            target = self.file(match["address"], page)
            if target not in self.online:
                return match[0]
            if self.site_url:
                return (
                    f'<a{match["before"]} href="{self.site_url}{target}"{match["after"]}>{match["text"]}</a>'
                )
            return f"<span>{match['text']} (en ligne seulement)</span>"

        def address(match: re.Match[str]) -> str:
            return f'{match["name"]}="{self._local(match["address"], page)}"'

        return _ADDRESS.sub(address, _LINK.sub(link, html))

    def _local(self, address: str, page: str) -> str:
        target = self.file(address, page)
        if target is None:
            return address
        if target not in self.kept:
            raise DeadLinkError(
                f"{page} : le lien « {address} » ne mène à aucun fichier du site — "
                "corriger l’adresse dans la page, le modèle ou les données."
            )
        cut = re.search(r"[?#]|$", address)
        assert cut is not None, "the end of the text always matches"
        path, rest = address[: cut.start()], address[cut.start() :]
        if posixpath.basename(target) == "index.html" and not path.endswith("index.html"):
            path = path.rstrip("/") + "/index.html"
        return path + rest
