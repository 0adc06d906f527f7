"""The documentation names everything an editor can meet."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import Any, NoReturn, get_args

import pytest
from pydantic import BaseModel

from guide.__main__ import COMMANDS, _load
from guide.data.guide import LISTS, MAPPINGS
from guide.data.model.types import Limit
from guide.page.blocks import MARKERS
from guide.page.document import PageMeta
from guide.text.problems import Code
from support import ROOT

CONTRIBUTE = (ROOT / "docs/a-propos/contribuer.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", list(Code))
def test_every_kind_of_problem_is_explained_to_editors(code: Code) -> None:
    assert f"`{code.value}`" in CONTRIBUTE


@pytest.mark.parametrize("name", sorted(MARKERS))
def test_every_marker_is_explained_to_editors(name: str) -> None:
    assert f"`{name}" in CONTRIBUTE


@pytest.mark.parametrize(("name", "model"), sorted({**LISTS, **MAPPINGS}.items()))
def test_every_data_file_and_field_is_explained_to_editors(name: str, model: type[BaseModel]) -> None:
    assert f"{name}.yml" in CONTRIBUTE
    assert [field for field in model.model_fields if f"`{field}`" not in CONTRIBUTE] == []


class _Seen(BaseException):
    """Carries a command's parser out of the command, before it does anything."""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_every_command_is_explained_to_editors(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def show(parser: argparse.ArgumentParser, *arguments: object) -> NoReturn:
        raise _Seen(parser)

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", show)
    monkeypatch.setattr(argparse.ArgumentParser, "parse_known_args", show)
    with pytest.raises(_Seen) as seen:
        _load(COMMANDS[name])([], ROOT)
    parser = seen.value.args[0]
    options = {each for action in parser._actions for each in action.option_strings if each.startswith("--")}
    (row,) = re.findall(rf"^\| `./scripts/guide {name}` .*$", CONTRIBUTE, re.MULTILINE)
    text = CONTRIBUTE[CONTRIBUTE.index("{: #liens }") :] if "voir plus bas" in row else row
    assert [each for each in sorted(options - {"--help"}) if f"`{each}`" not in text] == []


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
        rows = re.findall(rf"^\| {re.escape(file)} \| .*`{field}` \| (.*) \|$", CONTRIBUTE, re.MULTILINE)
        assert any(row.startswith(", ".join(words)) for row in rows), (file, field, words)


@pytest.mark.parametrize("name", [*COMMANDS, "lock"])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert name in README
