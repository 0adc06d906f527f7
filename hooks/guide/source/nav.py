"""The order of the pages, as `mkdocs.yml` gives it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Part:
    """A tab of the site: its title and its pages (source paths), flattened."""

    title: str
    pages: tuple[str, ...]


class _Loader(yaml.SafeLoader):
    """Reads what it must and passes over MkDocs' own tags (`!ENV`, `!!python/name`)."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def settings(root: Path) -> dict[str, Any]:
    """The settings of the site."""
    loaded: dict[str, Any] = yaml.load((root / "mkdocs.yml").read_bytes(), Loader=_Loader)
    return loaded


def parts(root: Path) -> list[Part]:
    """The tabs in order; a page outside any tab is a part of its own."""
    found = []
    for entry in settings(root).get("nav", []):
        ((title, value),) = entry.items() if isinstance(entry, dict) else ((str(entry), entry),)
        found.append(Part(title, tuple(_flatten(value))))
    return found


def extensions(root: Path) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The Markdown extensions of the site and their options, as Python-Markdown takes them."""
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for entry in settings(root).get("markdown_extensions", []):
        if isinstance(entry, dict):
            for name, value in entry.items():
                names.append(name)
                options[name] = value or {}
        else:
            names.append(entry)
    return names, options


def _flatten(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [page for inner in value.values() for page in _flatten(inner)]
    return [page for inner in value for page in _flatten(inner)]
