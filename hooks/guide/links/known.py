"""What the guide's data knows of its resources: title, publisher, hosts allowed, visits made by hand.

The values as the one reader of YAML gives them, whether or not the models accept them: the rules of the data are the
business of `check`, and a link is checked even where a description is too long.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from guide.links.addresses import host_of
from guide.links.report import Hint, Report
from guide.links.verdict import Verdict
from guide.text.problems import GuideError

if TYPE_CHECKING:
    from guide.source.yaml_source import Source

FILE = "data/resources.yml"


@dataclass(frozen=True, slots=True)
class KnownResource:
    id: str
    title: str
    url: str
    publisher: str = ""  # short name, for a search
    hosts: tuple[str, ...] = ()
    by_hand: tuple[dt.date, str] | None = None
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """`resources` in the order of the file; `contact` of the User-Agent."""

    resources: tuple[KnownResource, ...] = ()
    contact: str | None = None
    by_url: dict[str, KnownResource] = field(default_factory=dict)

    def hint(self, url: str) -> Hint:
        """What to type in a search engine to find this document again."""
        resource = self.by_url.get(url) or self.by_url.get(url.partition("#")[0])
        if resource is None:
            path = url.partition("://")[2].partition("/")[2]
            words = re.findall(r"[^\W\d_]{3,}", unquote(re.split(r"[?#]", path)[0]).rsplit(".", 1)[0])
            return Hint(" ".join([*words[-8:], f"site:{host_of(url)}" if host_of(url) else ""]).strip())
        return Hint(f"« {resource.title} » {resource.publisher}".strip(), resource.archive)


def load_catalogue(root: Path, sources: Mapping[str, Source] | None = None) -> Catalogue:
    """The catalogue of a project; empty for a folder that has none. Raises GuideError for YAML that cannot be read.

    `sources` are the files of data, by name, where they were read before.
    """
    known = sources or {}
    publishers = {str(item.get("id")): item for item in _items(_value(root, "publishers", known))}
    resources = tuple(
        _resource(item, publishers.get(str(item.get("publisher"))) or {})
        for item in _items(_value(root, "resources", known))
        if item.get("url")
    )
    site = _value(root, "site", known)
    contact = site.get("link_check_contact") if isinstance(site, dict) else None
    return Catalogue(resources, str(contact) if contact else None, {each.url: each for each in resources})


def _value(root: Path, name: str, known: Mapping[str, Source]) -> Any:
    if name in known:
        return known[name].value
    path = root / "data" / f"{name}.yml"
    if not path.is_file():
        return None
    from guide.source.yaml_source import read_yaml  # the reader of YAML is loaded where there is some

    source = read_yaml(path, root)
    if source.value is None and source.problems:
        raise GuideError(source.problems)
    return source.value


def _items(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _resource(item: dict[str, Any], publisher: dict[str, Any]) -> KnownResource:
    hand = item.get("checked_by_hand")
    by_hand = None
    if isinstance(hand, dict):
        try:
            by_hand = (dt.date.fromisoformat(str(hand.get("on"))), str(hand.get("by") or ""))
        except ValueError:
            by_hand = None  # `check` names the line
    return KnownResource(
        str(item.get("id", "")),
        str(item.get("title", "")),
        str(item["url"]),
        str(publisher.get("short") or ""),
        tuple(map(str, hosts)) if isinstance(hosts := publisher.get("hosts"), list) else (),
        by_hand,
        item.get("archived_url"),
    )


def add_hints(report: Report, catalogue: Catalogue) -> None:
    """Give the links that readers may have lost what helps to find them again."""
    for link in report.with_verdict(Verdict.BROKEN, Verdict.SUSPECT):
        report.hints[link.url] = catalogue.hint(link.url)


def user_agent(contact: str | None) -> str:
    """Honest: what we are and whom to write to, or that nobody has been named yet."""
    who = f"contact: {contact}" if contact else "no contact address set yet"
    return f"GuideLinkCheck/1.0 (link checker of a public guide; {who})"
