"""`rename`: one command, every place; what was known under the old name is still known."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from guide.commands.rename import rename
from guide.page import moved
from guide.site.build_options import Asked, options_of
from guide.site.checked import check
from guide.site.frame import foot
from guide.site.stage import stage
from messages import Said
from mutations import copy_sources
from support import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy_sources(tmp_path)
    shutil.copytree(
        ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__", "node_modules")
    )
    return tmp_path


def everywhere(root: Path, word: str) -> list[str]:
    """Lines of data, pages, menu and tests that hold a name, former_ids set aside."""
    paths = [
        *(root / "data").glob("*.yml"),
        *(root / "docs").rglob("*.md"),
        root / "mkdocs.yml",
        *(root / "tests").rglob("*.py"),
    ]
    token = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    return [
        f"{path.relative_to(root)}: {line}"
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if token.search(line) and "former" not in line and not re.match(rf" *- {word}$", line)
    ]


@pytest.mark.parametrize(
    ("kind", "old", "field"),
    [
        ("fact", "cnil-delai", "facts"),
        ("resource", "cnil-securite-sauvegarder", "resources"),
        ("measure", "sauvegarde-trois-copies", "measures"),
        ("contact", "police-secours", "contacts"),
        ("law", "rgpd-33-1", "laws"),
    ],
)
def test_an_entry_is_renamed_in_data_pages_and_tests(root: Path, kind: str, old: str, field: str) -> None:
    before = len(everywhere(root, old))
    assert before > 1
    assert rename([kind, old, f"{old}-neuf"], root) == 0
    entry = getattr(check(root).guide, field)[f"{old}-neuf"]
    assert entry.former_ids[-1] == old
    assert everywhere(root, old) == []
    if kind == "fact":  # renamed again, it is known under both
        assert rename([kind, f"{old}-neuf", f"{old}-encore"], root) == 0
        entry = getattr(check(root).guide, field)[f"{old}-encore"]
        assert entry.former_ids[-2:] == (old, f"{old}-neuf")


def test_a_word_of_the_glossary_is_renamed(root: Path) -> None:
    old = next(iter(check(root).guide.glossary))
    assert rename(["term", old, "mot-neuf"], root) == 0
    assert check(root).guide.glossary["mot-neuf"].former_ids == (old,)


def test_a_page_moves_with_its_links_and_its_old_address_leads_to_it(root: Path) -> None:
    assert rename(["page", "audit", "mesures/audit-informatique"], root) == 0
    checked = check(root)
    (page,) = [page for page in checked.pages if page.id == "mesures/audit-informatique"]
    assert page.meta.former == ("audit",)
    assert not (root / "docs/audit.md").exists()
    assert everywhere(root, "audit.md") == []
    html = moved.files(checked.pages)["audit/index.html"].decode()
    assert 'content="0; url=../mesures/audit-informatique/index.html"' in html
    assert any(topic.page == "mesures/audit-informatique" for topic in checked.guide.taxonomy.topics)


def test_a_page_that_the_program_names_moves_too(root: Path) -> None:
    """Templates, sheets and the frame of a page follow: none of them knows an address."""
    assert rename(["page", "lexique", "ressources/mots"], root) == 0
    assert rename(["page", "a-propos/accessibilite", "a-propos/conformite"], root) == 0
    checked = check(root)
    assert checked.guide.pages.glossary == "ressources/mots"
    staged = stage(checked, options_of(checked.guide, Asked(dt.date(2026, 11, 24), draft=True)))
    assert 'href="../ressources/mots/#' in staged.pages["formations.md"]
    assert "[hameconnage]: ressources/mots.md" not in staged.pages["formations.md"]
    assert foot(checked.guide)["pages"][0]["path"] == "a-propos/conformite/"


@pytest.mark.parametrize(
    "arguments",
    [
        ["fact", "cnil-delay", "x"],
        ["fact", "cnil-delai", "17cyber-ouverture"],
        ["fact", "cnil-delai", "Délai CNIL"],
        ["page", "urgence", "secours"],
        ["page", "a-propos/contribuer", "aide"],
    ],
    ids=" ".join,
)
def test_a_name_that_will_not_do_changes_nothing(
    root: Path, said: Said, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    assert rename(arguments, root) == 2
    said(capsys.readouterr().err)
    assert all(path.read_bytes() == content for path, content in before.items())
