"""Every `run:` block of the forge's files, run by the shell that the forge uses, in a small repository with stubs.

A stub notes its arguments and answers as the case says. For each block: what a good day gives, and what each bad one does.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT

GITHUB = ROOT / ".github" / "workflows"
SHELLS = {None: ["bash", "-e"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail"]}
STUBS = ("gh", "pipx", "sudo", "python", "scripts/guide", ".ci/run")
VENVS = (
    ".venv-zensical/bin/pip",
    ".venv-zensical/bin/zensical",
    ".venv-properdocs/bin/pip",
    ".venv-properdocs/bin/properdocs",
)


@dataclass(frozen=True)
class Case:
    """What the stubs answer (exit codes, or lines of shell) and what the block must then do."""

    answers: dict[str, str] = field(default_factory=dict)
    code: int = 0
    said: str = ""
    called: str = ""
    not_called: str = ""


BAD = "echo docs/audit.md:3:1: faux >&2; exit 1"
AUDIT = 'while [ $# -gt 0 ]; do [ "$1" = --output ] && echo \'{"vulnerabilities": []}\' > "$2"; shift; done; exit '
# Workflow, then the first words of the block → its cases. A block that only calls one command must fail with it.
CASES: dict[str, list[Case]] = {
    'proposal.yml: echo "::add-matcher': [
        Case({"scripts/guide": "echo tout va bien"}, said="tout va bien", called="scripts/guide check --since base123"),
        Case({"scripts/guide": BAD}, 1, said="docs/audit.md:3:1: faux"),
        Case({"scripts/guide": "exit 2"}, 2),
    ],
    "security.yml: code=0": [
        Case({"pipx": AUDIT + "0"}),
        Case({"pipx": AUDIT + "1"}, 1),
        Case({"pipx": "exit 1"}, said="::warning::Failles de requirements.txt non contrôlées"),
    ],
    'relecture.yml: title="Faits': [
        Case({"gh": "case \"$2\" in view) echo OPEN;; *) echo 7;; esac"}, called="gh issue close 7"),
        Case({"gh": "exit 1"}, said="::warning::Ticket non mis à jour", not_called="gh issue close"),
        Case({"gh": "case \"$2\" in list) echo 7;; *) exit 1;; esac"}, 1),
    ],
    "pages.yml: if [ -n": [Case(called="scripts/guide release"), Case({"scripts/guide": "exit 1"}, 1)],
}  # fmt: skip
# Owned by the tests of the link check, which run them with a real git.
ELSEWHERE = ("links.yml", "links-weekly.yml")


def blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    """File and step of every block."""
    for path in sorted(GITHUB.glob("*.yml")):
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            yield from ((path.name, step) for step in job["steps"] if "run" in step)
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    yield ".gitlab-ci.yml", {"run": "\n".join(gitlab["pages"]["script"])}


def cases() -> Iterator[Any]:
    for file, step in blocks():
        if file in ELSEWHERE:
            continue
        known = [found for key, found in CASES.items() if f"{file}: {step['run'].strip()}".startswith(key)]
        lines = step["run"].strip().splitlines()
        for number, case in enumerate(known[0] if known else _plain(lines)):
            yield pytest.param(step, case, id=f"{file}-{lines[0][:30]}-{number}")


def _plain(lines: list[str]) -> list[Case]:
    """A block of plain commands: green when all are, red with each of them."""
    names = (*STUBS, *VENVS)
    used = {
        name
        for name in names
        for line in lines
        if re.search(rf"(?:^|[\s;\"/]){re.escape(name)}(?![\w-])", line)
    }
    assert used, lines
    return [Case(), *(Case({name: "exit 4"}, 4) for name in sorted(used))]


@pytest.mark.parametrize(("step", "case"), list(cases()))
def test_a_block_is_green_on_a_good_day_and_red_on_a_bad_one(
    step: dict[str, Any], case: Case, tmp_path: Path
) -> None:
    calls = tmp_path / "calls"
    calls.touch()
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "due.json").write_text('{"entries": []}', encoding="utf-8")
    (tmp_path / "build/zensical").mkdir(parents=True)
    for name in (*STUBS, *VENVS):
        stub = tmp_path / name if "/" in name else tmp_path / "bin" / name
        stub.parent.mkdir(parents=True, exist_ok=True)
        answer = case.answers.get(name, "echo ok")
        stub.write_text(f"#!/bin/bash\necho '{name}' \"$@\" >> '{calls}'\n{answer}\n", encoding="utf-8")
        stub.chmod(0o755)
    script = tmp_path / "step.sh"
    script.write_text(re.sub(r"\$\{\{ matrix\.\w+ \}\}", "requirements.txt", step["run"]), encoding="utf-8")
    variables = {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "HOME": str(tmp_path), "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"), "GITHUB_WORKSPACE": str(tmp_path), "RUNNER_TEMP": str(tmp_path / "temp"),
        "BASE": "base123", "LOCK": "requirements.txt", "URGENT": "", "CI": "true",
    }  # fmt: skip
    done = subprocess.run(
        [*SHELLS[step.get("shell")], str(script)],
        cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == case.code, done.stdout + done.stderr
    assert case.said in done.stdout
    noted = calls.read_text(encoding="utf-8")
    assert case.called in noted
    assert not case.not_called or case.not_called not in noted


def test_a_pipe_needs_the_shell_that_sees_its_failure() -> None:
    for file, step in blocks():
        piped = re.search(r"^[^#\n'\"]*[^|]\|[^|]", step["run"], re.MULTILINE)
        assert not piped or step.get("shell") == "bash", (file, step["run"])


def test_what_is_compared_with_git_has_its_history() -> None:
    """`release` and `check --since` are void in a copy of one commit."""
    for name in ("pages.yml", "proposal.yml"):
        text = (GITHUB / name).read_text(encoding="utf-8")
        assert "fetch-depth: 0" in text
    assert "GIT_DEPTH: 0" in (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    proposal = yaml.safe_load((GITHUB / "proposal.yml").read_text(encoding="utf-8"))
    assert set(proposal[True]["pull_request"]["paths"]) == {"data/**", "docs/**", "mkdocs.yml"}


@pytest.mark.parametrize(
    "line", ["docs/a b.md:3:1: x — y", "data/facts.yml:3:1: x — y", "mkdocs.yml:121:1: x — y"]
)
def test_the_forge_finds_the_line_of_each_message(line: str) -> None:
    (matcher,) = yaml.safe_load((ROOT / ".github/guide-problems.json").read_text(encoding="utf-8"))[
        "problemMatcher"
    ]
    found = re.match(matcher["pattern"][0]["regexp"], line)
    assert found and found[1] == line.split(":")[0] and found[4] == "x — y"
