"""The ZIP: what stands at its top, in which order, and the same bytes for the same site."""

from __future__ import annotations

import itertools
import posixpath
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from guide.page.offline_copy import EMERGENCY, OFFER, ZIP
from guide.site.copy.age import Age, of_site
from guide.site.copy.folder import CopyError, files
from guide.site.copy.standalone import sealed
from guide.text import french

HERE = Path(__file__).parent
GUIDE = "guide"  # the folder of the pages, under the three files that a reader sees first
_END = "</p>"
_BUTTON = (
    '<a class="g-button" href="{file}" download="guide-numerique-{made}.zip">'
    "Télécharger le guide (ZIP, {size}\u00a0Mo)</a>"
)
_PACKED = (".pdf", ".png", ".woff2")


def write(site: Path, pages: Mapping[str, bytes], site_url: str | None) -> Path:
    """Write the ZIP at its address in the built site, and the page that offers it; return its path.

    `pages`: path in the site → finished HTML, in UTF-8. Same build, same bytes.
    """
    age, page = of_site(site), _offering(pages)
    if page is None:
        raise CopyError(
            "Aucune page n’offre le ZIP — remettre <!-- guide:offline --> seul sur sa ligne dans une page."
        )
    emergency = site / EMERGENCY
    if not emergency.exists():
        raise CopyError(f"{EMERGENCY} manque dans le site — relancer ./scripts/guide site.")
    top = (
        ("LISEZMOI.txt", _readme(age).encode("utf-8-sig")),
        ("OUVRIR-LE-GUIDE.html", _door().encode()),
        ("URGENCE.html", emergency.read_bytes()),
    )
    guide = ((f"{GUIDE}/{path}", content) for path, content in files(site, pages, age, site_url, page))
    target = site / ZIP
    pack(target, itertools.chain(top, guide), age)
    button = _BUTTON.format(
        file=_from(page),
        made=age.made.isoformat(),
        size=f"{target.stat().st_size / 1e6:.1f}".replace(".", ","),
    )
    _offer(site, pages, page, button)
    return target


def promise(site: Path, pages: Mapping[str, bytes]) -> None:
    """Write the page that offers the ZIP, for a preview, which makes it when it is asked for."""
    if page := _offering(pages):
        button = f'<a class="g-button" href="{_from(page)}" download>Télécharger le guide (ZIP, fait à la demande)</a>'
        _offer(site, pages, page, button)


def pack(target: Path, contents: Iterable[tuple[str, bytes]], age: Age) -> None:
    """A ZIP of these files under one dated folder, with nothing in it that depends on the machine or the hour."""
    folder = f"guide-numerique-{age.made.isoformat()}"
    with zipfile.ZipFile(target, "w") as archive:
        for path, content in contents:
            entry = zipfile.ZipInfo(
                f"{folder}/{path}", (age.made.year, age.made.month, age.made.day, 0, 0, 0)
            )
            entry.create_system = 3  # Unix, so that the permissions count, wherever it is built
            entry.external_attr = 0o100644 << 16
            packed = path.endswith(_PACKED)  # already compressed: trying again costs time and gains nothing
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def _offering(pages: Mapping[str, bytes]) -> str | None:
    """The page that offers the ZIP."""
    return next((path for path, html in pages.items() if OFFER.encode() in html), None)


def _from(page: str) -> str:
    """The address of the ZIP as this page links to it."""
    return posixpath.relpath(ZIP, posixpath.dirname(page))


def _offer(site: Path, pages: Mapping[str, bytes], page: str, button: str) -> None:
    """Writes the site's page with its button, now that the ZIP and its size are known; the copy's own page has none."""
    before, offer, rest = pages[page].decode().partition(OFFER)
    (site / page).write_text(before + offer + button + _END + rest.partition(_END)[2], encoding="utf-8")


def _door() -> str:
    """The page to double-click: its script is in the guide's folder, so that it only leaves where that folder is."""
    page = french.typeset_html((HERE / "ouvrir.html").read_text(encoding="utf-8"))
    return sealed(page, scripts="'self' file:")


def _readme(age: Age) -> str:
    text = (HERE / "lisezmoi.txt").read_text(encoding="utf-8")
    filled = text.format(made=french.day(age.made), until=french.day(age.until), version=age.version)
    return french.typeset(filled).replace("\n", "\r\n")  # for Notepad
