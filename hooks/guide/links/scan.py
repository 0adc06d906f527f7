"""Addresses in one text: HTML, Markdown, YAML, or a plain list. Pure functions, lines from 1."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import yaml

from guide.links.addresses import redirect_target
from guide.links.rules import SAFE_LOADER

_TRAILING = ".,;:!?'\"»”’*_"
_BARE = re.compile(r"(?:https?://|mailto:|tel:(?=\+?\d))[^\s<>\"`|\\^{}«»]+", re.I)
_ATTRIBUTES = {
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "form": ("action",),
    "blockquote": ("cite",),
    "q": ("cite",),
    "track": ("src",),
}
_REL_HINTS = {"preconnect", "dns-prefetch"}


@dataclass(frozen=True, slots=True)
class Found:
    url: str
    line: int
    path: str = ""


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Found] = []
        self._base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and not self._base and re.match(r"https?://", values.get("href", "").strip(), re.I):
            self._base = values["href"].strip()
        wanted = _ATTRIBUTES.get(tag)
        if not wanted:
            return
        if tag == "link" and _REL_HINTS & set(values.get("rel", "").lower().split()):
            return
        for name in wanted:
            value = values.get(name, "").strip()
            many = (
                [part.split()[0] for part in value.split(",") if part.split()]
                if name == "srcset"
                else [value]
            )
            self.found += [
                Found(self._absolute(url), self.getpos()[0], f"{tag}[{name}]") for url in many if url
            ]

    def _absolute(self, url: str) -> str:
        """As written, unless the page's `<base>` makes an external address of a relative one."""
        relative = not re.match(r"[a-z][a-z0-9+.-]*:|#", url, re.I)
        return redirect_target(self._base, url) if self._base and relative else url


def scan_html(text: str) -> list[Found]:
    """Everything a reader or a browser may open; hints to the browser (`preconnect`) are not links."""
    parser = _Links()
    parser.feed(text)
    parser.close()
    return parser.found


_FENCE = re.compile(r"^(?: {0,3}|\s*(?:[-*+]|\d+[.)])\s+)(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_REFERENCE = re.compile(r"^\s{0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+)>?")
_AUTO = re.compile(r"<((?:https?|ftp|mailto|tel):[^\s<>]*)>", re.I)
_MAIL = re.compile(r"<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>")
# What may hold indented text that is not code: lists, footnotes, admonitions, definitions, raw HTML.
_CONTAINER = re.compile(
    r"^ {0,3}(?:[-*+]\s|\d+[.)]\s|\[\^|!!!|\?\?\?|===|:\s|<(?!https?:|mailto:|tel:))", re.I
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_INDENTED = re.compile(r"^(?: {4}| {0,3}\t)")
_INLINE = re.compile(r"\]\(\s*")
_ATTRIBUTE = re.compile(r"\b(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)


def scan_markdown(text: str) -> list[Found]:
    """Inline links, references, autolinks, raw HTML and bare addresses; code and comments left out."""
    found: list[Found] = []
    fence = ""
    blank, code, container = True, False, False
    for number, line in enumerate(_blank_comments(text).splitlines(), 1):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            continue
        if mark:
            fence = mark[1]
            continue
        if not line.strip():
            blank = True
            continue
        if not _INDENTED.match(line):
            container, code = bool(_CONTAINER.match(line)) or (container and not blank), False
        elif code or (blank and not container):
            code = True
            continue
        blank = False
        line = _CODE.sub(lambda code: " " * len(code[0]), line)
        found += [Found(url, number) for url in _markdown_line(line)]
    return found


def _blank_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->", lambda comment: re.sub(r"[^\n]", " ", comment[0]), text, flags=re.S)


def _markdown_line(line: str) -> Iterator[str]:
    if reference := _REFERENCE.match(line):
        yield _unescape(reference[1])
        return
    rest = line
    for start in list(_INLINE.finditer(line)):
        target = _destination(line, start.end())
        if target:
            yield _unescape(target.strip("<>"))
            rest = rest.replace(target, " " * len(target), 1)
    for pattern in (_AUTO, _ATTRIBUTE):
        for match in pattern.finditer(rest):
            yield html.unescape(next(group for group in match.groups() if group is not None))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    yield from (f"mailto:{match[1]}" for match in _MAIL.finditer(rest))
    yield from _bare(rest)


def _unescape(target: str) -> str:
    """What Markdown makes of a target: `a\\_b` is a_b, `a&amp;b` is a&b."""
    return html.unescape(_ESCAPED.sub(r"\1", target))


def _destination(line: str, start: int) -> str:
    """The target of an inline link: balanced parentheses, `<…>` around spaces, title left out."""
    if line.startswith("<", start):
        end = line.find(">", start)
        return line[start : end + 1] if end > 0 else ""
    depth, position = 0, start
    while position < len(line):
        character = line[position]
        if character == "(":
            depth += 1
        elif character == ")":
            if not depth:
                break
            depth -= 1
        elif character.isspace() and re.match(r"\s+[\"'(]|\s*\)", line[position:]):
            break
        position += 1
    return line[start:position]


def _bare(text: str) -> Iterator[str]:
    for match in _BARE.finditer(text):
        url = match[0].rstrip(_TRAILING)
        while url.endswith((")", "]")) and url.count(url[-1]) > url.count("(" if url[-1] == ")" else "["):
            url = url[:-1].rstrip(_TRAILING)
        yield url


def scan_yaml(text: str) -> list[Found]:
    """Every address in the values of a YAML file, with its path (`[3].url`). Unreadable YAML: bare addresses."""
    try:
        documents = list(yaml.compose_all(text, Loader=SAFE_LOADER))
    except yaml.YAMLError:
        return [Found(url, number) for number, line in enumerate(text.splitlines(), 1) for url in _bare(line)]
    return [found for document in documents if document is not None for found in _yaml_node(document, "")]


def _yaml_node(node: yaml.Node, path: str) -> Iterator[Found]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _yaml_node(value, f"{path}.{key.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _yaml_node(value, f"{path}[{index}]")
    elif isinstance(node, yaml.ScalarNode):
        line, value = node.start_mark.line + 1, node.value.strip()
        if re.match(r"^(?:https?|mailto|tel|ftp):\S*$", value, re.I):
            yield Found(value, line, path)
        else:
            yield from (Found(url, line, path) for url in _bare(value))


def scan_list(text: str) -> list[Found]:
    """One address a line; empty lines and lines that start with `#` are left out. Prose: bare addresses."""
    found: list[Found] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if re.match(r"^[a-z][a-z0-9+.-]*:\S", line, re.I) and not re.search(r"\s\S+://", line):
            found.append(Found(line, number))
        elif line and not line.startswith("#"):
            found += [Found(url, number) for url in _bare(line)]
    return found
