"""The external links of a Markdown source, read by a CommonMark parser (pulldown-cmark), each with its own line.

What MkDocs adds to CommonMark is first told in its words, length for length so that every place stays true: the
first line of an admonition or a tab (`!!! note`, `=== "Windows"`) becomes the first line of a list item, whose
contents stand at four spaces too; spaces inside `{{ a template }}` become marks that an address may hold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from guide.links.bare import Found, addresses
from guide.links.markup import line_starts, scan_html

# Possessive: what stands before the marks can be read in one way only, and is given up at once.
_CONTAINER = re.compile(
    r"^((?:[ \t>]|(?:[-*+]|\d{1,9}[.)])[ ])*+)(?:!!! ?|\?\?\?\+? ?|===[!+]? )(?=[\"'\w])", re.M
)
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\{%[^{}\n]{0,200}%\}|\$\{[^{}\n]{0,200}\}")
_LIST_OF_ATTRIBUTES = re.compile(  # after a link or at the end of a line: `{: .classe title="…" }`
    r"""\{:?[ ]*+(?:(?:[#.][\w-]++|[\w-]++=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^\s{}"']++))[ ]*+)++\}"""
)
_FENCE = re.compile(r"`{3,}+(?=[^`]*$)|~{3,}+")
_TAG_LINE = re.compile(r"(?:</?(?:[A-Za-z][^<>]*+)?>\s*+)++")
_JSX_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.S)
_MODULE = re.compile(r"(?:import|export)\b")
_OPENED = re.compile(r"<(/?)(a|code|pre|kbd|samp|var|tt|script|style|textarea)(?=[\s/>])", re.I)
_BLANK = re.compile(rb"[^\n]")
_EXTERNAL = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.I)


def scan_markdown(text: str) -> list[Found]:
    """Links, images, autolinks, raw HTML, definitions that serve, bare addresses; never code nor comments."""
    return sorted(_Reader(text).found(), key=lambda found: found.line)


def scan_mdx(text: str) -> list[Found]:
    """Markdown with JSX: imports, exports and comments are code, tags alone on their line enclose Markdown, and no
    indentation makes code."""
    closed = text.rfind("*/}") + 3  # no comment ends beyond
    text = _JSX_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text[:closed]) + text[closed:]
    prose, tags = [], []
    fence, module, blank = "", False, True
    for line in text.split("\n"):
        bare = line.strip()
        mark = _FENCE.match(bare)
        module = bool(bare) and (module or (blank and not fence and _MODULE.match(line) is not None))
        blank = not bare
        tag_line = not (fence or module) and _TAG_LINE.fullmatch(bare)
        tags.append(bare if tag_line else "")
        prose.append("" if module or tag_line else bare if line.startswith(("    ", "\t")) else line)
        if fence:
            fence = "" if bare == fence[0] * len(bare) and len(bare) >= len(fence) else fence
        elif mark and not module:
            fence = mark[0]
    found = scan_markdown("\n".join(prose)) + scan_html("\n".join(tags), fragments=True)
    return sorted(found, key=lambda one: one.line)


class _Reader:
    """`_prose` and `_html`: the source with everything else blanked, so that places in them are places in it."""

    def __init__(self, text: str) -> None:
        text = text.replace("\0", "\ufffd").replace("\r\n", " \n").replace("\r", "\n")
        told = _CONTAINER.sub(lambda found: found[1] + _item(found[0][len(found[1]) :]), text)
        told = _TEMPLATE.sub(lambda found: re.sub(r"[\s()<>\[\]]", "_", found[0]), told)
        told = _LIST_OF_ATTRIBUTES.sub(lambda found: found[0].replace(":", "_"), told)
        self._text, self._source = told, told.encode("utf-8", "replace")
        self._written = text.encode("utf-8", "replace")
        self._lines = line_starts(self._written)
        self._prose = bytearray(_BLANK.sub(b" ", self._source))
        self._html = bytearray(self._prose)
        self._used: set[str] = set()

    def found(self) -> Iterator[Found]:
        yield from self._walk()
        yield from self._definitions()
        yield from scan_html(self._html.decode("utf-8", "replace"), fragments=True)
        prose = self._prose.decode("utf-8", "replace")
        starts = line_starts(prose)
        for url, at in addresses(prose):
            yield Found(url, bisect_right(starts, at))

    def _walk(self) -> Iterator[Found]:
        import pyromark

        option = pyromark.Options
        options = (
            option.ENABLE_TABLES
            | option.ENABLE_FOOTNOTES
            | option.ENABLE_DEFINITION_LIST
            | option.ENABLE_STRIKETHROUGH
            | option.ENABLE_YAML_STYLE_METADATA_BLOCKS
        )
        self._definitions_found = pyromark.reference_definitions(self._text, options=options)
        code = inside = 0  # open code blocks; open links and images, whose words are no addresses
        verbatim: list[str] = []  # open HTML tags whose text is a label or code
        events: Iterator[tuple[Any, Any]] = pyromark.events_with_range(self._text, options=options)
        for event, place in events:
            if isinstance(event, str):  # a break, a rule
                continue
            ((kind, value),) = event.items()
            start, end = place["start"], place["end"]
            if kind == "Text":
                if not (code or inside or verbatim):
                    start -= self._source[start - 1 : start] == b"\\"  # an escaped character, with its bar
                    self._prose[start:end] = self._source[start:end]
            elif kind == "Start":
                name = value if isinstance(value, str) else next(iter(value))
                if name in {"Link", "Image"}:
                    inside += 1
                    yield from self._link(value[name], start, end)
                elif name == "CodeBlock":
                    code += 1
                elif name in _BLOCKS:
                    verbatim.clear()
                elif name in _MARKS and not (code or inside or verbatim):
                    # An underscore inside a bare address is the address's, whatever emphasis it would make.
                    marks = _MARKS[name]
                    self._prose[start : start + marks] = self._source[start : start + marks]
                    self._prose[end - marks : end] = self._source[end - marks : end]
            elif kind == "End":
                name = value if isinstance(value, str) else next(iter(value))
                inside -= name in {"Link", "Image"}
                code -= name == "CodeBlock"
            elif kind in {"Html", "InlineHtml"}:
                self._html[start:end] = self._source[start:end]
                if kind == "InlineHtml" and (tag := _OPENED.match(value)):
                    _follow(verbatim, tag[2].lower(), bool(tag[1]))

    def _link(self, link: dict[str, Any], start: int, end: int) -> Iterator[Found]:
        kind, url = link["link_type"], link["dest_url"]
        if kind in {"Reference", "Collapsed", "Shortcut"}:
            self._used.add(_label(link["id"]))
            return
        if kind == "Email":
            url = f"mailto:{url}"
        elif kind == "Inline":
            closed = self._source.rfind(b"](", start, end)
            if not url and _EXTERNAL.match(
                label := self._source[start + 1 : closed].decode("utf-8", "replace")
            ):
                url = next(
                    (one for one, at in addresses(label) if at == 0), ""
                )  # [https://a.fr/](): what was meant
            start = self._place(url, closed, end) if closed > 0 else start
        if url:
            yield Found(self._as_written(url, start, end), bisect_right(self._lines, start))

    def _place(self, url: str, start: int, end: int) -> int:
        """Where the address itself begins, when it stands as such; else where its bracket does."""
        at = self._source.find(url.encode("utf-8", "replace"), start, end)
        return at if at >= 0 else start

    def _as_written(self, url: str, start: int, end: int) -> str:
        """A template's spaces, which the parser was not shown."""
        if "{" not in url:
            return url
        told = url.encode("utf-8", "replace")
        at = self._source.find(told, start, end)
        return self._written[at : at + len(told)].decode("utf-8", "replace") if at >= 0 else url

    def _definitions(self) -> Iterator[Found]:
        for label, definition in self._definitions_found.items():
            if _label(label) in self._used and definition["dest"]:
                span, url = definition["span"], definition["dest"]
                place = self._place(url, span["start"], span["end"])
                yield Found(self._as_written(url, place, span["end"]), bisect_right(self._lines, place))


_MARKS = {"Emphasis": 1, "Strong": 2, "Strikethrough": 2}
_BLOCKS = {"Paragraph", "Heading", "TableCell", "Item", "DefinitionListTitle", "DefinitionListDefinition"}


def _item(mark: str) -> str:
    """A list item's first characters in as many characters as `mark` has; its contents stand at four spaces."""
    return "-   " if len(mark) <= 4 else "-   " + "." * (len(mark) - 4)


def _follow(opened: list[str], name: str, closing: bool) -> None:
    if not closing:
        opened.append(name)
    elif name in opened:
        del opened[opened.index(name) :]


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()
