"""test: the checks of the code, then every test, browser included."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from guide.commands.options import FrenchParser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def test(arguments: list[str], root: Path) -> int:
    """Runs ruff, mypy --strict and pytest; a missing browser is a failure unless it was asked for."""
    parser = FrenchParser(
        "test",
        "Lance tous les contrôles du code et tous les tests.",
        "Les options inconnues sont passées à pytest.",
    )
    parser.add_argument(
        "--without-browser", action="store_true", help="sans les tests qui demandent un navigateur"
    )
    parser.add_argument("--no-lint", action="store_true", help="sans ruff ni mypy")
    options, rest = parser.parse_known_args(arguments)
    environment = dict(os.environ)
    if not options.without_browser:
        browser = find_browser()
        if browser is None:
            print(
                "Aucun Chromium trouvé. Installez-le (Debian : apt install chromium), ou lancez « test --without-browser ».",
                file=sys.stderr,
            )
            return 1
        environment["GUIDE_CHROMIUM"] = browser
    steps = (
        []
        if options.no_lint
        else [
            [sys.executable, "-m", "ruff", "check", "."],
            [sys.executable, "-m", "mypy"],
        ]
    )
    selected = ["-m", "not browser"] if options.without_browser else []
    for step in [*steps, [sys.executable, "-m", "pytest", *selected, *rest]]:
        if code := subprocess.call(step, cwd=root, env=environment):
            return code
    return 0


def find_browser() -> str | None:
    """A Chromium of the system, else Playwright's own, else one installed by apt for root."""
    if found := _system_browser():
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installation de Chromium par apt…", file=sys.stderr)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]):
            if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL):
                return None
        return _system_browser()
    return None


def _system_browser() -> str | None:
    named = os.environ.get("GUIDE_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
