"""The build in MkDocs, last part: the files for servers, once the site is whole. The work is in `guide.site`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from guide.page.offline_copy import EMERGENCY
from guide.site import csp, servers, wellknown
from guide.site.build import Build


def on_post_build(config: MkDocsConfig) -> None:
    build, site = Build.of(config.extra), Path(config.site_dir)
    build.cache.forget()
    if build.preview:
        return
    build.stages.begin("fichiers des serveurs")
    alone = site / EMERGENCY  # one file with its own script and style, which the header must allow too
    html = alone.read_text(encoding="utf-8") if alone.exists() else ""
    wellknown.write(site)
    servers.write(site, {csp.first_paint(), *csp.hashes(html)}, csp.style_hashes(html), config.site_url)
    build.stages.end()
