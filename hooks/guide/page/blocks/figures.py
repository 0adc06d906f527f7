"""Drawings: the picture, what stands beside it, and in a fold what it says in words and leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View


def _drawing(view: View, arguments: Mapping[str, str]) -> str:
    return figure(view, tuple(arguments["ids"].split(",")), folded=arguments.get("words") == "folded")


def figure(view: View, names: tuple[str, ...], *, folded: bool) -> str:
    """One figure of one or several drawings, side by side where there is room; their words beside, or `folded`."""
    return view.render("drawings", pictures=[view.guide.pictures[name] for name in names], folded=folded)


MARKERS = (
    Marker(
        "drawing",
        "Un dessin, ou plusieurs côte à côte, avec leur équivalent en mots ; words=folded le replie",
        _drawing,
        {"ids": Argument("drawing", many=True, required=True), "words": Argument(allowed=("folded",))},
    ),
)
