"""The templates of the pages, compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Templates compiled by an earlier build, each read once: every page has an environment of its own."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        super().load_bytecode(bucket)
        if bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, bucket.code


@cache
def _compiled(folder: str) -> _Compiled:
    return _Compiled(folder)


def environment(templates: Path, compiled: Path) -> jinja2.Environment:
    """What renders the fragments of one page; `compiled` keeps the templates as they were compiled."""
    compiled.mkdir(parents=True, exist_ok=True)
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        bytecode_cache=_compiled(str(compiled)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made
