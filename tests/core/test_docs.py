"""The documentation names everything an editor can meet."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from guide.__main__ import COMMANDS
from guide.blocks import MARKERS
from guide.guide import LISTS, MAPPINGS
from guide.problems import Code
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


@pytest.mark.parametrize("name", [*COMMANDS, "lock"])
def test_every_command_is_in_the_readme(name: str) -> None:
    assert name in README
