"""The programs of the system that tests run: found, installed by apt for root, or named as missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tool:
    """A program under any of its names, and the Debian packages that bring it."""

    name: str
    programs: tuple[str, ...]
    packages: tuple[str, ...]


CHROMIUM = Tool(
    "Chromium", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), ("chromium",)
)
NPM = Tool("npm", ("npm",), ("npm",))
POPPLER = Tool("poppler", ("pdftoppm",), ("poppler-utils",))
# By marker of the tests that need them. `apache2-bin` has the server and its modules without the system's service.
TOOLS: Mapping[str, tuple[Tool, ...]] = {
    "browser": (CHROMIUM,),
    "servers": (
        Tool("nginx", ("nginx",), ("nginx",)),
        Tool("Apache", ("apache2",), ("apache2-bin", "media-types")),
        Tool("rsync", ("rsync",), ("rsync",)),  # the documented way to publish
        POPPLER,  # what a printer would draw, codes included
    ),
    "validity": (Tool("Java", ("java",), ("default-jre-headless",)), NPM),
    "readers": (POPPLER, NPM),
}
# Servers live where an ordinary user's PATH does not look.
SYSTEM = ("/usr/sbin", "/usr/local/sbin")
POLICY = Path("/usr/sbin/policy-rc.d")
# What npm brings for the tests of a marker, from a lock that names no registry.
NPM_FOLDERS: Mapping[str, Path] = {"validity": Path("tests") / "vnu", "readers": Path("tests") / "readers"}


def find(tool: Tool) -> str | None:
    """Where the program is; for Chromium also GUIDE_CHROMIUM and the one that Playwright downloads."""
    named = os.environ.get("GUIDE_CHROMIUM") if tool is CHROMIUM else None
    places = os.pathsep.join((os.environ.get("PATH", ""), *SYSTEM))
    return named or next((path for name in tool.programs if (path := shutil.which(name, path=places))), None)


def own_browser() -> str | None:
    """Playwright's own Chromium, where it was downloaded. Needs the packages of the tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def missing(markers: list[str], root: Path) -> list[Tool]:
    """What the tests of these markers lack."""
    tools = [tool for marker in markers for tool in TOOLS[marker] if find(tool) is None]
    if CHROMIUM in tools and own_browser():
        tools.remove(CHROMIUM)
    if all(npm_ready(root, marker) for marker in markers if marker in NPM_FOLDERS):
        tools = [tool for tool in tools if tool is not NPM]  # it has brought all it had to
    return list(dict.fromkeys(tools))


def install(tools: list[Tool]) -> None:
    """Installs the tools with apt, for root; elsewhere, or when apt fails, they stay missing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    packages = [package for tool in tools for package in tool.packages]
    print(f"Installation par apt : {' '.join(packages)}…", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update, add = ["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    with no_service_started():
        if subprocess.call(update, env=quiet, stdout=subprocess.DEVNULL) == 0:
            subprocess.call([*add, *packages], env=quiet, stdout=subprocess.DEVNULL)


@contextmanager
def no_service_started() -> Iterator[None]:
    """Debian starts a server once it is installed, and at each boot: neither here. What was there comes back."""
    before = (POLICY.read_bytes(), POLICY.stat().st_mode) if POLICY.exists() else None
    had_nginx = shutil.which("nginx", path=SYSTEM[0])
    POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()
        if before:
            POLICY.write_bytes(before[0])
            POLICY.chmod(before[1])
        if not had_nginx and Path("/run/systemd/system").exists():
            subprocess.call(["systemctl", "disable", "--quiet", "nginx"])


def npm_ready(root: Path, marker: str) -> bool:
    """Whether every package of the marker's lock is installed, but those made for another system."""
    folder = root / NPM_FOLDERS[marker]
    try:
        wanted, installed = (
            json.loads((folder / name).read_text(encoding="utf-8"))["packages"]
            for name in ("package-lock.json", "node_modules/.package-lock.json")
        )
    except FileNotFoundError:
        return False
    return all(
        installed.get(name) == package
        for name, package in wanted.items()
        if name and not package.get("optional")
    )


def install_npm(root: Path, marker: str) -> bool:
    """Brings the packages with npm, verified against the lock; their own scripts are not run."""
    if npm_ready(root, marker):
        return True
    command = [str(find(NPM)), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    return subprocess.call(command, cwd=root / NPM_FOLDERS[marker]) == 0
