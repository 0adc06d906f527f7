"""test: the checks of the code, then every test, browser and servers included; or the tests of some rooms."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from guide.commands import tools
from guide.text.arguments import FrenchParser
from guide.text.problems import did_you_mean, visible

WAYS_OUT = {
    "browser": "sans les tests qui demandent un navigateur (Chromium)",
    "servers": "sans les tests derrière nginx et Apache, ni rsync",
    "poppler": "sans les tests où Poppler lit nos PDF",
    "validity": "sans le contrôle du HTML par vnu (Java, et npm pour l’installer)",
    "scripts": "sans le contrôle des types de nos scripts (tsc, que npm installe)",
    "readers": "sans les lecteurs de PDF, d’agendas, de flux et de YAML d’autres que nous (que npm installe)",
}
DESCRIPTION = """\
Lance tous les contrôles du code et tous les tests ; avec une salle ou un chemin, les tests de cette salle seulement :

  ./scripts/guide test links                   les tests de tests/links
  ./scripts/guide test tests/links/test_guard.py

Ce qui manque est annoncé, puis apporté : Chromium sans fenêtre, nginx, Apache, rsync et Poppler sont déballés dans
.cache/tools, sans rien installer ; Java et npm sont installés par apt quand un administrateur (root) lance la commande."""


def test(arguments: list[str], root: Path) -> int:
    """Runs ruff, then pytest on every core with mypy and tsc beside it; a missing program is a failure unless it was asked for."""
    parser = FrenchParser(
        "test", DESCRIPTION, "Les options inconnues sont passées à pytest, comme -x ou -k MOT."
    )
    parser.usage = "%(prog)s [SALLE ou CHEMIN…] [options]"
    for marker, meaning in WAYS_OUT.items():
        parser.add_argument(f"--without-{marker}", action="store_true", help=meaning)
    parser.add_argument("--no-lint", action="store_true", help="sans ruff, ni mypy, ni tsc")
    options, rest = parser.parse_known_args(arguments)
    end = next((rank for rank, each in enumerate(rest) if each.startswith("-")), len(rest))
    chosen, rest = rest[:end], rest[end:]
    if unknown := [each for each in chosen if place(each, root) is None]:
        print(visible(f"« {unknown[0]} » n’est ni une salle de tests/ ni un chemin — {_advice(unknown[0], root)}"),
              file=sys.stderr)  # fmt: skip
        return 2
    places = [str(place(each, root)) for each in chosen]
    lint = not options.no_lint and not places
    left_out = [marker for marker in WAYS_OUT if getattr(options, f"without_{marker}")]
    wanted = [marker for marker in WAYS_OUT if marker not in left_out and (lint or marker != "scripts")]
    # A guide made by `init` takes along neither the checker of HTML nor the types of our scripts.
    locks = {marker: root / folder / "package-lock.json" for marker, folder in tools.BROUGHT.items()}
    wanted = [marker for marker in wanted if marker not in locks or locks[marker].exists()]
    if places:
        wanted = [marker for marker in wanted if _asks(places, marker, root)]
    if reason := prepare(wanted, root):
        print(reason, file=sys.stderr)
        return 1
    path = os.pathsep.join((os.environ.get("PATH", ""), str(tools.beside(root) / "bin")))
    environment = {**os.environ, "PATH": path}
    if "browser" in wanted:
        environment["GUIDE_CHROMIUM"] = tools.find(tools.CHROMIUM, root) or str(tools.own_browser())
    quick = [
        [sys.executable, "-m", *check] for check in (["ruff", "check", "."], ["ruff", "format", "--check"])
    ]
    types = [[sys.executable, "-m", "mypy"]]
    if "scripts" in wanted:
        types.append([str(root / tools.TYPES / "node_modules/.bin/tsc"), "--project", str(tools.TYPES)])
    without = [
        marker for marker in left_out if marker != "scripts"
    ]  # no test bears it: tsc is a step of its own
    selected = ["-m", " and ".join(f"not {marker}" for marker in without)] if without else []
    workers = ["-n", str(most_workers()), "--dist", "worksteal"]
    if any("::" in each for each in places):
        workers = []
    tests = [sys.executable, "-m", "pytest", *workers, *selected, *places, *rest]
    for step in quick if lint else []:
        if code := subprocess.call(step, cwd=root, env=environment):
            return code
    with (
        ThreadPoolExecutor() as pool
    ):  # types are checked while the tests wait for their servers and browsers
        beside = [
            pool.submit(
                subprocess.run,
                step,
                cwd=root,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            for step in (types if lint else [])
        ]
        codes = [subprocess.call(tests, cwd=root, env=environment)]
        for each in beside:
            done = each.result()
            print(done.stdout.decode(errors="replace"), end="")
            codes.append(done.returncode)
    return next((code for code in codes if code), 0)


def most_workers() -> int:
    """Half as many again as there are cores: a third of a test's time is spent waiting."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


def place(name: str, root: Path) -> str | None:
    """What pytest is given for a room or a path, `::` and the name of a test included; None where nothing is there."""
    path, mark, test_name = name.partition("::")
    for found in (Path("tests") / path, Path(path)):
        if path and (root / found).exists():
            return f"{found}{mark}{test_name}"
    return None


def _advice(name: str, root: Path) -> str:
    rooms = sorted(path.parent.name for path in (root / "tests").glob("*/test_*.py"))
    return did_you_mean(name, set(rooms), "salles : " + ", ".join(dict.fromkeys(rooms)))


def _asks(places: list[str], marker: str, root: Path) -> bool:
    """Whether a file of tests among these places bears the marker."""
    for each in places:
        path = root / each.partition("::")[0]
        files = path.rglob("test_*.py") if path.is_dir() else [path]
        if any(f"mark.{marker}" in file.read_text(encoding="utf-8") for file in files):
            return True
    return False


def prepare(markers: list[str], root: Path) -> str | None:
    """Finds or brings what the tests of these markers need; else one sentence that says what to do."""
    if lacking := [*tools.missing(markers, root), *tools.heavy(markers, root)]:
        tools.install(lacking, root)
        lacking = tools.missing(markers, root)
    if lacking:
        packages = dict.fromkeys(package for tool in lacking for package in tool.packages)
        ways = [f"--without-{marker}" for marker in markers if set(tools.TOOLS[marker]) & set(lacking)]
        return (
            f"Il manque {', '.join(tool.name for tool in lacking)} ; à installer "
            f"(Debian : sudo apt install {' '.join(packages)}), ou lancez « test {' '.join(ways)} »."
        )
    wanted = {marker: folder for marker, folder in tools.BROUGHT.items() if marker in markers}
    with ThreadPoolExecutor() as pool:  # npm waits for the network
        brought = dict(
            zip(wanted, pool.map(lambda folder: tools.bring(folder, root), wanted.values()), strict=True)
        )
    for marker, there in brought.items():
        if not there:
            return (
                f"npm n’a pas pu installer ce que nomme {wanted[marker].as_posix()} : vérifiez la connexion, puis "
                f"relancez, ou lancez « test --without-{marker} »."
            )
    return None
