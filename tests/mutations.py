"""Hostile editors: random changes to the project's real files, and what must hold whatever they wrote.

Every change draws from one `random.Random`, so that a test (hypothesis) and the benchmark (seeds) share them.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

from guide.links.offline import check_offline
from guide.site.build_options import Asked, options_of
from guide.site.checked import check
from guide.site.stage import Staged, stage
from guide.text.problems import GuideError, Place
from support import DATE, copy_into

Mutator = Callable[[str, Random], "str | bytes"]

TEXTS = (
    "<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "*gras* [x](y) `code`", "{fact:inconnu}",
    "{fact:", "{law:}", "<!-- guide:measures group=x -->", "</article>", "#let x = $1$ @ref \\ // fin", "=1+1", "ﬁn ＝1",
    "é" * 3000, "mot " * 500, "e\u0301\u0327\u0301", "👩‍⚕️🦷", "\u202eإستثناء", "\u2028x\u2029", "\u200b", "a\u00adb",
    "https://exemple.fr", "le 12 mars 2024", "72 heures", "art. L. 1110-4", "50 %", "*[CNIL]: faux", "[x]: javascript:a",
    "| a | b |", "&amp; &lt; &#x3c;", "{{ 7*7 }}", "{% raw %}", "%0A::error::x", "; rm -rf /", "../../etc/passwd", "--x",
)  # fmt: skip
VALUES = (
    "", "~", "null", "true", "yes", "no", "off", "y", "n", "On", "oui", ".nan", ".inf", "-.INF", "0o17", "017", "0x1F",
    "1_000", "1e400", "-1", "0", "9" * 17, "9" * 400, "12:30:45", "2026-11-23", "2026-02-30", "2026-11-23T10:00:00Z",
    '"2026-13-40"', '"9999-12-31"', '"0001-01-01"', "[]", "{}", "[a, b]", "{a: b}", "- x", "&a x", "*a", "<<", "!!str x",
    "!!python/object:os.system x", "!x", "|", ">", "|\n  x", "'", '"', '"\\e[31mrouge"', '"\\ud800"', '"\\0"', '"\\x07"',
    '"\\u202e"', '"\\U0010FFFF"', '"\\uFFFE"', '"\\uE000"', '"\\L"', '"a\\nb"', "@x", "`x", "%x", "? x", "a: b", "# x",
    "x #y", "https://", "http://cnil.fr", "https://[::1", "https://cnil.fr:99999/", "https://é.fr/", "https://a.fr\\@b",
    "javascript:alert(1)", "//x", "cnil", "titulaire", "accueil", "../x", "/etc/passwd", "x.pdf",
    *(f'"{text}"' for text in TEXTS if '"' not in text and "\\" not in text),
)  # fmt: skip
YAML_LINES = (
    "\tx: 1", "x", "- ", "-", "---", "...", "%YAML 1.2", "<<: *a", "<<: {id: x}", "? [a]\n: b", "a: &a [*a, *a]", "[", "{",
    "- - - - - x", "id: a", "- id: a", "  id: a", "  extra: 1", "#", "'", '"', "]", "}", "? ", ": ", "? x\n? y", "!!binary x",
    '"\\e": 1', "é: 1", "x" * 20000, "\ufeff", "\x0c", "\x85", "\u2028",
)  # fmt: skip
PAGE_LINES = (
    "<!-- guide:measures group=acces -->", "<!-- guide:inconnu -->", "<!-- guide:measures", "<!--guide:x-->", "<!--", "-->",
    "<!-- guide:measures group= -->", "<!-- guide:a <!-- guide:b --> -->", "# Autre titre", "####### sept", "#", "===", "---",
    "```", "~~~", "`", "<script>alert(1)</script>", '<a href="javascript:alert(1)">x</a>', "[x](javascript:alert(1))", "[x]: /y",
    "[cnil]: https://x.fr", "[a][inconnu]", "[][x]", "[x][]", "[a][", "[a](b", "![x](y)", '<img src=x onerror="a()">', "<div>",
    "</div>", '<div markdown="1">', "</article></main>", "| a | b |\n|---|\n| c |", "|||||", "*[CNIL]: faux", "[^1]", "[^1]: note",
    "{fact:", "{fact:x}", "{ fact:x }", "{: .x onclick=a }", "{#id}", "!!! note", '??? "x', "- [ ] x", "    code", "\tcode", "&#0;",
    "&bogus;", "<", ">", "<?php x ?>", "<![CDATA[x]]>", "<!DOCTYPE x>", "[ici](x)", "cliquez ici", "{% x %}", "{{ x }}", "--8<-- 'x'",
    "[[" * 500, "[a](" * 300, "*" * 3000, "> " * 200, "<b>" * 500, "`" * 1001, "{" * 2000, "$$x$$", "http://x", "www.x.fr", "\x1b[31m",
)  # fmt: skip
CHARACTERS = "\x00\x01\x07\x1b\x7f\x85\xa0\u00ad\u200b\u202e\u2028\u2066\ufeff\ufffe\U0001f9b7\U0010ffff\t\r\n'\"`:#-[]{}&*!|>%@,?\\<"


def _lines(change: Callable[[list[str], int, Random], None]) -> Mutator:
    """A mutator that changes the list of lines near one of them."""

    def apply(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random.randrange(len(lines)), random)
        return "\n".join(lines)

    return apply


def _delete(lines: list[str], at: int, random: Random) -> None:
    del lines[at : at + random.choice((1, 1, 2, 8))]


def _repeat(lines: list[str], at: int, random: Random) -> None:
    lines[at:at] = lines[at : at + random.choice((1, 2, 12))]


def _swap(lines: list[str], at: int, random: Random) -> None:
    other = random.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(lines: list[str], at: int, random: Random) -> None:
    lines[at] = random.choice(("", " ", "  ", "   ", "\t", "      ")) + lines[at].lstrip()


def _value(lines: list[str], at: int, random: Random) -> None:
    lines[at] = re.sub(r"(^\s*(?:- )?[\w-]+: |^\s*- ).*", lambda m: m[1] + random.choice(VALUES), lines[at])


def _swap_values(lines: list[str], at: int, random: Random) -> None:
    other = lines[random.randrange(len(lines))].partition(": ")[2]
    lines[at] = re.sub(r"(^\s*(?:- )?[\w-]+: ).*", lambda m: m[1] + other, lines[at])


def _append(lines: list[str], at: int, random: Random) -> None:
    quote = '"' if lines[at].endswith('"') else ""
    lines[at] = lines[at].removesuffix('"') + " " + random.choice(TEXTS) + quote


def _key(lines: list[str], at: int, random: Random) -> None:
    names = (
        "id",
        "title",
        "",
        "Id",
        "<<",
        "null",
        "true",
        "1",
        "a b",
        '"\\e[1m"',
        "é",
        "x" * 300,
        "[a]",
        "{a: b}",
    )
    lines[at] = re.sub(r"^(\s*(?:- )?)[\w-]+:", lambda m: f"{m[1]}{random.choice(names)}:", lines[at])


def _insert(odd: tuple[str, ...]) -> Mutator:
    def change(lines: list[str], at: int, random: Random) -> None:
        lines[at:at] = [
            random.choice((lines[at][: len(lines[at]) - len(lines[at].lstrip())], "")) + random.choice(odd)
        ]

    return _lines(change)


def _character(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(CHARACTERS) + text[at + random.choice((0, 1)) :]


def _truncate(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _bytes(text: str, random: Random) -> bytes:
    raw = bytearray(text.encode() or b"x")
    for _ in range(random.choice((1, 3, 20))):
        raw[random.randrange(len(raw))] = random.randrange(256)
    return bytes(raw)


def _splice(text: str, random: Random) -> bytes:
    """A few bytes become a few that mean something to YAML."""
    raw = bytearray(text.encode() or b"x")
    start = random.randrange(len(raw))
    odd = random.choices(b"\n -:[]{}&*!\"'#\xff\x00abc09", k=random.randrange(8))
    raw[start : start + random.randrange(30)] = bytes(odd)
    return bytes(raw)


def _whole(text: str, random: Random) -> str | bytes:
    """Encodings, line ends, nesting, bombs: changes of the whole file."""
    nested = "[" * random.choice((10, 19, 25, 5000))
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 40))
    return random.choice(
        (
            b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n"), text.replace("\n", "\r"), text.encode("utf-16"),
            text.encode("latin-1", "replace"), text.encode("cp1252", "replace"), text + "\x00", "", "\n", "\ufeff", "---\n" + text,
            text + "\n---\n" + text, nested, "a: " + nested + "]" * 25, "{" * 300, "- " * 1000, bomb, text + "\n" + bomb,
            text + text, "x" * 300_000, "- a\n" * 20_000, unicodedata.normalize("NFD", text), text.upper(), "null", "[]", "{}", "1",
        )
    )  # fmt: skip


_COMMON: tuple[Mutator, ...] = (
    *map(_lines, (_delete, _repeat, _swap, _indent, _append, _append, _value, _swap_values)),
    _character, _truncate, _bytes, _splice, _whole,
)  # fmt: skip
DATA_MUTATORS: tuple[Mutator, ...] = (
    *_COMMON, *map(_lines, (_value, _value, _key, _append)), _insert(YAML_LINES),
)  # fmt: skip
PAGE_MUTATORS: tuple[Mutator, ...] = (*_COMMON, *(_insert(PAGE_LINES),) * 6)


def copy_sources(root: Path) -> list[Path]:
    """The project's data, pages and settings in an empty folder; returns what may be mutated."""
    copy_into(root, "data", "docs", "mkdocs.yml")
    return sorted([*(root / "data").glob("*.yml"), *(root / "docs").rglob("*.md")])


def mutate(path: Path, random: Random, times: int) -> None:
    """Writes a changed version of the file."""
    text: str | bytes = path.read_text(encoding="utf-8")
    for _ in range(times):
        if isinstance(text, str):
            text = random.choice(PAGE_MUTATORS if path.suffix == ".md" else DATA_MUTATORS)(text, random)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


def examine(root: Path) -> Staged | None:
    """Checks the project as a build would, and renders it where nothing is wrong; None where it was refused.

    Raises AssertionError for a refusal that an editor could not use; any other exception is a defect.
    """
    try:
        checked = check(root)
        staged = stage(checked, options_of(checked.guide, Asked(dt.date.fromisoformat(DATE), draft=True)))
    except GuideError as error:
        assert error.problems
        counts: dict[str, int] = {}
        for problem in error.problems:
            _usable(counts, root, problem.place, str(problem))
            assert problem.what and problem.remedy, problem
            _french(f"{problem.what} — {problem.remedy}")
        assert printable(error.summary().split("\n"))
        return None
    for found in check_offline(root, dt.date.fromisoformat(DATE)):
        assert printable([str(found)])
    for path, text in staged.pages.items():
        assert (
            not re.search(r"<!-- guide:[a-z-]+ ", text.replace("`<!-- guide:", "")) or "contribuer" in path
        ), path
        text.encode()
    return staged


def _usable(counts: dict[str, int], root: Path, place: Place, sentence: str) -> None:
    if place.file not in counts:
        path = root / place.file
        assert path.exists(), sentence
        counts[place.file] = len(re.split(rb"\r\n|\n|\r", path.read_bytes())) if path.is_file() else 1
    assert 1 <= place.line <= counts[place.file] and place.column >= 1, (
        f"{counts[place.file]} lines: {sentence}"
    )
    assert printable([sentence]), ascii(sentence)


def printable(lines: Iterable[str]) -> bool:
    """No line holds what a terminal would obey or hide."""
    return not any(
        unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        for line in lines
        for c in line
        if c not in "\u200c\u200d"
    )


def _french(sentence: str) -> None:
    own = re.sub(r"« .*? »|admi(?:se)?s : .*|^.*?marqueurs : .*", "", sentence)
    english = re.search(r"\b(the|not|found|expected|while|invalid|should|denied|allowed)\b", own)
    assert english is None, sentence
