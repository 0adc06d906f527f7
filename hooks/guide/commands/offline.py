"""offline: the copy for a disk alone, from a fresh build."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import generator
from guide.commands.common import add_build_options, asked
from guide.page.offline_copy import EMERGENCY, ZIP
from guide.site.build import prepare
from guide.text.arguments import FrenchParser
from guide.text.stages import Stages


def offline(arguments: list[str], root: Path) -> int:
    """Writes the ZIP, and the one-file emergency page beside it; a failure leaves the last good ones."""
    parser = FrenchParser(
        "offline",
        "Écrit la copie hors ligne du guide (ZIP) et, à côté, la page d’urgence en un seul fichier.",
        "La commande « site » écrit les mêmes fichiers dans le site, pour qu’on les télécharge.",
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=root / "guide-hors-ligne.zip",
        metavar="FICHIER",
        help="fichier ZIP à écrire (par défaut : guide-hors-ligne.zip)",
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    target: Path = options.output.resolve()
    if target.suffix.lower() != ".zip" or target.is_dir():
        print(f"{target} : donnez le nom d’un fichier qui finit par .zip.", file=sys.stderr)
        return 2
    build = prepare(root, replace(asked(options), complete=True), stages=Stages())
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".copie-", dir=target.parent) as folder:
        fresh = Path(folder) / "site"
        if code := generator.build_site(build, fresh):
            return code
        emergency = target.with_name("urgence.html")
        for source, place in ((fresh / ZIP, target), (fresh / EMERGENCY, emergency)):
            shutil.move(source, place)
    print(f"Copie hors ligne : {target} ({_size(target)}) et {emergency.name} ({_size(emergency)})")
    return 0


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} Mo".replace(".", ",") if size >= 1e6 else f"{size / 1e3:.0f} ko"
