"""What is costly to make and only read: made by one worker of a run, found made by the others."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path


class Once:
    """`once(name, make)` gives the folder `name`, filled by `make(folder)` in whichever worker comes first.

    The others wait for it. What could not be made fails the test that asked, and is tried anew by the next one.
    """

    def __init__(self, base: Path) -> None:
        """`base`: the temporary folder that the workers of this run share."""
        self.base = base

    def __call__(self, name: str, make: Callable[[Path], None]) -> Path:
        folder, done = self.base / name, self.base / f"{name}.made"
        with (self.base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                make(folder)
                done.touch()
        return folder
