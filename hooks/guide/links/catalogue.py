"""What the guide's data knows of its resources: title, publisher, hosts allowed, visits made by hand.

Read leniently on purpose: validation is another module's business, and other projects have no such files.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from guide.links.report import Hint, Report
from guide.links.rules import SAFE_LOADER
from guide.links.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Resource:
    id: str
    title: str
    url: str
    publisher: str = ""  # short name, for a search
    hosts: tuple[str, ...] = ()
    by_hand: tuple[dt.date, str] | None = None
    bot_wall: bool = False
    archive: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`resources` in the order of the file; `contact` of the User-Agent; `count`: addresses that the file has."""

    resources: tuple[Resource, ...] = ()
    contact: str | None = None
    count: int = 0
    by_url: dict[str, Resource] = field(default_factory=dict)

    def hint(self, url: str) -> Hint:
        """What to type in a search engine to find this document again."""
        resource = self.by_url.get(url) or self.by_url.get(url.partition("#")[0])
        host = urlsplit(url).hostname or ""
        if resource is None:
            return Hint(f"{_words(url)} site:{host}".strip())
        return Hint(f"« {resource.title} » {resource.publisher}".strip(), resource.archive, resource.title)


def load_catalogue(root: Path) -> Catalogue:
    """The catalogue of a project; empty for a folder that has none."""
    path = root / "data" / "resources.yml"
    publishers = {item.get("id"): item for item in _items(root / "data" / "publishers.yml")}
    resources = tuple(
        _resource(item, publishers.get(item.get("publisher")) or {})
        for item in _items(path)
        if item.get("url")
    )
    count = 0
    if path.is_file():  # counted without the YAML reader, on purpose: it proves that nothing was lost
        count = len(
            set(re.findall(r"^\s+(?:- )?url:\s+[\"']?(https?://[^\s\"']+)", path.read_text("utf-8"), re.M))
        )
    by_url = {resource.url: resource for resource in resources}
    return Catalogue(resources, _contact(root / "data" / "site.yml"), count, by_url)


def _load(path: Path) -> Any:
    if not path.is_file():
        return None
    try:
        return yaml.load(path.read_text("utf-8"), Loader=SAFE_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError):
        return None


def _items(path: Path) -> list[dict[str, Any]]:
    data = _load(path)
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _resource(item: dict[str, Any], publisher: dict[str, Any]) -> Resource:
    hand = item.get("checked_by_hand")
    by_hand = None
    if isinstance(hand, dict) and (day := hand.get("on", hand.get(True))):  # YAML 1.1 reads `on` as a boolean
        try:
            by_hand = (dt.date.fromisoformat(str(day)), str(hand.get("by") or ""))
        except ValueError:
            by_hand = None
    archive = item.get("archive") or item.get("archived_url") or item.get("archive_url")
    return Resource(
        str(item.get("id", "")),
        str(item.get("title", "")),
        str(item["url"]),
        str(publisher.get("short") or ""),
        tuple(publisher.get("hosts") or ()),
        by_hand,
        bool(item.get("bot_wall")),
        archive,
    )


def _contact(path: Path) -> str | None:
    data = _load(path)
    contact = data.get("link_check_contact") if isinstance(data, dict) else None
    return str(contact) if contact else None


def _words(url: str) -> str:
    path = unquote(urlsplit(url).path)
    words = re.findall(r"[^\W\d_]{3,}", path.rsplit(".", 1)[0])
    return " ".join(words[-8:])


def add_hints(report: Report, catalogue: Catalogue) -> None:
    """Give the links that readers may have lost what helps to find them again."""
    for link in report.with_verdict(Verdict.BROKEN, Verdict.SUSPECT):
        report.hints[link.url] = catalogue.hint(link.url)


def user_agent(contact: str | None) -> str:
    """Honest: what we are and whom to write to, or that nobody has been named yet."""
    who = f"contact: {contact}" if contact else "no contact address set yet"
    return f"GuideLinkCheck/1.0 (link checker of a public guide; {who})"
