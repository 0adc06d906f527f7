"""Drawings on paper: the same lines and words as on the page, with the equivalent that a tagged PDF asks for."""

from __future__ import annotations

from collections.abc import Iterable

from guide.paper.paper_view import PaperView

Printed = dict[str, str]
"""`svg`, the whole drawing in light colours, and `alt`, what it says in words."""


def on_paper(view: PaperView, names: Iterable[str]) -> dict[str, Printed]:
    """The drawings with these ids, as a template takes them."""
    return {name: one(view, name) for name in names}


def one(view: PaperView, name: str) -> Printed:
    """One drawing as a template takes it."""
    picture = view.guide.pictures[name]
    return {"svg": picture.standalone(view.text), "alt": picture.alternative(view.text)}
