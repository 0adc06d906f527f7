"""How the addresses in a page of the site become names of files, for pages that no server answers for."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath

from guide.source.html_tree import Element
from guide.text.address import join
from guide.text.problems import WebError

_ATTRIBUTES = ("href", "src", "data-page", "data-sections", "data-program", "data-index")
_OUTSIDE = ("https:", "http:", "#", "tel:", "mailto:")  # most addresses: nothing to look for
_ADDRESSED = XPath(f"descendant-or-self::*[{' or '.join(f'@{name}' for name in _ATTRIBUTES)}]")


class DeadLinkError(WebError):
    """A page links to a file that the site does not have. Raised by `Relinks.rewrite`, with the page and the address."""


@dataclass(frozen=True, slots=True)
class Relinks:
    """The files that the copy keeps, those that only the site has, and the site's public address when there is one."""

    kept: Set[str]
    online: Set[str]
    site_url: str | None
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def rewrite(self, root: Element, page: str) -> None:
        """Puts names of files into the addresses of a parsed page; `page` is its path in the site.

        A link to what only the site has leads there, or becomes plain text while the site has no address.
        """
        for element in _ADDRESSED(root):
            for name, address in element.items():
                if name not in _ATTRIBUTES or address.startswith(_OUTSIDE):
                    continue
                if element.tag == "a" and (target := self.file(address, page)) in self.online:
                    self._lead_online(element, str(target))
                else:
                    element.set(name, self._local(address, page))

    def file(self, address: str, page: str) -> str | None:
        """The path in the site of what a relative address leads to; None for the addresses of others."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
        if path == "." or parts.path.endswith(("/", "/..", "/.")) or parts.path in (".", ".."):
            path = posixpath.normpath(posixpath.join(path, "index.html"))
        return path

    def _lead_online(self, link: Element, target: str) -> None:
        if self.site_url:
            link.set("href", join(self.site_url, target))
            return
        link.attrib.clear()
        link.tag = "span"
        last = link[-1] if len(link) else None
        if last is None:
            link.text = f"{link.text or ''} (en ligne seulement)"
        else:
            last.tail = f"{last.tail or ''} (en ligne seulement)"

    def _local(self, address: str, page: str) -> str:
        key = (address, posixpath.dirname(page))
        if key not in self._known:
            self._known[key] = self._named(address, page)
        return self._known[key]

    def _named(self, address: str, page: str) -> str:
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
