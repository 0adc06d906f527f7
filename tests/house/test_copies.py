"""The copy of the project that tests take in turn: whatever one of them did to it, the next finds it whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from support import Copies


def everything(root: Path) -> dict[str, bytes | str | None]:
    """Name → content of each file, target of each link, None for each folder."""
    return {
        path.relative_to(root).as_posix(): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else None
        for path in root.rglob("*")
    }


def test_a_copy_that_was_broken_comes_back_whole(copies: Copies, tmp_path: Path) -> None:
    copies.take(root := tmp_path / "one")
    before = everything(root)
    page, times = root / "docs/audit.md", (root / "docs/audit.md").stat()
    page.write_bytes(page.read_bytes()[::-1])  # as long as before, and said to be as old
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    (root / "data/facts.yml").rename(root / "data/laws.yml")
    (root / "mkdocs.yml").unlink()
    (root / "mkdocs.yml").mkdir()
    (root / "mkdocs.yml/file").write_text("x", encoding="utf-8")
    (root / "docs/index.md").unlink()
    (root / "docs/index.md").symlink_to("/etc/passwd")
    shutil.rmtree(root / "docs/urgence")
    (root / "docs/urgence").write_text("x", encoding="utf-8")
    shutil.rmtree(root / "data/drawings")
    (root / "site/deep/er").mkdir(parents=True)
    (root / "site/deep/er/x").write_text("x", encoding="utf-8")
    copies.give_back(root)
    assert not root.exists()
    copies.take(again := tmp_path / "two")
    assert everything(again) == before
    copies.give_back(again)
