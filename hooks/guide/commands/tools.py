"""The programs of the system that tests run: found, fetched beside the project, installed by apt, or named as missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A program under any of its names, and the Debian packages that bring it.

    What stands `beside` is unpacked in the project's cache and not installed: Debian starts a server once it is.
    """

    name: str
    programs: tuple[str, ...]
    packages: tuple[str, ...]
    beside: bool = False


# The engine of Chromium without its windows comes first: the same pages for half the processor. Unpacked, it stands in the
# folder of `chromium-common`, whose resources it looks for beside itself.
CHROMIUM = Tool(
    "Chromium",
    ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    ("chromium-headless-shell", "chromium-common"),
    beside=True,
)
NPM = Tool("npm", ("npm",), ("npm",))
# By marker of the tests that need them. `apache2-bin` has the server and its modules.
TOOLS: Mapping[str, tuple[Tool, ...]] = {
    "browser": (CHROMIUM,),
    "servers": (
        Tool("nginx", ("nginx",), ("nginx",), beside=True),
        Tool("Apache", ("apache2",), ("apache2-bin", "media-types"), beside=True),
        Tool("rsync", ("rsync",), ("rsync",), beside=True),  # the documented way to publish
    ),
    "poppler": (Tool("Poppler", ("pdftotext", "pdftoppm"), ("poppler-utils",), beside=True),),
    "validity": (Tool("Java", ("java",), ("default-jre-headless",)), NPM),
    "scripts": (NPM,),
    "readers": (NPM,),
}
# Servers live where an ordinary user's PATH does not look.
SYSTEM = ("/usr/sbin", "/usr/local/sbin")
# Where a package puts its program; the launcher that Chromium's has in `usr/bin` knows one place only.
_PROGRAMS = ("usr/sbin", "usr/bin", "usr/lib/chromium")
# What npm brings, verified against the lock in its folder: the HTML checker, the type checker of our scripts,
# other people's readers of our files.
VNU = Path("tests") / "vnu"
TYPES = Path("tests") / "types"
READERS = Path("tests") / "readers"
BROUGHT = {"validity": VNU, "scripts": TYPES, "readers": READERS}


def beside(root: Path) -> Path:
    """Where packages are unpacked; `bin/` in it holds a launcher for each program."""
    return root / ".cache" / "tools"


def find(tool: Tool, root: Path) -> str | None:
    """Where the program is; for Chromium also GUIDE_CHROMIUM and the one that Playwright downloads."""
    named = os.environ.get("GUIDE_CHROMIUM") if tool is CHROMIUM else None
    places = os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM, str(beside(root) / "bin")))
    return named or next((path for name in tool.programs if (path := shutil.which(name, path=places))), None)


def own_browser() -> str | None:
    """Playwright's own Chromium, where it was downloaded. Needs the packages of the tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def missing(markers: list[str], root: Path) -> list[Tool]:
    """What the tests of these markers lack."""
    ready = {marker for marker, folder in BROUGHT.items() if brought(folder, root)}
    tools = [
        tool
        for marker in markers
        for tool in TOOLS[marker]
        if find(tool, root) is None and not (tool is NPM and marker in ready)  # it only brings the checker
    ]
    if CHROMIUM in tools and own_browser():
        tools.remove(CHROMIUM)
    return list(dict.fromkeys(tools))


def heavy(markers: list[str], root: Path) -> list[Tool]:
    """Chromium, where only one with windows is there and apt knows the other."""
    if "browser" not in markers or not (path := find(CHROMIUM, root)) or "GUIDE_CHROMIUM" in os.environ:
        return []
    if Path(path).name == CHROMIUM.programs[0] or not shutil.which("apt-cache"):
        return []
    asked = subprocess.run(["apt-cache", "show", CHROMIUM.packages[0]], capture_output=True, check=False)
    return [] if asked.returncode else [CHROMIUM]


def install(tools: list[Tool], root: Path) -> None:
    """Brings the tools with apt and says so first; where apt or the right to use it lacks, they stay missing."""
    if not shutil.which("apt-get"):
        return
    aside = [tool for tool in tools if tool.beside]
    into = [package for tool in tools if not tool.beside for package in tool.packages]
    if aside and shutil.which("dpkg"):
        packages = " ".join(package for tool in aside for package in tool.packages)
        print(f"Déballé dans .cache/tools, sans rien installer : {packages}…", file=sys.stderr)
        fetch(aside, root)
    if into and hasattr(os, "geteuid") and os.geteuid() == 0:
        print(f"Installation par apt : {' '.join(into)}…", file=sys.stderr)
        if _apt(["update"]):
            _apt(["install", "-y", "--no-install-recommends", *into])


def fetch(tools: list[Tool], root: Path) -> None:
    """Unpacks the packages of each tool, and those they need that the machine lacks, with a launcher for each program.

    Lists and archives stay in the project's cache: nothing of the system is written, and an ordinary user may do it.
    """
    work = root / ".cache" / "apt"
    own = [f"Dir::State::lists={work}/lists", f"Dir::Cache={work}", "Debug::NoLocking=1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        own.append("APT::Sandbox::User=root")  # apt's own user may not read this folder
    options = [part for option in own for part in ("-o", option)]
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    # Reinstalled: what the machine has of them is downloaded too, for a program and its data to stand together.
    wanted = ["install", "--download-only", "--reinstall", "-y", "--no-install-recommends"]
    # One by one: a package that this machine does not know keeps no other away.
    came = _apt([*options, "update"]) and [_apt([*options, *wanted, *tool.packages]) for tool in tools]
    if came and any(came):
        place = beside(root)
        for archive in sorted((work / "archives").glob("*.deb")):
            subprocess.run(["dpkg", "-x", str(archive), str(place)], check=True)
        (place / "bin").mkdir(parents=True, exist_ok=True)
        libraries = ":".join(str(path) for path in sorted({each.parent for each in place.rglob("*.so*")}))
        for name in (name for tool in tools for name in tool.programs):
            for found in (path for folder in _PROGRAMS if (path := place / folder / name).exists()):
                _launcher(place / "bin" / name, found, libraries)
    shutil.rmtree(work, ignore_errors=True)


def _launcher(path: Path, program: Path, libraries: str) -> None:
    """Written last and at once: an interrupted download leaves no program that seems to be there."""
    part = path.with_suffix(".part")
    part.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{program}" "$@"\n', encoding="utf-8")
    part.chmod(0o755)
    part.replace(path)


def _apt(arguments: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(["apt-get", "-qq", *arguments], env=quiet, stdout=subprocess.DEVNULL) == 0


def brought(folder: Path, root: Path) -> bool:
    """Whether what the lock of this folder names is installed there, for this machine."""
    installed = root / folder / "node_modules" / ".package-lock.json"
    if not installed.exists():
        return False
    wanted = json.loads((root / folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    there = json.loads(installed.read_text(encoding="utf-8"))["packages"]
    needed = {name for name, each in wanted.items() if name and not each.get("optional")}
    return needed <= there.keys() and all(each == wanted.get(name) for name, each in there.items())


def bring(folder: Path, root: Path) -> bool:
    """Brings what the lock names with npm, verified against it; the packages' own scripts are not run."""
    if brought(folder, root):
        return True
    npm = find(NPM, root)
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    return npm is not None and subprocess.call(command, cwd=root / folder) == 0
