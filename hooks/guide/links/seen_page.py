"""What a page says of itself: title, first heading, anchors, immediate refresh, first words.

Pages may be hostile: they are read in one pass by the tokenizer of `markup`, and ordinary ones from a glance at their
beginning.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from guide.links.markup import attributes, refresh, tags

TEXT_CAP = 800  # enough to tell a page that says something from one that says it is absent
_WHOLE_TEXT = 20_000
_WINDOW = 3_000
_LONGEST_HEADING = 2_000
_TITLE = re.compile(r"<title(?:\s[^>]{0,200})?>([^<]{0,1000})</title", re.I)
_HEADING = re.compile(r"<h1(?:\s[^>]{0,500})?>", re.I)
_INVISIBLE = re.compile(
    r"<!--.*?-->|<(script|style|textarea|template)\b.*?</\1\s*>|<(?:script|style|!--).*", re.I | re.S
)
_HIDDEN = re.compile(r"<[sStT!](?:cript|tyle|emplate|--)", re.I)
_TEMPLATE = re.compile(r"<template", re.I)
_MARKUP = re.compile(r"<[^>]*+>")


@dataclass(slots=True)
class SeenPage:
    title: str = ""
    heading: str = ""
    text: str = ""  # the first visible words; perhaps none when the page is long
    long: bool = False  # whether it has more than TEXT_CAP visible characters
    anchors: set[str] = field(default_factory=set)  # as written, and decoded
    refresh: str | None = None  # target of an immediate <meta http-equiv=refresh>


def read_page(source: str, want_anchors: bool, whole: bool = False) -> SeenPage:
    """Everything the judge needs. Without `want_anchors` the reading stops once enough is known; `whole`: the words
    that count may stand after a long menu."""
    if not want_anchors and not whole and (glance := _glance(source)) is not None:
        return glance
    page = SeenPage()
    cap = _WHOLE_TEXT if whole else TEXT_CAP
    words: list[str] = []
    heading: list[str] | None = None
    length = position = hidden = 0
    noscript = False
    for tag in tags(source):
        if (heading is not None or length < cap) and not hidden:
            piece = source[position : tag.start]
            if piece and not piece.isspace():
                words.append(piece)
                length += len(piece)
                if heading is not None:
                    heading.append(piece)
        position = tag.text_end
        name = tag.name
        if name == "template":
            hidden = max(0, hidden + (-1 if tag.closing else 1))
        elif name == "noscript":
            noscript = not tag.closing
        elif name == "h1":
            if tag.closing and heading is not None:
                page.heading, heading = _clean(" ".join(heading)[:1_000]), None
            elif not tag.closing and not page.heading:
                heading = []
        elif name == "title" and not page.title and not tag.closing:
            page.title = _clean(source[tag.end : tag.text_end][:1_000])
        elif name == "meta" and page.refresh is None and not noscript and "refresh" in tag.inside.lower():
            page.refresh = _refresh(tag.inside)
        if want_anchors and not hidden and tag.inside and not tag.closing:
            _anchors(name, tag.inside, page.anchors)
        if length >= cap and heading is None and not want_anchors:
            page.heading = page.heading or _heading_after(source, position)
            break
    else:
        if position < len(source) and not hidden and length < cap:
            words.append(source[position : position + 2 * cap])
            length += len(words[-1])
    if heading is not None:
        page.heading = _clean(" ".join(heading)[:1_000])
    page.text, page.long = _clean(" ".join(words)[: 2 * cap]), length >= cap
    return page


def _glance(source: str) -> SeenPage | None:
    """The same for an ordinary page, from a window of its beginning: None when only the whole reading can tell."""
    body = source.find("<body")
    title = _TITLE.search(source, 0, max(body, 0))
    if title is None or "efresh" in source or "EFRESH" in source:
        return None
    window = source[body : body + _WINDOW]
    heading = _heading_after(source, body)
    if not _HIDDEN.search(window):
        if len(_MARKUP.sub("", window)) > 2 * TEXT_CAP:
            return SeenPage(_clean(title[1]), heading, "", True)
    elif _TEMPLATE.search(window):
        return None
    text = _clean(_MARKUP.sub(" ", _INVISIBLE.sub(" ", window)))
    if len(text) < TEXT_CAP and len(source) > body + _WINDOW:
        return None  # much code and few words: read on
    return SeenPage(_clean(title[1]), heading, text[:TEXT_CAP], len(text) >= TEXT_CAP)


def _heading_after(source: str, position: int) -> str:
    at = source.find("<h1", position)
    at = at if at >= 0 else source.find("<H1", position)
    found = _HEADING.match(source, at) if at >= 0 else None
    if found is None:
        return ""
    begin = found.end()
    end = source.find("</h1", begin, begin + _LONGEST_HEADING)
    end = end if end >= 0 else source.find("</H1", begin, begin + _LONGEST_HEADING)
    return _clean(_MARKUP.sub(" ", source[begin:end])) if end >= 0 else ""


def _clean(text: str) -> str:
    return " ".join((html.unescape(text) if "&" in text else text).replace("’", "'").split())


def _anchors(name: str, inside: str, anchors: set[str]) -> None:
    low = inside.lower()
    if "id" not in low and not (name == "a" and "name" in low):
        return
    values = attributes(inside)
    for anchor in (values.get("id"), values.get("name") if name == "a" else None):
        if anchor:
            anchors.update((anchor, unquote(anchor)) if "%" in anchor else (anchor,))


def _refresh(inside: str) -> str | None:
    values = attributes(inside)
    return (
        refresh_target(values.get("content", ""))
        if values.get("http-equiv", "").lower() == "refresh"
        else None
    )


def refresh_target(value: str) -> str | None:
    """Where `0; url=…` sends at once (a header or a <meta>); None for a later or an empty one."""
    seconds, target = refresh(value)
    return target if seconds is not None and seconds <= 5 else None
