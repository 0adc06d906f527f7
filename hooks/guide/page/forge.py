"""Markdown that a forge shows well and Python-Markdown does not: mended where that is safe, else refused at its line.

Editors see their pages in the forge's own preview, which follows CommonMark. `mended` gives Python-Markdown the same
page: a blank line before a list or a table, sub-lists at four spaces, `1.` for `1)`. What cannot be shown alike is a
problem. The editor's file is never rewritten, and the mended text goes to every way out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.page.document import Page
from guide.text.problems import Code, Problem

_FENCE = re.compile(r"(?P<lead>[ >]*(?:(?:[-*+]|\d{1,9}[.)]) +)*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_QUOTE = re.compile(r" {0,3}> ?")
_QUOTED = re.compile(r"(?:^ {0,3}>.*\n)+", re.MULTILINE)
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|(?P<number>\d{1,9})(?P<end>[.)]))(?P<gap> +)(?=\S)")
_HIDDEN_GAP = re.compile(r" *(?:[-*+]|\d{1,9}[.)]|#{1,6})[\u00a0\u202f\u2007\u2009]")
DELIMITERS = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+ *(?::?-+:? *)?\|? *$|^ {0,3}\|? *:?-{3,}:? *\| *$")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_CODE = re.compile(r"(`+)(?:(?!\1).)*?\1(?!`)")
_ODD: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r" *> *\[!(?P<found>[A-Za-z]+)\]"),
        "encadré que seule la forge sait afficher",
        'écrivez !!! note "Titre", puis le texte en retrait de quatre espaces',
    ),
    (re.compile(r"(?P<found>~~[^~\s][^~]*~~)"), "texte barré", "retirez-le, ou retirez les signes ~~"),
    (
        re.compile(r" *(?:[-*+]|\d{1,9}[.)]) +(?P<found>\[[ xX]\])(?=\s)"),
        "case à cocher écrite dans la page",
        "retirez « [ ] » ; les cases viennent des mesures de data/checklist.yml",
    ),
    (
        re.compile(r"(?P<found>\[\^[^\]\s]+\])"),
        "note de bas de page",
        "mettez la précision dans la phrase, ou une source en bas de page par [texte][identifiant]",
    ),
    (
        re.compile(r"(?P<found><details(?![^>]*\bmarkdown=)[^>]*>)", re.IGNORECASE),
        "ce pli n’affiche pas le Markdown qu’il contient",
        'écrivez <details markdown="1">',
    ),
    (
        re.compile(r"^ {0,3}(?P<found>#{1,6}[^#\s{].*)"),
        "titre sans espace après « # »",
        "mettez une espace après les « # »",
    ),
)


def _outside_code(body: str) -> tuple[list[str], list[bool], int | None]:
    """Lines of the body, whether each is prose, and the line of a fence that is never closed."""
    lines = body.split("\n")
    prose, opened, marks = [], None, ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if opened is None and found:
            opened, marks = number, found["marks"]
            prose.append(False)
        elif opened is not None:
            prose.append(False)
            if found and found["marks"].startswith(marks) and not found["info"].strip():
                opened = None
        else:
            prose.append(True)
    return lines, prose, opened


def problems(page: Page) -> Iterator[Problem]:
    """What the forge would show otherwise and that cannot be mended, each at its line."""
    lines, prose, opened = _outside_code(page.body)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def refuse(number: int, what: str, remedy: str, found: str, column: int = 0) -> Problem:
        return Problem(page.place(starts[number] + column), Code.FORGE, what, remedy, found)

    if opened is not None:
        yield refuse(
            opened,
            "bloc de code jamais refermé : il cache la suite de la page",
            "ajoutez une ligne ```",
            lines[opened].strip(),
        )
    for number, line in enumerate(lines):
        if not prose[number]:
            fence = _FENCE.match(line)
            if fence and (number == 0 or prose[number - 1]) and fence["lead"]:
                what = "bloc de code en retrait, dans une liste ou une citation : il s’affichera sur une seule ligne"
                yield refuse(number, what, "mettez-le en début de ligne, hors de la liste", line.strip())
            continue
        if hidden := _HIDDEN_GAP.match(line):
            what = "espace insécable après le tiret, le numéro ou le « # »"
            yield refuse(
                number, what, "remplacez-la par une espace ordinaire", line.strip(), hidden.end() - 1
            )
        bare = _CODE.sub(lambda match: " " * len(match[0]), line)
        for pattern, what, remedy in _ODD:
            for found in pattern.finditer(bare):
                yield refuse(number, what, remedy, found["found"], found.start("found"))
    yield from (refuse(*each) for each in _tables(lines, prose))
    yield from (refuse(*each) for each in _starts(lines, prose))


def _cells(line: str) -> int:
    bare = _CODE.sub(lambda match: "x" * len(match[0]), line).replace("\\|", "xx").strip()
    return bare.strip("|").count("|") + 1 if "|" in bare else 0


def _tables(lines: list[str], prose: list[bool]) -> Iterator[tuple[int, str, str, str]]:
    """Tables whose head and dashes differ (no table at all) and rows with more cells than the head (they vanish)."""
    for number, line in enumerate(lines):
        if not prose[number] or number == 0 or not DELIMITERS.match(line) or "|" not in line:
            continue
        head, wanted = _cells(lines[number - 1]), _cells(line)
        if not head:
            continue
        if head != wanted:
            yield (
                number,
                f"tableau mal formé : {head} cellule(s) de titre pour {wanted} colonne(s) de tirets",
                "mettez un groupe de tirets « --- » par colonne",
                line.strip(),
            )
            continue
        for row in range(number + 1, len(lines)):
            if not prose[row] or not (cells := _cells(lines[row])):
                break
            if cells > wanted:
                yield (
                    row,
                    f"ligne de tableau trop longue : {cells} cellules pour {wanted} colonnes, les dernières disparaissent",
                    "retirez une cellule, ou ajoutez une colonne au titre ; un « | » dans un texte s’écrit \\|",
                    lines[row].strip(),
                )


def _starts(lines: list[str], prose: list[bool]) -> Iterator[tuple[int, str, str, str]]:
    """Numbered lists that begin, or begin again, at another number than one: Python-Markdown counts from one."""
    last: dict[int, int] = {}
    blank = True
    for number, line in enumerate(lines):
        item = _ITEM.match(line) if prose[number] else None
        if item and item["number"]:
            indent, value = len(item["indent"]) // 2, int(item["number"])
            if indent not in last and value != 1 and blank:
                yield (
                    number,
                    f"cette liste commence à {value}, et s’affichera à partir de 1",
                    "commencez-la par 1., ou mettez en retrait ce qui la coupe",
                    line.strip(),
                )
            last = {depth: seen for depth, seen in last.items() if depth < indent} | {indent: value}
        elif line.strip() and not line.startswith(" ") and not item:
            last = {}
        blank = not line.strip()


def mended(body: str) -> str:
    """The body as Python-Markdown must read it to show what the forge shows; unchanged where both agree."""
    body = _QUOTED.sub(_mended_quote, body)
    lines, prose, _ = _outside_code(body)
    out: list[str] = []
    items: list[tuple[int, int]] = []  # open list items: where their text begins, before and after mending
    paragraph = False  # the line before is text that a list or a table would be glued to
    for number, line in enumerate(lines):
        if not line.strip():
            out.append(line)
            paragraph = False
            continue
        indent = len(line) - len(line.lstrip(" "))
        item = _ITEM.match(line) if prose[number] and not _RULE.match(line) else None
        listed = bool(items)
        if item or not paragraph:  # a text line right under another goes on with it, wherever it begins
            while items and indent < items[-1][0]:
                items.pop()
        if item and indent - (items[-1][0] if items else 0) > 3:
            item = None  # indented code
        inside = bool(items) and indent >= items[-1][0]
        if item:
            interrupts = not item["number"] or int(item["number"]) == 1
            glued = paragraph and not listed
            if glued and not interrupts:
                out.append(line)
                continue
            if glued or (paragraph and _after_a_second_paragraph(out)):
                out.append("")
            depth = items[-1][1] if items else 0
            mark = item["mark"].replace(")", ".")
            text = line[item.end() :]
            out.append(" " * depth + mark + " " * max(1, min(len(item["gap"]), 3)) + text)
            items.append((item.end(), depth + 4))
            paragraph = True
            continue
        if (
            prose[number]
            and paragraph
            and _table_head(lines, number)
            and not out[-1].lstrip().startswith(("|", "!!!"))
        ):
            out.append("")
        if inside:  # one to three spaces more mean nothing there; four are code
            more = indent - items[-1][0]
            line = " " * (items[-1][1] + (more if more > 3 or not prose[number] else 0)) + line.lstrip(" ")
        out.append(line)
        paragraph = prose[number] and not line.lstrip().startswith(("#", "|", "<", ">", "!!!", "{:"))
    return "\n".join(out)


def _mended_quote(match: re.Match[str]) -> str:
    """A quotation, mended inside like a page."""
    inner = "".join(_QUOTE.sub("", line, count=1) for line in match[0].splitlines(keepends=True))
    return "".join(
        (">" if line == "\n" else f"> {line.removesuffix(chr(10))}") + "\n"
        for line in mended(inner).splitlines(keepends=True)
    )


def _after_a_second_paragraph(out: list[str]) -> bool:
    """Whether the line before belongs to a later paragraph of its list item: only a blank line ends it."""
    for number in range(len(out) - 1, -1, -1):
        if _ITEM.match(out[number]):
            return False
        if not out[number].strip():
            return any(_ITEM.match(line) for line in out[:number])
    return False


def _table_head(lines: list[str], number: int) -> bool:
    return (
        "|" in lines[number]
        and number + 1 < len(lines)
        and "|" in lines[number + 1]
        and DELIMITERS.match(lines[number + 1]) is not None
    )
