"""Which rules of the theme's style sheets can apply to no page of this site, and the sheets without them.

Half of Material's rules are for parts that a guide does not have (code annotations, tabs, versions…). A rule goes only
when it cannot apply: its selector needs a class that no page bears and that no script names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

_TOKEN = re.compile(r'/\*.*?\*/|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|[{};]', re.S)
_NEGATED = re.compile(r":not\((?:[^()]|\([^()]*\))*\)")
_CHOICE = re.compile(r":(?:is|where|has|-webkit-any)\((?:[^()]|\([^()]*\))*\)")
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_COLOUR = re.compile(r"\[data-md-color-[a-z]+=(?P<value>[\w-]+)\]")
_COLOURED = re.compile(r'data-md-color-[a-z]+="([\w-]+)"')
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_PROPERTY = re.compile(r"(?<=[{;])(?P<name>--[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;\"'}])*;?")

Rule = tuple[str, str | None]
"""What stands before the braces, and what stands between them (`None` for a statement such as `@charset`)."""


def drop(css: str, pages: Iterable[str], others: Iterable[str]) -> str:
    """The sheet without what no page can use; `others` are the scripts and sheets whose words count as used."""
    html, code = list(pages), "\n".join(others)
    words = set(re.findall(r"[\w-]+", code))
    beginnings = tuple(word for word in words if word.startswith("md-") and word.endswith("-"))
    worn = {name for found in set(_all_classes(html)) for name in found.split()}
    colours = {value for page in html for value in _COLOURED.findall(page)}

    def alive(selector: str) -> bool:
        plain = _CHOICE.sub("", _NEGATED.sub("", selector))
        named = all(
            name in worn or name in words or name.startswith(beginnings) for name in _CLASS.findall(plain)
        )
        return named and all(value in colours for value in _COLOUR.findall(plain))

    kept = "".join(_written(_rules(css), alive))
    return _without_idle_properties(kept, words)


def _all_classes(pages: list[str]) -> Iterator[str]:
    for page in pages:
        yield from _CLASSES.findall(page)


def _rules(css: str) -> Iterator[Rule]:
    """The top-level rules of a sheet, or of the inside of a group such as `@media`."""
    start = opened = depth = 0
    for token in _TOKEN.finditer(css):
        if token[0] == "{":
            depth += 1
            if depth == 1:
                opened = token.start()
        elif token[0] == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : token.start()]
                start = token.end()
        elif token[0] == ";" and depth == 0:
            yield css[start : token.start()].strip(), None
            start = token.end()
        elif token[0].startswith("/*") and depth == 0:
            start = token.end()


def _written(rules: Iterable[Rule], alive: Callable[[str], bool]) -> Iterator[str]:
    for before, inside in rules:
        if inside is None:
            # The merged sheet is served as UTF-8; `@charset` may stand nowhere but at its very start.
            if not before.startswith("@charset"):
                yield f"{before};"
        elif before.startswith(("@media", "@supports", "@layer", "@container")):
            if group := "".join(_written(_rules(inside), alive)):
                yield f"{before}{{{group}}}"
        elif before.startswith("@"):
            yield f"{before}{{{inside}}}"
        elif selectors := [each for each in _COMMA.split(before) if alive(each)]:
            yield f"{','.join(selectors)}{{{inside}}}"


def _without_idle_properties(css: str, words: set[str]) -> str:
    """The sheet without custom properties that nothing reads, mostly pictures drawn in the sheet itself."""
    used = words | set(re.findall(r"var\(\s*(--[\w-]+)", css))
    return _PROPERTY.sub(lambda found: found[0] if found["name"] in used else "", css)
