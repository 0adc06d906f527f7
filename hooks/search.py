"""The build in MkDocs, third part: what each page says goes into the index of the search. The work is in `guide.search`.

Pages are read as their text is rendered, before any template: the index is a file like another, with a hashed name.
"""

from __future__ import annotations

import json

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from guide.search import WORDS, index, later, named
from guide.site.build import Build
from reuse import REUSE, Reuse


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    *_, section = (page, *page.ancestors)  # the tab that holds it
    address, rule = "" if page.is_homepage else page.url, page.meta.get("search", {})
    reuse: Reuse = config.extra[REUSE]
    reuse.read(address, str(section.title), html, rule)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Every page is read: the index takes the place of the words that staging left for it."""
    reuse: Reuse = config.extra[REUSE]
    words = files.get_file_from_path(WORDS)
    if words is not None:
        pages, said, build = reuse.said, json.loads(words.content_string), Build.of(config.extra)
        files.remove(words)
        made = [named(said)]
        if build.preview:
            address = later(pages, said)
            build.later[address] = lambda: index(pages, said)[1]
        else:
            made.append(index(pages, said))
            address = made[-1][0]
        for path, content in made:
            files.append(File.generated(config, path, content=content))
        # Where the template of the box finds its two scripts.
        config.extra["search_program"], config.extra["search_index"] = made[0][0], address
    reuse.prepare(env, config, files)
    return env
