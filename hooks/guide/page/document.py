"""One Markdown page of `docs/`: its front matter, its body, and where each character of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guide.source import tree
from guide.text.problems import Place

if TYPE_CHECKING:
    from guide.page.meta import PageMeta

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\[([^\]\n]*)\]")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^]+)\]:\s*\S+", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One Markdown page. `head` is its front matter, checked and complete, as JSON has it; `first_line` is the line of
    the file where `body` begins, from 1."""

    id: str
    src: str
    head: Mapping[str, Any]
    body: str
    first_line: int

    @cached_property
    def meta(self) -> PageMeta:
        """The front matter as typed values."""
        from guide.page.meta import PageMeta  # slow to load, and a check does mostly without

        return PageMeta.model_validate(self.head)

    @property
    def title(self) -> str:
        """Its title, unique in the guide."""
        return str(self.head["title"])

    def place(self, offset: int) -> Place:
        """Place of the character at `offset` of the body."""
        line = self.body.count("\n", 0, offset)
        column = offset - (self.body.rfind("\n", 0, offset) + 1)
        return Place(f"docs/{self.src}", self.first_line + line, column + 1)

    @property
    def address(self) -> str:
        """Address under the site's root: « » for the home page, else ends with /."""
        return tree.address(self.id)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """`text` with every match replaced by spaces, so that offsets stay true."""
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def references(body: str) -> Iterator[tuple[str, int]]:
    """Ids of `[text][id]` and `[id][]` references that the body does not define itself, with their offsets."""
    bare = blank(CODE, body)
    own = {match[1].casefold() for match in _DEFINITION.finditer(bare)}
    for match in REFERENCE.finditer(bare):
        name = match[2] or match[1]
        if name.casefold() not in own:
            yield name, match.start(2) if match[2] else match.start(1)
