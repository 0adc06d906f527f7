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
    env: dict[str, str] = field(default_factory=dict)


BAD = "echo docs/audit.md:3:1: faux >&2; exit 1"
GH_OPEN = 'case "$2" in view) echo OPEN;; *) echo 7;; esac'
GH_CLOSED = 'case "$2" in view) echo CLOSED;; *) echo 7;; esac'
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
        Case({"gh": GH_OPEN}, called="gh issue close 7"),
        Case({"gh": "exit 1"}, said="::warning::Ticket non mis à jour", not_called="gh issue close"),
        Case({"gh": "case \"$2\" in list) echo 7;; *) exit 1;; esac"}, 1),
    ],
    "links.yml: code=0": [
        Case({"git": "exit 1"}, called="scripts/guide links --changed-since base123"),
        Case({"scripts/guide": "exit 1"}, 1),
        Case({"scripts/guide": "exit 3"}, said="::warning::Contrôle des liens incomplet."),
        Case({"scripts/guide": "exit 2"}, 2),
    ],
    "links-weekly.yml: if git fetch": [Case({"git": "exit 1"}, called="git fetch"), Case(called="git show FETCH_HEAD:history.jsonl")],
    "links-weekly.yml: code=0\n./scripts": [
        *(Case({"scripts/guide": f"exit {code}"}, called="scripts/guide links --shard 2/4") for code in (0, 1, 3)),
        Case({"scripts/guide": "exit 2"}, 2),
    ],
    "links-weekly.yml: code=0\nshopt": [
        *(Case({"scripts/guide": f"mkdir -p out; exit {code}"}, called="scripts/guide links merge parts/report-1.json") for code in (0, 1, 3)),
        Case({"scripts/guide": "exit 2"}, 2),
    ],
    'links-weekly.yml: title="État': [
        Case({"gh": GH_OPEN}, env={"CODE": "0"}, called="gh issue close 7"),
        Case({"gh": GH_OPEN}, env={"CODE": "3"}, called="gh issue edit 7", not_called="gh issue close"),
        Case({"gh": GH_OPEN}, env={"CODE": "1"}, called="gh issue edit 7", not_called="gh issue close"),
        Case({"gh": GH_CLOSED}, env={"CODE": "1"}, called="gh issue reopen 7"),
        Case({"gh": GH_CLOSED}, env={"CODE": "3"}, not_called="gh issue reopen"),
        Case({"gh": "case \"$2\" in list) ;; esac"}, env={"CODE": "1"}, called="gh issue create"),
        Case({"gh": "case \"$2\" in list) ;; esac"}, env={"CODE": "0"}, not_called="gh issue create"),
        Case({"gh": "exit 1"}, 1, env={"CODE": "0"}),
    ],
    "pages.yml: if [ -n": [Case(called="scripts/guide release"), Case({"scripts/guide": "exit 1"}, 1)],
}  # fmt: skip
# Keeps a branch: run with a real git, below.
BRANCH = "cp out/history.jsonl"


def blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    """File and step of every block."""
    for path in sorted(GITHUB.glob("*.yml")):
        for job in yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values():
            yield from ((path.name, step) for step in job["steps"] if "run" in step)
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    yield ".gitlab-ci.yml", {"run": "\n".join(gitlab["pages"]["script"])}


def cases() -> Iterator[Any]:
    for file, step in blocks():
        if step["run"].startswith(BRANCH):
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
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "report-1.json").touch()
    for name in {*STUBS, *VENVS, *case.answers, "git"}:
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
        "SHARD": "2", **case.env,
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


def test_the_memory_of_the_links_has_a_branch_from_the_first_week_on(tmp_path: Path) -> None:
    """Twice, as on two Mondays, with a real git: the branch is made, then moved; the second week knows the first."""
    (script,) = (step["run"] for _, step in blocks() if step["run"].startswith(BRANCH))
    origin, work = tmp_path / "origin.git", tmp_path / "work"
    identity = {
        "GIT_CONFIG_GLOBAL": str(tmp_path / "none"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
    }
    variables = {**os.environ, **identity, "RUNNER_TEMP": str(tmp_path)}

    def run(*command: str, folder: Path = work) -> str:
        done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("git", "init", "-q", "--bare", str(origin), folder=tmp_path)
    work.mkdir()
    run("git", "init", "-q", "-b", "main")
    (work / "README.md").write_text("x", encoding="utf-8")
    run("git", "add", ".")
    run("git", "-c", "user.name=x", "-c", "user.email=x@exemple.example", "commit", "-qm", "x")
    run("git", "remote", "add", "origin", str(origin))
    for week in ("une", "deux"):
        (work / "out").mkdir(exist_ok=True)
        for name in ("history.jsonl", "report.json"):
            (work / "out" / name).write_text(week, encoding="utf-8")
        run(*SHELLS[None], "-c", script)
        assert run("git", "show", "etat-des-liens:history.jsonl", folder=origin) == week
        assert run("git", "ls-tree", "--name-only", "etat-des-liens", folder=origin).split() == [
            "history.jsonl",
            "report.json",
        ]
        run("git", "checkout", "-q", "main")
    assert run("git", "rev-list", "--count", "etat-des-liens", folder=origin).strip() == "2"


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
