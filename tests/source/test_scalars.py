"""Four readers of YAML, the schemas and `check` agree on every plain value, or `check` asks for quotes at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.data.guide import load
from guide.text.problems import Code, GuideError
from messages import Said
from scalars import KNOWN, generated, ours, schema_differences, silent_differences

SAMPLE = generated(600)


@pytest.mark.readers
def test_no_reader_takes_in_silence_a_value_for_another() -> None:
    assert list(silent_differences(SAMPLE)) == []


def test_the_schemas_admit_what_check_admits(tmp_path: Path) -> None:
    assert list(schema_differences(generated(2 * len(KNOWN)), tmp_path)) == []


@pytest.mark.parametrize(
    "text", ["0145000000", "2026-11-29", "2026-02-30", "12:30", "1_000", "0o17", ".5", "1e3", "=", "08"]
)
def test_quotes_are_asked_for(text: str) -> None:
    value, complains = ours(text)
    assert (value, complains) == (text, True)
    assert ours(f'"{text}"') == (text, False)


@pytest.mark.parametrize(
    "text", ["3-2-1", "2026.1.0", "01 45 00 00 00", "29/11/2026", "L. 1111-8", "1 000", "10 %", "a:b", "-"]
)
def test_ordinary_words_need_none(text: str) -> None:
    assert ours(text) == (text, False) or text == "-"


def test_a_number_to_dial_without_quotes_is_refused_at_its_line(project: Path, said: Said) -> None:
    path = project / "data" / "contacts.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    rank = next(
        rank for rank, line in enumerate(lines) if line.startswith("  phone: ") and line != "  phone: null"
    )
    lines[rank] = "  phone: 0145000000"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(GuideError) as raised:
        load(project)
    (problem,) = said(raised.value)
    assert (problem.code, problem.place.file, problem.place.line) == (
        Code.FORBIDDEN_YAML,
        "data/contacts.yml",
        rank + 1,
    )
