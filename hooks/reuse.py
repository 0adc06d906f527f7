"""Pages that MkDocs need not make again: their text as Markdown gave it, and the whole page as the templates did.

A text is known by its Markdown and by what its links may lead to; a page by its text, its menu and its settings. The
address of the index of the search, which any edit changes, is a hole in a kept page.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
from dataclasses import astuple
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from guide.search import ReadPage, Section, read_page
from guide.site.build import KEY, Build
from guide.source.kept import HOOKS, Cache, name

# Settings that no page shows: where files are, and what the hooks hand to each other.
_ELSEWHERE = ("config_file_path", "docs_dir", "site_dir", "watch", "extra", "hooks", "plugins")
_MERGED = ("extra_css", "extra_javascript")  # no text is made of these
REUSE, MENU = "guide_reuse", "guide_menu"
"""Where the hooks of one build find it, and the navigation, in the settings."""

TEMPLATE = "kept.html"
_HOLE = "\x02index\x03"
_NOT_SHOWN = (KEY, REUSE, MENU, "search_index")


class _Warned(logging.Handler):
    """Whether MkDocs has said anything while it is listened to."""

    def __init__(self) -> None:
        super().__init__()
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
        cache = build.cache if build.alone else Cache(None)
        self._texts, self._pages, self._read = (cache.of(kind) for kind in ("rendered", "page", "read"))
        linked = (file for file in files if not file.src_uri.endswith((".css", ".js")))
        known = sorted(repr((file.src_uri, file.dest_uri, file.inclusion)) for file in linked)
        self._settings = name(_settings(config, *_MERGED), *known)
        self._frame = ""
        self._wanted: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._alone = build.alone
        self.said: list[ReadPage] = []  # what each page says to the search
        self._contents: dict[str, bytes] = {}

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
            return self._read_out(page)
        page.content, toc, page._title_from_render, anchors, links = kept
        page.toc = TableOfContents([_entry(each) for each in toc])
        if page.toc.items:
            page.toc.items[0].active = True  # type: ignore[attr-defined]  # as MkDocs does
        page.present_anchor_ids = set(anchors)
        found = ((files.get_file_from_path(src), to) for src, to in links)
        page.links_to_anchors = {file: to for file, to in found if file is not None}
        self._read_out(page)

    def _read_out(self, page: Page) -> None:
        """The Markdown of a page that is rendered serves nobody any more."""
        if self._alone:
            page.markdown = page.file.content_string = ""

    def read(self, address: str, kind: str, html: str, rule: dict[str, Any]) -> None:
        """Adds what a page says to the search."""

        def made() -> list[Any]:
            page = read_page(address, kind, html, rule)
            return [[astuple(each) for each in page.sections], list(page.cites)]

        sections, cites = self._read.get(name(address, kind, html, repr(rule)), made)
        self.said.append(ReadPage.of(address, kind, [Section(*each) for each in sections], cites, rule))

    def prepare(self, env: Environment, config: MkDocsConfig, files: Files) -> None:
        """Every text is there: which pages are known as they will be?"""
        extra = {key: value for key, value in config.extra.items() if key not in _NOT_SHOWN}
        nav: Navigation = config.extra[MENU]
        menu = [_menu(item) for item in nav.items]
        self._frame = name(self._settings, _settings(config), json.dumps([extra, menu], default=str))
        assert isinstance(env.loader, BaseLoader), "MkDocs has given its templates a loader"
        env.loader = ChoiceLoader([DictLoader({TEMPLATE: "{{ page.url }}."}), env.loader])
        for file in files.documentation_pages():
            page = file.page
            if page is None or "template" in page.meta:
                continue
            toc = [_row(each) for each in page.toc]
            said = json.dumps([page.title, page.meta, page.url, toc], default=str)
            wanted = self._wanted[file.src_uri] = name(self._frame, said, page.content or "")
            if self._alone:  # in half the room, until it is the turn of the page
                self._contents[file.src_uri], page.content = (page.content or "").encode(), ""
            if (kept := self._pages.find(wanted)) is not None:
                self._known[file.src_uri] = kept
                page.meta["template"] = TEMPLATE

    def hand_back(self, page: Page) -> None:
        """A page that the templates are about to show has its text again."""
        if page.file.src_uri in self._contents:
            page.content = self._contents.pop(page.file.src_uri).decode()

    def let_go(self, page: Page) -> None:
        """A finished page has no use for its text."""
        if self._alone:
            page.content = ""

    def page(self, page: Page, config: MkDocsConfig) -> str | None:
        """The whole page as it was, None where it is made anew."""
        kept = self._known.pop(page.file.src_uri, None)
        return None if kept is None else kept.replace(_HOLE, self._index(config))

    def keep(self, page: Page, html: str, config: MkDocsConfig) -> None:
        """A page that has just been made, for the next time."""
        wanted = self._wanted.get(page.file.src_uri)
        if wanted is not None and _HOLE not in html:
            index = self._index(config)
            self._pages.put(wanted, html.replace(index, _HOLE) if index else html)

    @staticmethod
    def _index(config: MkDocsConfig) -> str:
        return str(config.extra.get("search_index", ""))


def alone(config: MkDocsConfig) -> bool:
    """Whether nothing but the guide's own program has a hand in the build: of the rest, nobody knows what it reads."""
    modules = [each for each in config.plugins.values() if isinstance(each, ModuleType)]
    folders = [config.theme.custom_dir, *(each.__file__ for each in modules)]
    root = Path(config.config_file_path).parent
    return (
        len(modules) == len(config.plugins)
        and all(each is None or Path(each).is_relative_to(HOOKS) for each in folders)
        and Path(config.docs_dir) == root / "docs"
    )


def _settings(config: MkDocsConfig, *without: str) -> str:
    shown = {key: value for key, value in config.items() if key not in (*_ELSEWHERE, *without)}
    shown["theme"] = dict(config.theme)
    return json.dumps(shown, default=_plain, sort_keys=True)


def _plain(value: object) -> Any:
    """Settings in a form that is the same from one build to the next."""
    return dict(value) if isinstance(value, Mapping) else re.sub(r" at 0x[0-9a-f]+", "", repr(value))


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
