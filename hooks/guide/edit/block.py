"""Writes values as the YAML an editor would have typed, quoted wherever a reader could take them for something else."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from guide.source.yaml_source import Source, parse

WIDTH = 108
Value = str | int | bool | dt.date | None | Sequence[Any] | Mapping[str, Any]


def entry_block(entry: Mapping[str, Value]) -> str:
    """One element of a list file, from `- id:` to its last line."""
    body = "".join(field_lines(name, value, 2) for name, value in entry.items())
    return "- " + body[2:]


def field_lines(name: str, value: Value, indent: int) -> str:
    """`name: value` with its line end, at a column."""
    return " " * indent + f"{name}:{_after_colon(name, value, indent)}\n"


def _after_colon(name: str, value: Value, indent: int) -> str:
    if isinstance(value, Mapping):
        return "\n" + "".join(field_lines(key, each, indent + 2) for key, each in value.items()).rstrip("\n")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _list(name, value, indent)
    return " " + scalar(value, indent + 2, len(name) + 2)


def _list(name: str, values: Sequence[Any], indent: int) -> str:
    if any(isinstance(each, Mapping) for each in values):
        blocks = (
            "".join(field_lines(key, inner, indent + 4) for key, inner in each.items()) for each in values
        )
        return "\n" + "".join(f"{' ' * (indent + 2)}- {block[indent + 4 :]}" for block in blocks).rstrip("\n")
    items = [inline(each, flow=True) for each in values]
    flow = f" [{', '.join(items)}]"
    # Identifiers fit on a line; sentences take one each.
    short = all(isinstance(each, str) and len(each) <= 60 and len(each.split()) <= 6 for each in values)
    if short and indent + len(name) + len(flow) <= WIDTH:
        return flow
    lines = (" " * (indent + 2) + "- " + scalar(each, indent + 4, 2) for each in values)
    return "\n" + "\n".join(lines)


def scalar(value: Value, indent: int, used: int) -> str:
    """A single value after its key: on the line when it fits, else folded below at `indent`."""
    text = inline(value)
    if not isinstance(value, str) or indent + used + len(text) <= WIDTH:
        return text
    folded = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    block = ">-\n" + "\n".join(" " * indent + line for line in folded)
    return block if len(folded) > 1 and _ours(f"x: {block}\n") == {"x": value} else text


def inline(value: Value, flow: bool = False) -> str:
    """A single value on one line; a text is quoted unless every YAML reader takes it for that same text."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return f'"{value.isoformat()}"'
    text = str(value)
    trial = f"x: [{text}]\n" if flow else f"x: {text}\n"
    wanted = {"x": [text]} if flow else {"x": text}
    # Space and colon mislead people even where YAML copes: those are quoted too.
    plain = ": " not in text and _ours(trial) == wanted and _foreign(trial) == wanted
    if plain:
        return text
    return f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)


def read(text: str) -> Source:
    """A text as the guide reads its data, whatever its line ends; places count from its first line."""
    source = Source("")
    parse(text.removeprefix("\ufeff").replace("\r\n", "\n"), source)
    return source


def values(text: str) -> Any:
    """What a text holds, even where something in it is refused."""
    return read(text).value


def _ours(text: str) -> Any:
    """What our own reader understands; None for what it refuses."""
    source = read(text)
    return None if source.problems else source.value


def _foreign(text: str) -> Any:
    """What an ordinary YAML 1.1 reader understands: it knows dates, yes and no, and minutes written 12:30."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError):
        return None
