"""A kind of data, a printed sheet, a command: one row, and nothing else of the program needs to change."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from messages import Said
from support import ROOT, environment


@pytest.fixture
def tree(project: Path) -> Path:
    """The project with what follows from its tables."""
    shutil.copytree(ROOT / ".vscode", project / ".vscode")
    shutil.copy(ROOT / "README.md", project)
    return project


def put(root: Path, name: str, before: str, added: str) -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (name, before)
    path.write_text(text.replace(before, added + before), encoding="utf-8")


def guide(root: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    variables = {**environment(), "PYTHONPATH": str(root / "hooks"), "GUIDE_DATE": "2026-11-24"}
    command = [sys.executable, "-m", "guide", *arguments]
    return subprocess.run(
        command, cwd=root, env=variables, input=typed, capture_output=True, text=True, check=False
    )


def test_a_kind_of_data_is_a_row_a_model_and_a_file(tree: Path, said: Said) -> None:
    (tree / "hooks/guide/data/model/advice.py").write_text(
        "from pydantic import Field\n\nfrom guide.data.model.types import Dated, Id, Prose\n\n\n"
        'class Advice(Dated):\n    id: Id\n    text: Prose = Field(description="Le conseil")\n',
        encoding="utf-8",
    )
    put(tree, "hooks/guide/data/guide.py", "    site: Site = row(",
        '    advices: Mapping[str, Advice] = row("advice", "un conseil", Advice, sentence="text", signs=SIGNS)\n')  # fmt: skip
    put(tree, "hooks/guide/data/guide.py", "from guide.data.model.accessibility",
        "from guide.data.model.advice import Advice\n")  # fmt: skip
    (tree / "data/advices.yml").write_text("[]\n", encoding="utf-8")
    assert guide(tree, "schema").returncode == 0
    described = json.loads((tree / ".vscode/schemas/advices.json").read_text(encoding="utf-8"))
    assert described["$defs"]["Advice"]["properties"]["text"]["description"] == "Le conseil"
    assert "advices.yml" in (tree / ".vscode/settings.json").read_text(encoding="utf-8")
    assert "| `./scripts/guide new advice` | un conseil |" in (tree / "hooks/MAINTENIR.md").read_text("utf-8")
    done = guide(tree, "new", "advice", typed="Relire la sauvegarde.\nClaire Martin\n\n\no\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "- id: relire-sauvegarde\n  text: Relire la sauvegarde." in (tree / "data/advices.yml").read_text(
        "utf-8"
    )
    assert "relire-sauvegarde (conseil)" in guide(tree, "review", "--days", "400").stdout
    with (tree / "data/advices.yml").open("a", encoding="utf-8") as file:
        file.write("- id: relire-sauvegarde\n  texte: x\n")
    refused = guide(tree, "check").stderr
    assert re.search(r"^data/advices\.yml:6:\d+: ", refused, re.MULTILINE)
    said(refused)


def test_a_printed_sheet_is_a_row_and_its_document(tree: Path) -> None:
    put(tree, "hooks/guide/paper/make.py", '    Content("booklet", None),\n',
        '    Content("agenda", partial(sections.job, parts=sections.log)),\n')  # fmt: skip
    with (tree / "data/sheets.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: agenda, title: Agenda, use: Pour tous., place: Au mur., path: imprimer/agenda.pdf, "
                   "content: agenda, pages: 2, landscape: true}\n")  # fmt: skip
    assert guide(tree, "schema").returncode == 0
    assert '"agenda"' in (tree / ".vscode/schemas/sheets.json").read_text(encoding="utf-8")
    done = guide(tree, "stage", str(tree / "staged"))
    assert done.returncode == 0, done.stderr
    assert (tree / "staged/imprimer/agenda.pdf").read_bytes().startswith(b"%PDF")


def test_a_command_is_a_row_and_its_function(tree: Path) -> None:
    (tree / "hooks/guide/commands/hello.py").write_text(
        "from pathlib import Path\n\nfrom guide.text.arguments import FrenchParser\n\n\n"
        "def hello(arguments: list[str], root: Path) -> int:\n"
        '    parser = FrenchParser("hello", "Salue.")\n    parser.add_argument("--loud", action="store_true")\n'
        '    parser.parse_args(arguments)\n    print("Bonjour")\n    return 0\n',
        encoding="utf-8",
    )
    put(tree, "hooks/guide/commands/table.py", '    Command("doctor"',
        '    Command("hello", "", "guide.commands.hello:hello", "salue", "a greeting"),\n')  # fmt: skip
    assert guide(tree, "hello").stdout == "Bonjour\n"
    assert guide(tree, "schema").returncode == 0
    assert "| `./scripts/guide hello` | a greeting |" in (tree / "README.md").read_text(encoding="utf-8")
    assert "| `./scripts/guide hello` | Salue. | `--loud` |" in (tree / "hooks/MAINTENIR.md").read_text(
        "utf-8"
    )
    usage = "from guide.commands.table import usage; print(usage())"
    variables = {**environment(), "PYTHONPATH": str(tree / "hooks")}
    told = subprocess.run(
        [sys.executable, "-c", usage], env=variables, capture_output=True, text=True, check=True
    )
    assert "  hello              salue\n" in told.stdout


@pytest.mark.parametrize(
    ("name", "before", "added", "command"),
    [
        ("hooks/guide/data/guide.py", "    site: Site = row(",
         '    others: tuple[Change, ...] = row("change", "une autre", Change, "changes")\n', "check"),
        ("hooks/guide/data/guide.py", "    site: Site = row(",
         '    others: tuple[Change, ...] = row("other", "une autre", Change, "synonyms", sentence="statement")\n', "check"),
        ("hooks/guide/paper/make.py", '    Content("booklet", None),\n', '    Content("role", None),\n', "check"),
        ("hooks/guide/commands/table.py", '    Command("doctor"', '    Command("site", "", "x:y", "", ""),\n', "check"),
        ("hooks/guide/commands/table.py", '    Command("doctor"', '    Command("hello", "", "guide.commands.x:y", "", ""),\n',
         "hello"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_another_is_one_sentence(
    tree: Path, said: Said, name: str, before: str, added: str, command: str
) -> None:
    put(tree, name, before, added)
    done = guide(tree, command)
    assert done.returncode in (1, 2)
    said("\n".join(line for line in done.stderr.splitlines() if line.startswith("hooks/guide/")))
    assert "Traceback" not in done.stderr
