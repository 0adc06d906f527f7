"""What editors can do to a YAML file, and the one sentence they get for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.source.yaml_source import MAX_BYTES, Source, parse, read_yaml
from guide.text.problems import Code
from messages import Said


def read(tmp_path: Path, content: bytes) -> Source:
    path = tmp_path / "a.yml"
    path.write_bytes(content)
    return read_yaml(path, tmp_path)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"- id: a\n  id: b\n", Code.DUPLICATE_KEY, 2),
        (b"- a: yes\n", Code.FORBIDDEN_YAML, 1),
        (b"- a: 1\n- b: Off\n", Code.FORBIDDEN_YAML, 2),
        (b"a: &x 1\nb: *x\n", Code.FORBIDDEN_YAML, 1),
        (b"a: !!python/object:os.system x\n", Code.FORBIDDEN_YAML, 1),
        (b"a: 1\n---\nb: 2\n", Code.FORBIDDEN_YAML, 2),
        (b"- a: un texte : avec deux points\n", Code.SYNTAX, 1),
        (b"a:\n\t- b\n", Code.SYNTAX, 2),
        (b'a: "jamais ferm\xc3\xa9\n', Code.SYNTAX, 1),
        (b"a: caf\xe9\n", Code.ENCODING, 1),
        (b"ligne: 1\nx: \xff\xfe\n", Code.ENCODING, 2),
        (b"a: \x00\n", Code.SYNTAX, 1),
        (b"? [a, b]\n: c\n", Code.FORBIDDEN_YAML, 1),
        (b"a: " + b"[" * 500 + b"]" * 500, Code.FORBIDDEN_YAML, 1),
    ],
)
def test_each_slip_gives_one_problem_at_its_line(
    tmp_path: Path, said: Said, content: bytes, code: Code, line: int
) -> None:
    problems = said(read(tmp_path, content).problems)
    assert [(problem.code, problem.place.line) for problem in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("- id: a\n\ttext: b\n", 2, 1),
        ("- id:\u00a0a\n  text\u00a0: b\n  x: y\n", 2, 7),
        ("- id: a\n  \u00a0text: b\n  c: d\n", 2, 3),
        ('- id: a\n  text: "abc\n  why: b\n- id: c\n  text: "x"\n', 2, 9),
        ('- id: a\n  text: "abc\n- id: c\n- id: d\n  text: "x"\n', 2, 9),
        ("- id: a\n   text: b\n", 2, 8),
        ("- text: 72 heures\n    value: b\n", 2, 10),
        ("- id: 'L'article 33'\n", 1, 10),
        ("- id: [1] tout\n", 1, 11),
        ('- text: "dit "oui" ici"\n', 1, 15),
        ("- how:\n  - “Dire : non”\n", 2, 5),
        ("- text: a : b\n", 1, 11),
    ],
)
def test_a_file_that_yaml_cannot_read_names_the_cause(
    tmp_path: Path, said: Said, text: str, line: int, column: int
) -> None:
    """The line to mend, not the one where YAML gave up, and what to type."""
    (problem,) = said(read(tmp_path, text.encode()).problems)
    assert (problem.place.line, problem.place.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- text: Campagne #Mois : deux\n", (1, 18)),
        ("- text: #rien\n", (1, 9)),
        ("- text: Une ligne\n    suite #mot\n", (2, 11)),
        ("- #perdu\n", (1, 3)),
    ],
)
def test_a_text_is_not_cut_at_a_hash(tmp_path: Path, said: Said, text: str, found: tuple[int, int]) -> None:
    (problem,) = said(read(tmp_path, text.encode()).problems)
    assert (problem.code, problem.place.line, problem.place.column) == (Code.FORBIDDEN_YAML, *found)


def test_comments_beside_numbers_and_on_their_own_lines_stay(tmp_path: Path) -> None:
    source = read(tmp_path, b"# a\nb: 1  # deux\nc: true # d\ne:  # f\n  - g#h\n  # i\n  - 'j #k'\n")
    assert source.value == {"b": 1, "c": True, "e": ["g#h", "j #k"]}
    assert source.problems == []


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> relecture", "||||||| base"])
def test_marks_of_a_conflict_are_named(tmp_path: Path, said: Said, mark: str) -> None:
    (problem,) = said(read(tmp_path, f"- id: a\n{mark}\n- id: b\n".encode()).problems)
    assert (problem.code, problem.place.line) == (Code.CONFLICT, 2)


def test_an_alias_bomb_is_refused_without_being_expanded(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{'a' if n == 0 else f'b{n - 1}'}]\n" for n in range(40))
    source = read(tmp_path, bomb.encode())
    assert source.value is None
    assert len(source.problems) == 1


def test_a_file_over_the_size_limit_is_refused(tmp_path: Path) -> None:
    assert read(tmp_path, b"a" * (MAX_BYTES + 1)).problems[0].code is Code.FILE


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside.yml").write_text("a: 1")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.yml").symlink_to(tmp_path / "outside.yml")
    source = read_yaml(tmp_path / "inside" / "a.yml", tmp_path / "inside")
    assert source.problems[0].code is Code.FILE


def test_a_missing_file_is_one_sentence(tmp_path: Path, said: Said) -> None:
    (problem,) = said(read_yaml(tmp_path / "absent.yml", tmp_path).problems)
    assert (problem.code, str(problem.place)) == (Code.FILE, "absent.yml:1:1")


def test_values_keep_their_places(tmp_path: Path) -> None:
    source = read(tmp_path, b"- id: a\n  tags:\n    - un\n    - deux\n")
    assert str(source.place((0, "tags", 1))) == "a.yml:4:7"
    assert str(source.place((0, "absent", 3))) == "a.yml:1:3"


def test_what_is_quoted_is_text_and_the_rest_what_every_reader_takes_it_for(tmp_path: Path) -> None:
    source = read(tmp_path, b"a: '2026-11-23'\nb: '2022'\nc: 2022\nd: true\ne: ~\nf: '01'\ng: -3\n")
    assert source.value == {
        "a": "2026-11-23",
        "b": "2022",
        "c": 2022,
        "d": True,
        "e": None,
        "f": "01",
        "g": -3,
    }
    assert not source.problems


@given(st.text(max_size=200))
def test_no_text_whatsoever_raises(text: str) -> None:
    source = Source("a.yml")
    parse(text, source)
    assert source.value is None or isinstance(source.value, (str, int, bool, list, dict))
