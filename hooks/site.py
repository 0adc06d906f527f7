"""MkDocs adapter: validated data and pages in, staged pages and files out. The work is in `guide/`."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from guide.build import options_from_environment
from guide.preview import PROBLEMS, nothing_yet
from guide.problems import GuideError
from guide.staging import Staged, check, stage
from guide.view import Addresses

# Not under « mkdocs »: a day that passes must never make `--strict` refuse a correction.
dates = logging.getLogger("guide.dates")
log = get_plugin_logger("guide")
staged: dict[str, Staged] = {}
running: dict[str, str] = {}


def on_startup(*, command: str, dirty: bool) -> None:
    running["command"] = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Everything that can fail fails here, before MkDocs empties `site/`; `serve` shows it in the page instead."""
    root = Path(config.config_file_path).parent
    serving = running.get("command") == "serve"
    try:
        checked = check(root)
        addresses = Addresses.FOLDERS if config.use_directory_urls else Addresses.FILES
        options = options_from_environment(checked.guide, os.environ, addresses)
        staged["site"] = stage(checked, options)
        config.site_url = options.site_url
        config.extra |= {PROBLEMS: []} if serving else {}
    except GuideError as error:
        if not serving:
            raise PluginError(error.summary()) from None
        log.error(error.summary())
        config.extra[PROBLEMS] = [str(problem) for problem in error.problems]
        staged.setdefault("site", nothing_yet(root))
    return config


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Pages and files of the guide take the place of the sources MkDocs found."""
    contents: dict[str, str | bytes] = {**staged["site"].pages, **staged["site"].files}
    for path, content in contents.items():
        if (old := files.get_file_from_path(path)) is not None:
            files.remove(old)
        files.append(File.generated(config, path, content=content))
    for warning in (*staged["site"].dates, *staged["site"].hard_to_read):
        dates.warning(warning)
    return files
