"""Block markers: `<!-- guide:name key=value -->` on a line of its own becomes a fragment.

An unknown name, argument or value is an error with its page and line; nothing is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guide.page.document import CODE, Page, blank
from guide.text.problems import Code, Problem, did_you_mean, nearest

if TYPE_CHECKING:
    from guide.page.view import View

# Whatever looks like a marker is one or is refused: other capitals, a plural, spaces, the long dash of a word processor.
# One left open hides the rest of the page.
_ANY = re.compile(
    r"<\s*!?\s*(?:-\s?-|[–—]|-)\s*-?\s*gu?ides?\s*[:;.=\u00a0].*?(?:-->|[–—]\s*>|->|\n|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_COMMENT = re.compile(
    r"<!--\s*(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)\s*(?:[:;.=]?\s*(?P<name>[a-z-]+))?[^>]*-->", re.IGNORECASE
)
_MARKER = re.compile(r"<!-- guide:([a-z-]+)((?: [a-z_]+=(?:\"[^\"\n]*\"|[^\s\"]+))*) -->")
_ARGUMENT = re.compile(r" ([a-z_]+)=(?:\"([^\"\n]*)\"|([^\s\"]+))")

Renderer = Callable[["View", Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a marker: the kind of id it takes (None: free text), one or several, required or not."""

    kind: str | None = None
    many: bool = False
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker an editor may write, with what it does in one French sentence for the documentation.

    Its fragment, or its template alone, of the same name.
    """

    name: str
    summary: str
    fragment: Renderer | None = None
    arguments: Mapping[str, Argument] = field(default_factory=dict)

    def render(self, view: View, arguments: Mapping[str, str]) -> str:
        """What stands in its place, for a generator of pages."""
        return self.fragment(view, arguments) if self.fragment else view.render(self.name)


@dataclass(frozen=True, slots=True)
class Use:
    """A marker met in a page, by its name."""

    name: str
    arguments: Mapping[str, str]
    start: int
    end: int


def find(
    page: Page, known: Mapping[str, Mapping[str, Argument]], ids: Mapping[str, set[str]]
) -> tuple[list[Use], list[Problem]]:
    """The markers of a page in order, and the problems of those that cannot be used; `known` are the arguments of each."""
    uses: list[Use] = []
    problems: list[Problem] = []
    bare = blank(CODE, page.body)
    for match in [*_ANY.finditer(bare), *_misspelt(bare, known)]:
        place = page.place(match.start())
        shape = _MARKER.fullmatch(match[0])
        line = bare[bare.rfind("\n", 0, match.start()) + 1 :]
        line = line[: line.find("\n")] if "\n" in line else line
        if not shape or line.strip() != match[0]:
            problems.append(
                Problem(
                    place,
                    Code.MARKER,
                    "marqueur mal écrit",
                    "écrivez-le seul sur sa ligne : <!-- guide:nom argument=valeur -->",
                    match[0],
                )
            )
            continue
        if shape[1] not in known:
            problems.append(
                Problem(
                    place,
                    Code.MARKER,
                    "marqueur inconnu",
                    did_you_mean(shape[1], known, "marqueurs : " + ", ".join(sorted(known))),
                    shape[1],
                )
            )
            continue
        arguments = {m[1]: m[2] if m[2] is not None else m[3] for m in _ARGUMENT.finditer(shape[2])}
        found = [
            Problem(place, Code.MARKER, what, remedy, value)
            for what, remedy, value in _check(shape[1], known[shape[1]], arguments, ids)
        ]
        problems += found
        if not found:
            uses.append(Use(shape[1], arguments, match.start(), match.end()))
    return uses, problems


def _misspelt(text: str, known: Collection[str]) -> Iterator[re.Match[str]]:
    """Comments that say nearly « guide », or name a marker without it: their block would vanish without a word."""
    for match in _COMMENT.finditer(text):
        word, name = match["word"], match["name"] or ""
        if not _ANY.match(match[0]) and (
            nearest(word, ["guide"]) or name in known or (word in known and not name)
        ):
            yield match


def _check(
    marker: str, admitted: Mapping[str, Argument], arguments: Mapping[str, str], ids: Mapping[str, set[str]]
) -> Iterator[tuple[str, str, str]]:
    for name in arguments:
        if name not in admitted:
            yield (
                f"« {marker} » ne connaît pas cet argument",
                did_you_mean(name, admitted, "arguments admis : " + (", ".join(admitted) or "aucun")),
                name,
            )
    for name, argument in admitted.items():
        if name not in arguments:
            if argument.required:
                yield f"« {marker} » veut l’argument « {name} »", f"écrivez {name}=…", ""
            continue
        values = arguments[name].split(",") if argument.many else [arguments[name]]
        known = set(argument.allowed) if argument.allowed else ids.get(argument.kind or "")
        for value in values:
            if known is not None and value not in known:
                yield (
                    f"« {marker} » : « {name} » cite un identifiant inconnu",
                    did_you_mean(value, known, "vérifiez l’identifiant dans data/"),
                    value,
                )
