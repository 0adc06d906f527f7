"""How far the run is: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LINE_EVERY = 15.0


@contextmanager
def progress(wanted: bool) -> Iterator[Callable[[int, int, int], None] | None]:
    """Yields `show(done, total, problems)`, or None when nothing must be shown."""
    if not wanted:
        yield None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _plain()


def _bar() -> Iterator[Callable[[int, int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[problems]} à revoir"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=5) as bar:
        task = bar.add_task("Vérification des liens", total=None, problems=0)
        yield lambda done, total, problems: bar.update(task, completed=done, total=total, problems=problems)


def _plain() -> Callable[[int, int, int], None]:
    last = time.monotonic()

    def show(done: int, total: int, problems: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_EVERY or (done == total and total > 200):
            last = time.monotonic()
            print(f"{done} adresses sur {total}, {problems} à revoir", file=sys.stderr, flush=True)

    return show
