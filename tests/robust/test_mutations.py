"""Whatever an editor writes: a sentence that can be used, or a whole site; never a traceback."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutations import copy_sources, examine, mutate

FILES_PER_PROJECT = 8


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    root = tmp_path_factory.mktemp("mutated")
    return root, copy_sources(root)


@given(seed=st.integers(0, 2**32))
def test_mutated_files_are_refused_with_a_place_and_a_remedy_or_make_a_site(
    sources: tuple[Path, list[Path]], seed: int
) -> None:
    root, files = sources
    random = Random(seed)
    chosen = random.sample(files, FILES_PER_PROJECT)
    before = {path: path.read_bytes() for path in chosen}
    try:
        for path in chosen:
            mutate(path, random, random.choice((1, 1, 2)))
        examine(root)
    finally:
        for path, content in before.items():
            path.write_bytes(content)


# What thousands of mutations once found, in its smallest form: file, text to replace (all of it when empty), new text.
FAILED_ONCE = (
    ("data/facts.yml", "", ""),
    ("data/facts.yml", "", "# rien qu’une remarque\n"),
    ("data/link-rules.yml", "", "- ["),
    ("data/resources.yml", "- id:", "- id: [\n- id:"),
    ("data/checklist.yml", "label:", "label: \u2028\x85"),
    ("data/glossary.yml", "  term: ", "  term: \x07"),
    ("data/incident.yml", "", "? x\n? y\n\ufeff"),
    ("docs/audit.md", "\n# ", "\n<!-- guide:measures group=audit\n\n# "),
)


@pytest.mark.parametrize(("file", "old", "new"), FAILED_ONCE)
def test_what_failed_once_is_refused_with_a_place_and_a_remedy(
    sources: tuple[Path, list[Path]], file: str, old: str, new: str
) -> None:
    path = sources[0] / file
    before = path.read_bytes()
    text = before.decode()
    assert old in text
    try:
        path.write_text(text.replace(old, new, 1) if old else new, encoding="utf-8")
        assert examine(sources[0]) is None
    finally:
        path.write_bytes(before)


def test_the_sources_that_are_mutated_are_in_order_before(sources: tuple[Path, list[Path]]) -> None:
    staged = examine(sources[0])
    assert staged is not None and len(staged.pages) > 50
