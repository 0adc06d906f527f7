"""Words between tags: what paper shows of them, and their spaces."""

from __future__ import annotations

import re
from typing import Any

from guide.source.html_tree import Element, classes

Node = dict[str, Any]
Inline = list[str | Node]
_NOT_PRINTED = {"script", "svg", "template", "nav"}
_ON_SCREEN = {"g-vh", "g-initial"}


def on_screen_only(element: Element) -> bool:
    """Data for robots, decorative icons, words for screen readers alone, the letters of a list, tools that wait for a script."""
    if element.tag == "svg" and element.get("data-drawing") is not None:
        return False
    return (
        element.tag in _NOT_PRINTED
        or not _ON_SCREEN.isdisjoint(classes(element))
        or element.get("hidden") is not None
    )


def tidy(inline: Inline) -> Inline:
    """Runs of ordinary spaces made one, none at either end; no-break spaces are left alone."""
    out: Inline = []
    for piece in inline:
        if isinstance(piece, str):
            text = re.sub(r"[ \t\r\n]+", " ", piece)
            if out and isinstance(out[-1], str):
                text = re.sub(r" +", " ", out.pop() + text)  # type: ignore[operator]
            if text:
                out.append(text)
        else:
            out.append(piece)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip(" ")
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")
    return [piece for piece in out if piece != ""]
