"""The build in MkDocs, fourth part: the links. A plain build and `serve` do no network: they only check what is written.

`CHECK_LINKS=1 mkdocs build` runs the whole check once the site is built.
"""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from guide.site.build import DATES, Build

log = get_plugin_logger("guide")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Addresses that cannot work have stopped the build by now (`prepare`); those that could be better are said."""
    for problem in Build.of(config.extra).link_warnings:
        (DATES if problem.dated else log).warning("%s", problem)
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """The full check, only when asked for."""
    if os.environ.get("CHECK_LINKS") == "1":
        from guide.links.cli import main  # a plain build need not load a network client

        code = main(["--no-progress"], Path(config.config_file_path).parent)
        if code:
            log.warning("Contrôle des liens : code de sortie %d, voir le rapport ci-dessus.", code)
