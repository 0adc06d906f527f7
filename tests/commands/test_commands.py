"""The commands as an editor types them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from guide.commands.check import UnknownFileError, named_file
from guide.commands.derived import schemas
from guide.commands.table import known
from messages import Said
from support import ROOT, run_guide


def test_help_of_the_entry_point_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/guide"), "--help"], capture_output=True, text=True, check=True
    )
    for name in known():
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", sorted(set(known()) - {"lock"}))
def test_each_command_answers_help_in_french(name: str) -> None:
    done = run_guide(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(("usage :", "utilisation :"))
    assert "show this help" not in done.stdout


def test_an_unknown_command_gets_a_suggestion(said: Said) -> None:
    done = run_guide("serv")
    assert done.returncode == 2
    said(done.stderr)


def test_what_only_the_script_does_is_said() -> None:
    """`lock` runs before there is an environment."""
    done = run_guide("lock")
    assert (done.returncode, done.stdout) == (2, "")
    assert "./scripts/guide lock" in done.stderr and done.stderr.count("\n") == 1


def test_an_unknown_option_is_one_french_sentence() -> None:
    done = run_guide("site", "--jour", "2026-11-24")
    assert done.returncode == 2
    assert done.stderr.startswith("option inconnue : --jour")
    assert run_guide("site", "--date", "24/11/2026").stderr.count("\n") == 1


def test_check_shows_only_the_problems_of_the_file_asked_for(project: Path, said: Said) -> None:
    (project / "data/site.yml").write_text(
        (project / "data/site.yml").read_text().replace("host: null", "hots: null")
    )
    refused = run_guide("check", "data/site.yml", root=project)
    assert refused.returncode == 1
    said(refused.stderr)
    other = run_guide("check", "data/facts.yml", root=project)
    assert other.returncode == 0
    said(other.stdout)


def test_site_refuses_to_overwrite_a_folder_that_is_not_a_site(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x")
    done = run_guide("site", "--output", str(tmp_path))
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").exists()


def test_the_editors_schemas_are_up_to_date() -> None:
    assert run_guide("schema", "--check").returncode == 0


@pytest.mark.parametrize(("name", "schema"), sorted(schemas().items()))
def test_every_field_is_explained_in_the_editor(name: str, schema: dict[str, Any]) -> None:
    models = {name: schema, **schema.get("$defs", {})}
    unexplained = [
        f"{model}.{field}"
        for model, each in models.items()
        for field, value in each.get("properties", {}).items()
        if not value.get("description")
    ]
    assert unexplained == []


def test_the_editor_finds_the_schema_of_every_data_file() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f".vscode/schemas/{name}.json": f"data/{name}.yml" for name in sorted(schemas())
    }


def test_check_understands_a_short_name_and_suggests_the_closest(said: Said) -> None:
    assert named_file("resources", ROOT) == "data/resources.yml"
    assert named_file("facts.yml", ROOT) == "data/facts.yml"
    assert named_file("audit", ROOT) == "docs/audit.md"
    assert named_file("mesures/rgpd.md", ROOT) == "docs/mesures/rgpd.md"
    for name in ("index.md", "ressource.yml", "data/fact.yml", "README.md"):
        with pytest.raises(UnknownFileError) as refused:
            named_file(name, ROOT)
        said(str(refused.value))
