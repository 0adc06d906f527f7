"""What is an address in running text, and where it ends: one rule for Markdown and for what is read here, YAML, lists and
tables, each address with its line and place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from guide.source.yaml_source import Source

_HARD = '\\s<>"`|\\\\^«»“”„‹›…—\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\u3000-\u3003\u3008-\u3011！（），：；？［］｡､｢｣'
_PIECE = rf"(?:[^{_HARD}]|\\[_*~&#()])"
_START = re.compile(
    rf"(?<![A-Za-z0-9+.-])(?:https?://(?:\[[0-9a-f:.]+\])?|mailto:(?=[^\s@]{{1,200}}@)){_PIECE}(?:(?![,;]https?://|(?<=[\])}}])[\[({{]{{0,4}}https?://){_PIECE})*+",
    re.I,
)
_TRAILING = ".,;:!?'’*_~–(["
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_ENDS = re.compile(rf"[{_HARD}]")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
MAX_DEPTH = 500  # of YAML; a real file has ten
_WHOLE = re.compile(
    r"(?:(?:mailto|tel|sms|ftp|urn|javascript|data):|[a-z][a-z0-9+.-]*://)\S*$|(?:tel|mailto):.*$", re.I
)
_LISTED = re.compile(
    r"(?:(?:mailto|sms|ftp):|[a-z][a-z0-9+.-]*://|https?[;,.]?//)[^\s\"]+|tel:[+\d][\d .()\u00a0\u202f-]*",
    re.I,
)
# By itself: no part of an address, of a program's version (`outil@1.2`) or of an image's name (`logo@2x.png`).
_MAIL = re.compile(
    r"(?<![\w.+%~/:@=&?-])[A-Za-z0-9_][\w.+%-]{0,63}@(?!\d+x?\.)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
    r"(?![\w@/-]|\.\w|:\S)"
)
_SEVERAL = re.compile(r"[,;]\"|[,;]https?://")
_SPACED = re.compile(
    r"https?://\S+/\S* [^\s/:#]+/\S*(?:/|\.\w{2,5})", re.I
)  # a folder's name with a space in it
_NOT_YAML = "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # long to compile


class Found(NamedTuple):
    """An address as written, its line from 1, and what holds it (`[3].url`, `img[src]`, or nothing)."""

    url: str
    line: int
    path: str = ""


def addresses(text: str) -> Iterator[tuple[str, int]]:
    """Each http, https or mailto address that stands by itself in `text`, and its offset."""
    for found in _START.finditer(text):
        url = _end(found[0], text[max(0, found.start() - 2) : found.start()])
        if not url.lower().endswith(("://", "mailto:")):
            yield url, found.start()


def _end(url: str, before: str) -> str:
    """`url` without what belongs to the sentence around it."""
    if "&" in url:
        url = _entities(url)
    if "\\" in url:
        url = re.sub(r"\\([_*~&#()])", r"\1", url)
    if "[" in url or ")" in url or "]" in url or "}" in url:
        url = _balanced(url)
    if (
        before in {"==", "~~", "**", "__"}
        and (over := url.rfind(before)) > 0
        and not url[over:].strip(before[0] + _TRAILING)
    ):
        url = url[:over]
    return url.rstrip(_TRAILING)


def _entities(url: str) -> str:
    """Character references: `&amp;` is the address's, `&nbsp;` or `&gt;` ends it. `&region=` is no reference."""
    parts, position = [], 0
    for found in _ENTITY.finditer(url):
        if not found[0].endswith(";") and not found[0].startswith("&#"):
            continue
        character = html.unescape(found[0])
        if character == found[0]:
            continue
        parts.append(url[position : found.start()])
        position = found.end()
        if _ENDS.search(character):
            return "".join(parts)
        parts.append(character)
    return "".join(parts) + url[position:]


def _balanced(url: str) -> str:
    """Cut at the first bracket that closes what the address did not open; `[` belongs to queries only."""
    opened: list[str] = []
    start = url.find("://") + 3
    if url.startswith("[", start):
        start = url.find("]", start) + 1  # an IPv6 address
    query = False
    for position in range(start, len(url)):
        character = url[position]
        if character in "?#":
            query = True
        elif character in "([{":
            if character == "[" and not query:
                return url[:position]
            opened.append(character)
        elif character in ")]}" and (not opened or opened.pop() != _BRACKETS[character]):
            return url[:position]
    return url


def scan_yaml(text: str) -> list[Found]:
    """Every address of a YAML file, keys too, with its path. Unreadable YAML is read as text."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    lines = text.split("\n")
    readable = re.sub(_NOT_YAML, " ", text).replace("\x85", " ")
    found: list[Found] = []
    try:
        for scalar, path in _scalars(yaml.parse(readable, Loader=loader)):
            found += _in_text(scalar.value, path, lines, scalar.start_mark.line, scalar.end_mark.line)
    except (yaml.YAMLError, ValueError):
        return [Found(url, number) for number, line in enumerate(lines, 1) for url, _ in addresses(line)]
    return found


def scan_source(source: Source) -> Iterator[Found]:
    """The same for the values of a file of data that was read with their places: a second reading costs as much."""
    lines = source.text.split("\n")
    starts = source.numbers[::2]
    for rank, (path, value) in enumerate(_each_value(source.value, "")):
        if isinstance(value, str) and ":" in value:
            first, last = starts[rank], starts[rank + 1] if rank + 1 < len(starts) else len(lines) - 1
            yield from _in_text(value, path, lines, first, last)


def _each_value(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value with its path, in the order of the file."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _each_value(inner, f"{path}.{key[:80]}" if path else key[:80])
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _each_value(inner, f"{path}[{index}]")


def _scalars(events: Iterator[Any]) -> Iterator[tuple[Any, str]]:
    """Each scalar with its path. Aliases are passed over: what they repeat was read where it stands.
    Raises ValueError beyond MAX_DEPTH: the reader of YAML slows down with every level."""
    import yaml

    stack: list[list[Any]] = []  # of each open collection: its path, then its rank or the key waited for
    for event in events:
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            stack.append([_inside(stack), 0 if isinstance(event, yaml.SequenceStartEvent) else None])
            if len(stack) > MAX_DEPTH:
                raise ValueError("too deep")
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop()
            _advance(stack, "")
        elif isinstance(event, yaml.ScalarEvent):
            yield event, _inside(stack)
            _advance(stack, event.value)
        elif isinstance(event, yaml.AliasEvent):
            _advance(stack, "")


def _inside(stack: list[list[Any]]) -> str:
    if not stack:
        return ""
    path, here = stack[-1]
    if here is None:
        return str(path)
    return f"{path}[{here}]" if isinstance(here, int) else f"{path}.{here}".lstrip(".")


def _advance(stack: list[list[Any]], value: str) -> None:
    """Go on to the next element, or from a key to its value and back."""
    if stack:
        here = stack[-1][1]
        stack[-1][1] = here + 1 if isinstance(here, int) else value[:80] if here is None else None


def _in_text(value: str, path: str, lines: list[str], first: int, last: int) -> Iterator[Found]:
    """The addresses of a text written between two lines (from 0)."""
    value = value.strip()
    if ":" not in value:
        return
    urls = [value] if _WHOLE.match(value) else [url for url, _ in addresses(value)]
    row, column = first, 0
    for url in urls:
        here = _next(lines, url, row, column, last)
        row, column = here or (first, 0)  # written with escapes, or folded: its scalar begins there
        yield Found(url, row + 1, path)


def _next(lines: list[str], url: str, row: int, column: int, last: int) -> tuple[int, int] | None:
    """Where `url` stands from (row, column) to row `last`; the column is that of its end."""
    for number in range(row, min(last + 1, len(lines))):
        at = lines[number].find(url, column if number == row else 0)
        if at >= 0:
            return number, at + len(url)
    return None


def scan_list(text: str) -> list[Found]:
    """One address a line, with words or a comment after it; lines that start with `#` are left out. Prose: its bare
    addresses, those of mail too."""
    found: list[Found] = []
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if "@" in line:
            found += [Found(f"mailto:{mail[0]}", number) for mail in _MAIL.finditer(line)]
        whole = (" " in line and _SPACED.fullmatch(line)) or _LISTED.match(line)
        if whole and not _SEVERAL.search(whole[0]):
            found.append(Found(whole[0].rstrip(" ,;"), number))
            if not (line := line[whole.end() :]):
                continue
        found += [Found(url, number) for url, _ in addresses(line)]
    return found


def scan_table(text: str) -> list[Found]:
    """A CSV or tab-separated file: the addresses of its cells."""
    import csv

    head = text[:4096]
    delimiter = max("\t;,", key=head.count)
    found: list[Found] = []
    rows = csv.reader(text.split("\n"), delimiter=delimiter, strict=False)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            continue
        if row is None:
            return found
        for cell in row:
            cell = cell.strip()
            whole = _LISTED.fullmatch(cell)
            urls = [whole[0]] if whole and not _SEVERAL.search(cell) else [url for url, _ in addresses(cell)]
            found += [Found(url, rows.line_num) for url in urls]
