"""`new`: an editor answers questions, and one entry appears in its place, or nothing at all."""

from __future__ import annotations

import builtins
import difflib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.commands.new import new
from guide.data.model.context import clean
from guide.edit import change
from guide.edit.block import entry_block
from guide.edit.fields import free, slug
from guide.site.checked import check
from guide.source.yaml_source import Source, parse
from support import environment

RESOURCE = [
    'Sauvegarder : "bien" faire #1', "o", "https://www.cnil.fr/fr/nouveau-document", "1", "2", "", "2024-03",
    "Une fiche courte : elle dit quoi copier.", "", "", "", "", "o",
]  # fmt: skip
MEASURE = [
    "Fermer la session en quittant le poste", "Un poste ouvert montre les dossiers à qui passe.",
    "Verrouiller l’écran : touche Windows et L.", "Vérifier chaque soir", "", "Aucun poste n’est ouvert à midi.",
    "2", "", "2, 4", "1", "1", "1", "1", "cnil-securite-sauvegarder", "", "n", "2", "", "o",
]  # fmt: skip
TERM = [
    "Épreuve", "", "Une page imprimée pour essai.", "la relire avant de l’afficher.", "essai, epreuve", "", "", "o",
]  # fmt: skip
FACT = [
    "90 jours", "Le délai d’essai est de 90 jours.", "", "cnil-securite-sauvegarder", "", "Page lue : « 90 jours »",
    "7", "1", "Claire Martin, juriste", "delai-essai", "", "o",
]  # fmt: skip
ALL = {
    "resource": ("resources", RESOURCE), "measure": ("checklist", MEASURE), "term": ("glossary", TERM),
    "fact": ("facts", FACT),
}  # fmt: skip


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    """Types these answers, then closes the input."""

    def types(answers: list[str]) -> None:
        coming = iter(answers)

        def reply(prompt: str = "") -> str:
            print(prompt, end="")
            try:
                return next(coming)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(builtins, "input", reply)

    monkeypatch.setenv("GUIDE_DATE", "2026-11-24")
    return types


def added(before: str, after: str) -> list[str]:
    """Lines added; fails when any other line has changed."""
    marks = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    assert [line for line in marks if line.startswith("- ")] == []
    return [line[2:] for line in marks if line.startswith("+ ")]


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").iterdir()}


@pytest.mark.parametrize("kind", sorted(ALL))
def test_a_conversation_adds_one_valid_entry_and_changes_no_other_line(
    project: Path, answer: Callable[[list[str]], None], kind: str
) -> None:
    name, answers = ALL[kind]
    before = contents(project)
    answer(answers)
    assert new([kind], project) == 0
    after = contents(project)
    assert {file for file in after if after[file] != before[file]} == {f"{name}.yml"}
    block = added(before[f"{name}.yml"].decode(), after[f"{name}.yml"].decode())
    (entry,) = yaml.safe_load("".join(block))
    check(project)
    assert new(["--undo"], project) == 0
    assert contents(project) == before
    assert entry["id"]


def test_a_resource_stands_by_theme_then_by_id_with_what_was_typed(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    answer(RESOURCE)
    new(["resource"], project)
    guide = check(project).guide
    entry = guide.resources["cnil-sauvegarder-bien-faire-1"]
    assert (entry.title, entry.publisher, entry.published) == (RESOURCE[0], "cnil", "2024-03")
    assert (entry.confidence, entry.seen, entry.status, entry.title_seen) == (
        "high",
        "publisher",
        "actif",
        True,
    )
    assert entry.review_by.isoformat() == "2027-11-24"
    audit = [each.id for each in guide.resources.values() if each.topic == "audit"]
    assert audit == sorted(audit)


def test_other_entries_find_their_neighbours(project: Path, answer: Callable[[list[str]], None]) -> None:
    for kind in ("measure", "term", "fact"):
        answer(ALL[kind][1])
        assert new([kind], project) == 0
    guide = check(project).guide
    group = guide.taxonomy.groups[1].id
    assert [each.id for each in guide.measures.values() if each.group == group][-1] == slug(MEASURE[0])
    terms = list(guide.glossary)
    assert terms[terms.index("epreuve") - 1] < "epreuve" < terms[terms.index("epreuve") + 1]
    facts = list(guide.facts.values())
    place = [each.id for each in facts].index("delai-essai")
    assert facts[place - 1].topic == facts[place].topic == guide.taxonomy.topics[6].id


def test_a_bad_answer_is_refused_at_once_with_the_sentence_of_check(
    project: Path, answer: Callable[[list[str]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    known = next(each.url for each in check(project).guide.resources.values() if each.url)
    answer(
        ["", "Titre", "peut-être", "o", "http://www.cnil.fr/x", f"{known}/", RESOURCE[2], "99", "1", "2", "", "2024-13",
         "2024", "mot " * 46, "Depuis le 3 mai 2024.", "Bonne description.", "", "", "Pas un id", "pix", "nouveau-titre",
         "2029-01-01", "demain", "", "truc", "o"]
    )  # fmt: skip
    assert new(["resource"], project) == 0
    said = " ".join(capsys.readouterr().out.split())
    for sentence in (
        "Il faut une réponse.", "Répondez o (oui) ou n (non).", "ne commence pas par https://",
        "Cette adresse est déjà enregistrée", "tapez un numéro de 1 à 9", "Date de publication illisible",
        "46 mots pour 45 au plus — retirez 1 mot(s)", "est écrite en clair", "Identifiant mal formé",
        "« pix » est déjà pris", "se place après aujourd’hui et avant le", "Date illisible", "l’un de ces champs",
    ):  # fmt: skip
        assert sentence in said, sentence
    assert "nouveau-titre" in check(project).guide.resources


def test_an_unknown_site_gets_its_publisher_or_is_added_to_one(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    before = (project / "data/publishers.yml").read_text(encoding="utf-8")
    host = ["Un titre", "o", "https://nouveau.example.org/a"]
    tail = ["1", "2", "", "", "Une phrase.", "", "", "", "", "o"]
    answer([*host, "2", "Bureau des essais", "BDE", "", *tail])
    assert new(["resource"], project) == 0
    block = added(before, (project / "data/publishers.yml").read_text(encoding="utf-8"))
    assert yaml.safe_load("".join(block)) == [
        {"id": "bde", "name": "Bureau des essais", "short": "BDE", "hosts": ["nouveau.example.org"]}
    ]
    assert new(["--undo"], project) == 0
    assert (project / "data/publishers.yml").read_text(encoding="utf-8") == before
    answer([*host, "1", "ans", "agence numérique santé", "o", *tail])
    assert new(["resource"], project) == 0
    lines = added(before, (project / "data/publishers.yml").read_text(encoding="utf-8"))
    assert lines == ["    - nouveau.example.org\n"]


def test_a_field_can_be_asked_again_before_writing(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    answer([*TERM[:-1], "definition", "Une page d’essai.", "o"])
    assert new(["term"], project) == 0
    assert check(project).guide.glossary["epreuve"].definition == "Une page d’essai."


@pytest.mark.parametrize("kind", sorted(ALL))
def test_leaving_at_any_question_leaves_every_file_as_it_was(
    project: Path, answer: Callable[[list[str]], None], kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(project)
    answers = ALL[kind][1]
    for count in range(0, len(answers), 3 if kind == "resource" else len(answers) - 1):
        answer(answers[:count])
        assert new([kind], project) == 1
        assert "aucun fichier n’a été modifié" in capsys.readouterr().err
    if kind == "term":
        answer([*answers[:-1], "n"])
        assert new([kind], project) == 1
    assert contents(project) == before


def test_an_entry_that_the_check_refuses_is_taken_back_and_the_reason_given(
    project: Path,
    answer: Callable[[list[str]], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Somebody saves a broken site.yml while the questions are asked."""
    resources = (project / "data/resources.yml").read_bytes()
    site = project / "data/site.yml"

    def spoiled() -> Iterator[str]:
        yield from RESOURCE[:-1]
        site.write_text(
            site.read_text(encoding="utf-8").replace("host: null", "hote: null"), encoding="utf-8"
        )
        yield "o"
        site.write_text(
            site.read_text(encoding="utf-8").replace("hote: null", "host: null"), encoding="utf-8"
        )
        assert (project / "data/resources.yml").read_bytes() == resources
        yield "o"

    coming = spoiled()
    answer([])
    monkeypatch.setattr(builtins, "input", lambda prompt="": next(coming))
    assert new(["resource"], project) == 0
    said = capsys.readouterr().out
    assert "Refusé à la vérification ; rien n’a été gardé" in said
    assert "data/site.yml" in said
    assert (project / "data/resources.yml").read_bytes() != resources


def test_ctrl_c_in_a_terminal_says_that_nothing_was_written(project: Path) -> None:
    import pty  # not on Windows

    before = contents(project)
    terminal, inner = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "guide", "new", "fact"],
        cwd=project, env={**environment(), "PYTHONPATH": str(project / "hooks")},
        stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        preexec_fn=lambda: __import__("fcntl").ioctl(0, __import__("termios").TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(inner)
    seen = ""
    while "La valeur ?" not in seen:
        seen += os.read(terminal, 4096).decode(errors="replace")
    os.write(terminal, b"72 heures\r")
    while "Le fait ?" not in seen:
        seen += os.read(terminal, 4096).decode(errors="replace")
    os.write(terminal, b"\x03")
    assert command.wait(timeout=30) == 1
    time.sleep(0.1)
    seen += os.read(terminal, 4096).decode(errors="replace")
    os.close(terminal)
    assert "aucun fichier n’a été modifié" in seen
    assert "Traceback" not in seen
    assert contents(project) == before


def test_undo_refuses_when_the_file_has_moved_on(
    project: Path, answer: Callable[[list[str]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(["--undo"], project) == 1
    answer(TERM)
    new(["term"], project)
    path = project / "data/glossary.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# une remarque\n", encoding="utf-8")
    capsys.readouterr()
    assert new(["--undo"], project) == 1
    assert "a été modifié depuis" in capsys.readouterr().err
    assert "# une remarque" in path.read_text(encoding="utf-8")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=300), min_size=2, max_size=5))
def test_any_text_is_written_so_that_every_reader_gets_it_back(texts: list[str]) -> None:
    kept = []
    for text in texts:
        try:
            kept.append(clean(text))
        except ValueError:
            continue
    entry = {"id": "essai", "list": kept, **{f"f{rank}": each for rank, each in enumerate(kept)}}
    source = Source("")
    parse(entry_block(entry), source)
    assert source.problems == []
    assert source.value == [entry]
    assert yaml.safe_load(entry_block(entry)) == [entry]


@pytest.mark.parametrize("text", ["2026-11-24", "yes", "no", "on", "null", "12:30", "764", "a: b", "a #b", "- a", "@a",
    "'a'", '"a"', "a\\b", "{fact:x}", "*a", "&a", "!a", "%a", "a:", ": a", "0x1F", "1e3", ".5", "~", "[a]", "a, b"])  # fmt: skip
def test_traps_of_yaml_are_quoted(text: str) -> None:
    entry = {"id": "essai", "one": text, "many": [text, text]}
    assert yaml.safe_load(entry_block(entry)) == [entry]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_are_kept(end: str, mark: str) -> None:
    text = mark + end.join(["# tête", "- id: a", "  x: 1", "", "# suite", "- id: c", "  x: 3"])
    made = change.insert("f", text, "- id: b\n  x: 2\n", 0)
    head = mark + end.join(["# tête", "- id: a", "  x: 1", ""])
    assert made.after == head + f"- id: b{end}  x: 2{end}" + text[len(head) :]
    assert (made.first, made.last) == (4, 5)
    last = change.insert("f", text, "- id: d\n", 1)
    assert last.after == text + end + f"- id: d{end}"
    assert change.insert("f", f"# tête{end}[]{end}", "- id: a\n", -1).after == f"# tête{end}- id: a{end}"


def test_fields_change_alone_and_keep_every_remark() -> None:
    text = (
        "offers:\n  - id: a  # un\n    name: >-\n      long\n      texte\n\n    # avant la date\n"
        '    checked_on: "2026-01-01"  # le jour\n    review_by: "2026-06-01"\n  - id: b\n    review_by: "2027-01-01"\n'
    )
    fields = {
        "name": "court",
        "checked_on": "2026-11-24",
        "checked_by_hand": {"on": "2026-11-24", "by": "x: y"},
    }
    made = change.set_fields("f", text, ("offers", 0), fields, "review_by")
    assert made.after == (
        "offers:\n  - id: a  # un\n    name: court\n\n    # avant la date\n"
        '    checked_on: "2026-11-24"  # le jour\n    checked_by_hand:\n      on: "2026-11-24"\n      by: "x: y"\n'
        '    review_by: "2026-06-01"\n  - id: b\n    review_by: "2027-01-01"\n'
    )
    with pytest.raises(change.UnchangedError, match="écrit sur une ligne"):
        change.set_fields("f", "- {id: a, review_by: x}\n", (0,), {"review_by": "y"}, "review_by")


def test_a_proposed_identifier_is_short_plain_and_free() -> None:
    assert slug("L’état de l'œuvre : à préserver !") == "etat-oeuvre-preserver"
    assert len(slug("mot " * 40)) <= 40
    assert free("pix", ["pix", "pix-2"]) == "pix-3"
