"""Reads the Markdown pages of `docs/`: front matter, body, and the problems of what editors wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from guide.data.guide import page_ids
from guide.data.literals import INSERT, find_literals, malformed_inserts
from guide.data.messages import explain
from guide.data.model.context import FILE_OF, Context
from guide.data.model.types import Entry, Flag, Prose, RoleId, Text, limit
from guide.page import hidden
from guide.source.yaml_source import Source, parse, read_text
from guide.text.problems import Code, Place, Problem, did_you_mean

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RAW_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>)\"'»]+", re.IGNORECASE)
REFERENCE = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])+)\]\[([^\]\n]*)\]")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n^]+)\]:\s*\S+", re.MULTILINE)
_TARGETS = re.compile(r"\]\([^)\n]*\)|\{:?[^}\n]*\}|\bid=\"[^\"]*\"|href=\"[^\"]*\"")
# A page is text: what runs, styles or embeds belongs to docs/assets/ or to the templates (and to no CSP hash).
_FORBIDDEN_TAG = re.compile(
    r"<(script|style|iframe|object|embed|form|link|meta|base)\b|[\s/\"'](on[a-z]{3,}|style)\s*=",
    re.IGNORECASE,
)
_CLICK_HERE = re.compile(r"cliqu\w* (?:ici|sur ce lien)|\[ici\]", re.IGNORECASE)


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


def read_pages(root: Path, context: Context) -> tuple[list[Page], list[Problem]]:
    """All pages that could be read, in path order, and every problem found in them."""
    pages: list[Page] = []
    problems: list[Problem] = []
    titles: dict[str, str] = {}
    for page_id, src in page_ids(root).items():
        page = _read_page(root, context, page_id, src, problems)
        if page is None:
            continue
        pages.append(page)
        problems += _check_body(page, context)
        if page.meta.title in titles:
            problems.append(
                Problem(
                    Place(f"docs/{src}", 2),
                    Code.DUPLICATE,
                    f"titre déjà pris par docs/{titles[page.meta.title]}",
                    "donnez un titre unique",
                    page.meta.title,
                )
            )
        titles.setdefault(page.meta.title, src)
    return pages, problems


def _read_page(root: Path, context: Context, page_id: str, src: str, problems: list[Problem]) -> Page | None:
    path = root / "docs" / src
    text, found = read_text(path, root)
    problems += found
    if found:
        return None
    match = _FRONT.match(text)
    name = f"docs/{src}"
    if not match:
        problems.append(
            Problem(
                Place(name),
                Code.MISSING_FIELD,
                "la page ne commence pas par son en-tête",
                "ajoutez « --- », title, description, « --- » en tête de page",
            )
        )
        return None
    source = Source(name, first_line=2)
    parse(match[1], source)
    problems += source.problems
    if source.problems:
        return None
    context.file = name
    try:
        meta = PageMeta.model_validate(source.value, context=context)
    except ValidationError as error:
        problems += (explain(fault, source, (), PageMeta) for fault in error.errors())
        return None
    return Page(page_id, src, meta, text[match.end() :], text.count("\n", 0, match.end()) + 1)


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


def _check_body(page: Page, context: Context) -> Iterator[Problem]:
    bare = blank(CODE, page.body)
    prose = blank(_COMMENT, bare)
    resources = context.ids.get("resource")
    for match in _RAW_URL.finditer(prose):
        yield Problem(
            page.place(match.start()),
            Code.ADDRESS,
            "adresse externe écrite dans la page",
            "enregistrez-la dans data/resources.yml et écrivez [texte du lien][identifiant]",
            match[0],
        )
    for name, offset in references(page.body):
        if resources is not None and name not in resources:
            yield Problem(
                page.place(offset),
                Code.REFERENCE,
                "ressource inconnue",
                did_you_mean(name, resources, "les identifiants sont dans data/resources.yml"),
                name,
            )
    for match in malformed_inserts(prose):
        yield Problem(
            page.place(match.start()),
            Code.INSERT,
            "insertion mal écrite",
            "écrivez {fact:identifiant}, {law:identifiant} ou {contact:identifiant}, sans espace",
            match[0],
        )
    for match in INSERT.finditer(prose):
        known = context.ids.get(match[1])
        if known is not None and match[2] not in known:
            yield Problem(
                page.place(match.start()),
                Code.INSERT,
                f"{{{match[1]}:…}} cite un identifiant inconnu",
                did_you_mean(match[2], known, f"ajoutez-le d’abord dans {FILE_OF[match[1]]}"),
                match[2],
            )
        elif match[1] == "contact" and match[2] in context.without_phone:
            yield Problem(
                page.place(match.start()),
                Code.INSERT,
                "ce contact n’a pas de numéro de téléphone",
                "nommez-le sans numéro",
                match[2],
            )
    yield from _check_literals(page, context, blank(_TARGETS, blank(_REFERENCE_NAMES, prose)))
    for match in _FORBIDDEN_TAG.finditer(prose):
        yield Problem(
            page.place(match.start()),
            Code.MARKER,
            "balise ou attribut interdits dans une page",
            "écrivez en Markdown, ou utilisez un marqueur",
            match[0].strip(),
        )
    yield from hidden.problems(page, prose)
    for match in _CLICK_HERE.finditer(prose):
        yield Problem(
            page.place(match.start()),
            Code.WORDING,
            "le texte d’un lien dit où il mène",
            "nommez la page ou le document",
            match[0],
        )
    if len(re.findall(r"^# \S", prose, re.MULTILINE)) != 1:
        yield Problem(
            page.place(0),
            Code.WORDING,
            "la page doit avoir un titre « # … » et un seul",
            "gardez un seul titre de premier niveau",
        )


_REFERENCE_NAMES = re.compile(r"\]\[[^\]\n]*\]")


def _check_literals(page: Page, context: Context, prose: str) -> Iterator[Problem]:
    name = f"docs/{page.src}"
    for literal in find_literals(prose):
        key = (name, literal.text)
        if key in context.exceptions:
            context.used_exceptions.add(key)
            continue
        yield Problem(
            page.place(literal.start),
            Code.LITERAL,
            f"{literal.kind} en clair dans la page",
            "insérez un fait, {fact:identifiant}, ou notez une exception dans data/exceptions.yml",
            literal.text,
        )
