"""What one request brought back: an answer, or the reason why there is none; and the journey they make together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from guide.links.markup import decoded
from guide.links.seen_page import SeenPage
from guide.links.verdict import Reason

# The beginnings by which browsers know HTML that says nothing of its kind (MIME Sniffing §7.1).
_HTML = re.compile(
    rb"[\t\n\x0c\r ]*(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*(?:<!doctype html|<(?:html|head|script|iframe|h1|div|font|table|a|style|"
    rb"title|b|body|br|p)(?=[ >])|<!--)",
    re.I,
)


_NAMED = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)


@dataclass(slots=True)
class HttpAnswer:
    """`headers` has lower-case names; `body` is empty when there was no reason to read it."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    read: bool = False  # whether the body was looked at
    partial: bool = False  # whether it goes on beyond what was read, or was cut
    unreadable: bool = False  # its coding is unknown or damaged
    cookies: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The media type, in small letters; "" when the answer says none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        kind = self.kind
        if not kind:
            return _HTML.match(self.body, 0, 512) is not None
        return kind in {"text/html", "application/xhtml+xml"}

    @property
    def text(self) -> str:
        """The page: in the charset of the header, else of the page; never raises."""
        found = _NAMED.search(self.headers.get("content-type", ""))
        if found is None and (meta := _CHARSET.search(self.body[:4096])):
            charset = meta[1].decode("ascii")
            return decoded(
                self.body, "" if charset.lower().startswith("utf-16") else charset
            )  # it could be read
        return decoded(self.body, found[1] if found else "")


class Failure(NamedTuple):
    """No HTTP answer. `detail` names what was met, for the report."""

    reason: Reason
    detail: str = ""


class Hop(NamedTuple):
    """`status` answered by the previous address (0: an HTML refresh), and the address it sent us to."""

    status: int
    url: str


@dataclass(slots=True)
class Trail:
    """The whole journey of one resource: hops followed, then an answer or a failure. `chain_completed`: on the way, a
    certificate had to be added."""

    start: str
    hops: list[Hop] = field(default_factory=list)
    answer: HttpAnswer | None = None
    failure: Failure | None = None
    page: SeenPage | None = None
    attempts: int = 0
    chain_completed: bool = False

    @property
    def final_url(self) -> str:
        return self.hops[-1].url if self.hops else self.start

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None
