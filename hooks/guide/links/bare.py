"""What is an address in running text, and where it ends: one rule for Markdown, YAML and lists."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

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
