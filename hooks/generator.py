"""Runs MkDocs in the process that has validated the sources: a build prepared by `guide.site.build` in, a site out.

Everything that a command asks for is in the build; plain `mkdocs build` runs the same hooks and asks for nothing.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # the theme's notice is known: the way out is `stage`

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config.base import load_config
from mkdocs.exceptions import Abort, BuildError, MkDocsException

from guide.site.build import KEY, Build
from guide.text.problems import visible


class NotBuiltError(Exception):
    """MkDocs has stopped. `lines` say why, one problem each; raised by `run`."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def build_site(build: Build, site: Path) -> int:
    """Writes the whole site into a folder; 0, or 1 once what stopped it has been said."""
    try:
        run(build, site)
    except NotBuiltError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def run(build: Build, site: Path, *, strict: bool = True) -> None:
    """Writes the whole site into a folder. Raises NotBuiltError; a warning is a reason when `strict`."""
    with _Heard(build) as heard:
        try:
            config = load_config(str(build.root / "mkdocs.yml"), strict=strict, site_dir=str(site))
        except MkDocsException as error:  # in English: the settings are those of MkDocs
            raise NotBuiltError([_setting(each) for each in heard.errors or [str(error)]]) from None
        try:
            config.extra[KEY] = build
            run_mkdocs(config)
        except Abort:  # MkDocs has logged why
            raise NotBuiltError(heard.errors or [_WARNED]) from None
        except BuildError as error:  # said by a hook in one sentence
            raise NotBuiltError([visible(str(error))]) from None
        finally:
            build.stages.end()


_WARNED = "construction arrêtée : corrigez ce que disent les lignes précédentes"


def _setting(said: str) -> str:
    return visible(f"mkdocs.yml:1:1: réglage refusé par MkDocs ({said}) — corrigez-le")


class _Heard(logging.Handler):
    """While a build runs: the warnings of MkDocs, of the hooks and of the guide go to stderr, its errors are kept."""

    _LOGGERS = ("mkdocs", "guide")

    def __init__(self, build: Build) -> None:
        super().__init__(logging.WARNING)
        self._stages, self._said = build.stages, build.said
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = [visible(line) for line in record.getMessage().splitlines()]
        if record.levelno >= logging.ERROR:
            self.errors += lines
            return
        self._stages.clear()
        self._said += lines
        print("\n".join(lines), file=sys.stderr, flush=True)

    def __enter__(self) -> _Heard:
        for name in self._LOGGERS:
            logging.getLogger(name).addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        for name in self._LOGGERS:
            logging.getLogger(name).removeHandler(self)
