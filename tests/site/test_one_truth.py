"""A build never refuses what `check` has accepted (a sample; the whole is benchmarks/check)."""

from __future__ import annotations

from pathlib import Path

from onetruth import accepted, project, refusal


def test_a_build_accepts_what_check_accepts(tmp_path: Path) -> None:
    files = project(tmp_path)
    kept = [(seed, path.name) for seed, path, _ in accepted(tmp_path, files, range(26))]
    assert len(kept) >= 3, "the sample must let something through"
    assert refusal(tmp_path) == "", kept
