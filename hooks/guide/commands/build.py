"""serve, stage: from the sources to a website being edited, or to plain Markdown."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import yaml

import preview
from guide.commands.common import add_build_options, asked
from guide.commands.swap import misplaced, occupied
from guide.page.view import Addresses
from guide.site import csp
from guide.site.build_options import options_of
from guide.site.checked import Checked, check
from guide.site.frame import foot, page_addresses
from guide.site.stage import stage, write
from guide.source import nav
from guide.text.arguments import FrenchParser
from guide.text.problems import visible


def serve(arguments: list[str], root: Path) -> int:
    """Serves the guide on this computer, rebuilt at each change."""
    parser = FrenchParser("serve", "Ouvre le guide sur cet ordinateur et le recharge à chaque modification.")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port local (par défaut : 8000)")
    add_build_options(parser)
    options = parser.parse_args(arguments)
    return preview.serve(root, replace(asked(options), draft=True), options.port)


def stage_command(arguments: list[str], root: Path) -> int:
    """Writes the whole site as plain Markdown pages and files."""
    parser = FrenchParser(
        "stage", "Écrit tout le site en Markdown ordinaire, avec ses fichiers, dans un dossier vide."
    )
    parser.add_argument("folder", type=Path, metavar="DOSSIER", help="dossier vide ou nouveau")
    settings = parser.add_mutually_exclusive_group()
    settings.add_argument(
        "--mkdocs",
        action="store_true",
        help="y ajoute un mkdocs.yml sans nos hooks, dans le dossier parent des pages",
    )
    settings.add_argument(
        "--zensical",
        action="store_true",
        help="comme --mkdocs, pour Zensical, qui résout lui-même les liens écrits en HTML",
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    if (why := misplaced(options.folder, root)) or (why := occupied(options.folder)):
        print(visible(why), file=sys.stderr)
        return 1
    checked = check(root)
    links = Addresses.SOURCES if options.zensical else Addresses.FOLDERS
    staged = stage(checked, options_of(checked.guide, asked(options), links))
    with_settings = options.mkdocs or options.zensical
    write(staged, root, options.folder / "docs" if with_settings else options.folder)
    if with_settings:
        _write_settings(checked, root, options.folder)
    print(f"{len(staged.pages)} pages et {len(staged.files)} fichiers écrits dans {options.folder}")
    return 0


def _write_settings(checked: Checked, root: Path, folder: Path) -> None:
    """mkdocs.yml without our hooks, our templates beside it, and what the hooks would tell them."""
    plain = nav.load(root).without_ours().replace("custom_dir: hooks/theme", "custom_dir: theme")
    told = {
        "policy": csp.policy([csp.first_paint()], header=False),
        "foot": foot(checked.guide),
        "named": page_addresses(checked.guide),
    }
    extra = yaml.safe_dump({"extra": told}, allow_unicode=True, width=1000)
    (folder / nav.FILE).write_text(plain + extra, encoding="utf-8")
    shutil.copytree(csp.THEME, folder / "theme")
