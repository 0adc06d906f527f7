"""The build in MkDocs, fifth part: the copy for a disk, from the pages as they were made. The work is in `guide.site.copy`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guide.site.build import Build
from guide.site.build_options import UNSET_URL
from guide.site.copy import archive


def on_post_build(config: MkDocsConfig) -> None:
    build = Build.of(config.extra)
    url = None if config.site_url == UNSET_URL else config.site_url
    if build.preview:  # a ZIP at every save would be paid for nothing
        archive.promise(Path(config.site_dir), build.pages)
    else:
        build.stages.begin("copie hors ligne")
        archive.write(Path(config.site_dir), build.pages, url)
