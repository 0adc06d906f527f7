"""Calls typst: a template and data in, a tagged PDF, a preview or a measurement out.

Data goes in as JSON, never as markup. Every warning is an error: a family that is missing or a block that
is dropped is only a warning to typst, and a hole in a sheet to the reader.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.paper.glyphs import FONT_FOLDER
from guide.source.yaml_source import strings

if TYPE_CHECKING:  # both are slow to load, and what a check reads is set by none of them
    import typst
    from PIL.Image import Image

TEMPLATES = Path(__file__).parent / "typst"
PREVIEW_PPI = 80


class TypesettingError(Exception):
    """Raised by this module when a template is wrong; the reader is whoever changed the template."""


@dataclass(frozen=True, slots=True)
class Job:
    """One document: its template, its data (JSON values only), and the one day it knows."""

    template: str
    data: Mapping[str, Any]
    today: dt.date
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False, sort_keys=True)

    def with_inputs(self, **inputs: str) -> Job:
        """The same job with more named strings for the template."""
        return Job(self.template, self.data, self.today, (*self.inputs, *sorted(inputs.items())))

    def strings(self) -> Iterator[str]:
        """Every text of the data."""
        return (text for _, text in strings(json.loads(self.json)))


def pdf(job: Job) -> bytes:
    """The PDF/UA-1 file of a job; the same bytes for the same job."""
    stamp = dt.datetime(job.today.year, job.today.month, job.today.day, tzinfo=dt.UTC)
    import typst

    made, warnings = typst.compile_with_warnings(
        TEMPLATES / job.template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs=_inputs(job),
        pdf_standards=["ua-1"],
        timestamp=stamp,
    )
    _refuse(job, warnings)
    return made


def preview(job: Job) -> tuple[bytes, int, int]:
    """A picture of the first page, small enough for a phone: PNG bytes, width and height in pixels."""
    from PIL.Image import open as open_picture  # sheets are mostly kept from before

    image = open_picture(io.BytesIO(picture(job, PREVIEW_PPI)))
    out = io.BytesIO()
    _sixteen_greys(image).save(out, "PNG", bits=4)
    return out.getvalue(), image.width, image.height


def picture(job: Job, ppi: int) -> bytes:
    """The first page as a PNG file, at `ppi` pixels to the inch."""
    import typst

    made, warnings = typst.compile_with_warnings(
        TEMPLATES / job.template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png",
        ppi=ppi,
        sys_inputs=_inputs(job),
    )
    _refuse(job, warnings)
    pages: Any = made
    first: bytes = pages[0] if isinstance(pages, list) else pages
    return first


def _sixteen_greys(picture: Image) -> Image:
    """Black on white needs no more, and the file is four times smaller."""
    grey = picture.convert("L").point([value // 16 for value in range(256)])
    grey.putpalette([step * 17 for step in range(16) for _ in "rgb"])
    return grey


def query(job: Job, label: str) -> Any:
    """The value that the template left under `<label>` (metadata), without making a file."""
    return query_all(job, label)[0]


def query_all(job: Job, label: str) -> list[Any]:
    """Every value that the template left under `<label>`, in document order."""
    import typst

    found = typst.query(
        TEMPLATES / job.template,
        f"<{label}>",
        field="value",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=_inputs(job),
    )
    values: list[Any] = json.loads(found)
    return values


def _inputs(job: Job) -> dict[str, str]:
    return {"data": job.json, **dict(job.inputs)}


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONT_FOLDER])


def _refuse(job: Job, warnings: list[Any]) -> None:
    if warnings:
        raise TypesettingError(f"{job.template}: " + "; ".join(str(warning.message) for warning in warnings))
