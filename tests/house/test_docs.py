"""The documentation names everything an editor can meet."""

from __future__ import annotations

import re

import pytest

from guide.commands.derived import derived
from guide.commands.table import known
from guide.data.guide import KINDS
from guide.data.model.types import Dated
from guide.links.verdict import Verdict
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


def test_every_marker_field_and_verdict_is_explained_to_editors() -> None:
    """Their tables follow from the program; here, that the manual has a place for each."""
    wanted = [f"\n| `{name}` |" for name in (*MARKERS, *PageMeta.model_fields, *Verdict)]
    for kind in KINDS.values():
        part = MANUAL.partition(f"\n### {kind.file}.yml : {kind.noun}\n")[2].partition("\n### ")[0]
        own = [name for name in kind.model.__annotations__ if name not in ("id", "former_ids")]
        assert [name for name in own if f"\n| `{name}` |" not in part] == [], kind.file
    shared = MANUAL.partition("\n### Champs que l’on retrouve partout\n")[2].partition("\n### ")[0]
    assert [
        name for name in ("id", "former_ids", *Dated.model_fields) if f"\n| `{name}` |" not in shared
    ] == []
    assert [row for row in wanted if row not in MANUAL] == []
