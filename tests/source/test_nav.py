"""`mkdocs.yml` is read by one parser: whatever way it is written, it is understood or refused at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guide.site.checked import check
from guide.source import nav
from guide.text.problems import GuideError


def change(root: Path, old: str, new: str) -> int:
    """Replaces a line of mkdocs.yml; its number."""
    path = root / nav.FILE
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(root: Path) -> str:
    with pytest.raises(GuideError) as caught:
        check(root)
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("      - Audit:audit.md\n", "il manque une espace après « : » (trouvé : Audit:audit.md) — écrivez « Audit: audit.md »"),
        ("      - Audit:\n", "cette entrée ne mène à aucune page"),
        ("      - Audit: audi.md\n", "la navigation mène à une page absente (trouvé : audi.md) — vouliez-vous dire « audit.md »"),
        ("      - {Audit: audit.md, Autre: lexique.md}\n", "une entrée de la navigation a un seul titre"),
        ("      - Audit: *ancre\n", "les ancres « & » et les renvois « * » de YAML ne sont pas admis"),
        ("      - Audit: audit\n", "cette entrée ne mène à aucune page (trouvé : audit)"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_at_its_line(project: Path, line: str, said: str) -> None:
    number = change(project, "      - Audit: audit.md\n", line)
    problems = refusal(project)
    assert re.search(rf"^mkdocs\.yml:{number}:\d+: {re.escape(said)}", problems, re.MULTILINE), problems


def test_a_line_of_the_navigation_that_is_commented_out_leaves_its_page_out(project: Path) -> None:
    change(project, "      - Audit: audit.md\n", "#      - Audit: audit.md\n")
    assert refusal(project) == (
        "docs/audit.md:1:1: cette page n’est pas dans la navigation — ajoutez-la à « nav » dans mkdocs.yml"
    )


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


def test_a_navigation_that_is_no_list_is_refused(project: Path) -> None:
    path = project / nav.FILE
    path.write_text(
        path.read_text(encoding="utf-8").partition("nav:\n")[0] + "nav: audit.md\n", encoding="utf-8"
    )
    assert "la navigation doit être une liste — écrivez une entrée par ligne" in refusal(project)
