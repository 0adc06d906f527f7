"""The build in MkDocs, first part: the sources become pages and files. The work is in `guide/`.

Order of a build: this file, then web.py (templates, style sheets, policy), search.py, links.py, offline.py, servers.py.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from guide.page.view import Addresses
from guide.site.build import DATES, KEY, Build, prepare
from guide.text.address import join
from guide.text.problems import GuideError


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Everything that can fail fails here, before MkDocs empties `site/`.

    A command of the guide has prepared the build; plain MkDocs has not.
    """
    if KEY not in config.extra:
        addresses = Addresses.FOLDERS if config.use_directory_urls else Addresses.FILES
        try:
            config.extra[KEY] = prepare(Path(config.config_file_path).parent, addresses=addresses)
        except GuideError as error:
            raise PluginError(error.summary()) from None
    build = Build.of(config.extra)
    config.site_url = join(build.site_url) if build.site_url else config.site_url
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Pages and files of the guide take the place of the sources MkDocs found."""
    build = Build.of(config.extra)
    staged = build.staged
    if staged is None:
        return files
    contents: dict[str, str | bytes] = {**staged.pages, **staged.files}
    for path, content in contents.items():
        if (old := files.get_file_from_path(path)) is not None:
            files.remove(old)
        files.append(File.generated(config, path, content=content))
    if build.alone:  # each file holds its own from here on
        build.staged = replace(staged, pages={}, files={})
    for warning in (*staged.dates, *staged.hard_to_read):
        DATES.warning(warning)
    return files
