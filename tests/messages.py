"""The sentences that the tests bring about, in one file: `tests/messages.txt`, by test and by case.

A test compares codes and places; the words are compared with that file by the fixture `said`. After a change of words,
`pytest --rewrite-messages FILES` writes down what the tests of these files make the program say; a person reads the
difference. What a test no longer makes it say fails that test; what no test says any more fails
`tests/house/test_messages.py`.
"""

from __future__ import annotations

import fcntl
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from guide.text.problems import GuideError, Problem, visible
from support import ROOT

FILE = Path(__file__).with_suffix(".txt")
HEAD = """\
# What the program says, under each test that makes it speak, and each [case] of it: « code, file: sentence », or the
# lines of a command's answer. Written by `pytest --rewrite-messages FILES`, never by hand.
"""
# Test (« room/file.py::test ») → case (empty where the test has one only) → sentences, in the order of the test.
Messages = dict[str, dict[str, list[str]]]
RECORDED = pytest.StashKey[Messages]()
STALE = pytest.StashKey[list[tuple[str, str]]]()


@functools.cache
def known() -> Messages:
    """The file; empty where a guide has taken this module along without it."""
    messages: Messages = {}
    cases: dict[str, list[str]] = {}
    lines: list[str] = []
    text = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    for line in text.removeprefix(HEAD).split("\n"):
        if line.startswith("    "):
            lines.append(line[4:])
        elif line.startswith("  ["):
            cases[line[3:-1]] = lines = []
        elif line:
            cases = messages[line] = {"": (lines := [])}
    return messages


def write(messages: Messages) -> None:
    """The file, in the order of tests and cases."""
    text = HEAD
    for test, cases in sorted(messages.items()):
        if any(cases.values()):
            text += f"\n{test}\n"
        for case, lines in sorted(cases.items()):
            text += f"  [{case}]\n" if case and lines else ""
            text += "".join(f"    {line}\n" for line in lines)
    FILE.write_text(text, encoding="utf-8")


def names(item: pytest.Item) -> tuple[str, str]:
    """Test and case of an item, on one line each, accents as they are typed."""
    test = "/".join((*item.path.parts[-2:-1], f"{item.path.name}::{item.originalname}"))
    case = item.callspec.id if hasattr(item, "callspec") else ""
    return test, visible(case.encode().decode("unicode_escape").replace("\n", "⏎"))


class Said:
    """What one test makes the program say."""

    def __init__(self, expected: list[str] | None, hidden: dict[str, str]) -> None:
        """`expected`: None to write down instead of comparing; `hidden`: patterns of what changes → what stands for it."""
        self.expected, self.hidden = expected, hidden
        self.lines: list[str] = []

    def __call__(self, what: GuideError | Iterable[Problem] | str) -> list[Problem]:
        """Compares the sentences of problems, or the lines of a text, with the file; gives the problems back."""
        if isinstance(what, str):
            problems: list[Problem] = []
            lines = [line for line in what.splitlines() if line.strip()]
        else:
            problems = [*(what.problems if isinstance(what, GuideError) else what)]
            lines = [visible(f"{each.code}, {each.place.file}: {each.sentence}") for each in problems]
        for pattern, name in self.hidden.items():
            lines = [re.sub(pattern, name, line) for line in lines]
        start = len(self.lines)
        self.lines += lines
        if self.expected is not None:
            expected = self.expected[start : start + len(lines)]
            assert lines == expected, "not the words of tests/messages.txt (pytest --rewrite-messages)"
        return problems


@pytest.fixture
def said(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Said]:
    """Compares what the program says with `tests/messages.txt`."""
    test, case = names(request.node)
    writing = request.config.option.rewrite_messages
    expected = known().get(test, {}).get(case, [])
    failed = request.session.testsfailed
    hidden = {re.escape(str(tmp_path)): "…", re.escape(str(ROOT)): "…"}
    if {"copies", "root", "sources"} & {
        *request.fixturenames
    }:  # the guide itself, where an editor may add a line
        hidden |= {r"(\.\w+):\d+(:\d+)?(?=: |$)": r"\1", r"\b(lignes?) \d+( et \d+)?": r"\1 …"}
    yield (said := Said(None if writing else expected, hidden))
    if writing:
        request.config.stash[RECORDED].setdefault(test, {})[case] = said.lines
    elif request.session.testsfailed == failed:
        assert expected[len(said.lines) :] == [], "no longer said"


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option."""
    parser.addoption("--rewrite-messages", action="store_true", help="write tests/messages.txt anew")


def pytest_configure(config: pytest.Config) -> None:
    """Nothing is recorded yet."""
    config.stash[RECORDED] = {}
    config.stash[STALE] = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Before anything is left out: what is in the file for a test or a case that is gone, or says nothing."""
    if any("::" in each for each in config.args):
        return
    files = {names(item)[0].partition("::")[0] for item in items}
    collected = {names(item) for item in items if "said" in item.fixturenames}
    config.stash[STALE] = [
        (test, case)
        for test, cases in known().items()
        for case, lines in cases.items()
        if lines
        and (test, case) not in collected
        and (test.partition("::")[0] in files or not (FILE.parent / test.partition("::")[0]).exists())
    ]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Each worker writes down its part."""
    if not session.config.option.rewrite_messages or not session.config.stash[RECORDED]:
        return
    with FILE.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known.cache_clear()
        messages = known()
        for test, cases in session.config.stash[RECORDED].items():
            messages.setdefault(test, {}).update(cases)
        for test, case in session.config.stash[STALE]:
            messages[test][case] = []
        write(messages)
