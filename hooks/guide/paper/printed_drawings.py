"""Drawings on paper: the same lines and words as on the page, with the equivalent that a tagged PDF asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from guide.paper.paper_view import PaperView

Printed = dict[str, str]
"""`svg`, the whole drawing in greys, and `alt`, what it says in words."""

_COLOUR = re.compile(r'(?<==")#(?:[0-9a-fA-F]{3}){1,2}(?=")')


def on_paper(view: PaperView, names: Iterable[str]) -> dict[str, Printed]:
    """The drawings with these ids, as a template takes them."""
    return {name: one(view, name) for name in names}


def one(view: PaperView, name: str) -> Printed:
    """One drawing as a template takes it."""
    picture = view.guide.pictures[name]
    return {"svg": _COLOUR.sub(_grey, picture.standalone(view.text)), "alt": picture.alternative(view.text)}


def _grey(colour: re.Match[str]) -> str:
    """The grey as light as a colour (Rec. 601): paper is printed in black, and is seen as it will come out."""
    digits = colour[0][1:]
    whole = digits if len(digits) == 6 else "".join(each * 2 for each in digits)
    red, green, blue = (int(whole[at : at + 2], 16) for at in (0, 2, 4))
    return "#" + f"{round(0.299 * red + 0.587 * green + 0.114 * blue):02x}" * 3
