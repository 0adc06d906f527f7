"""The documentation names everything an editor can meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from guide.commands.inspect import derived
from guide.commands.table import known
from guide.data.guide import LISTS, MAPPINGS
from guide.data.model.types import Limit
from guide.page.blocks import MARKERS
from guide.page.meta import PageMeta
from guide.text.problems import Code
from support import ROOT

MANUAL = (ROOT / "hooks/MAINTENIR.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", list(Code))
def test_every_kind_of_problem_is_explained_to_editors(code: Code) -> None:
    part = re.search(r"^## Les messages d’erreur\n.*?(?=^## )", MANUAL, re.MULTILINE | re.DOTALL)
    assert part and re.search(rf"^\| `{code.value}` \|", part[0], re.MULTILINE)


@pytest.mark.parametrize("name", sorted(MARKERS))
def test_every_marker_is_explained_to_editors(name: str) -> None:
    part = re.search(r"^## Les marqueurs\n.*?(?=^## )", MANUAL, re.MULTILINE | re.DOTALL)
    assert part and re.search(rf"^\| `{name}` \|", part[0], re.MULTILINE)


@pytest.mark.parametrize(("name", "model"), sorted({**LISTS, **MAPPINGS}.items()))
def test_every_data_file_and_field_is_explained_to_editors(name: str, model: type[BaseModel]) -> None:
    """In the part of the manual that names the file in its title, or among the fields met everywhere."""
    shared = MANUAL.partition("\nChamps que l’on retrouve partout")[2].partition("\n### ")[0]
    parts = re.findall(rf"^### [^\n]*\b{name}\.yml.*?(?=^##|\Z)", MANUAL, re.MULTILINE | re.DOTALL)
    assert len(parts) == 1
    assert [field for field in model.model_fields if f"`{field}`" not in shared + parts[0]] == []


def _limits(model: Any, seen: set[Any]) -> Iterator[tuple[str, Limit]]:
    """Every limit of a model and of those inside it, with the name of its field."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)) or model in seen:
        return
    seen.add(model)
    for name, info in model.model_fields.items():
        parts = [*info.metadata]
        waiting = [info.annotation]
        while waiting:
            part = waiting.pop()
            parts.append(part)
            waiting += get_args(part)
        for part in parts:
            yield from _limits(part, seen)
            if isinstance(found := getattr(part, "func", None), Limit):
                yield name, found


@pytest.mark.parametrize(("name", "model"), [*sorted({**LISTS, **MAPPINGS}.items()), ("pages", PageMeta)])
def test_every_limit_is_explained_to_editors(name: str, model: type[BaseModel]) -> None:
    file = name if name == "pages" else f"`{name}.yml`"
    for field, limit in _limits(model, set()):
        words = [f"{limit.words} mots"] * bool(limit.words) + [f"{limit.characters} signes"] * bool(
            limit.characters
        )
        rows = re.findall(rf"^\| {re.escape(file)} \| .*`{field}` \| (.*) \|$", MANUAL, re.MULTILINE)
        assert any(row.startswith(", ".join(words)) for row in rows), (file, field, words)


def test_what_follows_from_the_tables_is_up_to_date() -> None:
    """Schemas, settings of VS Code, the tables of commands of README and manual with every option."""
    stale = [
        name for name, text in derived(ROOT).items() if (ROOT / name).read_text(encoding="utf-8") != text
    ]
    assert stale == []
    for document in (README, MANUAL):
        rows = re.findall(
            r"^\| `./scripts/guide (\w+)", document.partition("<!-- end of commands -->")[0], re.MULTILINE
        )
        assert rows == list(known())
    assert "`--urgent-correction`" in MANUAL
