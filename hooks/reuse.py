"""Pages that MkDocs need not make again: their text as Markdown gave it, and the whole page as the templates did.

A text is known by its Markdown and by what its links may lead to; a page by its text, its menu and its settings. The
address of the index of the search, which any edit changes, is a hole in a kept page.
"""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from guide.search import ReadPage, Section, read_page
from guide.site.build import Build
from guide.source.kept import name

REUSE, MENU = "guide_reuse", "guide_menu"
"""Where the hooks of one build find it, and the navigation, in the settings."""

TEMPLATE = "kept.html"
_HOLE = "\x02index\x03"


class _Warned(logging.Handler):
    """Whether MkDocs has said anything while it is listened to."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.yes = False

    def emit(self, record: logging.LogRecord) -> None:
        self.yes = True

    def __enter__(self) -> _Warned:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


class Reuse:
    """What one build takes over from earlier ones; made once the files of the site are known."""

    def __init__(self, build: Build, config: MkDocsConfig, files: Files) -> None:
        self._texts, self._pages = build.cache.of("rendered"), build.cache.of("page")
        self._read = build.cache.of("read")
        markdown = [
            each if isinstance(each, str) else type(each).__name__ for each in config.markdown_extensions
        ]
        settings = (markdown, config.mdx_configs, dict(config.validation), config.use_directory_urls)
        self._settings = name(repr(settings), *sorted(file.src_uri for file in files))
        self._frame = ""
        self._wanted: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def text(self, page: Page) -> None:
        """MkDocs asks the page for its text: it will be the kept one, or rendered and kept."""
        page.render = partial(self._render, page)  # type: ignore[method-assign]

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        wanted = name(self._settings, page.file.src_uri, page.markdown or "")
        if (kept := self._texts.find(wanted)) is None:
            with _Warned() as warned:
                Page.render(page, config, files)
            if not warned.yes:  # what is to be said of a page must be said again
                self._texts.put(wanted, _text(page))
            return
        page.content, toc, page._title_from_render, anchors, links = kept
        page.toc = TableOfContents([_entry(each) for each in toc])
        if page.toc.items:
            page.toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs does
        page.present_anchor_ids = set(anchors)
        found = ((files.get_file_from_path(src), to) for src, to in links)
        page.links_to_anchors = {file: to for file, to in found if file is not None}

    def read(self, address: str, kind: str, html: str, rule: dict[str, Any]) -> ReadPage:
        """What the page says to the search."""

        def made() -> list[Any]:
            page = read_page(address, kind, html, rule)
            sections = [
                [each.anchor, each.title, each.entry, each.blocks, each.full] for each in page.sections
            ]
            return [sections, list(page.cites)]

        sections, cites = self._read.get(name(address, kind, html, repr(rule)), made)
        return ReadPage.of(address, kind, [Section(*each) for each in sections], cites, rule)

    def prepare(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Every text is there: which pages are known as they will be?"""
        extra = {key: value for key, value in config.extra.items() if isinstance(value, (str, dict, list))}
        extra.pop("search_index", None)
        settings = [config[key] for key in ("site_name", "site_description", "site_url", "copyright")]
        scripts = [str(each) for each in (*config.extra_css, *config.extra_javascript)]
        nav: Navigation = config.extra[MENU]
        menu = [_menu(item) for item in nav.items]
        self._frame = name(json.dumps([extra, settings, scripts, menu, dict(config.theme)], default=str))
        assert isinstance(env.loader, BaseLoader), "MkDocs has given its templates a loader"
        env.loader = ChoiceLoader([DictLoader({TEMPLATE: "{{ page.url }}."}), env.loader])
        for file in files.documentation_pages():
            page = file.page
            if page is None or "template" in page.meta:
                continue
            toc = [_row(each) for each in page.toc]
            said = json.dumps([page.title, page.meta, page.url, toc], default=str)
            wanted = self._wanted[file.src_uri] = name(self._frame, said, page.content or "")
            if (kept := self._pages.find(wanted)) is not None:
                self._known[file.src_uri] = kept
                page.meta["template"] = TEMPLATE

    def page(self, page: Page, config: MkDocsConfig) -> str | None:
        """The whole page as it was, None where it is made anew."""
        kept = self._known.pop(page.file.src_uri, None)
        return None if kept is None else kept.replace(_HOLE, self._index(config))

    def keep(self, page: Page, html: str, config: MkDocsConfig) -> None:
        """A page that has just been made, for the next time."""
        if (wanted := self._wanted.get(page.file.src_uri)) is not None:
            index = self._index(config)
            self._pages.put(wanted, html.replace(index, _HOLE) if index else html)

    @staticmethod
    def _index(config: MkDocsConfig) -> str:
        return str(config.extra.get("search_index", ""))


def _text(page: Page) -> list[Any]:
    links = [(file.src_uri, to) for file, to in (page.links_to_anchors or {}).items()]
    toc = [_row(each) for each in page.toc]
    return [page.content, toc, page._title_from_render, sorted(page.present_anchor_ids or ()), links]


def _row(entry: AnchorLink) -> list[Any]:
    return [entry.title, entry.id, entry.level, [_row(each) for each in entry.children]]


def _entry(row: list[Any]) -> AnchorLink:
    title, anchor, level, children = row
    entry = AnchorLink(title, anchor, level)
    entry.children = [_entry(each) for each in children]
    return entry


def _menu(item: Any) -> list[Any]:
    return [str(item.title), getattr(item, "url", ""), [_menu(each) for each in item.children or ()]]
