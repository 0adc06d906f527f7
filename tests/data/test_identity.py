"""The identity of the site: what an editor writes in site.yml, and what other programs make of it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.data.guide import load, read_data
from guide.data.model.identity import host_lacks
from guide.page.corrections import editor
from guide.review.owed import remarks
from guide.site.build import prepare
from guide.site.build_options import Asked
from guide.text.address import folder, join
from guide.text.problems import Code, Place, Problem
from messages import Said
from support import DATE, new_guide, run_guide

FULL_HOST = "OVH SAS, 2 rue Kellermann, 59100 Roubaix, 1007"


def decide(small: Path, **values: str | None) -> dict[str, int]:
    """Writes values in site.yml; returns the line of each."""
    path = small / "data/site.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        written = f"{name}: {json.dumps(value, ensure_ascii=False)}"
        text, found = re.subn(rf"^{name}: .*$", lambda _, line=written: line, text, flags=re.MULTILINE)
        assert found == 1, name
    path.write_text(text, encoding="utf-8")
    return {name: text[: text.index(f"\n{name}: ")].count("\n") + 2 for name in values}


def problems(small: Path, **values: str | None) -> list[Problem]:
    """What `check` refuses, each at the line of the value."""
    lines = decide(small, **values)
    found = read_data(small).problems
    assert all(each.place.file == "data/site.yml" and each.place.line in lines.values() for each in found), (
        found
    )
    return found


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide, whose identity is as undecided as this one's."""
    return new_guide(tmp_path_factory.mktemp("identity") / "guide")


@pytest.fixture
def small(new: Path) -> Iterator[Path]:
    """The small guide, its identity put back afterwards."""
    before = (new / "data/site.yml").read_bytes()
    yield new
    (new / "data/site.yml").write_bytes(before)


# The address of the guide


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://guide.ordre.example", "https://guide.ordre.example/"),
        ("https://guide.ordre.example/", "https://guide.ordre.example/"),
        ("https://ordre.example/guide", "https://ordre.example/guide/"),
        ("https://ordre.example/guide/v2.1/", "https://ordre.example/guide/v2.1/"),
        ("https://ordre.example:8443", "https://ordre.example:8443/"),
    ],
)
def test_the_final_slash_is_added(small: Path, written: str, meant: str) -> None:
    assert problems(small, url=written) == []
    assert load(small).site.url == meant


@pytest.mark.parametrize(
    "written",
    [
        "https://g.example/index.html",
        "https://g.example/guide/index.html",
        "https://g.example/index.html/",
        "https://g.example/guide/v2.1",
        "https://g.example/?a=1",
        "https://g.example?a=1",
        "https://g.example/guide?",
        "https://g.example/#accueil",
        "https://moi:secret@g.example/",
        "https://moi@g.example",
        "https://@g.example/",
        "https://G.Example/",
        "https://g.example:443/",
        "https://g.example:/",
        "https://g.example/urgence/",
        "https://g.example/guide/checklist/afficher",
        "https://g.example//",
        "https://g.example/a/../b/",
        "https://g.example./",
        "https://192.0.2.1/",
        "https://guidé.example/",
        "https://g.example/a%20b/",
        "https://g.example/" + "a" * 100,
        "https://g.example:99999/",
        "https://[::1/",
        "http://g.example/",
        "g.example",
    ],
)
def test_an_address_that_would_break_paper_is_refused_with_the_right_one(
    small: Path, said: Said, written: str
) -> None:
    (problem,) = said(problems(small, url=written))
    assert problem.code is Code.ADDRESS
    assert "secret" not in str(problem)


def test_addresses_are_joined_in_one_place() -> None:
    """With or without its slash, the address of the site never runs into what follows."""
    for base in ("https://g.example", "https://g.example/"):
        assert join(base) == "https://g.example/"
        assert join(base, "urgence/") == "https://g.example/urgence/"
    assert join("https://g.example/guide", "flux.xml") == "https://g.example/guide/flux.xml"
    assert [folder(each) for each in (None, "https://g.example", "https://g.example/a/b")] == [
        "/",
        "/",
        "/a/b/",
    ]


def test_nothing_else_puts_an_address_and_a_path_together(small: Path) -> None:
    """The address of the site is never the beginning of a sum or of a formatted text."""
    joined = re.compile(r"site_?\.?url\s*\+|\{(?:[\w.]*\.)?(?:site\.url|site_url)[^{}]*\}[\w/]")
    met = {
        path.relative_to(small / "hooks").as_posix()
        for path in (small / "hooks").rglob("*.*")
        if path.suffix in (".py", ".j2", ".typ") and joined.search(path.read_text(encoding="utf-8"))
    }
    assert met == {"guide/text/address.py"}


# Where corrections are proposed


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("https://github.com/ordre/guide.git", "https://github.com/ordre/guide"),
        ("git@github.com:ordre/guide.git", "https://github.com/ordre/guide"),
        ("ssh://git@forge.example:2222/ordre/guide.git", "https://forge.example/ordre/guide"),
        ("git://forge.example/ordre/guide", "https://forge.example/ordre/guide"),
        ("https://moi:secret@forge.example/ordre/guide", "https://forge.example/ordre/guide"),
        ("http://github.com/ordre/guide", "https://github.com/ordre/guide"),
        ("github.com/ordre/guide", "https://github.com/ordre/guide"),
        ("https://github.com/ordre/guide/tree/main", "https://github.com/ordre/guide"),
        ("https://github.com/ordre/guide/edit/main/docs/audit.md#L8", "https://github.com/ordre/guide"),
        ("https://github.com/ordre/guide?tab=readme", "https://github.com/ordre/guide"),
        ("https://gitlab.example/a/b/c/-/tree/main", "https://gitlab.example/a/b/c"),
        ("https://codeberg.org/o/g/src/branch/main", "https://codeberg.org/o/g"),
        ("https://github.com/ordre", None),
        ("https://github.com/", None),
        ("../guide.git", None),
    ],
)
def test_what_is_not_the_page_of_a_repository_is_refused_with_the_right_one(
    small: Path, said: Said, written: str, right: str | None
) -> None:
    (problem,) = said(problems(small, repository=written))
    assert problem.code is Code.ADDRESS
    assert "secret" not in str(problem)
    if right:
        assert right in problem.remedy
        assert problems(small, repository=right) == []


def test_a_repository_is_the_same_with_its_final_slash(small: Path) -> None:
    assert problems(small, repository="https://gitlab.example/a/b/c/") == []
    repository = load(small).site.repository or ""
    assert (
        editor(repository, Place("docs/audit.md", 8))
        == "https://gitlab.example/a/b/c/-/edit/main/docs/audit.md#L8"
    )


# Whom to write to


@pytest.mark.parametrize("field", ["contact_email", "dpo", "security_contact", "link_check_contact"])
@pytest.mark.parametrize("written", ["nimportequoi", "contact@ordre", "M. Martin", "http://ordre.example/"])
def test_a_contact_that_reaches_nobody_is_refused(small: Path, said: Said, field: str, written: str) -> None:
    (problem,) = said(problems(small, **{field: written}))
    assert problem.code is Code.ADDRESS


@pytest.mark.parametrize(
    "written", ["Contact <c@ordre.example>", "mailto:c@ordre.example", "a@o.example, b@o.example"]
)
def test_letters_go_to_one_mailbox(small: Path, said: Said, written: str) -> None:
    (problem,) = said(problems(small, contact_email=written))
    assert problem.code is Code.ADDRESS


@pytest.mark.parametrize(
    "written",
    ["dpo@ordre.example", "Le délégué (dpo@ordre.example).", "Délégué, 22 rue de la Paix, 75002 Paris", "01 23 45 67 89",
     "https://ordre.example/donnees"],
)  # fmt: skip
def test_who_answers_for_personal_data_is_free_text_that_reaches_somebody(small: Path, written: str) -> None:
    assert problems(small, dpo=written) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("s@ordre.example", "mailto:s@ordre.example"),
        ("mailto:s@ordre.example", "mailto:s@ordre.example"),
        ("https://ordre.example/faille", "https://ordre.example/faille"),
        ("tel:+33123456789", "tel:+33123456789"),
    ],
)
def test_a_security_contact_is_an_address(small: Path, written: str, kept: str) -> None:
    assert problems(small, security_contact=written, security_expires="2027-10-01") == []
    assert load(small).site.security_contact == kept


def test_a_security_contact_without_a_day_is_refused_at_its_line(small: Path, said: Said) -> None:
    line = decide(small, security_contact="s@ordre.example")["security_contact"]
    (problem,) = said(read_data(small).problems)
    assert (problem.place.file, problem.place.line) == ("data/site.yml", line)


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("OVH", ["l’adresse", "le téléphone"]),
        ("https://www.hebergeur.example", ["l’adresse", "le téléphone"]),
        ("OVH, 1007", ["l’adresse"]),
        ("OVH SAS, 2 rue Kellermann, 59100 Roubaix", ["le téléphone"]),
        (FULL_HOST, []),
        ("Hébergeur, 26 rue du Lac, 1227 Genève, +41 22 555 01 00", []),
        ("Host, Inc., 1 Main Street, San Francisco, CA 94107, +1 415 555 0100", []),
    ],
)
def test_the_law_wants_more_of_a_host_than_its_name(text: str, lacks: list[str]) -> None:
    assert host_lacks(text) == lacks


# Days


@pytest.mark.parametrize(
    ("expires", "owed"),
    [
        ("2025-01-01", True),
        (DATE, True),
        ("2026-11-25", True),
        ("2027-01-23", True),
        ("2027-01-24", False),
        ("2027-11-24", False),
        ("2029-01-01", True),
    ],
)
def test_a_day_that_passes_is_said_at_its_line_and_stops_nothing(
    small: Path, said: Said, expires: str, owed: bool
) -> None:
    lines = decide(small, host="OVH", security_contact="s@ordre.example", security_expires=expires)
    found = said(remarks(load(small), dt.date.fromisoformat(DATE)))
    assert [each.place.line for each in found] == [
        lines["host"],
        *([lines["security_expires"]] if owed else []),
    ]


def test_check_says_what_is_owed_and_succeeds(small: Path, said: Said) -> None:
    lines = decide(small, host="OVH", security_contact="s@ordre.example", security_expires="2026-12-01")
    done = run_guide("check", root=small)
    assert done.returncode == 0
    for name in ("host", "security_expires"):
        assert f"data/site.yml:{lines[name]}:" in done.stderr
    said(done.stderr)
    other = run_guide("check", "facts", root=small)
    assert other.returncode == 0
    assert "data/site.yml" not in other.stderr
    decide(small, host=FULL_HOST, security_expires="2027-11-01")
    assert "data/site.yml" not in run_guide("check", root=small).stderr


@pytest.mark.parametrize("day", ["1999-12-31", "2026-11-24", "2031-02-28", "2099-12-31"])
def test_no_day_stops_a_build(request: pytest.FixtureRequest, tmp_path: Path, said: Said, day: str) -> None:
    """Facts, contact, exceptions of the link check: whatever has expired, every page and file is made, and it is said.

    This guide on the day when all of it has expired, a small one on the others.
    """
    whole = day == "2099-12-31"
    project: Path = request.getfixturevalue("project") if whole else new_guide(tmp_path / "petit")
    decide(project, security_contact="s@ordre.example", security_expires="2027-06-01")
    rules = project / "data/link-rules.yml"
    text = rules.read_text(encoding="utf-8")
    rule = '- url: "https://example.org/"\n    until: "2026-12-31"\n    reason: panne annoncée\n    by: MM\n'
    assert "\nignore: []\n" in text
    text = text.replace("ignore: []", f"ignore:\n  {rule}", 1)
    rules.write_text(text, encoding="utf-8")
    today = dt.date.fromisoformat(day)
    staged = prepare(project, Asked(today, draft=True)).staged
    assert staged and len(staged.pages) > (50 if whole else 10)
    published = day == "2026-11-24"
    assert ("security.txt" in staged.files) == published
    owed = said(each for each in remarks(load(project), today) if "security" in str(each))
    assert (owed == []) == published
