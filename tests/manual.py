"""What the publishing manual prints, as the tests run it: never copied here."""

from __future__ import annotations

import re

from support import ROOT

PAGE = ROOT / "hooks/PUBLIER.md"
FOLDER = "/chemin/vers/guide"  # where the manual says that the versions are


def section(title: str) -> str:
    """The text of a section, by its heading, sections below it included."""
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"^(#+) {re.escape(title)}$", page, re.MULTILINE)
    assert found, f"{PAGE.name} has no section « {title} »"
    rest = page[found.end() :]
    return re.split(rf"^#{{1,{len(found[1])}}} .*$", rest, maxsplit=1, flags=re.MULTILINE)[0]


def blocks(title: str, language: str) -> list[str]:
    """The code of a section in one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", section(title), re.DOTALL | re.MULTILINE)


def rows(title: str) -> list[list[str]]:
    """The cells of the table of a section, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
