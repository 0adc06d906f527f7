"""What editors do wrong, each with the line and the sentence that meets it (breakages.yml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from guide.commands.init import init
from guide.site.checked import check
from guide.text.problems import GuideError
from support import ROOT, rows

TABLE: list[dict[str, Any]] = rows(ROOT / "tests/edit/breakages.yml")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new guide, on which a check takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("petit") / "guide"
    words = ["--name", "Guide", "--structure", "l’étude", "--client", "client", "--peer", "un notaire"]
    assert init([str(folder), *words], ROOT) == 0
    check(folder)
    return folder


def broken(content: bytes, row: dict[str, Any]) -> bytes:
    text = content.decode("utf-8")
    if "encoding" in row:
        return text.encode(row["encoding"], "replace")
    assert row.get("old", "") in text
    return (text.replace(row["old"], row["new"], 1) if "old" in row else str(row["new"])).encode()


@pytest.mark.parametrize("row", TABLE, ids=[row["did"] for row in TABLE])
def test_a_slip_is_named_at_its_line_with_its_remedy(small: Path, row: dict[str, Any]) -> None:
    path = small / row["file"]
    before = path.read_bytes() if path.exists() else b""
    try:
        if row.get("removed"):
            path.unlink()
        else:
            path.write_bytes(broken(before, row))
        if "says" not in row:
            check(small)
            return
        with pytest.raises(GuideError) as refused:
            check(small)
    finally:
        path.write_bytes(before) if before else path.unlink()
    found = [(f"{each.place.file}:{each.place.line}", each.sentence) for each in refused.value.problems]
    met = [place for place, sentence in found if sentence.startswith(row["says"])]
    assert met and all(place == row["at"] or place.rpartition(":")[0] == row["at"] for place in met), found
    assert len(found) <= 2, "one cause, and at most one thing that follows from it"
