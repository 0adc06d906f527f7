"""Whether a site is still what its sources give: the same inputs, byte for byte, and the same files as were written.

Standard library only, and nothing of the guide: a build that has nothing to do ends in a moment.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from guide.site.asked import Asked
from guide.source.kept import Kept, name, program

# What changes a build beside its files and its options.
_VARIABLES = ("SOURCE_DATE_EPOCH", "GUIDE_SITE_URL")
_ASKS_MORE = "CHECK_LINKS"  # a build that does more than a site (hooks/links.py)


class Stamp:
    """What was known of a site when it was written: its inputs, its files, and the warnings that were shown."""

    def __init__(self, root: Path, site: Path, asked: Asked) -> None:
        self._root, self._site, self._asked = root, site, asked
        self._kept = Kept(root / ".cache" / "kept" / "site")
        self._program = program()
        self._inputs = self._read()

    def said(self) -> list[str] | None:
        """The warnings of the build that wrote this very site from these very inputs; None where it must be built."""
        known = self._kept.find(self._inputs)
        if known is None or not self._program or not self._site.is_dir() or os.environ.get(_ASKS_MORE):
            return None
        digest, said = known
        return list(said) if digest == _digest(self._site) else None

    def put(self, said: list[str]) -> None:
        """Notes the site that has just been written, unless a source was saved meanwhile."""
        if self._read() == self._inputs and program() == self._program:
            self._kept.put(self._inputs, [_digest(self._site), said])
            self._kept.forget()

    def _read(self) -> str:
        asked = self._asked
        report = asked.link_report.read_bytes() if asked.link_report and asked.link_report.is_file() else b""
        varying = (self._site, asked, [os.environ.get(each) for each in _VARIABLES])
        folders = (_digest(folder) for folder in (self._root / "docs", self._root / "data"))
        settings = (self._root / "mkdocs.yml").read_bytes() if (self._root / "mkdocs.yml").is_file() else b""
        return name(self._program, repr(varying), report, settings, *folders)


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(_files(folder)):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0")
        # A pipe would wait for ever; the check that comes refuses whatever is no file.
        digest.update(hashlib.sha256(Path(path).read_bytes()).digest() if Path(path).is_file() else b"?")
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [each for each in folders if each != "__pycache__"]
        yield from (os.path.join(parent, each) for each in names)
        # What a linked folder holds is not looked at: such a site is never known to be the same.
        yield from (f"{each} {os.urandom(8).hex()}" for each in folders if Path(parent, each).is_symlink())
