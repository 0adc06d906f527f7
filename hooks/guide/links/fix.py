"""`--fix`: write the new address of moved pages in `data/`, touching nothing else of the file.

Only towards a host that the publisher's record already allows: a hijacked redirect must not be published by a
machine. The others are listed for a person.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guide.links.catalogue import Catalogue
from guide.links.classify import new_address
from guide.links.exchange import Hop
from guide.links.report import Report, Result
from guide.links.verdicts import Verdict
from guide.source.disk import write_text

_FILE = "data/resources.yml"


def fix(report: Report, catalogue: Catalogue, root: Path) -> list[str]:
    """Rewrite the addresses that may be; returns one French sentence for each moved link."""
    notes: list[str] = []
    changes: dict[str, str] = {}
    for link in report.with_verdict(Verdict.MOVED):
        target = _target(link)
        resource = catalogue.by_url.get(link.url)
        if target is None:
            continue
        parts = urlsplit(target)
        if resource is None:
            places = ", ".join(str(place) for place in link.places[:3])
            notes.append(f"{link.url} → {target} : à corriger à la main dans {places}.")
        elif (
            parts.scheme != "https" or parts.port is not None or (parts.hostname or "") not in resource.hosts
        ):
            notes.append(
                f"{link.url} → {target} : {parts.netloc} n’est pas un hôte admis pour « {resource.id} » ; à décider."
            )
        else:
            changes[link.url] = target
            notes.append(f"{link.url} → {target} : écrit dans {_FILE}.")
    if changes:
        path = root / _FILE
        write_text(path, rewrite(path.read_text("utf-8"), changes))
    return notes


def _target(link: Result) -> str | None:
    target = new_address([Hop(status, url) for status, url in link.redirects])
    fragment = urlsplit(link.url).fragment
    if target and fragment and "#" not in target:
        target += f"#{fragment}"
    return target


def rewrite(text: str, changes: dict[str, str]) -> str:
    """`text` with the values of the top-level list's `url` keys replaced, every other character kept."""
    from ruamel.yaml import YAML

    reader = YAML(typ="rt")
    items: Any = reader.load(io.StringIO(text))
    lines = text.splitlines(keepends=True)
    for item in items:
        old = str(item.get("url"))
        if old not in changes:
            continue
        row, column = item.lc.value("url")
        before, after = lines[row][:column], lines[row][column:]
        if old not in after:
            continue  # written over several lines: left to a person
        lines[row] = before + after.replace(old, changes[old], 1)
    changed = "".join(lines)
    expected = [{**item, "url": changes.get(str(item.get("url")), item.get("url"))} for item in items]
    again: Any = reader.load(io.StringIO(changed))
    return changed if [dict(item) for item in again] == expected else text
