"""Everything of others that reaches a reader is listed with its licence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import material

from guide.site.sbom import SHIPPED
from support import ROOT

LISTED = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8")
SCRIPTS = Path(material.__file__).parent / "templates/assets/javascripts"


def test_every_package_in_the_theme_s_scripts_is_listed() -> None:
    """The theme's source maps name what was bundled."""
    found = set()
    for source_map in SCRIPTS.rglob("*.js.map"):
        sources = "\n".join(json.loads(source_map.read_text(encoding="utf-8"))["sources"])
        found |= set(re.findall(r"node_modules/((?:@[^/\n]+/)?[^/\n]+)/", sources))
    assert {"rxjs", "lunr"} <= found, "the theme no longer ships its source maps"
    assert [
        name for name in sorted(found) if not re.search(rf"^\| {name} \|", LISTED, re.MULTILINE | re.I)
    ] == []


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
