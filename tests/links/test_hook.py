"""The MkDocs adapter: a plain build checks what is written and asks nothing of the network."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from guide.links.offline import check_offline
from guide.links.rules import Rules
from guide.links.run import canary_failures
from guide.links.verdict import Judgement, Reason, Verdict
from guide.site.build import KEY, Build
from guide.site.build_options import Asked
from guide.text.stages import Stages
from messages import Said

ROOT = Path(__file__).resolve().parents[2]
CHECKS = """
import socket, sys
from pathlib import Path
def refuse(*_):
    raise AssertionError("a plain build must not use the network")
socket.socket.connect = socket.getaddrinfo = refuse
import datetime as dt
from guide.links.offline import check_offline
from guide.site.checked import check
root = Path(sys.argv[1])
assert not [problem for problem in check_offline(root, dt.date(2026, 11, 24)) if problem.error]
print(len(check(root).pages))
"""


def test_a_plain_build_uses_no_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECKS, str(ROOT)], env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True, encoding="utf-8", check=False, timeout=170,
    )  # fmt: skip
    assert done.returncode == 0 and int(done.stdout) > 40, done.stderr


def test_the_build_says_what_could_be_better(
    tmp_path: Path, said: Said, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Accueil\n", "utf-8")
    resources = tmp_path / "data" / "resources.yml"
    resources.write_text("- {id: a, title: A, url: 'http://exemple.fr/a'}\n", "utf-8")
    day = dt.date(2026, 11, 24)
    build = Build(tmp_path, Asked(day), Stages(silent=True), link_warnings=check_offline(tmp_path, day))
    spec = importlib.util.spec_from_file_location("links_hook", ROOT / "hooks" / "links.py")
    assert spec and spec.loader
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    with caplog.at_level("WARNING"):
        hook.on_config(SimpleNamespace(extra={KEY: build}))
    assert "data/resources.yml:1: " in caplog.text
    said("\n".join(caplog.messages))
    resources.write_text("- {id: a, title: A, url: 'https:///a'}\n", "utf-8")
    assert [problem.error for problem in check_offline(tmp_path, day)] == [True]


def test_the_events_of_the_adapter_are_short() -> None:
    text = (ROOT / "hooks" / "links.py").read_text("utf-8")
    for event in re.findall(r"^def on_\w+\(.*?(?=^def |\Z)", text, re.M | re.S):
        assert len(event.strip().splitlines()) <= 12  # signature, docstring, ten lines


def test_witnesses_prove_that_the_run_saw_the_world() -> None:
    rules = Rules(canaries_alive=("https://a.fr/", "https://b.fr/"), canaries_dead=("https://c.invalid/",))
    good = Judgement(Verdict.OK, Reason.FOUND, "x")
    dead = Judgement(Verdict.BROKEN, Reason.NO_DOMAIN, "x")
    assert (
        canary_failures(rules, {"https://a.fr/": good, "https://b.fr/": dead, "https://c.invalid/": dead})
        == []
    )
    assert (
        len(
            canary_failures(rules, {"https://a.fr/": dead, "https://b.fr/": dead, "https://c.invalid/": dead})
        )
        == 1
    )
    assert (
        len(
            canary_failures(rules, {"https://a.fr/": good, "https://b.fr/": good, "https://c.invalid/": good})
        )
        == 1
    )


def test_the_workflows_call_the_command_with_options_that_exist() -> None:
    from guide.links.options import parser

    known = {option for action in parser()._actions for option in action.option_strings}
    for path in (ROOT / ".github" / "workflows").glob("links*.yml"):
        text = path.read_text("utf-8")
        for call in re.findall(r"scripts/guide links((?:[^\n|]|\\\n)*)", text):
            assert set(re.findall(r"(?<=\s)--[a-z-]+", call)) <= known
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action), f"{action} is not pinned by commit"
