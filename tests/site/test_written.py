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
from guide.text.problems import GuideError
from mutations import copy_sources
from support import ROOT

PAGE = "docs/messagerie.md"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("written")
    copy_sources(root)
    return root


def problems(root: Path, file: str, change: tuple[str, str] | str) -> list[str]:
    """What `check` says once `file` is changed: a text at its end, or one text for another."""
    path = root / file
    before = path.read_text(encoding="utf-8")
    old, new = change if isinstance(change, tuple) else ("", "")
    assert old in before
    path.write_text(before.replace(old, new, 1) if old else before + f"\n{change}\n", encoding="utf-8")
    try:
        check(root)
    except GuideError as error:
        return [str(problem) for problem in error.problems]
    finally:
        path.write_text(before, encoding="utf-8")
    return []


def lines(root: Path, file: str) -> int:
    return len((root / file).read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("Voir [Audit](/audit/).", 14, "toutes les copies du guide (trouvé : /audit/) — écrivez audit.md"),
        ("Voir [Audit](audit/).", 14, "ne mène à aucun fichier du guide (trouvé : audit/) — écrivez audit.md"),
        ("Voir [Audit](audti.md).", 14, "une page qui n’existe pas (trouvé : audti.md) — vouliez-vous dire « audit.md » ?"),
        ("Voir [Audit](audit.md#absent).", 14, "un titre qui n’est pas dans docs/audit.md (trouvé : audit.md#absent)"),
        ("Voir [ici-même](#absent).", 17, "un titre qui n’est pas dans docs/messagerie.md (trouvé : #absent)"),
        ("Voir [la mesure](checklist/index.md#rdv-absent).", 18, "un titre qui n’est pas dans docs/checklist/index.md"),
        ("Voir [le fichier](../README.md).", 19, "une page qui n’existe pas"),
        ("Voir [le tableau](tableau.xlsx).", 19, "ne mène à aucun fichier du guide"),
        ("Appeler [le poste](tel:17).", 20, "une page n’écrit pas d’adresse"),
        ("Voir [rien]().", 13, "toutes les copies du guide"),
        ("![](assets/images/verifier.webp)", 1, "image sans texte"),
        ("![Un écran](capture.png)", 13, "est un fichier .webp de docs/assets/images"),
        ("![Un écran](assets/images/absente.webp)", 13, "cette image n’existe pas"),
        ("<video>Film</video>", 1, "le guide imprimé ne peut pas contenir ce passage : la balise <video>"),
        ("Texte <kbd>Entrée</kbd>.", 7, "la balise <kbd>"),
        ("Bravo 🦷 à tous.", 7, "la police des feuilles imprimées n’a pas ce caractère (trouvé : 🦷 U+1F9B7)"),
    ],
)  # fmt: skip
def test_a_page_is_refused_at_its_line(root: Path, text: str, column: int, words: str) -> None:
    (found,) = problems(root, PAGE, text)
    place, _, sentence = found.partition(": ")
    assert place == f"{PAGE}:{lines(root, PAGE) + 2}:{column}" and words in sentence, found
    assert ".py" not in sentence


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
    assert problems(root, PAGE, text) == []


def test_a_heading_that_is_linked_cannot_vanish(root: Path) -> None:
    found = problems(root, "docs/mesures/dossiers.md", ("{: #garder }", "{: #conserver }"))
    assert found and all("garder" in each for each in found), found


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        (("      - Audit: audit.md", "\t- Audit: audit.md"), "mkdocs.yml:", "tabulation"),
        (("      - Audit: audit.md", "      - Audit:audit.md"), "mkdocs.yml:", "espace après « : »"),
        (("      - Audit: audit.md", "      - Audit: audti.md"), "mkdocs.yml:", "page absente (trouvé : audti.md) — vouliez-vous dire « audit.md » ?"),
        (("  - attr_list\n", "  - attr_liste\n"), "mkdocs.yml:", "le générateur du site refuse ce réglage"),
        (("use_directory_urls: true", "use_directory_urls: peut-être"), "mkdocs.yml:", "le générateur du site refuse"),
        (("site_name:", "site_nom:"), "mkdocs.yml:", "le générateur du site refuse ce réglage"),
    ],
)  # fmt: skip
def test_settings_are_refused_at_their_line(
    root: Path, change: tuple[str, str], place: str, words: str
) -> None:
    found = problems(root, "mkdocs.yml", change)
    assert any(each.startswith(place) and words in each for each in found), found


def test_a_picture_must_be_light(root: Path) -> None:
    heavy = root / "docs/assets/images/lourde.webp"
    content = (ROOT / "docs/assets/images/verifier.webp").read_bytes()
    heavy.write_bytes(content + b"\0" * 200_000)
    try:
        (found,) = problems(root, PAGE, "![Un écran](assets/images/lourde.webp)")
    finally:
        heavy.unlink()
    assert "image trop lourde : 217 ko, 150 au plus" in found and "./scripts/guide image" in found


@pytest.mark.parametrize(
    ("file", "change", "wanted"),
    [
        ("data/checklist.yml", ("- id: copie-hors-ligne-debranchee", "  id: copie-hors-ligne-debranchee"),
         "— remettez « - » devant le second"),
        ("docs/urgence/sans-logiciel.md", ("\nwho:", "\nqui:"), "champ « qui » inconnu"),
        (PAGE, "<<<<<<< HEAD\nune\n=======\nautre\n>>>>>>> marie", "fusion non terminée"),
        ("data/resources.yml", ("  publisher: cnil", "  publisher: cnil\n  note: dr.martin@wanadoo.fr"), "une adresse de messagerie"),
        ("data/facts.yml", ("  statement: ", "  statement: Appeler 06 12 34 56 78. "), "un numéro de téléphone en clair"),
        ("docs/audit.md", ("title: Audit", "title: Audit dr.martin@wanadoo.fr"), "une adresse de messagerie en clair"),
    ],
)  # fmt: skip
def test_one_cause_is_one_problem(root: Path, file: str, change: tuple[str, str] | str, wanted: str) -> None:
    found = problems(root, file, change)
    assert len(found) == 1 and found[0].startswith(f"{file}:") and wanted in found[0], found


def test_a_picture_that_nobody_shows_is_named(root: Path) -> None:
    lonely = root / "docs/assets/images/seule.webp"
    lonely.write_bytes((ROOT / "docs/assets/images/verifier.webp").read_bytes())
    try:
        found = list(unused_pictures(root, check(root).pages))
    finally:
        lonely.unlink()
    assert [str(each.place) for each in found] == ["docs/assets/images/seule.webp:1:1"]
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
        said = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
    finally:
        path.write_text(before, encoding="utf-8")
    assert said.stdout.split() == ["markdown"]


def test_what_is_kept_of_a_page_does_not_hide_what_the_data_have_lost(root: Path) -> None:
    """The page has not changed: the fact that it inserts has another id, the exception that it uses is gone."""
    check(root)
    said = problems(root, "data/facts.yml", ("- id: cnil-delai\n", "- id: cnil-delais\n"))
    assert any(
        "{fact:…} cite un identifiant inconnu" in each and "trouvé : cnil-delai)" in each for each in said
    )
    page, exceptions = root / PAGE, root / "data" / "exceptions.yml"
    texts = page.read_text(encoding="utf-8"), exceptions.read_text(encoding="utf-8")
    entry = f'- file: {PAGE}\n  text: "50 %"\n  reason: la moitié, sans mesure\n'
    page.write_text(texts[0] + "\nIci, 50 % sont écrits.\n", encoding="utf-8")
    exceptions.write_text(texts[1].replace("[]", entry), encoding="utf-8")
    try:
        check(root)  # the exception is used by what is read …
        check(root)  # … and by what is kept
        said = problems(root, "data/exceptions.yml", (entry, "[]"))
    finally:
        page.write_text(texts[0], encoding="utf-8")
        exceptions.write_text(texts[1], encoding="utf-8")
    assert [each.partition(": ")[2][:37] for each in said] == ["un pourcentage en clair dans la page "]
