"""The external links of an HTML page, of YAML or of a list of addresses, each with its line and place."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from guide.links.addresses import redirect_target
from guide.links.bare import addresses
from guide.links.markup import Tag, attributes, tags

if TYPE_CHECKING:
    from guide.source.yaml_source import Source

MAX_DEPTH = 500  # of YAML; a real file has ten
_OPENS = {  # by attribute, the elements of which a reader or a browser opens it
    "src": "audio embed frame iframe img input script source track video",
    "srcset": "img source",
    "href": "a area image link script use",
    "xlink:href": "a image script use",
    "imagesrcset": "link",
    "longdesc": "frame iframe img",
    "poster": "video",
    "formaction": "button input",
    "action": "form",
    "cite": "blockquote del ins q",
    "background": "body",
    "content": "meta",
    "data": "object",
}
_ATTRIBUTES = {
    tag: tuple(name for name, tags in _OPENS.items() if tag in tags.split())
    for tag in " ".join(_OPENS.values()).split()
}
_OWN_ELEMENTS = (
    "href",
    "src",
)  # of `<un-bouton>` and of `<Bouton>` in MDX: all libraries of elements name them so
_HINTS = {"preconnect", "dns-prefetch"}
_SHARED = re.compile(
    r"(?:og|twitter):(?:[a-z]+:)*(?:image|url|video|audio|player|secure_url|stream|src)(?::url|:secure_url)?$"
)
# What search engines show or open of a page, as `og:` addresses are by others; `@id`, `@context` and the like are names.
_LINKED_DATA = re.compile(r"\btype\s*=\s*[\"']?\s*application/ld\+json", re.I)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_DOCUMENTS = frozenset(
    (
        "url", "image", "logo", "photo", "thumbnail", "thumbnailUrl", "contentUrl", "embedUrl", "downloadUrl", "installUrl",
        "discussionUrl", "sameAs", "mainEntityOfPage", "screenshot", "relatedLink", "significantLink", "license",
        "codeRepository", "hasMap", "hasMenu", "menu", "item", "publishingPrinciples", "ticketUrl", "trackingUrl", "video",
    )
)  # fmt: skip
_REFRESH = re.compile(r"\s*\d*(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)", re.I)
_STYLE = re.compile(  # a comment, which holds none, or an address
    r"/\*.*?(?:\*/|\Z)|url\(\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^)\s\"']++))|@import\s++[\"']([^\"'\n]++)[\"']",
    re.I | re.S,
)
_CANDIDATE = re.compile(r"[\s,]*+([^\s]+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
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


def line_starts(text: Any) -> list[int]:
    """Offsets where lines begin, as every editor and git count them: a line feed ends a line, nothing else does.
    `text` is a string or bytes."""
    mark = b"\n" if isinstance(text, (bytes, bytearray)) else "\n"
    starts, position = [0], text.find(mark)
    while position >= 0:
        starts.append(position + 1)
        position = text.find(mark, position + 1)
    return starts


def scan_html(text: str, fragments: bool = False) -> list[Found]:
    """Everything a reader or a browser may open. `fragments`: the HTML of a Markdown file, whose scripts and styles
    may stand anywhere and whose `<base>` counts for nothing."""
    starts = line_starts(text)
    found: list[Found] = []
    base, post = "", False

    def add(url: str, at: int, path: str) -> None:
        url = url.strip()
        if url:
            relative = base and not _SCHEME.match(url) and not url.startswith("#")
            found.append(
                Found(redirect_target(base, url) if relative else url, bisect_right(starts, at), path)
            )

    for tag in tags(text):
        if tag.closing:
            post = post and tag.name != "form"
            continue
        if tag.name == "style":
            for style in _STYLE.finditer(text, tag.end, tag.text_end):
                add(next(filter(None, style.groups()), ""), style.start(), "style")
        if tag.name == "script" and _LINKED_DATA.search(tag.inside):
            for url, at in _linked_data(text[tag.end : tag.text_end]):
                add(url, tag.end + at, "script[ld+json]")
        wanted = _ATTRIBUTES.get(tag.name, ())
        if not wanted and ("-" in tag.name or (fragments and text[tag.start + 1].isupper())):
            wanted = _OWN_ELEMENTS
        if not wanted and tag.name != "base" and "url(" not in tag.inside:
            continue
        values = attributes(tag.inside)
        if (
            tag.name == "base"
            and not base
            and not fragments
            and re.match(r"https?://", values.get("href", "").strip(), re.I)
        ):
            base = values["href"].strip()
        if tag.name == "form":
            post = values.get("method", "").lower() in {"post", "dialog"}
        if "url(" in values.get("style", ""):
            for style in _STYLE.finditer(values["style"]):
                add(next(filter(None, style.groups()), ""), tag.start, f"{tag.name}[style]")
        for name in wanted:
            for url in _values(tag.name, name, values, post):
                add(url, tag.start + 1 + _offset(tag, url), f"{tag.name}[{name}]")
    return found


def _linked_data(text: str) -> Iterator[tuple[str, int]]:
    """The addresses of a JSON-LD script under the names of `_DOCUMENTS`, each with its offset; none of a damaged one."""
    try:
        left: list[tuple[str, Any]] = [("", json.loads(text))]
    except (ValueError, RecursionError):
        return
    strings = _STRING.finditer(text)  # in the order of the values: each is looked at once
    place = 0
    while left:
        name, value = left.pop()
        if isinstance(value, dict):
            left += reversed(value.items())
        elif isinstance(value, list):
            left += ((name, each) for each in reversed(value))
        elif isinstance(value, str) and name in _DOCUMENTS:
            place = next((one.start() for one in strings if _said(one[0]) == value), place)
            yield value, place


def _said(string: str) -> str:
    """What a string of JSON, its quotes included, says."""
    return str(json.loads(string)) if "\\" in string else string[1:-1]


def _offset(tag: Tag, url: str) -> int:
    """Where the address stands inside its tag, which may take several lines."""
    return max(tag.inside.find(url), 0) + len(tag.name) if "\n" in tag.inside else 0


def _values(tag: str, name: str, values: dict[str, str], post: bool) -> Iterator[str]:
    """The addresses that one attribute opens, none when it opens nothing."""
    value = values.get(name, "")
    if not value:
        return
    if name in {"srcset", "imagesrcset"}:
        yield from srcset(value)
    elif tag == "meta":
        label = (values.get("property") or values.get("name") or values.get("itemprop") or "").strip().lower()
        if values.get("http-equiv", "").strip().lower() == "refresh":
            target = _REFRESH.match(value)
            yield target[1].strip() if target and "=" in value else ""
        elif _SHARED.match(label) or label in {"image", "thumbnailurl", "msapplication-tileimage"}:
            yield value
    elif (
        (tag == "link" and ("disabled" in values or _HINTS & set(values.get("rel", "").lower().split())))
        or (name == "action" and post)
        or (
            name == "formaction"
            and (values.get("formmethod", "post" if post else "").lower() in {"post", "dialog"})
        )
        or (tag == "input" and name == "src" and values.get("type", "").lower() not in {"image", ""})
    ):
        return
    else:
        yield value


def srcset(value: str) -> Iterator[str]:
    """The candidates of `srcset` (HTML §4.8.4.2): a comma inside an address is the address's own."""
    position = 0
    while found := _CANDIDATE.match(value, position):
        url, position = found[1], found.end()
        if url.endswith(","):
            yield url.rstrip(",")
            continue
        yield url
        depth = 0
        while position < len(value) and (value[position] != "," or depth):
            depth += (value[position] == "(") - (value[position] == ")")
            position += 1


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
