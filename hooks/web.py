"""The build in MkDocs, second part: our templates, few style sheets and scripts, one policy. The work is in `guide.site`.

Everything a page needs is ready before it is rendered: a page is made once, written once, and kept for what reads it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from guide.page.offline_copy import OFFER
from guide.site import csp
from guide.site.build import KEY, Build
from guide.site.build_options import Asked, today
from guide.site.bundle import Merged, bundle
from guide.site.frame import bar, foot, page_addresses, sections
from guide.site.markdown import OurMarkdown
from guide.source.disk import sentence
from guide.text import french
from guide.text.problems import WebError
from guide.text.stages import Stages
from guide.text.template_faults import fault
from reuse import MENU, REUSE, Reuse, alone

_HEAVY = 2_000_000  # letters of data from which letting go of them is worth a look at everything else
# The theme's own programs, sheets and icon: our templates load none of them.
_THEIRS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon.png")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """What every template is told."""
    root = Path(config.config_file_path).parent
    build: Build = config.extra.setdefault(KEY, Build(root, Asked(today()), Stages(silent=True)))
    build.alone = alone(config)
    if (
        build.alone and config.theme.custom_dir
    ):  # ours need nothing of the theme's, whose ten thousand icons are slow to list
        ours, _, common = config.theme.dirs
        config.theme.dirs = [ours, common]
    config.markdown_extensions.append(OurMarkdown())  # type: ignore[arg-type]  # MkDocs hands it to Markdown as it is
    config.extra["policy"] = csp.policy([csp.first_paint()], header=False)
    # A site that uses our templates alone may name its pages in its settings.
    config.extra.setdefault("named", {})
    if build.guide:
        config.extra["foot"], config.extra["bar"] = foot(build.guide), bar(build.guide)
        config.extra["named"] = page_addresses(build.guide)
    if build.alone and build.guide:  # all that the data say is on the pages
        heavy = sum(len(source.text) for source in build.guide.sources.values()) > _HEAVY
        build.guide = None
        if heavy:  # views and their templates hold each other: they would stay for as long as the build
            gc.collect()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The parts of our style sheets and scripts give way to the merged files."""
    for file in [each for each in files if each.src_uri.startswith(_THEIRS)]:
        files.remove(file)
    sheets = [str(path) for path in config.extra_css]
    scripts = [str(script) for script in config.extra_javascript]

    def read(path: str) -> str | None:
        file = files.get_file_from_path(path)
        return None if file is None else file.content_string

    merged = bundle(sheets, scripts, read)
    for path in dict.fromkeys((*sheets, *scripts)):
        if (part := files.get_file_from_path(path)) is not None:
            files.remove(part)
    config.extra_css = _added([merged.sheet], files, config)
    config.extra_javascript = _added([merged.script], files, config)  # type: ignore[assignment]  # addresses will do
    config.extra["kept"] = _added([merged.kept], files, config)
    config.extra["tools"] = _added([merged.tools], files, config)
    config.extra[REUSE] = Reuse(Build.of(config.extra), config, files)
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """The pages of every section, in the file that the menu of a phone asks for; the day of the build for the sitemap."""
    tabs = [list(_rows(item)) if isinstance(item, Section) else [] for item in nav.items]
    config.extra["sections"] = _added([sections(tabs)], files, config)[0]
    day = Build.of(config.extra).asked.today.isoformat()
    for page in nav.pages:
        page.update_date = day
    config.extra[MENU] = nav
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    reuse: Reuse = config.extra[REUSE]
    reuse.text(page)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """The templates are the same from one build to the next: compiled once."""
    build = Build.of(config.extra)
    build.stages.begin("pages")
    compiled = build.root / ".cache" / "theme"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    return env


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    csp.refuse(html, page.file.src_uri)
    return html


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    reuse: Reuse = config.extra[REUSE]
    reuse.hand_back(page)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keeps the page; the one that offers the ZIP is written once the ZIP is there (offline.py)."""
    reuse: Reuse = config.extra[REUSE]
    if (kept := reuse.page(page, config)) is None:
        output = french.typeset_html(output)
        reuse.keep(page, output, config)
    else:
        output = kept
    Build.of(config.extra).pages[page.file.dest_uri] = output.encode()
    reuse.let_go(page)
    return "" if OFFER in output else output


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return french.typeset_html(output_content) if template_name.endswith(".html") else output_content


def on_build_error(error: Exception) -> None:
    """What a maintainer or the disk got wrong is one sentence, not a traceback."""
    said = None
    if isinstance(error, TemplateError):  # an absent one is an OSError too
        said = fault(error)
    elif isinstance(error, OSError):
        said = sentence(error)
    elif isinstance(error, WebError):
        said = str(error)
    if said:
        raise PluginError(said)


def _added(merged: list[Merged | None], files: Files, config: MkDocsConfig) -> list[str]:
    """The addresses of new files of the site."""
    found = [each for each in merged if each is not None]
    for each in found:
        files.append(File.generated(config, each.address, content=each.text))
    return [each.address for each in found]


def _rows(section: Section) -> Iterator[tuple[str, str]]:
    for item in section.children:
        if isinstance(item, Section):
            yield from _rows(item)
        elif isinstance(item, Page):
            yield french.typeset(str(item.title)), item.url
