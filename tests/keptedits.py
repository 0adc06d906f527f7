"""Random edits of pages, data, menu and templates: a build that takes over earlier results writes what a cold one does.

Run with the program of a copy of the guide, since templates are edited too: see `benchmarks/kept/run.py`.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import generator
from generator import NotBuiltError
from guide.site.build import prepare
from guide.site.build_options import Asked
from guide.text.problems import GuideError
from mutations import mutate
from onetruth import edit

DAY = dt.date(2026, 11, 24)


def built(root: Path, site: Path, *, kept: bool, paper: bool = False) -> dict[str, bytes] | str:
    """Every file of the site that these sources give, or what stopped the build; without `paper` an earlier booklet will do."""
    shutil.rmtree(site, ignore_errors=True)
    if paper and not kept:
        shutil.rmtree(root / ".cache" / "printing")
    try:
        generator.run(prepare(root, Asked(DAY, draft=not paper), kept=kept), site, strict=False)
    except (GuideError, NotBuiltError) as error:
        return str(error)
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


def changed(path: Path, random: Random) -> None:
    """One edit: what an editor could write, or another word in a template."""
    if path.suffix not in (".html", ".j2"):
        (edit if random.random() < 0.5 else lambda path, random: mutate(path, random, 1))(path, random)
        return
    text = path.read_text(encoding="utf-8")
    words = list(re.finditer(r"(?<=>)[^<>{}%\n]*[a-zé]{3}[^<>{}%\n]*(?=<)", text))
    at = random.choice(words).end() if words else len(text)
    path.write_text(f"{text[:at]} x{random.randrange(9)}{text[at:]}", encoding="utf-8")


def differences(
    root: Path, folder: Path, edits: int, seed: int
) -> Iterator[tuple[int, str, list[str] | None]]:
    """For each edit: its seed, its file, and the files that differ; None where both builds stop in the same words.

    An edit that stops the build is taken back; the others pile up. Once in ten, the sheets and the booklet are set anew.
    """
    built(root, folder / "kept", kept=True)
    files = {
        "page": sorted((root / "docs").rglob("*.md")),
        "data": sorted((root / "data").glob("*.yml")),
        "menu": [root / "mkdocs.yml"],
        "template": sorted(path for path in (root / "hooks").rglob("*.*") if path.suffix in (".j2", ".html")),
    }
    for number in range(seed, seed + edits):
        random = Random(number)
        (kind,) = random.choices(list(files), weights=(5, 4, 1, 3))
        path = random.choice(files[kind])
        before = path.read_bytes()
        changed(path, random)
        paper = number % 10 == 0
        kept, cold = (
            built(root, folder / name, kept=name == "kept", paper=paper) for name in ("kept", "cold")
        )
        shown = path.relative_to(root).as_posix()
        if isinstance(kept, str) or isinstance(cold, str):
            path.write_bytes(before)
            yield number, shown, None if kept == cold else ["what stops the build"]
            continue
        yield number, shown, sorted(name for name in {*kept, *cold} if kept.get(name) != cold.get(name))
