"""Where the project is and how tests run its commands."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATE = "2026-11-24"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


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
    *arguments: str, root: Path = ROOT, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the guide in a project folder, as scripts/guide does, with more variables if need be."""
    variables = {**environment(), **(variables or {}), "PYTHONPATH": str(root / "hooks")}
    # A broken copy need not set the whole booklet again.
    draft = ["--draft"] if root != ROOT and arguments[0] in ("site", "offline", "stage") else []
    command = [sys.executable, "-m", "guide", *arguments, *draft]
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)
