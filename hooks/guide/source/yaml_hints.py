"""What an editor did when YAML cannot be read: the line to mend and the remedy, found from the lines around."""

from __future__ import annotations

import re
from collections.abc import Sequence

NARROW = "\u00a0\u202f\u2007"
_FIELD = re.compile(r"(?P<indent> *)(?P<dash>- +)?(?P<key>[A-Za-z_][\w-]*):(?: +(?P<value>\S.*))?$")
_OPENED = re.compile(r'(?:: +|^ *- +|\[ *|, *)(?P<sign>["\'])(?P<rest>.*)$')
_SIGNS = "[]{}*&!%@`|>?,"

# What libyaml says, for the rest.
_WORDS = (
    ("mapping values are not allowed", "un texte qui contient « : » doit être entre guillemets"),
    ("cannot start any token", "mettez ce texte entre guillemets"),
    (
        "could not find expected ':'",
        "il manque « : » après le nom du champ, ou un guillemet n’est pas refermé",
    ),
    (
        "did not find expected key",
        "vérifiez l’alignement de cette ligne avec les précédentes et les guillemets",
    ),
    (
        "did not find expected '-' indicator",
        "vérifiez l’alignement : chaque élément commence par « - » dans la même colonne",
    ),
    ("unexpected end of stream", "un guillemet ou un crochet n’est pas refermé"),
)


def advice(lines: Sequence[str], line: int, column: int, message: str) -> tuple[int, int, str]:
    """Line and column (from 0) of the cause of libyaml's `message` at `line`, and what to do."""
    line = min(line, len(lines) - 1)
    around = [number for number in (line, line - 1, line + 1) if 0 <= number < len(lines)]
    for number in around:
        indent = re.match(r"\s*", lines[number])
        if indent and "\t" in indent[0]:
            return number, indent[0].index("\t"), "une tabulation : remplacez-la par deux espaces"
    for number in around:
        if found := re.match(rf"[ -]*(?:[\w-]+ ?)?(?P<sign>[{NARROW}])", lines[number]):
            return number, found.start("sign"), "une espace insécable : remplacez-la par une espace ordinaire"
    for number in (line, line - 1):
        if number >= 0 and (
            glued := re.match(r"\s*(?:- +)?(?P<key>[a-z_]+):(?P<value>[^ \t:/].*)", lines[number])
        ):
            said = f"il manque une espace après « : » : écrivez « {glued['key']}: {glued['value']} »"
            if glued["value"][0] in NARROW:
                said = "une espace insécable : remplacez-la par une espace ordinaire"
            return number, glued.start("value"), said
    if (opened := _unclosed_quote(lines, line)) is not None:
        return (
            opened,
            lines[opened].index('"'),
            f"guillemet ouvert ligne {opened + 1}, jamais refermé : refermez-le",
        )
    if remedy := _of_line(lines, line, message):
        return line, column, remedy
    for key, remedy in _WORDS:
        if key in message:
            return line, column, remedy
    return line, column, "vérifiez les espaces, les « : » et les guillemets de cette ligne"


def _unclosed_quote(lines: Sequence[str], line: int) -> int | None:
    """The line of the last double quote that opens a value before `line` and is closed where another field begins."""
    for number in range(min(line, len(lines) - 1), -1, -1):
        opened = _OPENED.search(lines[number])
        if not opened or opened["sign"] != '"' or _closed(opened["rest"]):
            continue
        following = lines[number + 1] if number + 1 < len(lines) else "- "
        if _FIELD.match(following) or following.lstrip().startswith("- ") or not following.strip():
            return number
        return number if line == len(lines) - 1 or '"' not in "".join(lines[number + 1 : line]) else None
    return None


def _closed(rest: str) -> bool:
    return re.search(r'(?<!\\)(?:\\\\)*"', rest) is not None


def _of_line(lines: Sequence[str], line: int, message: str) -> str | None:
    text = lines[line]
    before = next((lines[number] for number in range(line - 1, -1, -1) if lines[number].strip()), "")
    here, above = _FIELD.match(text), _FIELD.match(before)
    if "mapping values" in message and here and above and above["value"]:
        deep, wanted = (len(each["indent"]) + len(each["dash"] or "") for each in (here, above))
        if deep > wanted:
            return "trop d’espaces au début de la ligne : alignez ce champ sur le précédent"
    for number in (line, line - 1):
        found = _FIELD.match(lines[number]) if number >= 0 else None
        value = (found["value"] if found else lines[number].strip().removeprefix("- ")) or ""
        if value.startswith("'") and value.count("'") > 1:
            return 'une apostrophe est dans un texte entre apostrophes : entourez-le plutôt de guillemets droits "…"'
        if value[:1] and value[0] in _SIGNS:
            return f'un texte qui commence par « {value[0]} » doit être entre guillemets droits "…"'
        if re.match(r'"(?:[^"\\]|\\.)*"\s*\S', value):
            return "un guillemet droit est dans un texte entre guillemets : écrivez « … » à l’intérieur"
    if here and above and "expected" in message:
        deep, wanted = (len(each["indent"]) + len(each["dash"] or "") for each in (here, above))
        if deep != wanted:
            return "trop ou trop peu d’espaces au début de la ligne : alignez ce champ sur les autres"
    return None


def cut_text(line: str, end: int) -> int | None:
    """Where « # » begins a comment right after an unquoted value that ends at `end` of its line; None where none does."""
    found = re.match(r"\s+#", line[end:]) if end else re.match(r"\s*#", line)
    return end + found.end() - 1 if found else None


def stray_quote(text: str) -> bool:
    """Whether an unquoted value ends with a straight quote that nothing in it opens: it would be published."""
    return text.endswith('"') and text.count('"') % 2 == 1


def odd_key(key: str) -> tuple[str, str] | None:
    """What is wrong with the name of a field that nobody meant as one, and the remedy."""
    if key[:1] in tuple(NARROW) or key[-1:] in tuple(NARROW):
        return "une espace insécable touche le nom de ce champ", "remplacez-la par une espace ordinaire"
    if key[:1] in ("“", "‘", "„"):
        return (
            "guillemets de Word « “ ” » autour d’un texte qui contient « : »",
            "écrivez des guillemets droits",
        )
    return None


# Plain values that some reader of YAML takes for a number, a date or a sign of its own (YAML 1.1 and 1.2, and js-yaml).
_OTHER_KIND = re.compile(
    r"""
    [-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?0x[0-9a-f_]+          # binary, octal, hexadecimal
    | [-+]?[0-9][0-9_]* | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?   # 0145, 1_000, 12:30
    | [-+]?([0-9][0-9_]*)?\.?[0-9_]*(e[-+]?[0-9]+)?               # .5, 1., 1e3
    | [-+]?\.inf | \.nan
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t\ ].*)?                    # a day, an instant
    | << | =
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OTHER_STARTS = tuple("+-._0123456789<=eE")


def other_kind(text: str) -> bool:
    """Whether some reader of YAML would not take this plain value for the text it is to us."""
    return (
        text[:1] in _OTHER_STARTS
        and text not in ("-", "+", ".", "_", "e", "")
        and bool(_OTHER_KIND.fullmatch(text))
    )
