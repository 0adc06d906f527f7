"""Where the project is and how tests run its commands."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import io
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from guide.__main__ import main
from guide.commands.init import init
from guide.data.guide import Guide, load

ROOT = Path(__file__).resolve().parent.parent
DATE = "2026-11-24"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--font-render-hinting=none",  # letters as wide as with a window, and as on most readers' machines
]  # fmt: skip
# These build a site: they have a process of their own, as an editor gives them one.
BUILDS = {"site", "release", "offline"}


@functools.cache
def ours() -> Guide:
    """The data of this guide, read once by each process: nobody changes them, a test takes a copy."""
    return load(ROOT)


def rows(path: Path) -> Any:
    """What stands in a YAML file of the tests, by the parser of libyaml: every worker reads them all."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def copy_project(folder: Path) -> Path:
    """The whole project in a new folder of `folder`, with what earlier builds have kept."""
    copy_into(folder / "guide", "docs", "data", "hooks", "mkdocs.yml")
    return folder / "guide"


def copy_into(root: Path, *names: str) -> None:
    """These parts of the project in an empty or new folder, with what earlier builds have kept."""
    (root / ".cache").mkdir(parents=True, exist_ok=True)
    # By `cp`: five times quicker than shutil, and compiled modules stay good, since every time is kept.
    subprocess.run(["cp", "-a", *(ROOT / name for name in names), root], check=True)
    for path in (ROOT / ".cache").glob("*"):
        if path.name not in ("tools", "apt"):  # the programs that tests run: hundreds of megabytes
            subprocess.run(["cp", "-a", path, root / ".cache"], check=True)


def new_guide(folder: Path) -> Path:
    """The guide of another profession in a new folder: a check of it takes a tenth of a second, a refusal to publish one."""
    words = ["--name", "Guide", "--structure", "l’étude", "--client", "client", "--peer", "un notaire"]
    assert init([str(folder), *words], ROOT) == 0
    return folder


class Copies:
    """One copy of the project that tests take in turn: what a test has changed is put back, the rest is not copied again."""

    def __init__(self, folder: Path) -> None:
        """`folder`: where the copy waits, and where what it is mended from stays."""
        folder.mkdir(parents=True, exist_ok=True)
        self._model = copy_project(folder)
        self._waiting = folder / "waiting"
        self._known: dict[str, tuple[int, int, int]] = {}

    def take(self, root: Path) -> None:
        """The copy, at a place where nothing stands yet."""
        if not self._waiting.exists():
            subprocess.run(["cp", "-a", self._model, self._waiting], check=True)
            self._known = dict(_marks(self._waiting))
        self._waiting.rename(root)

    def give_back(self, root: Path) -> None:
        """Mends it for the next test."""
        found = dict(_marks(root))
        for name in found.keys() - self._known.keys():
            path = root / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(
                    path, ignore_errors=True
                )  # with what was in it, already gone or still to come here
            else:
                path.unlink(missing_ok=True)
        lost = sorted(name for name, mark in self._known.items() if found.get(name) != mark)
        for name in lost:
            source, target = self._model / name, root / name
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)  # where a file was
            else:
                target.unlink(missing_ok=True)
            if source.is_dir():
                target.mkdir()
            else:
                shutil.copy2(source, target, follow_symlinks=False)
            self._known[name] = _mark(target.lstat())
        root.rename(self._waiting)


def _mark(seen: os.stat_result) -> tuple[int, int, int]:
    """Changes whenever a file is written, replaced or renamed; a folder is only there or not."""
    return (0, 0, 0) if stat.S_ISDIR(seen.st_mode) else (seen.st_ino, seen.st_size, seen.st_ctime_ns)


def _marks(folder: Path, inside: str = "") -> Iterator[tuple[str, tuple[int, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            yield f"{inside}{entry.name}", _mark(entry.stat(follow_symlinks=False))
            if entry.is_dir(follow_symlinks=False):
                yield from _marks(folder / entry.name, f"{inside}{entry.name}/")


# Whether a command runs on a forge is said by each test, not by where the tests themselves run.
os.environ.pop("CI", None)


def noon(day: str) -> str:
    """The moment that SOURCE_DATE_EPOCH takes for a day."""
    return str(int(dt.datetime.fromisoformat(f"{day}T12:00Z").timestamp()))


def environment() -> dict[str, str]:
    """The environment of a build on the fixed day of the tests."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "hooks"),
        "SOURCE_DATE_EPOCH": noon(DATE),
        "NO_MKDOCS_2_WARNING": "1",
    }


def here(*arguments: str) -> list[str]:
    """What runs a command of the program under test on the folder it is started in: a guide's own would be compiled anew."""
    run = "import sys, pathlib, guide.__main__ as it; sys.exit(it.main(sys.argv[1:], pathlib.Path.cwd()))"
    return [sys.executable, "-c", run, *arguments]


def run_guide(
    *arguments: str, root: Path = ROOT, variables: Mapping[str, str] | None = None, apart: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the guide in a project folder, as scripts/guide does, with more variables if need be.

    What builds a site has a process of its own, and so has what is `apart`: the program is then the one of `root`. The
    rest runs in this process, with the program under test: starting Python would cost more than the command.
    """
    variables = {**environment(), **(variables or {}), "PYTHONPATH": str(root / "hooks")}
    # A broken copy need not set the whole booklet again.
    draft = ["--draft"] if root != ROOT and arguments[0] in ("site", "offline", "stage") else []
    if apart or (arguments[0] in BUILDS and "--help" not in arguments):
        command = [sys.executable, "-m", "guide", *arguments, *draft]
        return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)
    out, err = io.StringIO(), io.StringIO()
    with (
        patch.dict(os.environ, variables, clear=True),
        contextlib.chdir(root),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code: object = main([*arguments, *draft], root)
        except SystemExit as stop:  # argparse: help, or an option that does not exist
            code = stop.code
    return subprocess.CompletedProcess(list(arguments), int(str(code or 0)), out.getvalue(), err.getvalue())
