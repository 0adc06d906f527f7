"""Everything of others that reaches a reader is listed with its licence."""

from __future__ import annotations

import re
from pathlib import Path

from guide.site.sbom import SHIPPED
from support import ROOT

LISTED = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")


def test_no_program_of_others_is_sent(site: Path) -> None:
    """Scripts and style sheets are ours, minified: none says that another wrote it."""
    sent = [*site.rglob("*.js"), *site.rglob("*.css")]
    assert {path.relative_to(site).parts[0] for path in sent} <= {"assets", "search"}
    for path in sent:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"node_modules|sourceMappingURL|@license|[Cc]opyright|lunr|rxjs", text), path


def test_every_font_stands_beside_its_licence() -> None:
    """The SIL licence travels with the files."""
    folders = {
        font.parent
        for folder in ("docs", "hooks")
        for kind in ("woff2", "ttf")
        for font in (ROOT / folder).rglob(f"*.{kind}")
    }
    assert folders
    for folder in folders:
        assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
        assert folder.relative_to(ROOT).as_posix() in LISTED


def test_the_bill_of_materials_lists_the_same_third_parties() -> None:
    """One list for people, one for programs."""
    table = dict(re.findall(r"^\| ([^|:,]+?)(?:[:,][^|]*)? \| [^|]+ \| ([^|]+?) \|", LISTED, re.MULTILINE))
    table = {
        name: text.replace("SIL OFL 1.1", "OFL-1.1")
        for name, text in table.items()
        if name not in ("shipped", "---", "Material for MkDocs")
    }
    assert table == dict(SHIPPED)
