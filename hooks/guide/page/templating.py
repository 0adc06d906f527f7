"""The templates of the pages, compiled once."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

_CODES: dict[str, tuple[object, CodeType]] = {}


class _Loader(jinja2.FileSystemLoader):
    """Templates as they were compiled, each read once: every page has an environment of its own."""

    def load(
        self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None
    ) -> jinja2.Template:
        file = f"{self.searchpath[0]}/{name}"
        state = _state(file)
        known, code = _CODES.get(file, (None, None))
        if code is None or known != state:
            source, _, _ = self.get_source(environment, name)
            assert environment.bytecode_cache, "given below"
            bucket = environment.bytecode_cache.get_bucket(environment, name, file, source)
            if bucket.code is None:
                bucket.code = environment.compile(source, name, file)
                environment.bytecode_cache.set_bucket(bucket)
            code = bucket.code
            _CODES[file] = state, code
        return environment.template_class.from_code(environment, code, globals or {})


def _state(file: str) -> object:
    """What changes with the file; None where there is none, which the loader says."""
    try:
        seen = Path(file).stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size


def environment(templates: Path, compiled: Path) -> jinja2.Environment:
    """What renders the fragments of one page; `compiled` keeps the templates as they were compiled."""
    compiled.mkdir(parents=True, exist_ok=True)
    made = jinja2.Environment(
        loader=_Loader(templates),
        autoescape=True,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)),
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made
