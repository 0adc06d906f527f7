"""One Markdown page of `docs/`: its front matter, its body, and where each character of it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from guide.data.model.types import Entry, Flag, Prose, RoleId, Text, limit
from guide.text.problems import Place

CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\[([^\]\n]*)\]")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^]+)\]:\s*\S+", re.MULTILINE)


Address = Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]


class PageMeta(Entry):
    """Front matter of a page."""

    title: Annotated[Text, limit(characters=70)] = Field(description="Titre de la page, unique")
    description: Annotated[Prose, limit(characters=200)] = Field(
        description="Une phrase pour les moteurs de recherche"
    )
    keywords: tuple[Text, ...] = Field(default=(), description="Mots tapés dans la recherche")
    who: tuple[RoleId, ...] = Field(default=(), description="Pour qui")
    when: Prose | None = Field(default=None, description="Quand")
    hide: tuple[Literal["navigation", "toc", "path"], ...] = ()
    former: tuple[Address, ...] = Field(
        default=(), description="Anciennes adresses, qui mènent encore à la page"
    )
    foot: Flag = Field(default=True, description="false pour ne pas lister les sources en bas de page")


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown page. `first_line` is the line of the file where `body` begins, from 1."""

    id: str
    src: str
    meta: PageMeta
    body: str
    first_line: int

    def place(self, offset: int) -> Place:
        """Place of the character at `offset` of the body."""
        line = self.body.count("\n", 0, offset)
        column = offset - (self.body.rfind("\n", 0, offset) + 1)
        return Place(f"docs/{self.src}", self.first_line + line, column + 1)

    @property
    def address(self) -> str:
        """Address under the site's root: « » for the home page, else ends with /."""
        return "" if self.id == "accueil" else self.id + "/"


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
