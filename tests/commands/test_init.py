"""`init`: another profession starts a guide that builds, prints and tests at once, without a word of this one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from guide.__main__ import main
from guide.commands.carried import RECORD, STARTER
from guide.commands.init import init
from messages import Said
from pdftext import spans
from shared import Once
from support import ROOT, environment, run_guide

# Words that belong to this guide's profession, or to care in general; « Ordre » is any profession's.
FOREIGN = re.compile(
    r"\bdents?\b|dentaire|dentiste|cabinet|chirurgien|fauteuil|\bpatient(e|s|es)?\b|praticien|radios\b|stérilisation"
    r"|(?-i:\b(e-)?CP[SEF]\b)|MSSant|\bRPPS\b|\bSégur\b|\bsegur\b|oncd|\bmutuelle|Vitale\b",
    re.IGNORECASE,
)
WORDS = (
    "--name",
    "Guide numérique : « l’étude »",
    "--structure",
    "l’étude",
    "--client",
    "client",
    "--peer",
    "un notaire",
)


@pytest.fixture(scope="session")
def fresh(once: Once) -> Path:
    """A new guide in a folder whose parent does not exist yet, and its site."""

    def make(base: Path) -> None:
        folder = base / "absent" / "guide"
        done = run_guide("init", str(folder), *WORDS)
        assert done.returncode == 0, done.stderr
        assert all(
            step in done.stdout for step in (f"1. cd {folder}", "2. ./scripts/guide serve", "A-FAIRE.md")
        )
        built = run_guide("site", root=folder)
        assert built.returncode == 0, built.stdout + built.stderr

    return once("ailleurs", make) / "absent" / "guide"


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Everything readable in a folder, PDFs as their words."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or {".cache", "__pycache__"} & set(path.parts):
            continue
        content = path.read_bytes()
        if path.suffix == ".pdf":
            yield path, " ".join(span.text for span in spans(content))
        elif b"\0" not in content:
            yield path, content.decode("utf-8")


def test_no_word_of_this_profession_goes_along(fresh: Path) -> None:
    """Data, pages, program, papers, built pages, search index, PDFs."""
    seen = {path.suffix for path, _ in texts(fresh)}
    assert {".md", ".yml", ".py", ".js", ".css", ".j2", ".html", ".json", ".pdf"} <= seen
    found = [
        f"{path.relative_to(fresh)}: {match[0]}"
        for path, text in texts(fresh)
        for match in FOREIGN.finditer(text)
    ]
    assert found == []


def test_its_own_words_stand_where_the_program_writes(fresh: Path) -> None:
    read = {
        name: (fresh / "site" / name).read_text(encoding="utf-8")
        for name in ("index.html", "lexique/index.html")
    }
    assert "Guide numérique" in read["index.html"]
    assert "À l’étude, cela veut dire" in read["lexique/index.html"]
    assert "non validé par un notaire" in (fresh / "site/sauvegardes/index.html").read_text(encoding="utf-8")


def test_a_new_theme_shows_everywhere_and_its_tests_pass(fresh: Path, tmp_path: Path) -> None:
    """The steps of « Ajouter un thème », as an editor follows them."""
    folder = Path(shutil.copytree(fresh, tmp_path / "guide"))
    shutil.rmtree(folder / "site")

    def put(name: str, after: str, added: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(after) == 1, (name, after)
        path.write_text(text.replace(after, after + added), encoding="utf-8")

    put(
        "data/taxonomy.yml",
        "topics:\n",
        "  - {id: acces, label: Accès, page: acces, summary: Un mot de passe par personne.}\n",
    )
    put("data/taxonomy.yml", "\ngroups:\n", "  - {id: acces, label: Accès, page: acces}\n")
    (folder / "docs/acces.md").write_text(
        "---\ntitle: Accès\ndescription: Un mot de passe par personne.\nkeywords: [accès, mot de passe]\n---\n\n"
        "# Accès\n\n<!-- guide:measures group=acces -->\n",
        encoding="utf-8",
    )
    put("mkdocs.yml", "  - Thèmes:\n", "      - Accès: acces.md\n")
    with (folder / "data/checklist.yml").open("a", encoding="utf-8") as file:
        file.write(
            "- id: compte-par-personne\n  label: Donner un compte à chaque personne\n"
            "  why: Un compte commun ne dit pas qui a fait quoi.\n  how: [Créer un compte à chaque nom.]\n"
            "  proof: La liste des comptes est celle de l’équipe.\n  topic: acces\n  group: acces\n"
            "  roles: [referent]\n  frequency: annuel\n  effort: 1h\n  cost: gratuit\n  priority: essentiel\n"
            "  sources: [cyber-sauvegardes]\n  confidence: low\n  adaptation: true\n"
        )
    checked = run_guide("check", root=folder, apart=True)
    assert checked.returncode == 0, checked.stderr
    temporary = tmp_path / "essais"
    inner = [
        sys.executable,
        "-m",
        "pytest",
        "-m",
        "not browser",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        str(temporary),
    ]
    variables = {**environment(), "PYTHONPATH": str(folder / "hooks")}
    done = subprocess.run(inner, cwd=folder, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = temporary / "built" / "site"
    assert 'href="acces/"' in (site / "index.html").read_text(encoding="utf-8")
    (script,) = (site / "assets/js").glob("guide.*.min.js")
    assert '["Accès","acces\\/"]' in script.read_text(encoding="utf-8")
    paper = " ".join(span.text for span in spans((site / "checklist/checklist-complete.pdf").read_bytes()))
    assert "Donner un compte à chaque personne" in re.sub(r"\s+", " ", paper)


def test_a_new_guide_can_start_another(fresh: Path, tmp_path: Path) -> None:
    done = run_guide("init", str(tmp_path / "autre"), *WORDS, root=fresh, apart=True)
    assert done.returncode == 0, done.stderr
    for name in (
        "mkdocs.yml",
        "data/site.yml",
        "tests/general/test_any_guide.py",
        "hooks/guide/starter/nav.yml",
    ):
        assert (tmp_path / "autre" / name).read_bytes() == (fresh / name).read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ["--structure", "étude"],
        ["--peer", "notaire"],
        ["--client", " "],
        ["--name", "un\u202enom"],
    ],
    ids=" ".join,
)
def test_a_word_that_will_not_do_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: Said
) -> None:
    assert init([str(tmp_path / "neuf"), *options], ROOT) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    said(error)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mien.txt"
    mine.write_text("à moi", encoding="utf-8")
    for folder in (tmp_path, mine, ROOT / "neuf"):
        assert init([str(folder)], ROOT) == 2
        said(capsys.readouterr().err)
    assert [path.name for path in tmp_path.iterdir()] == ["mien.txt"]
    assert not (ROOT / "neuf").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    assert main(["init", str(tmp_path / "fichier" / "guide")], ROOT) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    said(error)


def test_somebody_at_the_keyboard_is_asked_until_the_answer_will_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Guide du notariat", "étude", "l’étude", "client", "un notaire"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert init([str(tmp_path / "guide")], ROOT) == 0
    assert "Article absent" in capsys.readouterr().out, "asked again"
    words = yaml.safe_load((tmp_path / "guide/data/site.yml").read_text(encoding="utf-8"))["words"]
    assert words == {"structure": "l’étude", "client": "client", "peer": "un notaire"}


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        ("resources", ("url", "access_via")),
        ("facts", ("value",)),
        ("contacts", ("phone", "paper")),
        ("legal", ("inline",)),
    ],
)
def test_what_the_starter_repeats_is_what_this_guide_says(file: str, fields: tuple[str, ...]) -> None:
    """A corrected address, delay or number is corrected for the next profession too."""
    ours = {
        each["id"]: each for each in yaml.safe_load((ROOT / f"data/{file}.yml").read_text(encoding="utf-8"))
    }
    for each in yaml.safe_load((STARTER / f"data/{file}.yml").read_text(encoding="utf-8")):
        own = ours.get(each["id"])
        assert own is None or [each.get(name) for name in fields] == [own.get(name) for name in fields], each[
            "id"
        ]


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Essai", "-c", "user.email=essai@example.org")
    subprocess.run(["git", *who, "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def kept(fresh: Path, tmp_path: Path) -> Path:
    """The new guide, kept in git by its editors."""
    folder = Path(shutil.copytree(fresh, tmp_path / "guide"))
    shutil.rmtree(folder / "site")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Guide")
    return folder


@pytest.fixture
def newer(fresh: Path, tmp_path: Path) -> Path:
    """A later program: a field has another name, a file is new, another is gone, the settings load one more sheet."""
    folder = Path(shutil.copytree(fresh, tmp_path / "suivant"))
    for path in (
        *folder.rglob("hooks/**/*.py"),
        *folder.rglob("hooks/**/*.yml"),
        folder / "data/synonyms.yml",
    ):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("leads_to", "means"), encoding="utf-8")
    (folder / "docs/assets/css/neuf.css").write_text("p{}\n", encoding="utf-8")
    (folder / "SECURITY.md").unlink()
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("extra_css:\n", "extra_css:\n  - assets/css/neuf.css\n"), encoding="utf-8"
    )
    record = folder / RECORD
    record.write_text(
        json.dumps({**json.loads(record.read_text("utf-8")), "version": "neuve"}), encoding="utf-8"
    )
    return folder


def test_a_program_is_brought_up_to_date_and_says_what_is_left_to_do(
    kept: Path, newer: Path, said: Said
) -> None:
    own = kept / "docs/sauvegardes.md"
    own.write_text(own.read_text(encoding="utf-8") + "\nUne phrase à nous.\n", encoding="utf-8")
    menu = kept / "mkdocs.yml"
    menu.write_text(
        menu.read_text(encoding="utf-8").replace("- Sauvegardes:", "- Nos sauvegardes:"), encoding="utf-8"
    )
    (kept / "hooks/guide/text/french.py").write_text("raise SystemExit\n", encoding="utf-8")
    (kept / "data/families.yml").unlink()  # as if the program had not had this kind of data yet
    git(kept, "commit", "-qam", "À nous")
    before = {
        path: path.read_bytes()
        for name in ("docs", "data")
        for path in (kept / name).rglob("*")
        if path.is_file()
    }
    done = run_guide("init", "--update", str(kept), root=newer, apart=True)
    assert done.returncode == 1, done.stderr
    said(re.sub(r"de la version \S+", "de la version …", done.stdout))
    assert re.search(r"^data/synonyms\.yml:\d+:\d+: ", done.stdout, re.MULTILINE)
    assert {path: path.read_bytes() for path in before} == before
    assert (kept / "docs/assets/css/neuf.css").exists()
    assert not (kept / "SECURITY.md").exists()
    settings = yaml.safe_load(menu.read_text(encoding="utf-8"))
    assert settings["extra_css"][0] == "assets/css/neuf.css"
    assert settings["site_name"] == WORDS[1]
    assert "Nos sauvegardes: sauvegardes.md" in menu.read_text(encoding="utf-8")
    assert json.loads((kept / RECORD).read_text(encoding="utf-8"))["version"] == "neuve"
    words = kept / "data/synonyms.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("leads_to", "means"), encoding="utf-8")
    assert run_guide("check", root=kept, apart=True).returncode == 0
    git(kept, "add", "-A")
    git(kept, "commit", "-qm", "Mis à jour")
    again = run_guide("init", "--update", str(kept), root=newer, apart=True)
    assert again.returncode == 0, again.stdout + again.stderr
    said(re.sub(r"de la version \S+", "de la version …", again.stdout))


def test_an_update_refuses_what_git_could_not_give_back(
    kept: Path, newer: Path, tmp_path: Path, said: Said
) -> None:
    (kept / "data/site.yml").write_text("name: x\n", encoding="utf-8")
    (tmp_path / "autre").mkdir()
    before = (kept / "hooks/guide/__main__.py").stat().st_mtime_ns
    for folder in (kept, newer, tmp_path / "autre"):
        done = run_guide("init", "--update", str(folder), root=newer)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        said(done.stderr)
    assert (kept / "hooks/guide/__main__.py").stat().st_mtime_ns == before
