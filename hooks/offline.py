"""MkDocs adapter: once the site is whole, its copy for a disk. The work is in `guide.site.copy`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from guide.site.build_options import UNSET_URL
from guide.site.copy import archive
from guide.site.preview import PROBLEMS
from guide.text.problems import WebError

log = get_plugin_logger("guide")


@event_priority(-200)  # after hooks/web.py, whose pages it copies
def on_post_build(config: MkDocsConfig) -> None:
    if config.extra.get(PROBLEMS):  # `serve` shows what to repair: there is no whole site to copy
        return
    try:
        archive.write(Path(config.site_dir), None if config.site_url == UNSET_URL else config.site_url)
    except WebError as error:
        if PROBLEMS not in config.extra:
            raise PluginError(str(error)) from None
        log.error(str(error))  # a rebuild of `serve` that fails would leave every page hanging
