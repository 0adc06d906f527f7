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
from messages import Said

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
    ("text", "line"),
    [
        ("| A | B |\n| --- | --- |\n| 1 | 2 | 3 |\n", 8),
        ("| A | B | C |\n| --- | --- |\n| 1 | 2 |\n", 7),
        ("Texte.\n\n3. c\n4. d\n", 8),
        ("> [!NOTE]\n> Attention\n", 6),
        ("Un mot ~~barré~~ ici\n", 6),
        ("- [ ] fait\n", 6),
        ("Une note[^1].\n", 6),
        ("<details><summary>x</summary>\n\n**y**\n</details>\n", 6),
        ("-\u00a0un\n-\u00a0deux\n", 6),
        ("##Titre\n", 6),
        ("Texte\n\n```\ncode\n", 8),
        ("- a\n\n    ```\n    b\n    ```\n", 8),
    ],
)
def test_what_cannot_be_shown_alike_is_refused_at_its_line(said: Said, text: str, line: int) -> None:
    found = said(problems(page(text)))[0]
    assert (found.code, found.place.line) == (Code.FORGE, line)


@pytest.mark.parametrize(
    ("added", "code"),
    [
        ("<<<<<<< HEAD\nA.\n=======\nB.\n>>>>>>> relecture", Code.CONFLICT),
        ("<!-- Guide:measures group=sauvegardes -->", Code.MARKER),
        ("<!-- guides:doors -->", Code.MARKER),
        ("<!— guide:doors —>", Code.MARKER),
        ("<!-- giude:doors -->", Code.MARKER),
        ("<!-- doors -->", Code.MARKER),
        ("Voir {Fact:cnil-delai}.", Code.INSERT),
        ("Voir {facts:cnil-delai}.", Code.INSERT),
        ("Voir (fact:cnil-delai).", Code.INSERT),
        ("Appelez le +33 1 23 45 67 89 vite.", Code.LITERAL),
        ("Appelez le 0033 (0)1.23.45.67.89 vite.", Code.LITERAL),
        ("Appelez le 01-23-45-67-89 vite.", Code.LITERAL),
        ("Écrire à <contact@cabinet.example>.", Code.LITERAL),
        ("Écrire à prenom.nom (at) cabinet.example.", Code.LITERAL),
    ],
)
def test_a_page_says_nothing_that_its_editor_did_not_mean(
    project: Path, said: Said, added: str, code: Code
) -> None:
    path = project / "docs" / "messagerie.md"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(text + added + "\n", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        check(project)
    found = [problem for problem in said(error.value) if problem.code is code]
    assert [problem.place.line for problem in found][:1] == [text.count("\n") + 1]


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
def test_a_file_that_nobody_asked_for_is_not_published(project: Path, said: Said, name: str) -> None:
    (project / "docs" / name).write_bytes(b"x")
    with pytest.raises(GuideError) as error:
        check(project)
    assert [problem.place.file for problem in said(error.value)] == [f"docs/{name}"]


def test_an_emptied_data_file_is_no_empty_list(project: Path, said: Said) -> None:
    (project / "data" / "synonyms.yml").write_text("", encoding="utf-8")
    with pytest.raises(GuideError) as error:
        check(project)
    assert [str(problem.place) for problem in said(error.value)] == ["data/synonyms.yml:1:1"]
