"""What editors do wrong, each with the line that is named (breakages.yml) and the sentence that meets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guide.site.checked import check
from guide.text.problems import GuideError
from messages import Said
from support import ROOT, new_guide, rows

TABLE: list[dict[str, Any]] = rows(ROOT / "tests/edit/breakages.yml")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new guide, on which a check takes a tenth of a second."""
    folder = new_guide(tmp_path_factory.mktemp("petit") / "guide")
    check(folder)
    return folder


def broken(content: bytes, row: dict[str, Any]) -> bytes:
    text = content.decode("utf-8")
    if "encoding" in row:
        return text.encode(row["encoding"], "replace")
    assert row.get("old", "") in text
    return (text.replace(row["old"], row["new"], 1) if "old" in row else str(row["new"])).encode()


@pytest.mark.parametrize("row", TABLE, ids=[row["did"] for row in TABLE])
def test_a_slip_is_named_at_its_line_with_its_remedy(small: Path, said: Said, row: dict[str, Any]) -> None:
    path = small / row["file"]
    before = path.read_bytes() if path.exists() else b""
    try:
        if row.get("removed"):
            path.unlink()
        else:
            path.write_bytes(broken(before, row))
        if "at" not in row:
            check(small)
            return
        with pytest.raises(GuideError) as refused:
            check(small)
    finally:
        path.write_bytes(before) if before else path.unlink()
    found = [each.place for each in said(refused.value)]
    assert any(row["at"] in (f"{each.file}:{each.line}", each.file) for each in found), found
    assert len(found) <= 2, "one cause, and at most one thing that follows from it"
