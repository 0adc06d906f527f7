"""The fragments that markers stand for, one subject a module; `MARKERS` is the whole list."""

from __future__ import annotations

from collections.abc import Mapping

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

MARKERS: Mapping[str, Marker] = {
    marker.name: marker
    for module in (
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
    for marker in module.MARKERS
}
