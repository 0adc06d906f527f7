"""What one behaviour of a peer's suite is in our table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# What the peer's word comes to in our verdicts. Several of them only know « error ».
GOOD = frozenset({"ok", "moved"})
ALIVE = frozenset({"ok", "moved", "unchecked"})
DEAD = frozenset({"broken"})
ERROR = frozenset({"broken", "blocked", "suspect", "unreachable"})
UNASKED = frozenset({"unchecked"})


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A source of kind `suffix` holds exactly these links (external ones; each counts as one check)."""

    suite: str
    test: str
    suffix: str
    source: str
    links: tuple[str, ...]
    policy: str = ""  # why our answer is another, and stays so

    @property
    def checks(self) -> int:
        return 1


class Answer(NamedTuple):
    """What the server sends. `wait`: seconds before; `raw`: sent as it is in place of all else; `hang_up`: nothing."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: str | bytes = ""
    wait: float = 0.0
    raw: bytes = b""
    hang_up: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Behaviour:
    """An address, or a path of the row's own host, gets one of the verdicts `wanted`. `answers` by path: the n-th
    request gets the n-th answer, the last one stays; `head`: the answer to HEAD where it is another. `least`, `most`:
    seconds between the first request and the last; `requests`: how many may come, at most. `{host}` is the row's host."""

    suite: str
    test: str
    url: str
    wanted: frozenset[str]
    answers: dict[str, tuple[Answer, ...]] = field(default_factory=dict)
    head: Answer | None = None
    least: float = 0.0
    requests: int | None = None
    reason: str = ""
    policy: str = ""
