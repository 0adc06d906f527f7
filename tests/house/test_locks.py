"""The locks install the same everywhere and name no registry."""

from __future__ import annotations

import re

import pytest

from support import ROOT

LOCKS = sorted(path.stem for path in ROOT.glob("requirements*.in"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_is_pinned_hashed_and_names_no_registry(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?://|--index-url|--extra-index-url|--find-links|file:", text)
    entries = re.findall(
        r"^([a-z0-9._-]+(?:\[[a-z,]+\])?)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)",
        text,
        re.MULTILINE,
    )
    assert len(entries) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_direct_dependency_is_pinned_exactly_and_locked(name: str) -> None:
    lock = (ROOT / f"{name}.txt").read_text(encoding="utf-8").lower()
    for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines():
        requirement = line.split("#")[0].strip()
        if requirement and not requirement.startswith("-r"):
            assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+", requirement)
            assert re.sub(r"\[.*\]", "", requirement.lower()).replace("ruamel.yaml", "ruamel-yaml") in lock
