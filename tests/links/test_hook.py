"""The MkDocs adapter: a plain build checks what is written and asks nothing of the network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from guide.links.rules import Rules
from guide.links.run import canary_failures
from guide.links.verdict import Judgement, Reason, Verdict

ROOT = Path(__file__).resolve().parents[2]
BUILD = """
import socket, sys
sys.path.insert(0, {hooks!r})
def refuse(*_):
    raise AssertionError("a plain build must not use the network")
socket.socket.connect = socket.getaddrinfo = refuse
from mkdocs.__main__ import cli
cli(["build"])
"""


def _site(root: Path, resources: str) -> subprocess.CompletedProcess[str]:
    (root / "docs").mkdir()
    (root / "data").mkdir()
    (root / "docs" / "index.md").write_text("# Accueil\n", "utf-8")
    (root / "data" / "resources.yml").write_text(resources, "utf-8")
    hook = ROOT / "hooks" / "links.py"
    (root / "mkdocs.yml").write_text(f"site_name: Essai\nhooks: ['{hook.as_posix()}']\n", "utf-8")
    program = BUILD.format(hooks=str(ROOT / "hooks"))
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_a_plain_build_uses_no_network_and_warns(tmp_path: Path) -> None:
    done = _site(tmp_path, "- {id: a, title: A, url: 'http://exemple.fr/a'}\n")
    assert done.returncode == 0, done.stderr
    assert "data/resources.yml:1" in done.stderr and "n’est pas chiffrée" in done.stderr
    assert (tmp_path / "site" / "index.html").is_file()


def test_an_impossible_address_stops_the_build_without_a_traceback(tmp_path: Path) -> None:
    done = _site(tmp_path, "- {id: a, title: A, url: 'https:///a'}\n")
    assert done.returncode != 0 and "ne nomme aucun site" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "site").exists()


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
