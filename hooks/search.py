"""The build in MkDocs, third part: the index of the search, from the pages as they were made. The work is in `guide.search`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guide.search import documents
from guide.site.build import Build


def on_post_build(config: MkDocsConfig) -> None:
    build = Build.of(config.extra)
    build.stages.begin("recherche")
    documents.write(Path(config.site_dir), build.pages)
