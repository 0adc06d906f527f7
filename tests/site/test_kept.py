"""What a build keeps for the next one: the same bytes, nothing trusted that is not ours, nothing kept for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from guide.source.kept import Cache, Kept, name
from guide.source.yaml_source import Source, parse
from support import ROOT


def test_after_random_edits_a_kept_site_is_the_same_bytes_as_a_cold_one() -> None:
    """A sample; `benchmarks/kept/run.py` makes two hundred."""
    program = ROOT / "benchmarks" / "kept" / "run.py"
    path = os.pathsep.join((str(ROOT / "hooks"), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, str(program), "--edits", "4", "--seed", "5"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("4 edits: ") and " 0 sites the same" not in done.stdout


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "kind", "program")


def test_a_result_comes_back_as_it_was(kept: Kept) -> None:
    assert kept.find("page") is None
    kept.put("page", ["é\u2028\udc80", 1, None])
    assert kept.find("page") == ["é\u2028\udc80", 1, None]
    assert kept.get("page", lambda: pytest.fail("made again")) == ["é\u2028\udc80", 1, None]


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b'["x"]', b"0" * 32 + b'["foreign"]', b"cos\nsystem\n(S'id'\ntR.", b"a" * 31, b"0" * 32 + b"["],
)
def test_what_is_damaged_or_foreign_is_made_again(kept: Kept, content: bytes, tmp_path: Path) -> None:
    kept.put("page", ["ours"])
    (file,) = (tmp_path / "kind").iterdir()
    file.write_bytes(content)
    assert kept.get("page", lambda: ["made again"]) == ["made again"]
    assert kept.find("page") == ["made again"]


def test_one_result_does_not_stand_for_another(kept: Kept, tmp_path: Path) -> None:
    """A sound file under another name is foreign too."""
    kept.put("one", ["one"])
    kept.put("two", ["two"])
    one, two = (tmp_path / "kind" / name("program", each) for each in ("one", "two"))
    two.write_bytes(one.read_bytes())
    assert kept.find("two") is None


@pytest.mark.parametrize("odd", ["folder", "pipe", "link"])
def test_a_thing_that_is_no_file_costs_time_only(kept: Kept, odd: str, tmp_path: Path) -> None:
    place = tmp_path / "kind" / name("program", "page")
    place.parent.mkdir()
    if odd == "folder":
        (place / "inside").mkdir(parents=True)
    elif odd == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(tmp_path / "nowhere")
    assert kept.get("page", lambda: ["made"]) == ["made"]


def test_another_program_does_not_read_it(tmp_path: Path) -> None:
    Kept(tmp_path, "old").put("page", ["old"])
    assert Kept(tmp_path, "new").find("page") is None


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    first = Kept(tmp_path, "program")
    first.put("stays", ["x"])
    first.put("goes", ["x"])
    second = Kept(tmp_path, "program")
    assert second.find("stays") == ["x"]
    second.forget()
    assert [path.name for path in tmp_path.iterdir()] == [name("program", "stays")]


def test_where_nothing_may_be_trusted_nothing_is_read_nor_written(tmp_path: Path) -> None:
    cache = Cache(None)
    cache.of("page").put("x", ["x"])
    assert cache.of("page").find("x") is None
    cache.forget()
    assert list(tmp_path.iterdir()) == []


def test_kept_yaml_has_the_values_and_the_places_of_the_text(kept: Kept) -> None:
    text = (ROOT / "data" / "contacts.yml").read_text(encoding="utf-8")
    fresh, first, second = (Source("data/contacts.yml") for _ in range(3))
    parse(text, fresh)
    parse(text, first, kept)
    parse(text, second, kept)
    assert fresh.value == first.value == second.value
    assert fresh.marks == first.marks == second.marks and len(fresh.marks) > 100


def test_a_text_with_a_fault_is_never_kept(kept: Kept) -> None:
    for _ in range(2):
        source = Source("data/x.yml")
        parse("- id: a\n  id: b\n", source, kept)
        assert [problem.code.name for problem in source.problems] == ["DUPLICATE_KEY"]
