"""Foreign HTML cut into tags as the HTML standard does (§13.2.5), in linear time whatever stands in it.

No tree is built and nothing is mended: the checker only asks where a tag stands, what its attributes say, and what
is no markup at all (comments, scripts, styles).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import NamedTuple

# Possessive throughout: a tag that never ends is given up at once. `[\"']` at the end: a quote that is never closed.
_INSIDE = r"(?>[^\"'>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+"
_TOKEN = re.compile(rf"<(/?)([a-zA-Z][^\s/>]*+)({_INSIDE})>|<!--|<[!?/]")
_ATTRIBUTE = re.compile(r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[a-zA-Z][a-zA-Z0-9]{1,40}(;|=)?)")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.I)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


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
