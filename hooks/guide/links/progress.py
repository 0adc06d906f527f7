"""How far the run is, in one line of ours: written again in place on a terminal, now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_AGAIN_AFTER = {True: 0.2, False: 15.0}  # seconds, on a terminal or not
_KNOWN_AFTER = 3.0  # seconds before what is left can be said
_WIDTH = 20


@contextmanager
def progress(wanted: bool) -> Iterator[Callable[[int, int, int], None] | None]:
    """Yields `show(done, total, problems)`, or None when nothing must be shown."""
    if not wanted:
        yield None
        return
    terminal = sys.stderr.isatty()
    began = last = time.monotonic()

    def show(done: int, total: int, problems: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _AGAIN_AFTER[terminal] and not (done == total and (terminal or total > 200)):
            return
        last = now
        line = f"{done} adresses sur {total}, {problems} à revoir{_left(done, total, now - began)}"
        if terminal:
            bar = "█" * (_WIDTH * done // total)
            print(f"\r\x1b[K{bar:·<{_WIDTH}} {line}", end="", file=sys.stderr, flush=True)
        else:
            print(line, file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if terminal:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _left(done: int, total: int, spent: float) -> str:
    """The time that is left, at the pace so far."""
    if spent < _KNOWN_AFTER or not 0 < done < total:
        return ""
    seconds = spent / done * (total - done)
    return (
        f", encore {seconds / 60:.0f} min environ" if seconds >= 90 else f", encore {seconds:.0f} s environ"
    )
