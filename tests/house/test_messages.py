"""The file of sentences holds what tests bring about, and nothing else."""

from __future__ import annotations

import pytest

from messages import FILE, HEAD, STALE, known


def test_every_sentence_has_its_test(request: pytest.FixtureRequest) -> None:
    """`pytest --rewrite-messages` with the file of the test takes away what is left of a test or of a case."""
    assert len(known()) > 40
    assert request.config.stash[STALE] == []


def test_the_file_is_as_it_is_written() -> None:
    """Tests and cases in order, one line a sentence: two changes meet where they concern the same test only."""
    text = FILE.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    assert list(known()) == sorted(known())
    assert all(list(cases) == sorted(cases) for cases in known().values())
