"""What a run needs besides its links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guide.links.known import Catalogue, user_agent
from guide.links.options import Network
from guide.links.rules import Rules

Progress = Callable[[int, int, int], None]  # done, total, problems


@dataclass(slots=True)
class RunSettings:
    """What a run needs besides its links. `progress` is called after each resource; `processes`: None to choose."""

    rules: Rules
    catalogue: Catalogue
    allow: tuple[Network, ...] = ()
    ca: str | None = None
    progress: Progress | None = None
    processes: int | None = None

    @property
    def agent(self) -> str:
        return user_agent(self.catalogue.contact)
