"""The ZIP: what stands at its top, in which order, and the same bytes for the same site."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from guide.text import french
from guide.page.offline_copy import EMERGENCY, ZIP
from guide.site.copy.age import Age, of_site
from guide.site.copy.folder import CopyError, files
from guide.site.copy.standalone import sealed

HERE = Path(__file__).parent
GUIDE = "guide"  # the folder of the pages, under the three files that a reader sees first
_OFFER = re.compile(r"<p data-zip>.*?</p>")
_BUTTON = (
    '<p data-zip><a class="g-button" href="{file}" download="guide-numerique-{made}.zip">'
    "Télécharger le guide (ZIP, {size}\u00a0Mo)</a></p>"
)
_PACKED = (".pdf", ".png", ".woff2")


def write(site: Path, site_url: str | None) -> Path:
    """Write the ZIP at its address in the built site, and offer it on its page; return its path. Same build, same bytes."""
    age = of_site(site)
    emergency = site / EMERGENCY
    if not emergency.exists():
        raise CopyError(f"{EMERGENCY} manque dans le site — relancer ./scripts/guide site.")
    top = {
        "LISEZMOI.txt": _readme(age).encode("utf-8-sig"),
        "OUVRIR-LE-GUIDE.html": _door().encode(),
        "URGENCE.html": emergency.read_bytes(),
    }
    target = site / ZIP
    pages = {f"{GUIDE}/{path}": content for path, content in files(site, age, site_url).items()}
    content = pack({**top, **pages}, age)
    target.write_bytes(content)
    _offer(target, age, f"{len(content) / 1e6:.1f}".replace(".", ","))
    return target


def pack(contents: dict[str, bytes], age: Age) -> bytes:
    """A ZIP of these files under one dated folder, with nothing in it that depends on the machine or the hour."""
    folder = f"guide-numerique-{age.made.isoformat()}"
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in contents.items():
            entry = zipfile.ZipInfo(
                f"{folder}/{path}", (age.made.year, age.made.month, age.made.day, 0, 0, 0)
            )
            entry.create_system = 3  # Unix, so that the permissions count, wherever it is built
            entry.external_attr = 0o100644 << 16
            packed = path.endswith(_PACKED)  # already compressed: trying again costs time and gains nothing
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def _offer(target: Path, age: Age, size: str) -> None:
    """Puts the button on the site's page, now that the ZIP and its size are known; the copy's own page has none."""
    page = target.with_name("index.html")
    button = _BUTTON.format(file=target.name, made=age.made.isoformat(), size=size)
    html, found = _OFFER.subn(button, page.read_text(encoding="utf-8"))
    if not found:
        raise CopyError(
            f"{target.parent.name} : la page n’offre pas le ZIP — y remettre <!-- guide:offline --> seul sur sa ligne."
        )
    page.write_text(html, encoding="utf-8")


def _door() -> str:
    """The page to double-click: its script is in the guide's folder, so that it only leaves where that folder is."""
    page = french.typeset_html((HERE / "ouvrir.html").read_text(encoding="utf-8"))
    return sealed(page, scripts="'self' file:")


def _readme(age: Age) -> str:
    text = (HERE / "lisezmoi.txt").read_text(encoding="utf-8")
    filled = text.format(made=french.day(age.made), until=french.day(age.until), version=age.version)
    return french.typeset(filled).replace("\n", "\r\n")  # for Notepad
