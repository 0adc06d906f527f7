"""The fragments that markers stand for, one subject a module; `MARKERS` is the whole list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from guide.page.blocks import (
    about,
    calendar,
    catalogue,
    copies,
    decide,
    emergency,
    figures,
    learning,
    letters,
    may_i,
    printed,
    routine,
    state_of_play,
)
from guide.page.markers import Marker
from guide.source import rows
from guide.text.problems import Problem

_MODULES = (
    about,
    calendar,
    catalogue,
    copies,
    decide,
    figures,
    emergency,
    learning,
    letters,
    may_i,
    printed,
    routine,
    state_of_play,
)
MARKERS: Mapping[str, Marker] = {marker.name: marker for module in _MODULES for marker in module.MARKERS}


def contradictions(kinds: Collection[str]) -> Iterator[Problem]:
    """What the markers say against each other, or against the `kinds` of ids that there are."""
    seen: dict[str, str] = {}
    for module, marker in ((each.__name__, marker) for each in _MODULES for marker in each.MARKERS):
        if marker.name in seen:
            what = f"ce marqueur est déjà dans hooks/{seen[marker.name].replace('.', '/')}.py"
            yield rows.wrong(module, marker.name, what, "renommez l’un des deux")
        seen.setdefault(marker.name, module)
        for name, argument in marker.arguments.items():
            if argument.kind not in (None, *kinds):
                what = f"l’argument « {name} » prend un genre inconnu, « {argument.kind} »"
                yield rows.wrong(module, marker.name, what)
