"""Foreign HTML cut into tags as the HTML standard does (§13.2.5), in linear time whatever stands in it; and its links.

No tree is built and nothing is mended: the checker only asks where a tag stands, what its attributes say, and what
is no markup at all (comments, scripts, styles).
"""

from __future__ import annotations

import contextlib
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from guide.links.addresses import redirect_target
from guide.links.bare import Found

# Possessive throughout: a tag that never ends is given up at once. `[\"']` at the end: a quote that is never closed.
_INSIDE = r"(?>[^\"'>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+"
_TOKEN = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_INSIDE})>|<!--|<[!?/]")
_ATTRIBUTE = re.compile(r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,40}(;|=)?)")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.I)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}

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
_REFRESH = re.compile(r"\s*+(\d*+)(?:\.\d*+)?\s*+[;,]?\s*+(?:url\s*=\s*)?[\"']?\s*([^\"']+)", re.I)
_STYLE = re.compile(  # a comment, which holds none, or an address
    r"/\*.*?(?:\*/|\Z)|url\(\s*+(?:\"([^\"\n]*+)\"|'([^'\n]*+)'|([^)\s\"']++))|@import\s++[\"']([^\"'\n]++)[\"']",
    re.I | re.S,
)
_CANDIDATE = re.compile(r"[\s,]*+([^\s]+)")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)


class Tag(NamedTuple):
    """`name` in small letters; `inside`: its attributes as written; `start` and `end`: offsets in the source.
    `text_end`: where the raw text of a script, style or title ends (`end` for every other tag).
    Comments and declarations are named « ! »."""

    name: str
    closing: bool
    inside: str
    start: int
    end: int
    text_end: int


def tags(source: str, position: int = 0) -> Iterator[Tag]:
    """The tags of `source` in order; what follows a tag or comment that never ends is its own."""
    stop = source.rfind(">") + 1  # no tag ends beyond
    while found := _TOKEN.search(source, position, stop):
        end = found.end()
        name = found[2]
        if name is None:
            mark = "-->" if found[0] == "<!--" else ">"
            over = source.find(mark, end - 2 if mark == "-->" else end)  # `<!-->` is a whole comment
            if over < 0:
                yield Tag("!", False, "", found.start(), len(source), len(source))
                return
            position = over + len(mark)
            yield Tag("!", False, "", found.start(), position, position)
            continue
        name = name.lower()
        position = end
        if name in _RAW and not found[1]:
            over_tag = _RAW[name].search(source, end)
            position = over_tag.start() if over_tag else len(source)
        yield Tag(name, bool(found[1]), found[3], found.start(), end, position)
        if name == "plaintext":
            return


def attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag, names in small letters; the first of two equal names counts."""
    values: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        values.setdefault(name.lower(), unescaped(double or single or bare))
    return values


def unescaped(value: str) -> str:
    """An attribute's value with its character references: `&region=2` stays, as no semicolon ends a name."""
    if "&" not in value:
        return value
    import html
    from html.entities import html5

    def character(found: re.Match[str]) -> str:
        text = found[0]
        if text[1] == "#" or text[-1] == ";":
            whole = html.unescape(text)
            return whole if text[1] == "#" or text[1:] in html5 else text
        known = text[-1] != "=" and text[1:] in html5
        return html5[text[1:]] if known else text

    return _REFERENCE.sub(character, value)


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
            yield refresh(value)[1] if "=" in value else ""
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


def refresh(value: str) -> tuple[int | None, str]:
    """After how many seconds a page sends elsewhere, if it says, and where: `0; url=…`, of a header or of a <meta>."""
    found = _REFRESH.match(value)
    return (int(found[1][:6]) if found[1] else None, found[2].strip()) if found else (None, "")


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


def decoded(data: bytes, charset: str = "") -> str:
    """The text of foreign bytes: UTF-16 when its mark says so, else the `charset` named, else UTF-8; what is not UTF-8
    at all is an old text, read as browsers and older Windows read it."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        charset = "utf-16"
    if charset:
        with contextlib.suppress(LookupError, ValueError):  # none that is known, or that reads pages
            return data.decode(charset, "replace")
    text = data.decode("utf-8-sig", "replace")
    old = "\ufffd" in text and text.replace("\ufffd", "").isascii()  # not one accent is UTF-8
    return data.decode("cp1252", "replace") if old else text
