"""The commands as an editor types them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from guide.__main__ import COMMANDS
from guide.commands.inspect import schemas
from support import ROOT, run_guide


def test_help_of_the_entry_point_names_every_command() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts/guide"), "--help"], capture_output=True, text=True, check=True
    )
    for name in (*COMMANDS, "lock"):
        assert re.search(rf"^  {name} ", done.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_answers_help_in_french(name: str) -> None:
    done = run_guide(name, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith(("usage :", "utilisation :"))
    assert "show this help" not in done.stdout


def test_an_unknown_command_gets_a_suggestion() -> None:
    done = run_guide("serv")
    assert done.returncode == 2
    assert "« serve »" in done.stderr


def test_an_unknown_option_is_one_french_sentence() -> None:
    done = run_guide("site", "--jour", "2026-11-24")
    assert done.returncode == 2
    assert done.stderr.startswith("option inconnue : --jour")
    assert run_guide("site", "--date", "24/11/2026").stderr.count("\n") == 1


def test_check_shows_only_the_problems_of_the_file_asked_for(project: Path) -> None:
    (project / "data/site.yml").write_text(
        (project / "data/site.yml").read_text().replace("host: null", "hote: null")
    )
    assert "vouliez-vous dire" in run_guide("check", "data/site.yml", root=project).stderr
    other = run_guide("check", "data/facts.yml", root=project)
    assert other.returncode == 0
    assert "rien à corriger" in other.stdout


def test_site_refuses_to_overwrite_a_folder_that_is_not_a_site(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x")
    done = run_guide("site", "--output", str(tmp_path))
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").exists()


def test_the_editors_schemas_are_up_to_date() -> None:
    assert run_guide("schema", "--check").returncode == 0


def test_every_field_of_the_schemas_is_a_field_of_the_data() -> None:
    for name, schema in schemas().items():
        assert json.loads(json.dumps(schema)) == schema, name
