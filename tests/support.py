"""Where the project is and how tests run its commands."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from guide.__main__ import main

ROOT = Path(__file__).resolve().parent.parent
DATE = "2026-11-24"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
# These build a site: they have a process of their own, as an editor gives them one.
BUILDS = {"site", "release", "offline"}


def copy_project(folder: Path) -> Path:
    """The whole project in a new folder of `folder`, with what earlier builds have kept."""
    root = folder / "guide"
    root.mkdir()
    copied = [ROOT / name for name in ("docs", "data", "hooks", "mkdocs.yml", ".cache")]
    # By `cp`: five times quicker than shutil, and compiled modules stay good, since every time is kept.
    subprocess.run(["cp", "-a", *(path for path in copied if path.exists()), root], check=True)
    return root


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
