"""Says what is being made while it is made: one moving line on a terminal, one line a stage elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Stages:
    """The stages of one command, in order. Nothing is said until `begin` is called; `silent` says nothing at all."""

    def __init__(self, out: TextIO | None = None, *, silent: bool = False) -> None:
        self._out = out or sys.stderr
        self._moving = self._out.isatty()
        self._silent = silent
        self._started = self._first = time.monotonic()
        self._name = ""

    def begin(self, name: str) -> None:
        """Ends the stage under way and begins another: « pages »."""
        self._end()
        self._name, self._started = name, time.monotonic()
        if self._moving and not self._silent:
            self._write(f"\r\x1b[K{self._elapsed(self._first)} {name}…")

    def end(self) -> None:
        """Ends the last stage; the moving line goes."""
        self._end()
        self.clear()

    def clear(self) -> None:
        """Takes the moving line away, for another line to be printed in its place."""
        if self._moving and not self._silent:
            self._write("\r\x1b[K")

    def _end(self) -> None:
        if self._name and not self._moving and not self._silent:
            self._write(f"{self._elapsed(self._started)} {self._name}\n")
        self._name = ""

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()

    @staticmethod
    def _elapsed(since: float) -> str:
        return f"{time.monotonic() - since:5.1f} s".replace(".", ",")
