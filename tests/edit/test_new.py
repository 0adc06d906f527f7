"""`new`: an editor answers questions, and one entry appears in its place, or nothing at all."""

from __future__ import annotations

import builtins
import difflib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from guide.commands.new import new
from guide.data.guide import KINDS
from guide.data.messages import model_inside
from guide.data.model.context import clean
from guide.edit import change
from guide.edit.block import entry_block
from guide.edit.fields import free, slug
from guide.site.checked import check
from guide.source.yaml_source import Source, parse
from messages import Said
from support import ROOT, environment, noon

RESOURCE = [
    'Sauvegarder : "bien" faire #1', "https://www.cnil.fr/fr/nouveau-document", "2", "1", "", "2024-03",
    "Une fiche courte : elle dit quoi copier.", "1", "o", "", "", "", "", "", "o",
]  # fmt: skip
MEASURE = [
    "Fermer la session en quittant le poste", "Un poste ouvert montre les dossiers à qui passe.",
    "Verrouiller l’écran : touche Windows et L.", "Vérifier chaque soir", "", "Aucun poste n’est ouvert à midi.",
    "1", "2, 4", "1", "1", "1", "1", "cyber-sauvegardes", "", "2", "o", "", "", "o",
]  # fmt: skip
TERM = [
    "Épreuve", "", "Une page imprimée pour essai.", "la relire avant de l’afficher.", "essai", "epreuve", "", "", "",
    "o",
]  # fmt: skip
FACT = [
    "90 jours", "Le délai d’essai est de 90 jours.", "", "Page lue : « 90 jours »", "cyber-sauvegardes", "",
    "1", "1", "Claire Martin, juriste", "delai-essai", "", "o",
]  # fmt: skip


def part(kind: str, *path: str) -> list[str]:
    """The numbers that lead to a part of a mapping."""
    model: type[BaseModel] | None = KINDS[kind].model
    numbers = []
    for name in path:
        assert model is not None
        numbers.append(str(list(model.model_fields).index(name) + 1))
        model = model_inside(model.model_fields[name].annotation)
    return numbers


# Kind → a whole conversation, and a piece of what it writes.
ALL = {
    "publisher": (["Bureau des essais", "BDE", "bde.example.org", "", "", "o"], "hosts: [bde.example.org]"),
    "resource": (RESOURCE, "id: cnil-sauvegarder-bien-faire-1"),
    "fact": (FACT, "value: 90 jours"),
    "law": (
        ["Code de l’essai, article premier", "article premier du code de l’essai", "Un essai se relit.", "tous", "",
         "1", "Claire Martin", "code-essai", "", "o"],
        "id: code-essai",
    ),
    "contact": (
        ["Service d’essai", "01 23 45 67 89", "", "tout le monde", "", "Pour essayer.", "n", "un essai", "2", "Claire",
         "", "", "o"],
        "id: service-essai",
    ),
    "measure": (MEASURE, "adaptation: true"),
    "sheet": (
        ["Feuille d’essai", "Toute l’équipe.", "Au mur.", "feuilles/essai.pdf", "log", "1", "", "o"],
        "content: log",
    ),
    "term": (TERM, "aliases: [essai, epreuve]"),
    "synonym": (["bidule", "", "rançongiciel", "", "", "o"], "leads_to: [rançongiciel]"),
    "family": (["serre", "verrou", "", "", "o"], "words: [serre, verrou]"),
    "answer": (
        ["bidule", "", "Un bidule", "Débranchez-le.", "urgence", "17cyber", "", "un-bidule", "o"],
        "id: un-bidule",
    ),
    "question": (
        ["Puis-je essayer ?", "permis-si", "quelqu’un regarde.", "À deux, on se trompe moins.", "Demander.", "",
         "sauvegardes", "17cyber", "", "essai, lu en ligne", "", "", "o"],
        "id: puis-je-essayer",
    ),
    "change": (["", "sauvegardes", "Une page relue.", "o"], "text: Une page relue."),
    "exception": (["docs/sauvegardes.md", "1998", "une année qui ne changera plus", "o"], "file: docs/sauvegardes.md"),
    "site": ([*part("site", "host"), "Hébergeur d’essai, Paris", "o"], "host: Hébergeur d’essai, Paris"),
    "pages": ([*part("pages", "manuals"), "sauvegardes", "", "o"], "- sauvegardes"),
    "taxonomy": ([*part("taxonomy", "costs"), "Plus de 1 000 euros", "", "o"], "- id: plus-1-000-euros"),
    "incident": (
        [*part("incident", "log", "instructions"), "Relire le journal.", "", "o"],
        "- Relire le journal.",
    ),
    "decision": ([*part("decision", "zones"), "Europe/Paris", "Paris", "heure de Paris", "o"], "- zone: Europe/Paris"),
    "assessment": (
        [*part("assessment", "questions"), "Les écrans se verrouillent-ils ?", "", "verrouiller-ecran", "3",
         "Un poste ouvert montre les dossiers.", "", "ecrans-verrouilles", "o"],
        "measure: verrouiller-ecran",
    ),
    "training": (
        [*part("training", "exercises"), "Un exercice", "1", "Mise en place.", "Que faire ?", "", "Appeler.", "",
         "debrancher-copie", "", "", "o"],
        "measures: [debrancher-copie]",
    ),
    "accessibility": ([*part("accessibility", "failures"), "Un schéma sans texte.", "o"], "- what: Un schéma sans texte."),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(new_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide: an entry is asked for, placed and checked there as in ours. A measure is left to ask about."""
    root = Path(shutil.copytree(new_small, tmp_path_factory.mktemp("new") / "guide"))
    checklist = root / "data/checklist.yml"
    _, first, *_ = re.split("^(?=- id: )", checklist.read_text(encoding="utf-8"), flags=re.MULTILINE)
    more = re.sub("  (role_sheet|start): .*\n|  poster:\n(    .*\n)+", "", first)
    more = more.replace("debrancher-copie", "verrouiller-ecran").replace("Débrancher le", "Verrouiller le")
    checklist.write_text(checklist.read_text(encoding="utf-8") + more, encoding="utf-8")
    return root


@pytest.fixture
def project(small: Path) -> Iterator[Path]:
    """The small guide; what a test has written is taken back."""
    before = {
        path: path.read_bytes()
        for each in ("data", "docs")
        for path in (small / each).rglob("*.*")
        if path.is_file()
    }
    yield small
    for each in ("data", "docs"):
        for path in (small / each).rglob("*.*"):
            if path.is_file() and path not in before:
                path.unlink()
    for path, content in before.items():
        if path.read_bytes() != content:
            path.write_bytes(content)


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

    monkeypatch.setenv("SOURCE_DATE_EPOCH", noon("2026-11-24"))
    return types


def added(before: str, after: str) -> list[str]:
    """Lines added; fails when any other line has changed, but one that said « nothing yet »."""
    marks = list(difflib.ndiff(before.splitlines(True), after.splitlines(True)))
    assert [line for line in marks if re.match(r"- (?!(.*: )?(null|\[\])$)", line)] == []
    return [line[2:] for line in marks if line.startswith("+ ")]


def contents(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "data").iterdir() if path.is_file()}


def test_every_kind_of_data_can_be_added() -> None:
    """Those that the guide has had; one made by the recipe is asked for in house/test_rows, without a line here."""
    assert {*ALL, "drawing"} <= set(KINDS)
    assert {kind.id for kind in KINDS.values() if kind.id not in {*ALL, "drawing"} and not kind.many} == set()


def test_a_drawing_waits_for_its_lines(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused while nobody has drawn it; asked again, it is written once the file is there."""
    words = "Un carré dans un rond, à côté d’une flèche qui monte vers la droite."

    def typed() -> Iterator[str]:
        yield from ("Un dessin d’essai", words, "n", "", "o")
        folder = project / "data/drawings"
        plain = (ROOT / "data/drawings/plan-a-remplir.svg").read_text(encoding="utf-8")
        folder.mkdir()
        (folder / "dessin-essai.svg").write_text(
            re.sub(r"<text.*?</text>", "", plain, flags=re.DOTALL), "utf-8"
        )
        yield "o"

    coming = typed()
    monkeypatch.setattr(builtins, "input", lambda prompt="": next(coming))
    assert new(["drawing"], project) == 0
    assert "data/drawings.yml:" in capsys.readouterr().out, "what `check` says, before it is asked again"
    assert check(project).guide.drawings["dessin-essai"].description == words


@pytest.mark.parametrize("kind", sorted(ALL))
def test_a_conversation_adds_one_valid_entry_and_changes_no_other_line(
    project: Path, answer: Callable[[list[str]], None], kind: str
) -> None:
    answers, written = ALL[kind]
    if kind == "exception":  # one that nobody needs is refused
        page = project / "docs/sauvegardes.md"
        page.write_text(page.read_text(encoding="utf-8") + "\nDès 1998.\n", encoding="utf-8")
    before = contents(project)
    answer(answers)
    assert new([kind], project) == 0
    after = contents(project)
    name = KINDS[kind].path.removeprefix("data/")
    assert {file for file in after if after[file] != before[file]} == {name}
    old, now = before[name].decode(), after[name].decode()
    assert written in "".join(added(old, now))
    assert now.count(written) == old.count(written) + 1
    check(project)
    assert new(["--undo"], project) == 0
    assert contents(project) == before


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
    topics = [each.id for each in guide.taxonomy.topics]
    places = [
        (topics.index(each.topic), each.id) for each in guide.resources.values() if each.topic == entry.topic
    ]
    assert len(places) > 1 and places == sorted(places)


def test_other_entries_find_their_neighbours(project: Path, answer: Callable[[list[str]], None]) -> None:
    glossary = project / "data/glossary.yml"
    head, rgpd, rancongiciel = re.split(
        "^(?=- id: )", glossary.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    glossary.write_text(head + rancongiciel + "\n" + rgpd, encoding="utf-8")
    for kind, answers in (("measure", MEASURE), ("term", ["Relecture", *TERM[1:]]), ("fact", FACT)):
        answer(answers)
        assert new([kind], project) == 0
    guide = check(project).guide
    group = guide.taxonomy.groups[0].id
    assert [each.id for each in guide.measures.values() if each.group == group][-1] == slug(MEASURE[0])
    assert list(guide.glossary) == ["rancongiciel", "relecture", "rgpd"]
    facts = list(guide.facts.values())
    place = [each.id for each in facts].index("delai-essai")
    assert facts[place].topic == guide.taxonomy.topics[0].id
    assert {each.topic for each in facts[place + 1 :]} == {guide.taxonomy.topics[1].id}


def test_a_bad_answer_is_refused_at_once_with_the_sentence_of_check(
    project: Path, answer: Callable[[list[str]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    known = next(each.url for each in check(project).guide.resources.values() if each.url)
    answer(
        ["", "Titre", "http://www.cnil.fr/x", f"{known}/", RESOURCE[1], "99", "2", "1", "", "2024-13", "2024",
         "mot " * 46, "Depuis le 3 mai 2024.", "Bonne description.", "1", "peut-être", "o", "", "", "", "Pas un id",
         "17cyber", "nouveau-titre", "2029-01-01", "demain", "", "truc", "o"]
    )  # fmt: skip
    assert new(["resource"], project) == 0
    told = " ".join(capsys.readouterr().out.split())
    for sentence in (
        "Il faut une réponse.", "Répondez o (oui) ou n (non).", "adresse n’est pas sécurisée",
        "Déjà enregistré, sous l’identifiant", "tapez un numéro de 1 à", "Date de publication illisible",
        "46 mots pour 45 au plus — retirez 1 mot(s)", "est écrite en clair", "Identifiant mal formé",
        "« 17cyber » est déjà pris", "se place après aujourd’hui et avant le", "Date illisible", "l’un de ces champs",
    ):  # fmt: skip
        assert sentence in told, sentence
    assert "nouveau-titre" in check(project).guide.resources


def test_an_unknown_site_gets_its_publisher_or_is_added_to_one(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    publishers = project / "data/publishers.yml"
    before = publishers.read_text(encoding="utf-8")
    before = before.replace("hosts: [www.cyberm", "hosts:\n    - www.cyberm").replace(
        "llance.gouv.fr]", "llance.gouv.fr"
    )
    publishers.write_text(before, encoding="utf-8")
    head = ["Un titre", "https://nouveau.example.org/a", "2", "1", "", "", "Une phrase.", "1", "o"]
    tail = ["", "", "", "", "o"]
    answer([*head, "+", "Bureau des essais", "BDE", "nouveau.example.org", "", "", *tail])
    assert new(["resource"], project) == 0
    block = added(before, publishers.read_text(encoding="utf-8"))
    assert yaml.safe_load("".join(block)) == [
        {"id": "bde", "name": "Bureau des essais", "short": "BDE", "hosts": ["nouveau.example.org"]}
    ]
    assert new(["--undo"], project) == 0
    assert publishers.read_text(encoding="utf-8") == before
    answer([*head, "cybermalveillance", "o", *tail])
    assert new(["resource"], project) == 0
    lines = added(before, publishers.read_text(encoding="utf-8"))
    assert lines == ["    - nouveau.example.org\n"]


def test_a_field_can_be_asked_again_before_writing(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    answer([*TERM[:-1], "definition", "Une page d’essai.", "o"])
    assert new(["term"], project) == 0
    assert check(project).guide.glossary["epreuve"].definition == "Une page d’essai."


def test_a_new_entry_can_cite_one_made_on_the_spot(
    project: Path, answer: Callable[[list[str]], None]
) -> None:
    """A fact, its resource and the publisher of this one: two files and one more, one « oui », one undo."""
    before = contents(project)
    answer([
        *FACT[:4], "+", "Un titre", "https://nouveau.example.org/a", "2", "1", "", "", "Une phrase.", "1", "o", "+",
        "Bureau des essais", "BDE", "nouveau.example.org", "", "", "", "", "", "", *FACT[5:],
    ])  # fmt: skip
    assert new(["fact"], project) == 0
    guide = check(project).guide
    (source,) = guide.facts["delai-essai"].sources
    assert guide.publisher(guide.resources[source]).name == "Bureau des essais"
    assert new(["--undo"], project) == 0
    assert contents(project) == before


@pytest.mark.parametrize("kind", ["resource", "taxonomy", "term"])
def test_leaving_at_any_question_leaves_every_file_as_it_was(
    project: Path,
    said: Said,
    answer: Callable[[list[str]], None],
    kind: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = contents(project)
    answers = ALL[kind][0]
    for count in range(0, len(answers), 3 if kind == "resource" else len(answers) - 1):
        answer(answers[:count])
        assert new([kind], project) == 1
        said(capsys.readouterr().err)
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
    told = capsys.readouterr().out
    assert "data/site.yml:" in told
    assert (project / "data/resources.yml").read_bytes() != resources


def test_ctrl_c_in_a_terminal_says_that_nothing_was_written(project: Path) -> None:
    import fcntl  # these three are not on Windows
    import pty
    import termios

    def at_the_keyboard() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # what a shell starts in the background ignores it
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    before = contents(project)
    terminal, inner = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "guide", "new", "fact"],
        cwd=project, env={**environment(), "PYTHONPATH": str(project / "hooks")},
        stdin=inner, stdout=inner, stderr=inner, start_new_session=True,
        preexec_fn=at_the_keyboard,
    )  # fmt: skip
    os.close(inner)
    seen = ""
    while "La valeur ?" not in seen:
        seen += os.read(terminal, 4096).decode(errors="replace")
    os.write(terminal, b"72 heures\r")
    while "Le fait ?" not in seen:
        seen += os.read(terminal, 4096).decode(errors="replace")
    # The prompt is written before the wait for a key begins: a signal in between is kept for the next key.
    for _ in range(20):
        os.write(terminal, b"\x03")
        try:
            command.wait(timeout=3)
        except subprocess.TimeoutExpired:
            continue
        break
    assert command.returncode == 1
    time.sleep(0.1)
    seen += os.read(terminal, 4096).decode(errors="replace")
    os.close(terminal)
    assert "aucun fichier n’a été modifié" in seen
    assert "Traceback" not in seen
    assert contents(project) == before


def test_undo_refuses_when_the_file_has_moved_on(
    project: Path, said: Said, answer: Callable[[list[str]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(["--undo"], project) == 1
    answer(TERM)
    new(["term"], project)
    path = project / "data/glossary.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# une remarque\n", encoding="utf-8")
    capsys.readouterr()
    assert new(["--undo"], project) == 1
    said(capsys.readouterr().err)
    assert "# une remarque" in path.read_text(encoding="utf-8")


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
