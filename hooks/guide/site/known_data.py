"""The data as pages are held against them: read in full where they have changed, else what was kept of them.

Whoever needs the guide itself asks `guide`, and pays for it; a check of one changed page does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guide.data import palette
from guide.data.model.context import Context
from guide.source.kept import Cache, folder_digest, name
from guide.source.tree import page_ids
from guide.text.problems import GuideError, Problem

if TYPE_CHECKING:  # slow to load
    from guide.data.guide import Guide, Reading


@dataclass(slots=True)
class Known:
    """The data of a guide. `made_from` names all that they were read from, `said` is what `whole.summary` says of them (empty
    where something is wrong)."""

    root: Path
    cache: Cache
    made_from: str
    context: Context
    said: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    _reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """The data read in full."""
        if self._reading is None:
            from guide.site import whole

            fine = _made_from(self.root) == self.made_from  # else somebody has just saved another
            self._reading, problems = whole.read(self.root, self.cache, fine=fine)
            if problems:
                raise GuideError(problems)
        return self._reading

    @property
    def guide(self) -> Guide:
        """The guide. Raises GuideError where its data are wrong."""
        if self.reading.guide is None:
            raise GuideError(self.problems)
        return self.reading.guide


def read(root: Path, cache: Cache) -> Known:
    """What is known of the data; never raises for what an editor wrote."""
    made_from = _made_from(root)
    known: Known = cache.remember("data", made_from, lambda: _read(root, cache, made_from))
    return known


def _read(root: Path, cache: Cache, made_from: str) -> Known:
    kept = cache.of("data")
    if (found := kept.find(made_from)) is not None:
        context, said = found
        return Known(root, cache, made_from, _context(context), said)
    from guide.site import whole

    reading, problems = whole.read(root, cache, fine=False)
    said = {}
    if reading.guide is not None and not problems:
        said = whole.summary(reading.guide)
        kept.put(made_from, [_plain(reading.context), said])
    return Known(root, cache, made_from, reading.context, said, tuple(problems), reading)


def _plain(context: Context) -> dict[str, Any]:
    """What JSON holds of a context."""
    return {
        "ids": {kind: sorted(ids) for kind, ids in context.ids.items()},
        "exceptions": sorted(context.exceptions),
        "used_exceptions": sorted(context.used_exceptions),
        "without_phone": sorted(context.without_phone),
        "kinds": context.kinds,
    }


def _context(plain: Mapping[str, Any]) -> Context:
    return Context(
        ids={kind: set(ids) for kind, ids in plain["ids"].items()},
        exceptions={(file, text) for file, text in plain["exceptions"]},
        used_exceptions={(file, text) for file, text in plain["used_exceptions"]},
        without_phone=set(plain["without_phone"]),
        kinds={kind: (words, file) for kind, (words, file) in plain["kinds"].items()},
    )


def _made_from(root: Path) -> str:
    """A name for all that is read: the data with their drawings, the colours of these, and which pages there are."""
    colours = root / palette.TOKENS
    return name(
        folder_digest(root / "data"),
        colours.read_bytes() if colours.is_file() else b"",
        *page_ids(root).values(),
    )
