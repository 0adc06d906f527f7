"""What an editor sees in the forge's preview is what readers get, or is refused at its line."""

from __future__ import annotations

import re
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt

from guide.page.document import Page
from guide.page.forge import mended, problems
from guide.site.checked import check
from guide.text.problems import Code, GuideError

EXTENSIONS = ["tables", "fenced_code", "def_list", "admonition", "attr_list", "md_in_html", "abbr"]


def page(body: str) -> Page:
    return Page("essai", "essai.md", {"title": "Essai", "description": "Essai."}, body, 6)


def plain(html: str) -> str:
    """The structure of a fragment, without paragraphs and white space, which differ by taste."""
    return re.sub(r"\s+", "", re.sub(r"</?p>|</?t(?:head|body)>|<br ?/?>|<hr ?/?>", "", html))


@pytest.mark.parametrize(
    "text",
    [
        "Une phrase :\n- un\n- deux\n",
        "1) a\n2) b\n",
        "- a\n  - b\n  - c\n- d\n",
        "- a\n   - b\n",
        "1. a\n   - b\n   - c\n2. d\n",
        "Texte\n1. a\n2. b\n",
        "Texte\n| A | B |\n| --- | --- |\n| 1 | 2 |\n",
        "- a\n\n  para\n- b\n",
        "- a\n  - b\n    - c\n      - d\n",
        "* a\n  suite\n* b\n",
        "1. a\n\n   para\n\n2. b\n",
        "Le nombre\n5. reste\n",
        "- a\n\n      code\n",
        "Para\n* x\n  1) y\n  2) z\n",
        "- a\nparesseuse\n- b\n",
        "1. un\n\n    quatre\n2. deux\n",
        "- un\n    - deux\n        - trois\n",
        "> cit\n> - a\n> - b\n",
        "- a\n- b\n\nTexte\n- c\n",
        "- un\n\n  | A | B |\n  | --- | --- |\n  | 1 | 2 |\n",
    ],
)
def test_lists_and_tables_are_what_commonmark_shows(text: str) -> None:
    """Against an independent CommonMark renderer."""
    forge = MarkdownIt("commonmark").enable("table").render(text)
    ours = markdown.markdown(mended(text), extensions=EXTENSIONS)
    assert plain(ours) == plain(forge)


def test_what_both_read_alike_is_left_alone() -> None:
    text = '# T\n\nTexte.\n\n- a\n- b\n\n!!! note "N"\n    - c\n\n```\n- d\n```\n\nMot\n:   Sens\n'
    assert mended(text) == text


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n", 8, "ligne de tableau trop longue"),
        ("| A | B | C |\n| --- | --- |\n| 1 | 2 |\n", 7, "tableau mal formé"),
        ("Texte.\n\n3. c\n4. d\n", 8, "commence à 3"),
        ("> [!NOTE]\n> Attention\n", 6, "encadré"),
        ("Un mot ~~barré~~ ici\n", 6, "texte barré"),
        ("- [ ] fait\n", 6, "case à cocher"),
        ("Une note[^1].\n", 6, "note de bas de page"),
        ("<details><summary>x</summary>\n\n**y**\n</details>\n", 6, "pli"),
        ("-\u00a0un\n-\u00a0deux\n", 6, "espace insécable"),
        ("##Titre\n", 6, "titre sans espace"),
        ("Texte\n\n```\ncode\n", 8, "jamais refermé"),
        ("- a\n\n    ```\n    b\n    ```\n", 8, "bloc de code en retrait"),
    ],
)
def test_what_cannot_be_shown_alike_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    found = next(iter(problems(page(text))))
    assert (found.code, found.place.line) == (Code.FORGE, line)
    assert words in found.what


@pytest.mark.parametrize(
    ("added", "code", "words"),
    [
        ("<<<<<<< HEAD\nA.\n=======\nB.\n>>>>>>> relecture", Code.CONFLICT, "fusion non terminée"),
        ("<!-- Guide:measures group=sauvegardes -->", Code.MARKER, "marqueur mal écrit"),
        ("<!-- guides:doors -->", Code.MARKER, "marqueur mal écrit"),
        ("<!— guide:doors —>", Code.MARKER, "marqueur mal écrit"),
        ("<!-- giude:doors -->", Code.MARKER, "marqueur mal écrit"),
        ("<!-- doors -->", Code.MARKER, "marqueur mal écrit"),
        ("Voir {Fact:cnil-delai}.", Code.INSERT, "insertion mal écrite"),
        ("Voir {facts:cnil-delai}.", Code.INSERT, "insertion mal écrite"),
        ("Voir (fact:cnil-delai).", Code.INSERT, "insertion mal écrite"),
        ("Appelez le +33 1 23 45 67 89 vite.", Code.LITERAL, "téléphone"),
        ("Appelez le 0033 (0)1.23.45.67.89 vite.", Code.LITERAL, "téléphone"),
        ("Appelez le 01-23-45-67-89 vite.", Code.LITERAL, "téléphone"),
        ("Écrire à <contact@cabinet.example>.", Code.LITERAL, "messagerie"),
        ("Écrire à prenom.nom (at) cabinet.example.", Code.LITERAL, "messagerie"),
    ],
)
def test_a_page_says_nothing_that_its_editor_did_not_mean(
    project: Path, added: str, code: Code, words: str
) -> None:
    path = project / "docs" / "messagerie.md"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(text + added + "\n", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        check(project)
    found = [problem for problem in error.value.problems if problem.code is code]
    assert [problem.place.line for problem in found][:1] == [text.count("\n") + 1]
    assert words in found[0].what


@pytest.mark.parametrize(
    "name",
    [
        "audit v2.docx",
        "~$audit.docx",
        "capture.png",
        "Thumbs.db",
        "desktop.ini",
        "assets/liste.xlsx",
        "assets/js/a.ts",
    ],
)
def test_a_file_that_nobody_asked_for_is_not_published(project: Path, name: str) -> None:
    (project / "docs" / name).write_bytes(b"x")
    with pytest.raises(GuideError) as error:
        check(project)
    assert [problem.place.file for problem in error.value.problems] == [f"docs/{name}"]


def test_an_emptied_data_file_is_no_empty_list(project: Path) -> None:
    (project / "data" / "synonyms.yml").write_text("", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        check(project)
    assert [str(problem.place) for problem in error.value.problems] == ["data/synonyms.yml:1:1"]
