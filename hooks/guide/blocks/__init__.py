"""The fragments that markers stand for, one subject a module; `MARKERS` is the whole list."""

from __future__ import annotations

from collections.abc import Mapping

from guide.blocks import (
    about,
    calendar,
    catalogue,
    decide,
    emergency,
    learning,
    letters,
    offline,
    routine,
    sheets,
)
from guide.markers import Marker

MARKERS: Mapping[str, Marker] = {
    marker.name: marker
    for module in (about, calendar, catalogue, decide, emergency, learning, letters, offline, routine, sheets)
    for marker in module.MARKERS
}
