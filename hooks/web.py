"""MkDocs events for built pages; the work is in `guide.site`."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

from guide.site import bundle, csp, lazy, needs, prune, servers, theme, wellknown
from guide.site.build_options import today
from guide.site.preview import PROBLEMS, overlay
from guide.site.settings import security_contact
from guide.text import french
from guide.text.problems import WebError


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    try:
        adapted = theme.adapt(output, page.file.dest_uri, config.site_url, site_name=config.site_name)
        return overlay(french.typeset_html(adapted), config.extra.get(PROBLEMS, ()))
    except WebError as error:
        raise PluginError(str(error)) from None


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    try:
        if template_name != "404.html":
            return output_content
        adapted = theme.adapt_not_found(output_content, config.site_url, site_name=config.site_name)
        return french.typeset_html(adapted)
    except WebError as error:
        raise PluginError(str(error)) from None


@event_priority(-100)  # after everything that writes into the site
def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    try:
        needs.check(site)
        prune.prune(site)
        lazy.search_on_demand(site)
        bundle.bundle(site)
        scripts = csp.protect(site)
        security = security_contact(
            Path(config.config_file_path).parent / "data" / "site.yml", config.site_url
        )
        wellknown.write(site, security, today(os.environ))
        servers.write(site, scripts, config.site_url)  # last: it looks at every file
    except WebError as error:
        raise PluginError(str(error)) from None
