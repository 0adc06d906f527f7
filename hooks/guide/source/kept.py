"""What was worked out of a text, kept under a name that says all it was made from: a small JSON file in `.cache/`."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def name(*parts: str | bytes) -> str:
    """A name for a result, from everything it depends on."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:32]


class Kept:
    """Results of one kind. Those that nobody asked for are forgotten at `save`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked: dict[str, Any] = {}
        self.changed = False
        try:
            known = json.loads(path.read_bytes())
        except (OSError, ValueError):  # never kept, or left half-written: worked out again
            known = {}
        self.known: dict[str, Any] = known if isinstance(known, dict) else {}

    def get(self, name: str, make: Callable[[], Any]) -> Any:
        """What is kept under `name` (JSON values), or what `make` returns, kept for the next time."""
        if name not in self.asked:
            self.changed |= name not in self.known
            self.asked[name] = self.known[name] if name in self.known else make()
        return self.asked[name]

    def save(self) -> None:
        """Writes at once or not at all; a folder that cannot be written to only costs time."""
        if not self.changed and len(self.asked) == len(self.known):
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self.path.parent, delete=False, encoding="utf-8"
            ) as part:
                json.dump(self.asked, part, ensure_ascii=False)
            Path(part.name).replace(self.path)
        except OSError:
            return
