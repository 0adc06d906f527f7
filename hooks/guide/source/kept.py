"""What was worked out of the sources, kept in `.cache/kept/` under a name that says all it was made from.

One file a kind, to which results are added: to make a file costs more than to write it. Each result is JSON, never a
program, under a seal over its name and its text: what is damaged, or was put there by something else, is made again. What a
build has not asked for is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

HOOKS = Path(__file__).parents[2]
"""The program whose results are kept; what a build takes from elsewhere is not in their names."""
_NAME, _SEAL, _LENGTH = 32, 32, 10
_HEAD = _NAME + _SEAL + _LENGTH
_UNUSED = 4  # a file is written anew when a fourth of it is no longer asked for
_LOADED: list[str] = []
_HASHES: dict[
    str, tuple[object, bytes]
] = {}  # a build asks several times for those of the program and of the sources
_SURE = 1_000_000_000  # nanoseconds; a file that was saved since may be saved again under the same time


def name(*parts: str | bytes) -> str:
    """A name for a result, from everything it depends on."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:32]


@cache
def packages() -> str:
    """The versions of Python and of every package beside the program."""
    found = sorted(
        entry
        for folder in sys.path
        if folder.endswith("site-packages") and Path(folder).is_dir()
        for entry in os.listdir(folder)  # noqa: PTH208  # names are all that is wanted of so many
        if entry.endswith(".dist-info")
    )
    return name(sys.version, repr(found))


def program() -> str:
    """A name for all that is no source of the guide: code, templates, fonts and packages.

    Empty where the code is no longer what this process has loaded (`serve` outlives an edit): nobody can say by what its
    results were made.
    """
    files = sorted(_all_in(HOOKS))
    code = _name_of(path for path in files if path.endswith(".py"))
    if code != _loaded(code):
        return ""
    return name(packages(), code, _name_of(path for path in files if not path.endswith(".py")))


def _loaded(code: str) -> str:
    """The code as it was when it was first asked for."""
    _LOADED.append(code)
    del _LOADED[1:]
    return _LOADED[0]


def _name_of(files: Iterable[str]) -> str:
    return name(*(part for path in files for part in (path[len(str(HOOKS)) :], _hash(path))))


def folder_digest(folder: Path) -> str:
    """A hash of the names and the contents of all files in a folder; never the same where it holds a linked folder."""
    digest = hashlib.sha256()
    for path in sorted(_all_in(folder)):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0")
        digest.update(_hash(path))
    return digest.hexdigest()


def _hash(path: str) -> bytes:
    """Of what is no file that can be read, the check that comes says so: a pipe would wait for ever."""
    try:
        seen = os.stat(path)  # noqa: PTH116  # a thousand of them
        if not stat.S_ISREG(seen.st_mode):
            return b"?"
        state = seen.st_mtime_ns, seen.st_size, seen.st_ino
        known, digest = _HASHES.get(path, (None, b""))
        if known != state:
            with open(path, "rb") as file:  # noqa: PTH123
                digest = hashlib.file_digest(file, "sha256").digest()
            if time.time_ns() - seen.st_mtime_ns > _SURE:
                _HASHES[path] = state, digest
        return digest
    except OSError:
        return b"!"


def _all_in(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != "__pycache__"]
        yield from (f"{parent}/{each}" for each in names)
        # What a linked folder holds is not looked at: such a site is never known to be the same.
        yield from (f"{each} {os.urandom(8).hex()}" for each in folders if Path(parent, each).is_symlink())


class Kept:
    """Results of one kind, in one file. `program` goes into the name of each; without a file nothing is kept nor read."""

    def __init__(self, file: Path | None, program: str = "") -> None:
        self._file, self._program = file, program
        self._asked: set[str] = set()
        self._known: dict[str, tuple[int, int]] | None = None
        self._end = self._whole = 0  # how far the file is sound, and its size, when it was read
        self._ready = False

    def find(self, wanted: str) -> Any:
        """What is kept under this name (a JSON value), None where there is nothing to be trusted."""
        if self._file is None:
            return None
        given = self._name(wanted)
        start, size = self._places(self._file).get(given, (0, 0))
        if not size:
            return None
        try:
            with self._file.open("rb") as file:
                file.seek(start)
                found = file.read(size)
            return json.loads(found[_HEAD:]) if found == _sealed(given, found[_HEAD:]) else None
        except (OSError, ValueError):  # unreadable, or not what was written: worked out again
            return None

    def put(self, wanted: str, value: Any) -> None:
        """Keeps a JSON value; a file that cannot be written to only costs time."""
        if self._file is None:
            return
        given, places = self._name(wanted), self._places(self._file)
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        text = _sealed(given, body)
        with suppress(OSError):
            self._prepare(self._file)
            with self._file.open("ab", buffering=0) as file:  # at once: another build may add to it too
                file.write(text)
                places[given] = file.tell() - len(text), len(text)

    def get(self, wanted: str, make: Callable[[], Any]) -> Any:
        """What is kept under this name, or what `make` returns (never None), kept for the next time."""
        value = self.find(wanted)
        if value is None:
            value = make()
            self.put(wanted, value)
        return value

    def forget(self) -> None:
        """Removes what nobody has asked for, once it is worth writing the file anew."""
        if self._file is None:
            return
        used = [place for given, place in self._places(self._file).items() if given in self._asked]
        part = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            whole = self._file.stat().st_size
            if (whole - sum(size for _, size in used)) * _UNUSED < whole:
                return
            with self._file.open("rb") as old, part.open("wb") as new:
                for start, size in used:
                    old.seek(start)
                    new.write(old.read(size))
            part.replace(self._file)
        self._known = None

    def _name(self, wanted: str) -> str:
        given = name(self._program, wanted)
        self._asked.add(given)
        return given

    def _places(self, file: Path) -> dict[str, tuple[int, int]]:
        """Where each result begins in the file, and its size with its head; read once, as far as the file is sound."""
        if self._known is None:
            self._known, self._end, self._whole = {}, 0, 0
            with suppress(OSError, ValueError):
                if not _plain(file):
                    return self._known
                with file.open("rb", buffering=0) as heads:
                    self._whole = os.fstat(heads.fileno()).st_size
                    while self._end < self._whole:
                        head = heads.read(_HEAD)
                        size = _HEAD + int(head[-_LENGTH:])
                        if not _HEAD <= size <= self._whole - self._end:
                            break
                        self._known[head[:_NAME].decode()] = self._end, size
                        self._end = heads.seek(self._end + size)
        return self._known

    def _prepare(self, file: Path) -> None:
        """Before the first writing: what is no file of ours goes, and the end of one that is not sound."""
        if self._ready:
            return
        self._ready = True
        file.parent.mkdir(parents=True, exist_ok=True)
        if _plain(file):
            if self._end < self._whole:
                os.truncate(file, self._end)
        elif file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)


def _plain(file: Path) -> bool:
    """A pipe would wait for ever, and what stands behind a link is not ours to write to."""
    return file.is_file() and not file.is_symlink()


def _sealed(given: str, body: bytes) -> bytes:
    """A result as it stands in its file: its name, a seal over it and its text, the length of this, and the text."""
    seal = hashlib.sha256(given.encode() + body).hexdigest()[:_SEAL]
    return f"{given}{seal}{len(body):0{_LENGTH}}".encode() + body


class Cache:
    """All that is kept of one guide, kind by kind; `root` is None where nothing may be kept nor trusted (`release`).

    `memory` outlives a build in a process that makes many (`serve`): the last value of each name, with what it was made from.
    """

    def __init__(self, root: Path | None, memory: dict[str, tuple[str, Any]] | None = None) -> None:
        self.memory = memory
        self._program = program() if root else ""
        self._folder = root / ".cache" / "kept" if root and self._program else None
        self._kinds: dict[str, Kept] = {}

    def of(self, kind: str) -> Kept:
        """The results of a kind."""
        if kind not in self._kinds:
            self._kinds[kind] = Kept(self._folder / kind if self._folder else None, self._program)
        return self._kinds[kind]

    def remember(self, what: str, wanted: str, make: Callable[[], Any]) -> Any:
        """What was last made of the same things in this process, or what `make` returns; nobody may change it."""
        if self.memory is None:
            return make()
        known, value = self.memory.get(what, ("", None))
        if known != wanted or not wanted:
            value = make()
            self.memory[what] = wanted, value
        return value

    def forget(self) -> None:
        """What a whole run has not asked for goes, in the kinds that it has used."""
        for kept in self._kinds.values():
            kept.forget()


NOTHING = Kept(None)
"""Keeps nothing: for whoever reads a file alone."""
