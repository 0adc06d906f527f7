"""The templates of the pages, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2

from guide.text import french
from guide.text.address import host

TEMPLATES = Path(__file__).parent / "templates"

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


def environment(compiled: Path, prose: Callable[[str], str], asked: Mapping[str, Any]) -> jinja2.Environment:
    """What renders the fragments of one page.

    `compiled` keeps the templates as they were compiled; `prose` writes a text of the data for that page; `asked` is what
    its templates may ask of it.
    """
    compiled.mkdir(parents=True, exist_ok=True)
    made = jinja2.Environment(
        loader=_Loader(TEMPLATES),
        autoescape=True,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)),
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        prose=prose,
        day=french.day,
        partial_day=french.partial_day,
        typeset=french.typeset,
        capitalize_first=french.first_up,
        host=host,
        initial=french.initial,
        lower_first=french.first_down,
        sentence_part=lambda text: french.first_down(text).rstrip("."),
    )
    made.globals.update(asked, plural=french.plural, counted=french.counted)
    return made
