"""Every statement, link, body and system of the Ordre's page stands in the guide, with its present status."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from support import ROOT, rows

SEED = rows(Path(__file__).parent / "seed.yml")


def words(site: Path, address: str) -> tuple[str, str]:
    """Article of a built page as HTML and as plain words."""
    page = (site / address / "index.html").read_text(encoding="utf-8")
    html = page[
        page.index('<article class="md-content__inner') : page.index(
            "</article>\n", page.index('<article class="md-content__inner')
        )
        if "</article>\n" in page
        else None
    ]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ").replace("&amp;", "&")
    return html, text


@pytest.fixture(scope="module")
def resources() -> dict[str, dict[str, Any]]:
    """As another reader of YAML sees them, by id."""
    entries = rows(ROOT / "data/resources.yml")
    return {each["id"]: each for each in entries}


@pytest.mark.parametrize("entry", SEED, ids=[entry["id"] for entry in SEED])
def test_a_statement_of_the_source_page_is_answered(
    site: Path, resources: dict[str, dict[str, Any]], entry: dict[str, object]
) -> None:
    html, text = words(site, str(entry["page"]))
    for pattern in entry["says"]:  # type: ignore[attr-defined]
        assert re.search(pattern, text, re.IGNORECASE), f"{entry['page']} ne dit pas « {pattern} »"
    for pattern in entry.get("never", []):  # type: ignore[attr-defined]
        assert not re.search(pattern, text, re.IGNORECASE), f"{entry['page']} dit encore « {pattern} »"
    for name in entry.get("resources", []):  # type: ignore[attr-defined]
        target = resources[name]["url"] or f"#{name}"
        assert target in html.replace("&amp;", "&"), f"{entry['page']} ne mène pas à {name}"
