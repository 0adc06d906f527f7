"""What one request brought back: an answer, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guide.links.page import Page
from guide.links.verdicts import Reason


@dataclass(slots=True)
class Answer:
    """`headers` has lower-case names; `body` is empty when there was no reason to read it."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    truncated: bool = False
    unreadable: bool = False
    incomplete: bool = False
    cookies: tuple[str, ...] = ()

    @property
    def is_html(self) -> bool:
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        if not kind:
            return self.body[:512].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<head"))
        return kind in {"text/html", "application/xhtml+xml"}


@dataclass(frozen=True, slots=True)
class Failure:
    """No HTTP answer. `detail` names what was met, for the report."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """`status` answered by the previous address (0: an HTML refresh), and the address it sent us to."""

    status: int
    url: str


@dataclass(slots=True)
class Trail:
    """The whole journey of one resource: hops followed, then an answer or a failure."""

    start: str
    hops: list[Hop] = field(default_factory=list)
    answer: Answer | None = None
    failure: Failure | None = None
    page: Page | None = None
    attempts: int = 0

    @property
    def final_url(self) -> str:
        return self.hops[-1].url if self.hops else self.start

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None
