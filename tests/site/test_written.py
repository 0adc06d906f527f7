"""`check` says at the editor's line what a build would refuse: links, anchors, pictures, markup, settings."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from guide.page.blocks import MARKERS
from guide.page.view import Options, View
from guide.site.checked import check, unused_pictures
from guide.text.problems import Code, GuideError, Problem
from messages import Said
from mutations import copy_sources
from support import ROOT

PAGE = "docs/messagerie.md"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    copy_sources(root)
    return root


def problems(root: Path, file: str, change: tuple[str, str] | str) -> tuple[Problem, ...]:
    """What `check` says once `file` is changed: a text at its end, or one text for another."""
    path = root / file
    before = path.read_text(encoding="utf-8")
    old, new = change if isinstance(change, tuple) else ("", "")
    assert old in before
    path.write_text(before.replace(old, new, 1) if old else before + f"\n{change}\n", encoding="utf-8")
    try:
        check(root)
    except GuideError as error:
        return error.problems
    finally:
        path.write_text(before, encoding="utf-8")
    return ()


def lines(root: Path, file: str) -> int:
    return len((root / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Voir [Audit](/audit/).", 14),
        ("Voir [Audit](audit/).", 14),
        ("Voir [Audit](audti.md).", 14),
        ("Voir [Audit](audit.md#absent).", 14),
        ("Voir [ici-même](#absent).", 17),
        ("Voir [la mesure](checklist/index.md#rdv-absent).", 18),
        ("Voir [le fichier](../README.md).", 19),
        ("Voir [le tableau](tableau.xlsx).", 19),
        ("Appeler [le poste](tel:17).", 20),
        ("Voir [rien]().", 13),
        ("![](assets/images/verifier.webp)", 1),
        ("![Un écran](capture.png)", 13),
        ("![Un écran](assets/images/absente.webp)", 13),
        ("<video>Film</video>", 1),
        ("Texte <kbd>Entrée</kbd>.", 7),
        ("Bravo 🦷 à tous.", 7),
    ],
)  # fmt: skip
def test_a_page_is_refused_at_its_line(root: Path, said: Said, text: str, column: int) -> None:
    (found,) = said(problems(root, PAGE, text))
    assert str(found.place) == f"{PAGE}:{lines(root, PAGE) + 2}:{column}"


@pytest.mark.parametrize(
    "text",
    [
        "Voir [Audit](audit.md), [ses titres](audit.md#seul), [la mesure](checklist/index.md#sauvegarde-trois-copies), "
        "[la fiche](ressources/index.md#cnil-securite-sauvegarder), [les données](donnees/resources.csv).",
        "![Les messages de check](assets/images/verifier.webp)",
        "![Les messages de check](assets/images/verifier.webp){: loading=lazy }",
        "`[du code](/absent/)` et `<video>`.",
    ],
)
def test_what_a_build_accepts_is_accepted(root: Path, text: str) -> None:
    assert problems(root, PAGE, text) == ()


def test_a_heading_that_is_linked_cannot_vanish(root: Path) -> None:
    found = problems(root, "docs/mesures/dossiers.md", ("{: #garder }", "{: #conserver }"))
    assert found and all("garder" in str(each) for each in found), found


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("      - Audit: audit.md", "\t- Audit: audit.md"), "      - Audit: audit.md"),
        (("  - attr_list\n", "  - attr_liste\n"), "  - abbr\n"),
        (("use_directory_urls: true", "use_directory_urls: peut-être"), "use_directory_urls:"),
        (("site_name:", "site_nom:"), "site_name:"),
    ],
    ids=["tab", "extension", "value", "name"],
)
def test_settings_are_refused_at_their_line(
    root: Path, said: Said, change: tuple[str, str], place: str
) -> None:
    """At that of the setting where the generator knows no more."""
    line = (root / "mkdocs.yml").read_text(encoding="utf-8").partition(place)[0].count("\n") + 1
    found = said(problems(root, "mkdocs.yml", change))
    assert ("mkdocs.yml", line) in [(each.place.file, each.place.line) for each in found]


def test_a_picture_must_be_light(root: Path, said: Said) -> None:
    heavy = root / "docs/assets/images/lourde.webp"
    content = (ROOT / "docs/assets/images/verifier.webp").read_bytes()
    heavy.write_bytes(content + b"\0" * 200_000)
    try:
        (found,) = said(problems(root, PAGE, "![Un écran](assets/images/lourde.webp)"))
    finally:
        heavy.unlink()
    assert found.place.file == PAGE


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("data/checklist.yml", ("- id: copie-hors-ligne-debranchee", "  id: copie-hors-ligne-debranchee")),
        ("docs/urgence/sans-logiciel.md", ("\nwho:", "\nqui:")),
        (PAGE, "<<<<<<< HEAD\nune\n=======\nautre\n>>>>>>> marie"),
        ("data/resources.yml", ("  publisher: cnil", "  publisher: cnil\n  note: dr.martin@wanadoo.fr")),
        ("data/facts.yml", ("  statement: ", "  statement: Appeler 06 12 34 56 78. ")),
        ("docs/audit.md", ("title: Audit", "title: Audit dr.martin@wanadoo.fr")),
    ],
)  # fmt: skip
def test_one_cause_is_one_problem(root: Path, said: Said, file: str, change: tuple[str, str] | str) -> None:
    (found,) = said(problems(root, file, change))
    assert found.place.file == file


def test_a_picture_that_nobody_shows_is_named(root: Path, said: Said) -> None:
    lonely = root / "docs/assets/images/seule.webp"
    lonely.write_bytes((ROOT / "docs/assets/images/verifier.webp").read_bytes())
    try:
        found = list(unused_pictures(root, check(root).pages))
    finally:
        lonely.unlink()
    assert [str(each.place) for each in said(found)] == ["docs/assets/images/seule.webp:1:1"]
    assert list(unused_pictures(root, check(root).pages)) == []


def test_a_theme_added_to_the_letter_is_green_and_counted(tmp_path: Path) -> None:
    """The steps of « Ajouter un thème », in order: the list, the page, the menu, a measure."""
    copy_sources(tmp_path)

    def insert(file: str, mark: str, text: str) -> None:
        path = tmp_path / file
        before = path.read_text(encoding="utf-8")
        assert before.count(mark) == 1
        path.write_text(before.replace(mark, text + mark), encoding="utf-8")

    entry = "  - id: tele\n    label: Télésoins\n    page: tele\n"
    insert(
        "data/taxonomy.yml", "  - id: audit\n", f"{entry}    summary: Soigner à distance, sans rien perdre.\n"
    )
    insert("data/taxonomy.yml", "  - id: sauvegardes\n", entry)
    (tmp_path / "docs/tele.md").write_text(
        "---\ntitle: Télésoins\ndescription: Soigner à distance.\n---\n\n# Télésoins\n\nUne phrase.\n\n"
        "<!-- guide:measures group=tele -->\n",
        encoding="utf-8",
    )
    insert("mkdocs.yml", "      - Audit: audit.md\n", "      - Télésoins: tele.md\n")
    checklist = (tmp_path / "data/checklist.yml").read_text(encoding="utf-8")
    first = checklist[checklist.index("- id: ") :].split("\n- id: ")[0]
    measure = first.replace("sauvegarde-trois-copies", "tele-essai").replace(
        "group: sauvegardes", "group: tele"
    )
    measure = re.sub(r"\n  (?:former_ids|start|poster|role_sheet):.*", "", measure)
    (tmp_path / "data/checklist.yml").write_text(
        f"{checklist.rstrip()}\n\n{measure.rstrip()}\n", encoding="utf-8"
    )
    checked = check(tmp_path)
    view = View(checked.guide, Options(dt.date(2026, 12, 1)), "accueil", {})
    assert "## Sept\u00a0thèmes {: #themes }" in MARKERS["themes"].render(view, {})


def test_a_changed_page_is_checked_without_what_is_slow_to_load(root: Path) -> None:
    """What editors wait for: neither the models, nor a reader of YAML, nor a typesetter, and no program that builds."""
    check(root)
    path = root / PAGE
    before = path.read_text(encoding="utf-8")
    program = f"""
import sys
from pathlib import Path
from guide.site.checked import check
check(Path({str(root)!r}))
print(*sorted({{"jinja2", "markdown", "mkdocs", "pydantic", "typst", "yaml"}} & set(sys.modules)))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    path.write_text(before + "\nUne phrase de plus.\n", encoding="utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.stdout.split() == ["markdown"]


def test_what_is_kept_of_a_page_does_not_hide_what_the_data_have_lost(root: Path, said: Said) -> None:
    """The page has not changed: the fact that it inserts has another id, the exception that it uses is gone."""
    check(root)
    lost = problems(root, "data/facts.yml", ("- id: cnil-delai\n", "- id: cnil-delais\n"))
    assert (Code.INSERT, "cnil-delai") in {(each.code, each.found) for each in lost}
    page, exceptions = root / PAGE, root / "data" / "exceptions.yml"
    texts = page.read_text(encoding="utf-8"), exceptions.read_text(encoding="utf-8")
    entry = f'- file: {PAGE}\n  text: "50 %"\n  reason: la moitié, sans mesure\n'
    page.write_text(texts[0] + "\nIci, 50 % sont écrits.\n", encoding="utf-8")
    exceptions.write_text(texts[1].replace("[]", entry), encoding="utf-8")
    try:
        check(root)  # the exception is used by what is read …
        check(root)  # … and by what is kept
        (problem,) = said(problems(root, "data/exceptions.yml", (entry, "[]")))
    finally:
        page.write_text(texts[0], encoding="utf-8")
        exceptions.write_text(texts[1], encoding="utf-8")
    assert (problem.code, problem.place.file) == (Code.LITERAL, PAGE)
