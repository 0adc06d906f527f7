"""Looks at `docs/` and `data/` as folders, before any file in them is opened: names, links, odd kinds of files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from guide.source.yaml_source import inside
from guide.text.problems import Code, Place, Problem

_PAGE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
# Addresses that MkDocs, the search or the server's headers take, whatever `docs/` holds.
_TAKEN = {
    "404.html", "sitemap.xml", "sitemap.xml.gz", "search/words.json", "nginx-headers.conf", "_headers", "SHA256SUMS",
}  # fmt: skip
_LONGEST = 120
HOME = "accueil"
"""The id of the home page, `index.md`."""
PAGES = (".md",)
IMAGES = (".webp", ".png", ".jpg", ".jpeg", ".svg")
# Folder under docs/ → what may be published from it. A Word draft or a screenshot of the practice's software is refused.
ALLOWED = {
    "assets/css/": (".css",),
    "assets/js/": (".js",),
    "assets/fonts/": (".woff2", ".txt"),
    "assets/": IMAGES,
}


def problems(root: Path) -> list[Problem]:
    """Every file or folder that cannot be published as it is."""
    return [*_folder(root, root / "docs"), *_folder(root, root / "data"), *_same_address(root)]


def _folder(root: Path, folder: Path) -> Iterator[Problem]:
    if folder.is_symlink():
        yield _wrong(root, folder, "ce dossier est un lien", "remplacez-le par un vrai dossier")
        return
    seen: dict[str, str] = {}
    for entry in sorted(os.scandir(folder), key=lambda each: each.name):
        path = Path(entry.path)
        if why := _name(entry.name):
            yield _wrong(root, path, why, "renommez-le en lettres simples")
        key = unicodedata.normalize("NFC", entry.name).casefold()
        if key in seen:
            what = f"ce nom ne diffère de « {seen[key]} » que par les majuscules ou les accents"
            yield _wrong(root, path, what, "renommez l’un des deux : Windows et macOS les confondent")
        seen.setdefault(key, entry.name)
        if entry.is_symlink() and path.is_dir():
            yield _wrong(root, path, "ce dossier est un lien", "remplacez-le par un vrai dossier")
        elif entry.is_symlink() and not inside(path, root):
            yield _wrong(
                root, path, "le fichier est un lien qui sort du projet", "remplacez-le par un vrai fichier"
            )
        elif path.is_dir():
            yield from _folder(root, path)
        elif not path.is_file():
            yield _wrong(root, path, "ce n’est pas un fichier", "retirez-le, ou mettez-y un vrai fichier")
        elif folder.is_relative_to(root / "docs"):
            yield from _published(root, path)


def _name(name: str) -> str | None:
    if len(os.fsencode(name)) > _LONGEST:
        return "nom de fichier trop long"
    if any(unicodedata.category(character).startswith(("C", "Zl", "Zp")) for character in name):
        return "nom de fichier illisible"
    return None


def _published(root: Path, path: Path) -> Iterator[Problem]:
    address = path.relative_to(root / "docs").as_posix()
    kinds = next((kinds for folder, kinds in ALLOWED.items() if address.startswith(folder)), PAGES)
    if path.suffix.lower() not in kinds and not _name(path.name):
        remedy = f"retirez-le ; ici ne vont que des fichiers {', '.join(kinds)}"
        yield _wrong(root, path, "fichier inconnu dans docs/ : il serait publié", remedy)
        return
    if path.suffix == ".md" and not _PAGE.fullmatch(path.name) and not _name(path.name):
        remedy = "minuscules sans accent, chiffres et tirets, par exemple ma-page.md"
        yield _wrong(root, path, "nom de page mal formé", remedy)
    if address in _TAKEN:
        yield _wrong(
            root,
            path,
            "ce fichier porte l’adresse d’un fichier produit par le guide",
            "renommez-le ou retirez-le",
        )


def _same_address(root: Path) -> Iterator[Problem]:
    """`audit.md` and `audit/index.md`; the file whose id would be the home page's."""
    docs = root / "docs"
    for path in sorted(docs.rglob("*.md")):
        twin = docs / "index.md" if path == docs / f"{HOME}.md" else path.with_suffix("") / "index.md"
        if twin.is_file():
            what = f"cette page a la même adresse que docs/{twin.relative_to(docs).as_posix()}"
            yield Problem(_place(root, path), Code.COLLISION, what, "renommez-la, ou réunissez les deux")


def _wrong(root: Path, path: Path, what: str, remedy: str) -> Problem:
    return Problem(_place(root, path), Code.FILE, what, remedy)


def _place(root: Path, path: Path) -> Place:
    return Place(path.relative_to(root).as_posix())


def page_ids(root: Path) -> dict[str, str]:
    """Page id (its address without slashes, HOME for the home page) → source path under docs/."""
    sources = (path.relative_to(root / "docs").as_posix() for path in sorted((root / "docs").rglob("*.md")))
    return {page_id(src): src for src in sources}


def page_id(src: str) -> str:
    """The id of the page that stands in this file of docs/."""
    address = src.removesuffix(".md").removesuffix("/index")
    return HOME if address == "index" else address


def address(page_id: str) -> str:
    """The address of a page under the site's root: « » for the home page, else ends with /."""
    return "" if page_id == HOME else f"{page_id}/"
