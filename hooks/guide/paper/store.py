"""Keeps what was made, under a name that says all it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from guide.paper import typesetting
from guide.paper.glyphs import FONT_FOLDER
from guide.paper.typesetting import Job
from guide.source.kept import packages

_CODE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: PDF, number of pages, preview and its size in pixels."""

    pdf: bytes
    pages: int
    preview: bytes
    width: int
    height: int


def key(tools: str, job: Job, *more: str) -> str:
    """A name for the result of a job made with `workshop()`: nothing it depends on is left out."""
    parts = (tools, job.template, job.json, repr(job.inputs), job.today.isoformat(), *more)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def get(folder: Path, name: str, make: Callable[[], Made]) -> Made:
    """What is kept under `name`, or what `make` returns, kept for the next build."""
    description, pdf, png = (folder / f"{name}.{kind}" for kind in ("json", "pdf", "png"))
    try:
        known = json.loads(description.read_bytes())
        kept = Made(pdf.read_bytes(), known["pages"], png.read_bytes(), known["width"], known["height"])
        if known["seal"] == _seal(name, kept):
            return kept
    except (OSError, ValueError, KeyError, TypeError):
        pass  # never made, left half-written, or no work of ours: make it
    made = make()
    folder.mkdir(parents=True, exist_ok=True)
    size = {"pages": made.pages, "width": made.width, "height": made.height, "seal": _seal(name, made)}
    _put(pdf, made.pdf)
    _put(png, made.preview)
    _put(description, json.dumps(size).encode())  # last: it vouches for the others
    return made


def _seal(name: str, made: Made) -> str:
    parts = (name, made.pages, made.width, made.height, hashlib.sha256(made.pdf).hexdigest())
    return hashlib.sha256(repr(parts).encode() + made.preview).hexdigest()


def _put(path: Path, content: bytes) -> None:
    """Writes at once or not at all: another build may be reading the same file."""
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=path.stem + ".", suffix=".part", delete=False
    ) as part:
        part.write(content)
    with contextlib.suppress(FileNotFoundError):  # swept by the other build: it will be made again
        Path(part.name).replace(path)


def latest(folder: Path) -> str | None:
    """The name of the newest thing kept in `folder`."""
    kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    return kept[-1].stem if kept else None


def sweep(folder: Path, names: Iterable[str]) -> None:
    """Forgets everything that the last build did not use."""
    wanted = set(names)
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.stem not in wanted:
            path.unlink(missing_ok=True)


def workshop() -> str:
    """A hash of everything that is not data: templates, fonts, this package's code, the versions of the packages."""
    digest = hashlib.sha256(packages().encode())
    for path in sorted((*typesetting.TEMPLATES.iterdir(), *FONT_FOLDER.iterdir(), *_CODE.glob("*.py"))):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
