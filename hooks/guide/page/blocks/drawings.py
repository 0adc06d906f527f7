"""Drawings: the picture, what stands beside it, and in a fold what it says in words and leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View


def _drawing(view: View, arguments: Mapping[str, str]) -> str:
    return figure(view, tuple(arguments["ids"].split(",")))


def figure(view: View, names: tuple[str, ...]) -> str:
    """One figure of one or several drawings, side by side where there is room."""
    return view.render("drawings", pictures=[view.guide.drawings[name] for name in names])


MARKERS = (
    Marker(
        "drawing",
        "Un dessin, ou plusieurs côte à côte, avec son équivalent en mots",
        _drawing,
        {"ids": Argument("drawing", many=True, required=True)},
    ),
)
