"""`review`: what is late comes first, a check leaves a proof and a name, and a date that moves alone is refused."""

from __future__ import annotations

import builtins
import datetime as dt
import difflib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.__main__ import main
from guide.commands.release import dates, last_tag
from guide.commands.review import review
from guide.data.guide import load
from guide.data.model.taxonomy import Rhythm
from guide.edit import signature
from guide.edit.asking import RefusedError
from guide.page.blocks import MARKERS
from guide.page.view import Options, View
from guide.review.dated import as_markdown, dated
from guide.review.git_dates import dates_alone
from guide.review.rhythm import next_review
from guide.site.checked import check
from guide.text.problems import Code, Problem
from messages import Said
from support import ROOT, noon, ours, run_guide

PROOF = [
    "o",
    "Le responsable notifie la violation « 72 heures au plus tard ».",
    "Claire Martin, juriste",
    "",
    "o",
]


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def known_to_git(root: Path) -> Path:
    git(root, "init", "-q")
    git(root, "add", "data", "docs", "mkdocs.yml")
    git(root, "commit", "-qm", "state")
    return root


@pytest.fixture
def kept(project: Path) -> Path:
    """A project whose data git knows."""
    return known_to_git(project)


@pytest.fixture(scope="module")
def root(new_small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide with one more rhythm of review."""
    made = Path(shutil.copytree(new_small, tmp_path_factory.mktemp("review") / "guide"))
    with (made / "data/taxonomy.yml").open("a", encoding="utf-8") as file:
        file.write("rhythms:\n  - {id: mouvant, label: Ce qui change, words: [17Cyber], months: 6}\n")
    return known_to_git(made)


@pytest.fixture
def small(root: Path, tmp_path: Path) -> Path:
    """Its copy, whose data git knows: an entry is signed there as in ours, in a third of the time."""
    subprocess.run(["cp", "-a", root, copy := tmp_path / "small"], check=True)
    return copy


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    """Types these answers on a given day, then closes the input."""

    def types(answers: list[str], day: str = "2026-11-24") -> None:
        coming = iter(answers)

        def reply(prompt: str = "") -> str:
            print(prompt, end="")
            try:
                return next(coming)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr(builtins, "input", reply)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", noon(day))

    return types


def rewrite(root: Path, name: str, pattern: str, by: str) -> None:
    path = root / f"data/{name}.yml"
    changed, count = re.subn(pattern, by, path.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
    assert count == 1
    path.write_text(changed, encoding="utf-8")


def alone(root: Path, revision: str = "HEAD") -> list[Problem]:
    return dates_alone(root, revision)


def test_the_list_has_the_late_first_the_urgent_named_and_what_to_open(
    kept: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rewrite(kept, "facts", r'(id: cnil-delai\n.*?review_by: )"[\d-]+"', r'\1"2026-11-01"')
    assert review(["--date", "2026-11-24"], kept) == 0
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    first, second = shown.split("\n\n")[1:3]
    assert first.startswith(
        "cnil-delai (fait · URGENCE) — en retard de 23 jours, avant le 1er novembre 2026\n"
    )
    assert re.search(r"^  data/facts\.yml:\d+$", first, re.MULTILINE)
    assert "ouvrir : https://www.cnil.fr/" in first
    assert "dans 22 jours, avant le 16 décembre 2026" in second
    assert shown.startswith("Au 24 novembre 2026 : 1 en retard de relecture, 38 à relire dans les 60 jours.")


def test_the_list_is_written_for_programs_and_for_the_weekly_issue(
    kept: Path, tmp_path: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(
        kept,
        "facts",
        r"(id: arrete-rie-date\n.*?statement:)[^\n]*(?:\n    [^\n]*)*",
        r'\1 "<b>@tous</b> [x](https://a.example) #1"',
    )
    listed, issue = tmp_path / "due.json", tmp_path / "issue.md"
    options = ["--date", "2026-11-24", "--days", "30", "--json", str(listed), "--markdown", str(issue)]
    assert review(options, kept) == 0
    content = json.loads(listed.read_text(encoding="utf-8"))
    assert {row["review_by"] for row in content["entries"]} == {"2026-12-16"}
    assert {row["kind"] for row in content["entries"]} == {"fact", "law", "offer", "resource"} & {
        row["kind"] for row in content["entries"]
    }
    text = issue.read_text(encoding="utf-8")
    assert text.count("- [ ] **") == len(content["entries"])
    assert not re.search(r"<b>|@tous|\[x\]|#1(?!\d*;)", text)
    capsys.readouterr()
    assert main(["review", "--date", "2026-11-24", "--json", str(tmp_path)], kept) == 1  # a folder
    said(capsys.readouterr().err)


def test_the_weekly_issue_stays_under_what_github_takes() -> None:
    guide = ours()
    everything = dated(guide, [])
    assert len(everything) > 400
    text = as_markdown(guide, everything, dt.date(2028, 1, 1), 60)
    assert len(text) < 65_000
    assert re.search(r"^- et \d+ de plus", text, re.MULTILINE)


def test_a_fact_marked_as_checked_keeps_its_remarks_and_gains_a_proof_and_a_name(
    small: Path, answer: Callable[..., None]
) -> None:
    rewrite(small, "facts", r'(id: cnil-delai\n.*?checked_on: "[\d-]+")', r"\1  # relu par téléphone")
    before = (small / "data/facts.yml").read_text(encoding="utf-8")
    answer(PROOF)
    assert review(["cnil-delai"], small) == 0
    fact = check(small).guide.facts["cnil-delai"]
    assert fact.relied_on == (
        "RGPD, article 33, paragraphe 1 : « Le responsable notifie la violation “72 heures au plus tard”. »"
    )
    assert (fact.checked_by, fact.checked_on) == ("Claire Martin, juriste", dt.date(2026, 11, 24))
    assert fact.review_by == dt.date(2027, 11, 24)
    after = (small / "data/facts.yml").read_text(encoding="utf-8")
    assert "# relu par téléphone" in after
    marks = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] == "-"]
    assert [line.split()[1] for line in marks] == ["relied_on:", "checked_on:", "checked_by:", "review_by:"]
    assert alone(small) == []


def test_the_same_reader_may_find_the_same_sentence_a_year_later(
    small: Path, answer: Callable[..., None]
) -> None:
    for day in ("2026-11-24", "2027-11-20"):
        answer(PROOF, day)
        assert review(["cnil-delai"], small) == 0
        assert alone(small) == [], day
        git(small, "commit", "-qam", "relecture")
    assert check(small).guide.facts["cnil-delai"].checked_on == dt.date(2027, 11, 20)


@pytest.mark.parametrize(
    ("name", "answers", "field", "expected"),
    [
        ("resource:17cyber", ["o", "17Cyber", "Un service ouvert jour et nuit", "Secrétariat", "", "o"],
         "review_by", dt.date(2027, 5, 24)),
        ("17cyber", ["1", "o", "Ouvert jour et nuit", "Secrétariat", "", "o"], "checked_by",
         "Secrétariat : « Ouvert jour et nuit »"),
        ("law:cp-226-17-1", ["o", "Un an d’emprisonnement", "Juriste", "2027-06-01", "o"], "review_by", dt.date(2027, 6, 1)),
    ],
)  # fmt: skip
def test_resources_laws_and_contacts_are_signed_as_well(
    small: Path, answer: Callable[..., None], name: str, answers: list[str], field: str, expected: object
) -> None:
    answer(answers)
    assert review([name], small) == 0
    guide = check(small).guide
    known = {"resource:17cyber": guide.resources["17cyber"], "17cyber": guide.contacts["17cyber"],
             "law:cp-226-17-1": guide.laws["cp-226-17-1"]}  # fmt: skip
    assert getattr(known[name], field) == expected
    if name.startswith("resource"):
        hand = guide.resources["17cyber"].checked_by_hand
        assert hand and (hand.by, hand.on) == ("Secrétariat", dt.date(2026, 11, 24))
        assert hand.words == "Un service ouvert jour et nuit"
    assert alone(small) == []


def test_a_source_that_says_otherwise_is_not_dated(
    small: Path, answer: Callable[..., None], capsys: pytest.CaptureFixture[str], said: Said
) -> None:
    before = (small / "data/facts.yml").read_bytes()
    for answers in (["n"], PROOF[:2], [*PROOF[:4], "n"]):
        answer(answers)
        assert review(["cnil-delai"], small) == 1
        said(capsys.readouterr().out.splitlines()[-1])
    assert (small / "data/facts.yml").read_bytes() == before
    assert review(["cnil-delay"], small) == 2
    said(capsys.readouterr().err)


# File, what is rewritten in it, and whether the date has then moved alone.
MOVES = [
    ("facts", r'(id: cnil-delai\n.*?review_by: )"2027', r'\1"2028', True),
    ("facts", r'(id: cnil-delai\n.*?checked_on: )"[\d-]+"', r'\1"2026-12-01"', True),
    ("facts", r'(id: cnil-delai\n.*?value: )72 heures(.*?review_by: )"2027', r'\1trois jours\2"2028', True),
    ("facts", r'(id: cnil-delai\n.*?checked_by: )[^\n]+(.*?review_by: )"2027', r'\1Claire Martin\2"2028', False),
    ("facts", r'(id: cnil-delai\n.*?relied_on: )[^\n]+(.*?review_by: )"2027', r'\1Une autre phrase\2"2028', False),
    ("facts", r'(id: cnil-delai\n.*?review_by: )"2027', r'\1"2026', False),  # sooner: only more careful
    ("facts", r'(id: 17cyber-ouverture)(\n.*?review_by: )"2027', r'\1-neuf\2"2028', False),
    ("legal", r'(review_by: )"2027', r'\1"2028', True),
    ("contacts", r'(review_by: )"2027', r'\1"2028', True),
    ("training", r'(review_by: )"2027', r'\1"2028', True),
    ("resources", r'(review_by: )"2027', r'\1"2028', True),
    ("resources", r'(  review_by: )"2027', '  checked_by_hand: {on: "2026-11-24", by: Claire}\n' + r'\1"2028', False),
]  # fmt: skip


def test_a_date_that_moves_with_nothing_else_is_refused_at_its_line(kept: Path) -> None:
    for name, pattern, by, refused in MOVES:
        rewrite(kept, name, pattern, by)
        found = dates_alone(kept)
        assert len(found) == refused, by
        if refused:
            changed = (kept / f"data/{name}.yml").read_text(encoding="utf-8").splitlines()
            assert found[0].code is Code.DATE_ALONE and found[0].place.file == f"data/{name}.yml"
            assert re.search(r"202[68]-", changed[found[0].place.line - 1])
        git(kept, "checkout", "data")


def test_check_refuses_the_date_and_compares_with_any_version(small: Path, said: Said) -> None:
    rewrite(small, "facts", r'(id: cnil-delai\n.*?review_by: )"2027', r'\1"2028')
    done = run_guide("check", "facts", root=small)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 2
    said(re.sub(r"20\d\d-\d\d-\d\d", "…", done.stderr))  # the days are those of the fact
    git(small, "commit", "-qam", "la date seule")
    assert alone(small) == []
    assert len(alone(small, "HEAD^")) == 1
    unknown = run_guide("check", "--since", "nulle-part", root=small)
    assert unknown.returncode == 2
    said(unknown.stderr)


def test_a_release_compares_the_dates_with_the_last_tag(small: Path, said: Said) -> None:
    assert last_tag(small) is None
    assert dates(small, None, forge=False) == []
    (sentence,) = dates(small, None, forge=True)
    said(sentence)
    git(small, "tag", "v1")
    rewrite(small, "facts", r'(id: cnil-delai\n.*?review_by: )"2027', r'\1"2028')
    git(small, "commit", "-qam", "la date seule")
    assert last_tag(small) == "v1"
    git(
        small, "tag", "v2"
    )  # somebody tags before publishing: the version before is still the one to compare with
    assert last_tag(small) == "v1"
    (sentence,) = dates(small, last_tag(small), forge=True)
    assert "« cnil-delai »" in sentence
    (sentence,) = dates(small, "nulle-part", forge=False)
    said(sentence)


def test_a_copy_without_its_history_says_so_and_is_refused_on_a_forge(
    small: Path, tmp_path: Path, said: Said, capsys: pytest.CaptureFixture[str]
) -> None:
    git(small, "tag", "v1")
    rewrite(small, "facts", r'(id: cnil-delai\n.*?review_by: )"2027', r'\1"2028')
    git(small, "commit", "-qam", "la date seule")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", f"file://{small}", str(shallow))
    assert dates(shallow, last_tag(shallow), forge=False) == []
    said(capsys.readouterr().err)
    (sentence,) = dates(shallow, last_tag(shallow), forge=True)
    said(sentence)


@pytest.mark.parametrize(
    "answer",
    [
        "o",
        "o o o o o",
        "oui, trois mots",
        "Un cabinet attaqué prévient la CNIL.",
        "« un CABINET attaque previent la cnil »",
    ],
)
def test_words_that_sign_nothing_are_refused(answer: str, said: Said) -> None:
    with pytest.raises(RefusedError) as refused:
        signature.words(answer, ["Un cabinet attaqué prévient la CNIL."])
    said(str(refused.value))


@pytest.mark.parametrize("answer", ["o", "Oui", "n", "NON.", "3", "x"])
def test_a_name_is_a_name(answer: str, said: Said) -> None:
    with pytest.raises(RefusedError) as refused:
        signature.name(answer)
    said(str(refused.value))
    assert signature.name("Al") == "Al"


def test_what_was_read_is_shown_with_its_words_its_reader_and_its_day(
    small: Path, answer: Callable[..., None]
) -> None:
    answer(["o", "17Cyber", "Un service ouvert jour et nuit", "Claire Martin", "", "o"])
    assert review(["resource:17cyber"], small) == 0
    view = View(check(small).guide, Options(dt.date(2026, 12, 1)), "a-propos/sources", {})
    html = MARKERS["facts"].render(view, {}).replace("\u00a0", " ")
    row = re.search(r"<tr><th scope=\"row\">17Cyber \(ressource\).*?</tr>", html)
    assert row and "« Un service ouvert jour et nuit »" in row[0]
    assert "24 novembre 2026</time>, Claire Martin" in row[0]


def test_everything_dated_is_listed_by_day_or_by_page(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert review(["--list"], kept) == 0
    by_day = capsys.readouterr().out.replace("\u00a0", " ")
    assert by_day.startswith("16 décembre 2026\n")
    assert review(["--list", "page"], kept) == 0
    by_page = capsys.readouterr().out.replace("\u00a0", " ")
    urgent = by_page.split("\n\n")
    (decide,) = [part for part in urgent if part.startswith("urgence/decider\n")]
    assert "  cnil-delai (fait · URGENCE), avant le " in decide
    for text in (by_day, by_page):
        assert all(f"  {each.entry.id} (" in text for each in dated(load(kept), ()))


def test_without_git_the_rest_is_checked_and_it_is_said(project: Path, said: Said) -> None:
    done = run_guide("check", root=project)
    assert done.returncode == 0
    said(done.stderr)


def test_the_next_review_follows_the_rhythm_of_the_subject() -> None:
    rhythms = ours().taxonomy.rhythms
    day = dt.date(2026, 11, 24)
    assert next_review(rhythms, "Le calendrier", "segur", day) == dt.date(2027, 2, 24)
    assert next_review(rhythms, "Un hébergeur HDS", "rgpd", day) == dt.date(2027, 5, 24)
    assert next_review(rhythms, "La e-CPS", "identification", day) == dt.date(2026, 12, 16)
    assert next_review(rhythms, "La e-CPS", "identification", dt.date(2026, 12, 16)) == dt.date(2027, 12, 16)
    assert next_review(rhythms, "Autre chose", "audit", day) == dt.date(2027, 11, 24)
    former = (dt.date(2026, 5, 24), dt.date(2026, 11, 24))
    assert next_review((), "Autre chose", "audit", day, former) == dt.date(2027, 5, 24)
    assert next_review(
        (Rhythm(id="x", label="x", words=("Pix",), months=1),), "pixel", "", day
    ) > day + dt.timedelta(300)


def test_the_page_of_sources_shows_the_late_first_then_what_is_due_within_sixty_days() -> None:
    checked = check(ROOT)
    titles = {page.id: page.meta.title for page in checked.pages}
    view = View(checked.guide, Options(dt.date(2026, 12, 30)), "a-propos/sources", titles)
    html = MARKERS["facts"].render(view, {}).replace("\u00a0", " ").replace("&nbsp;", " ")
    rows = re.findall(r"<li id=.*?</li>", html, re.DOTALL)
    states = ["late" if "En retard" in row else "soon" if "Bientôt" in row else "" for row in rows]
    assert states == sorted(states, key=["late", "soon", ""].index)
    assert (states.count("late"), states.count("soon")) == (20, 22)
    assert "20 faits en retard de relecture, 22 faits à relire dans les 60 jours." in html
