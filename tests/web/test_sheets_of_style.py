"""Our style sheets: a class is styled in one file, and colours, spaces and sizes of text come from the tokens."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from support import ROOT

SHEETS = ROOT / "docs/assets/css"
TOKENS = "tokens.css"
# Brings the elements of Markdown to zero before any component speaks, in the units of the text itself.
RESET = "reset.css"
# The guide writes these two from its data.
MADE = {"names.css", "drawn.css"}
# Paper is one medium over every component.
PAPER = "print.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_STRING = re.compile(r'"[^"]*"|url\([^)]*\)')
_ASIDE = re.compile(r":(?:not|has)\((?:[^()]|\([^()]*\))*\)")
_CLASS = re.compile(r"\.((?:g|dr)-[\w-]+)")
_SPACE = re.compile(
    r"(?:padding|margin|gap|row-gap|column-gap|font-size|border-radius|border-(?:start|end)-.*radius)\b"
)
_LENGTH = re.compile(r"(?<![\w.-])(?:\d*\.)?\d+(?:rem|px)\b")
_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|color-mix)\(|\b(?:white|black|red|green|gr[ae]y|blue)\b"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a sheet: its selector, its declarations, and the conditions around it."""

    file: str
    around: tuple[str, ...]
    selector: str
    body: str

    @property
    def printed(self) -> bool:
        return any(each.startswith("@media print") for each in self.around)


def rules(file: str, text: str) -> Iterator[Rule]:
    """The rules of a sheet in order; comments and strings are set aside."""
    text = _STRING.sub('""', _COMMENT.sub("", text))
    around: list[str] = []
    at = 0
    for found in re.finditer(r"[{}]", text):
        before, at = text[at : found.start()].strip(), found.end()
        if found[0] == "{":
            around.append(before.rpartition(";")[2].strip())
            continue
        selector = around.pop()
        if not selector.startswith(("@media", "@supports", "@page", "@font-face")):
            yield Rule(file, tuple(around), selector, before)


def parts(text: str, marks: str) -> list[str]:
    """Cuts a selector at these characters, outside brackets."""
    found, depth = [""], 0
    for character in text:
        depth += (character in "([") - (character in ")]")
        if depth == 0 and character in marks:
            found.append("")
        else:
            found[-1] += character
    return [each.strip() for each in found if each.strip()]


def styled(rule: Rule) -> Iterator[tuple[str, frozenset[str]]]:
    """Each class that a rule styles, with the classes around it by which it is chosen."""
    for selector in parts(_ASIDE.sub("", rule.selector), ","):
        *context, subject = parts(selector, " >+~")
        within = frozenset(name for each in context for name in _CLASS.findall(each))
        for name in _CLASS.findall(subject):
            yield name, within


def misplaced(sheets: list[Rule]) -> list[str]:
    """Classes with two homes, and rules by which a file reaches into what no component of its own holds."""
    screen = [rule for rule in sheets if not rule.printed and rule.file != PAPER]
    homes: dict[str, set[str]] = defaultdict(set)
    for rule in screen:
        for name, within in styled(rule):
            if not within:
                homes[name].add(rule.file)
    wrong = [f"{name}: {', '.join(sorted(files))}" for name, files in homes.items() if len(files) > 1]
    for rule in screen:
        for name, within in styled(rule):
            home = homes.get(name, {rule.file})
            if within and rule.file not in home.union(*(homes.get(each, {rule.file}) for each in within)):
                wrong.append(f"{name}: {rule.file} ({rule.selector})")
    return sorted(set(wrong))


def bypassed(sheets: list[Rule]) -> list[str]:
    """Declarations of the screen that write a colour, a space or a size of text by hand."""
    wrong = []
    for rule in sheets:
        if rule.file in (TOKENS, RESET, PAPER) or rule.printed:
            continue
        for name, _, value in (each.strip().partition(":") for each in rule.body.split(";")):
            said = re.sub(r"var\([^()]*\)", "", value)
            if _COLOUR.search(said) or (_SPACE.match(name) and _LENGTH.search(said)):
                wrong.append(f"{rule.file}: {rule.selector} {{{name}:{value}}}")
    return wrong


def ours() -> list[Rule]:
    return [
        rule for path in sorted(SHEETS.glob("*.css")) for rule in rules(path.name, path.read_text("utf-8"))
    ]


def test_a_class_is_styled_in_one_file() -> None:
    """Elsewhere a component may only place what it holds."""
    assert misplaced(ours()) == []


def test_colours_spaces_and_sizes_come_from_the_tokens() -> None:
    assert bypassed(ours()) == []


@pytest.mark.parametrize(
    ("files", "classes", "values"),
    [
        ({"a.css": ".g-a{color:var(--c-ink)}", "b.css": ".g-a{margin:0}"}, ["g-a: a.css, b.css"], 0),
        ({"a.css": ".g-a{margin:0}", "b.css": ".g-b{margin:0}.g-b .g-a{margin:0}"}, [], 0),
        ({"a.css": ".g-a .g-b{margin:0}", "b.css": ".g-b{margin:0}", "c.css": ".g-a{margin:0}"}, ["g-b: a.css (.g-a .g-b)"], 0),
        ({"a.css": ".g-a{margin:0}", "b.css": "@media (min-width:9em){.g-a{margin:0}}"}, ["g-a: a.css, b.css"], 0),
        ({"a.css": ".g-a{margin:0}", "b.css": "@media print{.g-a{margin:0;color:#000}}"}, [], 0),
        ({"a.css": ".g-a{padding:.4rem;color:#123;gap:8px;background:rgb(0 0 0);margin:-.1em}"}, [], 4),
        ({"a.css": ".g-a{border:.1rem solid var(--c-line);inline-size:20rem}"}, [], 0),
    ],
)  # fmt: skip
def test_the_measures_see_what_is_wrong(files: dict[str, str], classes: list[str], values: int) -> None:
    sheets = [rule for name, text in files.items() for rule in rules(name, text)]
    assert misplaced(sheets) == classes
    assert len(bypassed(sheets)) == values


def test_every_sheet_is_named_in_the_configuration() -> None:
    """A sheet that is not merged styles nothing."""
    listed = set(re.findall(r"assets/css/([\w-]+\.css)", (ROOT / "mkdocs.yml").read_text("utf-8")))
    assert {path.name for path in SHEETS.glob("*.css")} == listed - MADE
