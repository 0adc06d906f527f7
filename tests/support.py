"""Where the project is and how tests run its commands."""

from __future__ import annotations

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


def environment() -> dict[str, str]:
    """The environment of a build on the fixed day of the tests."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "hooks"),
        "GUIDE_DATE": DATE,
        "NO_MKDOCS_2_WARNING": "1",
    }


def run_guide(
    *arguments: str, root: Path = ROOT, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the guide in a project folder, as scripts/guide does, with more variables if need be."""
    variables = {**environment(), **(variables or {}), "PYTHONPATH": str(root / "hooks")}
    if root != ROOT:
        variables["GUIDE_DRAFT"] = "1"  # a broken copy need not set the whole booklet again
    command = [sys.executable, "-m", "guide", *arguments]
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)
