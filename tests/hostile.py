"""Appends hostile text to every sentence of the data of a project copy, each with a token of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.data.guide import LISTS, MAPPINGS
from guide.site.checked import check
from guide.source.yaml_source import KeyPath, read_yaml
from guide.text.problems import GuideError

PAYLOADS = (
    "<img src=x onerror=alert({})>",
    "</script><script>alert({})</script>",
    "[{}](javascript:alert)",
    "*{}* __y__ ~~z~~",
    "`{}` ``",
    "<!-- guide:measures {} -->",
    "</article></div>{}",
    "#let {} $x$ @y \\ // /* */",
    '"onmouseover="alert({})',
    "{{{{ {} }}}} {{% raw %}}",
    "&lt;b&gt;{}&amp;",
    "]]>{}<![CDATA[",
    "{{: .{} onclick=alert }}",
    "::error::{}%0A",
    "{{fact:{}",
    "<b>{}</b>|x|",
)
# Names of values that are words of the program, and the lines of the poster, which have no room.
_CODES = {
    "id",
    "ids",
    "url",
    "phone",
    "page",
    "hosts",
    "lang",
    "status",
    "path",
    "content",
    "file",
    "published",
    "version",
}
_FULL = {"imperatives", "poster", "clocks", "words", "settles", "only_if", "in_cases"}
_SHORT = {"term", "label", "short", "title", "name", "value", "inline"}


def payload(token: str) -> str:
    """The hostile text that carries this token."""
    return PAYLOADS[int(token[2:-1]) % len(PAYLOADS)].format(token)


def tokens(text: str) -> list[str]:
    """The tokens met in `text`, in order."""
    return re.findall(r"zq\d+k", text)


def poison(root: Path) -> dict[str, str]:
    """Writes hostile data that pass `check`; token → file and path of the value that carries it."""
    values = {name: read_yaml(root / f"data/{name}.yml", root).value for name in (*MAPPINGS, *LISTS)}
    clean: dict[tuple[str, KeyPath], str] = {}
    where: dict[str, str] = {}
    for name, value in values.items():
        if name in ("exceptions", "sheets"):
            continue
        for path, text in list(_sentences(value, ())):
            token = f"zq{len(where)}k"
            clean[name, path] = text
            where[token] = f"{name} {path}"
            _set(value, path, f"{text} {payload(token)}")
    for sheet in values["sheets"]:
        sheet["pages"] = 200
    for _ in range(12):
        for name, value in values.items():
            path = root / f"data/{name}.yml"
            path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
        try:
            check(root)
        except GuideError as error:
            files = {problem.place.file for problem in error.problems}
            marks = {
                file: {mark: key for key, mark in read_yaml(root / file, root).marks.items()}
                for file in files
            }
            refused = {
                (Path(place.file).stem, marks[place.file][place.line - 1, place.column - 1])
                for place in (problem.place for problem in error.problems)
            }
            inserted = {where[token] for problem in error.problems for token in tokens(problem.found)}
            for name, path in list(clean):
                around = {(name, path[:length]) for length in range(len(path) + 1)}
                if around & refused or f"{name} {path}" in inserted:  # the latter from another file
                    _set(values[name], path, clean.pop((name, path)))
        else:
            kept = {f"{name} {path}" for name, path in clean}
            return {token: place for token, place in where.items() if place in kept}
    raise AssertionError("hostile data are still refused")


def _sentences(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if key in _CODES | _FULL:
            continue
        if isinstance(inner, str) and (" " in inner or key in _SHORT):
            yield (*path, key), inner
        elif not isinstance(inner, str):
            yield from _sentences(inner, (*path, key))


def _set(value: Any, path: KeyPath, text: str) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = text
