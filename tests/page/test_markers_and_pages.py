"""Pages: markers, inserts, references, literals and what a reader sees of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide.data.literals import find_literals
from guide.site.checked import check
from guide.text import french
from guide.text.problems import Code, GuideError
from messages import Said


def add(root: Path, text: str, page: str = "audit.md") -> int:
    """Appends a line to a page; returns its line number."""
    path = root / "docs" / page
    body = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(body + text + "\n", encoding="utf-8")
    return body.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!-- guide:inconnu -->", Code.MARKER),
        ("<!-- guide:measures -->", Code.MARKER),
        ("<!-- guide:measures group=inconnu -->", Code.MARKER),
        ("<!-- guide:measures groupe=sauvegardes -->", Code.MARKER),
        ("texte <!-- guide:themes -->", Code.MARKER),
        ("<!--guide:themes-->", Code.MARKER),
        ("Voir [le site](https://exemple.example/).", Code.ADDRESS),
        ("Voir www.exemple.example pour la suite.", Code.ADDRESS),
        ("Voir [le mémento][ans-mementos].", Code.REFERENCE),
        ("Depuis le 28 mars 2022, tout change.", Code.LITERAL),
        ("Cela coûte 490 €.", Code.LITERAL),
        ("Prévenez sous 72 heures.", Code.LITERAL),
        ("Voir l’article 33.", Code.LITERAL),
        ("Appelez le 09 72 43 91 25.", Code.LITERAL),
        ("Environ 16 % des cabinets.", Code.LITERAL),
        ("Sous {fact:inconnu}.", Code.INSERT),
        ("Sous {fait:cnil-delai}.", Code.INSERT),
        ("Pour en savoir plus, [cliquez ici](audit.md).", Code.WORDING),
        ("# Un second titre", Code.WORDING),
        ("<script>alert(1)</script>", Code.MARKER),
        ('<p style="color:red">rouge</p>', Code.MARKER),
        ('<img src="x.png" onerror="alert(1)">', Code.MARKER),
    ],
)
def test_a_slip_in_a_page_is_named_with_its_line(project: Path, said: Said, text: str, code: Code) -> None:
    line = add(project, text)
    if text.startswith("# "):  # said before the title of the page, which is no longer alone
        line = (project / "docs/audit.md").read_text(encoding="utf-8").partition("\n# ")[0].count("\n") + 1
    with pytest.raises(GuideError) as caught:
        check(project)
    found = [(p.code, p.place.file, p.place.line) for p in said(caught.value)]
    assert (code, "docs/audit.md", line) in found, found


def test_a_page_out_of_the_navigation_is_named(project: Path, said: Said) -> None:
    page = "---\ntitle: Perdue\ndescription: Une page perdue.\n---\n\n# Perdue\n"
    (project / "docs/perdue.md").write_text(page, encoding="utf-8")
    with pytest.raises(GuideError) as caught:
        check(project)
    assert [(p.place.file, p.code) for p in said(caught.value)] == [("docs/perdue.md", Code.REFERENCE)]


def test_code_is_left_alone(project: Path) -> None:
    add(project, "```\n<!-- guide:rien --> https://exemple.example/ 72 heures {fact:rien}\n```")
    check(project)


@pytest.mark.parametrize(
    "text", ["17Cyber", "Windows 10", "la règle 3-2-1", "une feuille A4", "NIS 2", "Wi-Fi 6"]
)
def test_names_with_digits_are_not_literals(text: str) -> None:
    assert not list(find_literals(text))


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Quoi ? Oui !", "Quoi\u00a0? Oui\u00a0!"),
        ("l'heure", "l’heure"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("72 heures", "72\u00a0heures"),
        ("17 802", "17\u00a0802"),
        ("n° 196", "n°\u00a0196"),
        ("https://exemple.example/a", "https://exemple.example/a"),
    ],
)
def test_french_spaces_are_put_in(plain: str, typeset: str) -> None:
    assert french.typeset(plain) == typeset


def test_markdown_syntax_survives_typography() -> None:
    source = (
        '| a | b |\n| :--- | ---: |\n\n!!! note "L\'essai : oui"\n\n## Titre {: #id }\n\n[a](b.md) `x : y`\n'
    )
    assert french.typeset_markdown(source) == source
