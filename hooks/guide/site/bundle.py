"""How the style sheets and the scripts, one a component in `docs/`, become few files with hashed names.

Twenty small files would hold up the first paint of a server without HTTP/2; a name that changes with the content can
be cached for ever. Scripts of `assets/js/kept/` are a file of their own, which the pages of an emergency and those with a
tool load; scripts of `assets/js/tools/` another, which only the pages with a tool load.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from guide.text import minify
from guide.text.problems import WebError

SHEETS, SCRIPTS, KEPT, TOOLS = "assets/css/guide", "assets/js/guide", "assets/js/kept", "assets/js/tools"
_KEPT_PARTS, _TOOL_PARTS = "assets/js/kept/", "assets/js/tools/"


class BundleError(WebError):
    """A style sheet or script that mkdocs.yml names does not exist. Raised by `bundle`."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A file that stands for several: its address, which holds a hash of its text, and its text."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What every page loads (`sheet`, `script`); what emergency pages load too (`kept`), what pages with a tool load after
    it (`tools`); None where there is none."""

    sheet: Merged | None
    script: Merged | None
    kept: Merged | None
    tools: Merged | None


def bundle(sheets: Iterable[str], scripts: Sequence[str], read: Callable[[str], str | None]) -> Bundle:
    """The merged files, in the order of the lists; `read` gives the text of an address, None where there is none.

    They stand in the same folder as their parts, so that relative addresses hold.
    """
    kept = [path for path in scripts if path.startswith(_KEPT_PARTS)]
    common = [path for path in scripts if not path.startswith((_KEPT_PARTS, _TOOL_PARTS))]
    tools = [path for path in scripts if path.startswith(_TOOL_PARTS)]
    return Bundle(
        _merged(SHEETS, ".css", [minify.sheet(_read(path, read, "extra_css")) for path in sheets], ""),
        _scripts(SCRIPTS, common, read),
        _scripts(KEPT, kept, read),
        _scripts(TOOLS, tools, read),
    )


def _scripts(name: str, paths: Iterable[str], read: Callable[[str], str | None]) -> Merged | None:
    texts = [minify.script(_read(path, read, "extra_javascript"), f"docs/{path}") for path in paths]
    return _merged(name, ".js", texts, "\n")


def _read(path: str, read: Callable[[str], str | None], whose: str) -> str:
    if (text := read(path)) is None:
        raise BundleError(f"fichier absent : docs/{path} — corriger {whose} dans mkdocs.yml")
    return text


def _merged(name: str, suffix: str, texts: list[str], end: str) -> Merged | None:
    return named(name, suffix, "".join(text + end for text in texts)) if texts else None


def named(name: str, suffix: str, text: str) -> Merged:
    """A file whose address changes with its text, so that it may be kept for ever."""
    return Merged(f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.min{suffix}", text)
