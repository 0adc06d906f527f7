"""What a build keeps for the next one: the same bytes, nothing trusted that is not ours, nothing kept for ever."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config

import reuse
from guide.paper import store
from guide.paper.store import Made
from guide.site.asked import Asked
from guide.site.unchanged import Stamp
from guide.source import kept as kept_module
from guide.source.kept import Cache, Kept, name
from guide.source.yaml_source import Source, parse
from support import ROOT

DAY = dt.date(2026, 11, 24)


def test_after_random_edits_a_kept_site_is_the_same_bytes_as_a_cold_one() -> None:
    """A sample; `benchmarks/kept/run.py` makes two hundred."""
    program = ROOT / "benchmarks" / "kept" / "run.py"
    path = os.pathsep.join((str(ROOT / "hooks"), str(ROOT / "tests")))
    done = subprocess.run(
        [sys.executable, str(program), "--edits", "3", "--seed", "1171"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    count = done.stdout.splitlines()[-1]
    assert count.startswith("3 edits: ") and ": 0 sites the same" not in count


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
    [
        b"",
        b"\xff\xfe",
        b'["x"]',
        b"0" * 32 + b'["foreign"]',
        b"cos\nsystem\n(S'id'\ntR.",
        b"a" * 31,
        b"0" * 32 + b"[",
    ],
)
def test_what_is_damaged_or_foreign_is_made_again(kept: Kept, content: bytes, tmp_path: Path) -> None:
    kept.put("page", ["ours"])
    sound = (tmp_path / "kind").read_bytes()
    for found in (content, sound[:-1], sound[:80], sound + content, sound.replace(b"ours", b"ofus")):
        (tmp_path / "kind").write_bytes(found)
        again = Kept(tmp_path / "kind", "program")
        assert again.get("page", lambda: ["made again"]) == (
            ["ours"] if found.startswith(sound) else ["made again"]
        )
        again.put("other", ["other"])
        assert Kept(tmp_path / "kind", "program").find("other") == ["other"]


def test_one_result_does_not_stand_for_another(kept: Kept, tmp_path: Path) -> None:
    """A sound file under another name is foreign too."""
    kept.put("one", ["one"])
    kept.put("two", ["two"])
    file = tmp_path / "kind"
    one, two = (name("program", each).encode() for each in ("one", "two"))
    file.write_bytes(file.read_bytes().replace(one, b"-" * 32).replace(two, one))
    assert Kept(file, "program").find("one") is None


@pytest.mark.parametrize("odd", ["folder", "pipe", "link", "link to a file"])
def test_a_thing_that_is_no_file_costs_time_only(kept: Kept, odd: str, tmp_path: Path) -> None:
    place, theirs = tmp_path / "kind", tmp_path / "theirs"
    theirs.write_text("theirs", encoding="utf-8")
    if odd == "folder":
        (place / "inside").mkdir(parents=True)
    elif odd == "pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(theirs if "file" in odd else tmp_path / "nowhere")
    assert kept.get("page", lambda: ["made"]) == ["made"]
    assert Kept(place, "program").find("page") == ["made"]
    assert theirs.read_text(encoding="utf-8") == "theirs" and not (tmp_path / "nowhere").exists()


def test_another_program_does_not_read_it(tmp_path: Path) -> None:
    Kept(tmp_path / "kind", "old").put("page", ["old"])
    assert Kept(tmp_path / "kind", "new").find("page") is None


def test_what_nobody_asked_for_is_forgotten(tmp_path: Path) -> None:
    first = Kept(tmp_path / "kind", "program")
    first.put("stays", ["x"])
    first.put("goes", ["x"])
    second = Kept(tmp_path / "kind", "program")
    assert second.find("stays") == ["x"]
    second.forget()
    assert second.find("stays") == ["x"] and [path.name for path in tmp_path.iterdir()] == ["kind"]
    assert (tmp_path / "kind").read_bytes().count(b"x") == 1


def test_two_builds_at_once_take_nothing_from_each_other(tmp_path: Path) -> None:
    first, second = (Kept(tmp_path / "kind", "program") for _ in range(2))
    assert first.find("a") is None and second.find("b") is None
    first.put("a", ["a"])
    second.put("b", ["b"])
    first.put("c", ["c"])
    assert [Kept(tmp_path / "kind", "program").find(each) for each in "abc"] == [["a"], ["b"], ["c"]]


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


@pytest.mark.parametrize("text", ["", "# rien qu’une remarque\n", "~\n", "[]\n", "un\n"])
def test_a_kept_file_that_holds_little_still_has_its_place(kept: Kept, text: str) -> None:
    places = []
    for _ in range(2):
        source = Source("data/x.yml")
        parse(text, source, kept)
        places.append((str(source.place()), str(source.place((0, "id")))))
    assert places[0] == places[1]


def test_a_text_with_a_fault_is_never_kept(kept: Kept) -> None:
    for _ in range(2):
        source = Source("data/x.yml")
        parse("- id: a\n  id: b\n", source, kept)
        assert [problem.code.name for problem in source.problems] == ["DUPLICATE_KEY"]


# --- whose work it is ---


def test_a_program_that_was_edited_after_it_was_loaded_keeps_and_trusts_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert kept_module.program() != ""
    monkeypatch.setattr(kept_module, "_LOADED", ["an earlier code"])
    assert kept_module.program() == ""
    cache = Cache(tmp_path)
    cache.of("page").put("x", ["x"])
    assert cache.of("page").find("x") is None and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "edit", [b"", b"{}", b'{"pages": 1, "width": 1, "height": 1}', b"[]", b"cos\nsystem\n(S'id'\ntR."]
)
def test_a_sheet_that_is_not_the_one_that_was_set_is_set_again(edit: bytes, tmp_path: Path) -> None:
    ours = Made(b"%PDF ours", 1, b"png", 2, 3)
    store.get(tmp_path, "sheet", lambda: ours)
    (tmp_path / "sheet.json").write_bytes(edit)
    assert store.get(tmp_path, "sheet", lambda: ours) == ours
    (tmp_path / "sheet.pdf").write_bytes(b"%PDF cut")
    assert store.get(tmp_path, "sheet", lambda: ours) == ours
    assert store.get(tmp_path, "sheet", lambda: pytest.fail("set again")) == ours


def test_a_build_with_a_plugin_or_a_hook_of_others_keeps_no_page(tmp_path: Path) -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("hooks/", f"{ROOT}/hooks/")
    (tmp_path / "docs").mkdir()
    (tmp_path / "theirs.py").write_text("def on_page_content(html, **_): return html", encoding="utf-8")
    (tmp_path / "theirs").mkdir()

    def loaded(text: str) -> bool:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        return reuse.alone(load_config(str(tmp_path / "mkdocs.yml"), watch=[]))

    ours = re.sub(r"^watch:.*\n", "", settings, flags=re.MULTILINE)
    assert loaded(ours)
    assert not loaded(ours.replace("plugins: []", "plugins: [search]"))
    assert not loaded(ours.replace("hooks: [", "hooks: [theirs.py, "))
    assert not loaded(ours.replace(f"custom_dir: {ROOT}/hooks/theme", "custom_dir: theirs"))
    assert not loaded(f"docs_dir: theirs\n{ours}")


# --- nothing has changed ---


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CHECK_LINKS", raising=False)
    for name_ in ("docs/a.md", "data/a.yml", "mkdocs.yml", "site/index.html"):
        (tmp_path / name_).parent.mkdir(exist_ok=True)
        (tmp_path / name_).write_text("a", encoding="utf-8")
    Stamp(tmp_path, tmp_path / "site", Asked(DAY)).put(["said"])
    return tmp_path


def _said(root: Path, asked: Asked | None = None) -> list[str] | None:
    return Stamp(root, root / "site", asked or Asked(DAY)).said()


def test_the_same_sources_and_the_same_site_are_known_with_their_warnings(small: Path) -> None:
    assert _said(small) == ["said"]


@pytest.mark.parametrize(
    "changed", ["docs/a.md", "docs/b.md", "data/a.yml", "mkdocs.yml", "site/index.html", "site/more.html"]
)
def test_any_other_byte_is_a_change(small: Path, changed: str) -> None:
    (small / changed).write_text("b", encoding="utf-8")
    assert _said(small) is None


@pytest.mark.parametrize("variable", ["SOURCE_DATE_EPOCH", "CHECK_LINKS"])
def test_another_environment_is_a_change(small: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, "1")
    assert _said(small) is None


def test_another_day_another_report_and_an_absent_site_are_changes(small: Path) -> None:
    report = small / "links.json"
    report.write_text("{}", encoding="utf-8")
    assert _said(small, Asked(DAY + dt.timedelta(days=1))) is None
    assert _said(small, Asked(DAY, link_report=report)) is None
    shutil.rmtree(small / "site")
    assert _said(small) is None


def test_what_stands_behind_a_link_is_never_known_to_be_the_same(small: Path) -> None:
    (small / "elsewhere").mkdir()
    (small / "docs" / "linked").symlink_to(small / "elsewhere")
    Stamp(small, small / "site", Asked(DAY)).put(["said"])
    assert _said(small) is None
