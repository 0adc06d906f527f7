"""Whatever an editor writes: a sentence that can be used, or a whole site; never a traceback."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutations import copy_sources, examine, mutate

FILES_PER_PROJECT = 8


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    root = tmp_path_factory.mktemp("mutated")
    return root, copy_sources(root)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
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


def test_the_sources_that_are_mutated_are_in_order_before(sources: tuple[Path, list[Path]]) -> None:
    staged = examine(sources[0])
    assert staged is not None and len(staged.pages) > 50
