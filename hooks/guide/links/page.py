"""What a page says of itself: title, first heading, anchors, immediate refresh, first words.

One linear pass over text that may be hostile: no regular expression here can look further than a few
thousand characters, and each character is passed over a bounded number of times.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

TEXT_CAP = 800  # enough to tell a page that says something from one that says it is absent
_TAG_CAP = 16_000
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})|<!--|<[!?]")
_TAG_REST = re.compile(r"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_HEADING = re.compile(r"<h1(?:\s[^>]{0,500})?>", re.I)
_WINDOW = 3_000
_WHOLE_TEXT = 20_000
_TITLE = re.compile(r"<title(?:\s[^>]{0,200})?>([^<]{0,1000})</title", re.I)
_INVISIBLE = re.compile(
    r"<!--.*?-->|<(script|style|textarea|template)\b.*?</\1\s*>|<(?:script|style|!--).*", re.I | re.S
)
_MARKUP = re.compile(r"<[^>]{0,2000}>")
_RAW = {
    name: re.compile(f"</{name}", re.I) for name in ("script", "style", "textarea", "title", "xmp", "iframe")
}
_REFRESH = re.compile(r"\s*(\d+)(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"']+)", re.I)


@dataclass(slots=True)
class Page:
    title: str = ""
    heading: str = ""
    text: str = ""  # the first visible words; perhaps none when the page is long
    long: bool = False  # whether it has more than TEXT_CAP visible characters
    anchors: set[str] = field(default_factory=set)
    refresh: str | None = None  # target of an immediate <meta http-equiv=refresh>


def read_page(source: str, want_anchors: bool, whole: bool = False) -> Page:
    """Everything the classifier needs. Without `want_anchors` the reading stops once enough is known."""
    if not want_anchors and not whole and (quick := _quick(source)) is not None:
        return quick
    page = Page()
    cap = _WHOLE_TEXT if whole else TEXT_CAP
    words: list[str] = []
    heading: list[str] | None = None
    length = position = 0
    noscript = False
    for _ in range(len(source)):
        found = _TAG.search(source, position)
        if heading is not None or length < cap:
            piece = source[position : found.start() if found else len(source)]
            if piece and not piece.isspace():
                words.append(piece)
                length += len(piece)
                if heading is not None:
                    heading.append(piece)
        if found is None:
            break
        if found[2] is None:
            position = _after(source, "-->" if found[0] == "<!--" else ">", found.end())
            if position < 0:
                break
            continue
        name, closing = found[2].lower(), bool(found[1])
        start = found.end()
        end = source.find(">", start)
        if end < 0:
            break
        attributes = source[start:end]
        if attributes.count('"') % 2 or attributes.count("'") % 2:
            rest = _TAG_REST.match(source, start, min(len(source), start + _TAG_CAP))
            if rest:
                end = rest.end() - 1
                attributes = source[start:end]
        position = end + 1
        if closing:
            if name == "h1" and heading is not None:
                page.heading, heading = _clean(" ".join(heading)[:1_000]), None
            noscript = noscript and name != "noscript"
            continue
        if name == "noscript":
            noscript = True
        elif name == "h1" and not page.heading:
            heading = []
        elif name == "meta" and page.refresh is None and not noscript and "refresh" in attributes.lower():
            page.refresh = _refresh(attributes)
        if want_anchors and attributes:
            _anchors(name, attributes, page.anchors)
        if name in _RAW:
            over = _RAW[name].search(source, position)
            if over is None:
                break
            if name == "title" and not page.title:
                page.title = _clean(source[position : over.start()][:1_000])
            position = over.start()
        if length >= cap and heading is None and not want_anchors:
            page.heading = page.heading or _heading_after(source, position)
            break
    if heading is not None:
        page.heading = _clean(" ".join(heading)[:1_000])
    page.text, page.long = _clean(" ".join(words)[: 2 * cap]), length >= cap
    return page


def _quick(source: str) -> Page | None:
    """The same for an ordinary page, from a window of its beginning: None when only the whole reading can tell."""
    if "efresh" in source or "EFRESH" in source:
        return None
    body = source.find("<body")
    title = _TITLE.search(source, 0, max(body, 0))
    if body < 0 or title is None:
        return None
    window = source[body : body + _WINDOW]
    start = min((at for at in (source.find("<h1", body), source.find("<H1", body)) if at >= 0), default=-1)
    heading = _heading_after(source, start) if start >= 0 else ""
    plain = "<script" not in window and "<style" not in window and "<!--" not in window and "&" not in window
    if plain and sum(len(piece) - piece.find(">") - 1 for piece in window.split("<")) > 2 * TEXT_CAP:
        return Page(_clean(title[1]), heading, "", True)
    window = _INVISIBLE.sub(" ", window)
    text = _clean(_MARKUP.sub(" ", window))
    if len(text) < TEXT_CAP and len(source) > body + _WINDOW:
        return None  # much code and few words: read on
    return Page(_clean(title[1]), heading, text[:TEXT_CAP], len(text) >= TEXT_CAP)


def _heading_after(source: str, position: int) -> str:
    found = _HEADING.search(source, position)
    end = source.lower().find("</h1", found.end(), found.end() + 2_000) if found else -1
    return _clean(_MARKUP.sub(" ", source[found.end() : end])) if found and end > 0 else ""


def _after(source: str, mark: str, start: int) -> int:
    found = source.find(mark, start)
    return found + len(mark) if found >= 0 else -1


def _clean(text: str) -> str:
    return " ".join((html.unescape(text) if "&" in text else text).replace("’", "'").split())


def _values(attributes: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(attributes[:_TAG_CAP]):
        value = found[2] if found[2] is not None else found[3] if found[3] is not None else found[4] or ""
        values.setdefault(found[1].lower(), html.unescape(value) if "&" in value else value)
    return values


def _anchors(name: str, attributes: str, anchors: set[str]) -> None:
    low = attributes.lower()
    if "id" not in low and not (name == "a" and "name" in low):
        return
    values = _values(attributes)
    if identifier := values.get("id"):
        anchors.add(identifier)
    if name == "a" and values.get("name"):
        anchors.add(values["name"])


def _refresh(attributes: str) -> str | None:
    values = _values(attributes)
    if values.get("http-equiv", "").lower() != "refresh":
        return None
    found = _REFRESH.match(values.get("content", ""))
    return found[2].strip() if found and int(found[1][:6]) <= 5 else None
