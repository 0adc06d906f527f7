"""test: the checks of the code, then every test, browser and servers included."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from guide.commands import tools
from guide.text.arguments import FrenchParser

WAYS_OUT = {
    "browser": "sans les tests qui demandent un navigateur (Chromium)",
    "servers": "sans les tests derrière nginx et Apache, ni rsync",
    "validity": "sans le contrôle du HTML par vnu (Java, et npm pour l’installer)",
    "readers": "sans les lecteurs de PDF, d’agendas et de flux d’autres que nous (poppler, npm)",
}


def test(arguments: list[str], root: Path) -> int:
    """Runs ruff, mypy --strict and pytest; a missing program is a failure unless it was asked for."""
    parser = FrenchParser(
        "test",
        "Lance tous les contrôles du code et tous les tests. En administrateur (root), installe par apt ce qui manque.",
        "Les options inconnues sont passées à pytest.",
    )
    for marker, meaning in WAYS_OUT.items():
        parser.add_argument(f"--without-{marker}", action="store_true", help=meaning)
    parser.add_argument("--no-lint", action="store_true", help="sans ruff ni mypy")
    options, rest = parser.parse_known_args(arguments)
    left_out = [marker for marker in WAYS_OUT if getattr(options, f"without_{marker}")]
    wanted = [marker for marker in WAYS_OUT if marker not in left_out]
    if reason := prepare(wanted, root):
        print(reason, file=sys.stderr)
        return 1
    environment = dict(os.environ)
    if "browser" in wanted:
        environment["GUIDE_CHROMIUM"] = tools.find(tools.CHROMIUM) or str(tools.own_browser())
    lint = [
        [sys.executable, "-m", *check]
        for check in (["ruff", "check", "."], ["ruff", "format", "--check"], ["mypy"])
    ]
    selected = ["-m", " and ".join(f"not {marker}" for marker in left_out)] if left_out else []
    for step in [*([] if options.no_lint else lint), [sys.executable, "-m", "pytest", *selected, *rest]]:
        if code := subprocess.call(step, cwd=root, env=environment):
            return code
    return 0


def prepare(markers: list[str], root: Path) -> str | None:
    """Finds or installs what the tests of these markers need; else one sentence that says what to do."""
    if lacking := tools.missing(markers, root):
        tools.install(lacking)
        lacking = tools.missing(markers, root)
    if lacking:
        packages = " ".join(package for tool in lacking for package in tool.packages)
        ways = [f"--without-{marker}" for marker in markers if set(tools.TOOLS[marker]) & set(lacking)]
        return (
            f"Il manque {', '.join(tool.name for tool in lacking)} ; à installer "
            f"(Debian : sudo apt install {packages}), ou lancez « test {' '.join(ways)} »."
        )
    for marker, folder in tools.NPM_FOLDERS.items():
        if marker in markers and not tools.install_npm(root, marker):
            return (
                f"npm n’a pas pu installer {folder.as_posix()} : vérifiez la connexion, puis relancez, "
                f"ou lancez « test --without-{marker} »."
            )
    return None
