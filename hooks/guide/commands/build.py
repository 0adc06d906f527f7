"""serve, site, stage: from the sources to a website or to plain Markdown."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from guide.commands.common import add_build_options, build_environment
from guide.commands.swap import FRESH, misplaced, occupied, refusal, swap, workshop
from guide.page.view import Addresses
from guide.site.build_options import options_from_environment
from guide.site.checked import check
from guide.site.stage import stage, write
from guide.source import nav
from guide.source.disk import sentence_of_traceback
from guide.text.arguments import FrenchParser
from guide.text.problems import visible


def site(arguments: list[str], root: Path) -> int:
    """Builds `site/` beside the old one and swaps them, so that a failure leaves the last good site."""
    parser = FrenchParser("site", "Construit le guide complet dans un dossier.")
    parser.add_argument(
        "--output",
        type=Path,
        default=root / "site",
        metavar="DOSSIER",
        help="dossier à écrire (par défaut : site/)",
    )
    add_build_options(parser)
    options = parser.parse_args(arguments)
    environment = build_environment(options, dict(os.environ))
    if why := refusal(options.output, root):
        print(visible(why), file=sys.stderr)
        return 2
    target = Path(os.path.realpath(options.output))
    started = time.monotonic()
    with workshop(target) as (folder, lock):
        if code := build_site(folder / FRESH, root, environment, () if lock is None else (lock,)):
            return code
        swap(folder, target)
    pages = sum(1 for _ in target.rglob("index.html"))
    sheets = sum(1 for _ in target.rglob("*.pdf"))
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    print(
        f"{pages} pages, {sheets} PDF, {size / 1e6:.1f} Mo, en {time.monotonic() - started:.1f} s : {target}"
    )
    return 0


def build_site(folder: Path, root: Path, environment: dict[str, str], kept: tuple[int, ...] = ()) -> int:
    """Builds the whole site into a new folder, with `kept` files open; the exit code of the build.

    A refusal of the disk is said in one sentence instead of a traceback.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    trace: list[str] = []
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stderr=subprocess.PIPE,
        pass_fds=kept,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if trace or line.startswith("Traceback "):
                trace.append(line)
            else:
                print(line, end="", file=sys.stderr, flush=True)
    if trace:
        print(sentence_of_traceback("".join(trace)) or "".join(trace), file=sys.stderr)
    return process.returncode


def serve(arguments: list[str], root: Path) -> int:
    """Serves the guide on this computer, rebuilt at each change."""
    parser = FrenchParser("serve", "Ouvre le guide sur cet ordinateur et le recharge à chaque modification.")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port local (par défaut : 8000)")
    add_build_options(parser)
    options = parser.parse_args(arguments)
    environment = {**build_environment(options, dict(os.environ)), "GUIDE_DRAFT": "1"}
    print(f"Le guide s’ouvre à l’adresse http://127.0.0.1:{options.port}/ (Ctrl+C pour arrêter)")
    return subprocess.call(
        [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{options.port}"],
        cwd=root,
        env=environment,
    )


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
    environment = build_environment(options, dict(os.environ))
    if (why := misplaced(options.folder, root)) or (why := occupied(options.folder)):
        print(visible(why), file=sys.stderr)
        return 1
    checked = check(root)
    addresses = Addresses.SOURCES if options.zensical else Addresses.FOLDERS
    staged = stage(checked, options_from_environment(checked.guide, environment, addresses))
    with_settings = options.mkdocs or options.zensical
    write(staged, root, options.folder / "docs" if with_settings else options.folder)
    if with_settings:
        (options.folder / nav.FILE).write_text(nav.load(root).without_ours(), encoding="utf-8")
    print(f"{len(staged.pages)} pages et {len(staged.files)} fichiers écrits dans {options.folder}")
    return 0
