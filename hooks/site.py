"""MkDocs adapter: validated data and pages in, staged pages and files out. The work is in `guide/`."""

from __future__ import annotations

import logging
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files

from guide.site.preview import PROBLEMS, prepare
from guide.site.stage import Staged
from guide.text.problems import GuideError

# Not under « mkdocs »: a day that passes must never make `--strict` refuse a correction.
dates = logging.getLogger("guide.dates")
log = get_plugin_logger("guide")
staged: dict[str, Staged] = {}
running: dict[str, str] = {}


def on_startup(*, command: str, dirty: bool) -> None:
    running["command"] = command


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Everything that can fail fails here, before MkDocs empties `site/`; `serve` shows it in the page instead."""
    serving = running.get("command") == "serve"
    try:
        made = prepare(
            Path(config.config_file_path).parent, config.use_directory_urls, serving, staged.get("site")
        )
    except GuideError as error:
        raise PluginError(error.summary()) from None
    staged["site"], config.site_url = made.staged, made.site_url or config.site_url
    if serving:
        config.extra[PROBLEMS] = made.problems
        for problem in made.problems:
            log.error(problem)
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


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """The theme's templates are the same from one build to the next: compiled once."""
    compiled = Path(config.config_file_path).parent / ".cache" / "theme"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return env
