"""MkDocs events of the link checker. A plain build and `serve` do no network: they only check what is written.

`CHECK_LINKS=1 mkdocs build` runs the whole check once the site is built.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger

from guide.links.offline import check_offline
from guide.site.build_options import today
from guide.site.preview import PROBLEMS

# Not under « mkdocs »: a day that passes must never make `--strict` refuse a correction.
dates = logging.getLogger("guide.dates")
log = get_plugin_logger("guide")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Refuse addresses that cannot work; warn about those that could be better."""
    if config.extra.get(PROBLEMS):  # the sources cannot be read yet: `serve` already says so
        return config
    problems = check_offline(Path(config.config_file_path).parent, today(os.environ))
    for problem in (each for each in problems if not each.error):
        (dates if problem.dated else log).warning("%s", problem)
    errors = [str(problem) for problem in problems if problem.error]
    if errors and PROBLEMS not in config.extra:
        raise PluginError("\n".join(errors))
    config.extra.get(PROBLEMS, []).extend(errors)
    return config


def on_post_build(config: MkDocsConfig) -> None:
    """The full check, only when asked for."""
    if os.environ.get("CHECK_LINKS") == "1":
        from guide.links.cli import main

        code = main(["--no-progress"], Path(config.config_file_path).parent)
        if code:
            log.warning("Contrôle des liens : code de sortie %d, voir le rapport ci-dessus.", code)
