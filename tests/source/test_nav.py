"""`mkdocs.yml` is read by one parser: whatever way it is written, it is understood or refused at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.site.checked import check
from guide.source import nav
from guide.text.problems import Code, GuideError
from messages import Said


def change(root: Path, old: str, new: str) -> int:
    """Replaces a line of mkdocs.yml; its number."""
    path = root / nav.FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(root: Path) -> GuideError:
    with pytest.raises(GuideError) as caught:
        check(root)
    return caught.value


@pytest.mark.parametrize(
    "entry",
    ["Audit:audit.md", "Audit:", "Audit: audi.md", "{Audit: audit.md, Autre: lexique.md}", "Audit: *ancre", "Audit: audit"],
)  # fmt: skip
def test_a_wrong_entry_is_refused_at_its_line(project: Path, said: Said, entry: str) -> None:
    number = change(project, "      - Audit: audit.md\n", f"      - {entry}\n")
    assert number in [each.place.line for each in said(refusal(project)) if each.place.file == nav.FILE]


def test_a_line_of_the_navigation_that_is_commented_out_leaves_its_page_out(
    project: Path, said: Said
) -> None:
    change(project, "      - Audit: audit.md\n", "#      - Audit: audit.md\n")
    (problem,) = said(refusal(project))
    assert (problem.code, str(problem.place)) == (Code.REFERENCE, "docs/audit.md:1:1")


def test_every_way_to_write_a_list_is_understood(project: Path) -> None:
    """Hooks as an ordinary list, indented or not, last or first: none stays for a generator without our program."""
    path = project / nav.FILE
    before = nav.load(project)
    hooks = before.blocks()["hooks"]
    files = before.values["hooks"]
    for written in (
        "hooks:\n" + "".join(f"  - {file}\n" for file in files),
        "hooks:  # in this order\n" + "".join(f"- {file}\n\n" for file in files),
        "'hooks' : [\n  " + ",\n  ".join(files) + "]\n",
    ):
        path.write_text(before.text.replace(hooks, written), encoding="utf-8")
        settings = nav.load(project)
        assert settings.values == before.values
        assert settings.parts == before.parts
        path.write_text(settings.without_ours(), encoding="utf-8")
        plain = nav.load(project).values
        assert plain == {name: value for name, value in before.values.items() if name not in nav.OURS}


def test_a_navigation_that_is_no_list_is_refused(project: Path, said: Said) -> None:
    path = project / nav.FILE
    path.write_text(
        path.read_text(encoding="utf-8").partition("nav:\n")[0] + "nav: audit.md\n", encoding="utf-8"
    )
    assert {each.place.file for each in said(refusal(project))} == {nav.FILE}
