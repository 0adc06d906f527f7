"""Our scripts and style sheets without what only their editors read; strings stay as they are."""

from __future__ import annotations

import re

import rcssmin
import rjsmin

from guide.text.problems import WebError


class NestedTemplateError(WebError):
    """A script holds what the minifier would damage. Raised by `script`."""


def sheet(text: str) -> str:
    """A style sheet without comments or idle spaces."""
    minified: str = rcssmin.cssmin(text)
    return minified


def script(text: str, where: str) -> str:
    """A script without what only its editors read.

    Raises NestedTemplateError for a template string inside another one, whose spaces rjsmin would take away.
    """
    if line := _nested_template(text):
        raise NestedTemplateError(
            f"{where}:{line} : une chaîne `…` dans les ${{…}} d’une autre perdrait ses espaces à l’allègement — "
            "en faire une constante à part."
        )
    minified: str = rjsmin.jsmin(text)
    return minified


# What the search for backquotes must step over, and what opens and closes a template string.
_JS = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|(?<=[=(,:;!&|?{}\[\s])/(?![*/\s])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/|[`{}]",
    re.S,
)
_TEMPLATE = re.compile(r"\\.|`|\$\{", re.S)


def _nested_template(text: str) -> int | None:
    """The line of the first template string inside the `${…}` of another; None where there is none."""
    open_: list[str] = []  # what is open: « ` » the text of a template string, « { » a block or a `${…}`
    at = 0
    while found := (_TEMPLATE if open_ and open_[-1] == "`" else _JS).search(text, at):
        at, sign = found.end(), found[0]
        if sign == "`" and open_ and open_[-1] == "`":
            open_.pop()
        elif sign == "`":
            if "`" in open_:
                return text.count("\n", 0, at) + 1
            open_.append("`")
        elif sign in ("{", "${"):
            open_.append("{")
        elif sign == "}" and open_:
            open_.pop()
    return None
