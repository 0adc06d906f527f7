"""MkDocs adapter: the index that Material writes is replaced by ours. The work is in `guide.search`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guide.search import documents


# After Material's search plugin, at the same priority but registered earlier; before its offline plugin.
def on_post_build(config: MkDocsConfig) -> None:
    documents.rewrite(Path(config.site_dir))
