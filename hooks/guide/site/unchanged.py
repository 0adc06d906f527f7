"""Whether a site is still what its sources give: the same inputs, byte for byte, and the same files as were written.

Standard library only, and nothing of the guide: a build that has nothing to do ends in a moment.
"""

from __future__ import annotations

import os
from pathlib import Path

from guide.site.asked import Asked
from guide.source.kept import Kept, folder_digest, name, program

_EPOCH = "SOURCE_DATE_EPOCH"  # changes a build beside its files and its options
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
        return list(said) if digest == folder_digest(self._site) else None

    def put(self, said: list[str]) -> None:
        """Notes the site that has just been written, unless a source was saved meanwhile."""
        if self._read() == self._inputs and program() == self._program:
            self._kept.put(self._inputs, [folder_digest(self._site), said])
            self._kept.forget()

    def _read(self) -> str:
        asked = self._asked
        report = asked.link_report.read_bytes() if asked.link_report and asked.link_report.is_file() else b""
        varying = (self._site, asked, os.environ.get(_EPOCH))
        folders = (folder_digest(folder) for folder in (self._root / "docs", self._root / "data"))
        settings = (self._root / "mkdocs.yml").read_bytes() if (self._root / "mkdocs.yml").is_file() else b""
        return name(self._program, repr(varying), report, settings, *folders)
