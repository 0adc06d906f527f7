"""Builds beside the old site and exchanges the two, so that a build killed at any moment leaves a whole site.

On Linux the exchange is one system call and there is no moment without a site. Elsewhere, or on a disk that cannot
do it, two renames follow each other; a kill between them is mended by the next build, which finds the old site in
the folder that was left behind and puts it back. Two builds at once into one folder: the last one to finish wins.
"""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = ".site-"
FRESH, OLD = "site", "old"
_SOURCES = ("docs", "data", "hooks", "scripts", "tests", "benchmarks", ".git", ".github", ".cache", ".venv")
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_LEFT_BEHIND = 86_400  # seconds; only where no lock tells whether a build is still running


def misplaced(target: Path, root: Path) -> str | None:
    """Why nothing may be written to `target` (links followed), in one French sentence; None when it may."""
    target, root = Path(os.path.realpath(target)), Path(os.path.realpath(root))
    if root.is_relative_to(target):
        return f"{target} contient le guide lui-même : donnez un autre dossier."
    if any(target.is_relative_to(root / name) for name in _SOURCES):
        return f"{target} fait partie des sources du guide : donnez un autre dossier."
    if os.path.lexists(target) and not target.is_dir():
        return f"{target} n’est pas un dossier : donnez un dossier vide ou nouveau."
    return None


def occupied(target: Path) -> str | None:
    """The refusal of a folder that holds something."""
    if target.is_dir() and any(target.iterdir()):
        return f"{target} n’est pas vide : donnez un dossier vide ou nouveau."
    return None


def refusal(target: Path, root: Path) -> str | None:
    """Why a site may not be written to `target`: misplaced, or holding something else than a site of the guide."""
    if why := misplaced(target, root):
        return why
    if occupied(target) and not (target / "version.json").is_file():
        return f"{target} n’est pas un site du guide : donnez un dossier vide ou nouveau."
    return None


@contextmanager
def workshop(target: Path) -> Iterator[Path]:
    """A folder beside `target` to build in, locked while it is in use."""
    target.parent.mkdir(parents=True, exist_ok=True)
    door = _lock(target.parent, wait=True)  # nobody mends between the making of our folder and its lock
    try:
        mend(target)
        folder = tempfile.TemporaryDirectory(
            prefix=f"{PREFIX}{target.name}-", dir=target.parent, ignore_cleanup_errors=True
        )
        lock = _lock(Path(folder.name))
    finally:
        _unlock(door)
    with folder:
        try:
            yield Path(folder.name)
        finally:
            _unlock(lock)


def swap(folder: Path, target: Path) -> None:
    """Puts the site built in `folder` in the place of `target`."""
    fresh, old = folder / FRESH, folder / OLD
    if not target.exists():
        try:
            fresh.rename(target)
            return
        except OSError:
            if not target.exists():
                raise  # else another build has just put its site there
    if not _exchange(fresh, target):
        target.rename(old)
        fresh.rename(target)


def mend(target: Path) -> None:
    """Removes what killed builds left beside `target`, and puts back the old site if one had moved it away."""
    ours = re.compile(re.escape(f"{PREFIX}{target.name}-") + r"[a-z0-9_]{8}")
    for folder in sorted(target.parent.iterdir()):
        if not ours.fullmatch(folder.name) or folder.is_symlink() or not folder.is_dir():
            continue
        lock = _lock(folder)
        if lock is None and (sys.platform != "win32" or time.time() - folder.stat().st_mtime < _LEFT_BEHIND):
            continue  # another build is at work there
        old = folder / OLD
        if old.is_dir() and not target.exists():
            old.rename(target)
        shutil.rmtree(folder, ignore_errors=True)
        _unlock(lock)


def _unlock(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """An open lock on the folder; None when another program holds it, or on Windows, which has none."""
    if sys.platform == "win32":
        return None
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders at once; False where the system or the disk cannot."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    if call is None:
        return False
    done: int = call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return done == 0
