"""What an editor may not write in the body of a page, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.data.model.context import Context, unexcused, wrong_inserts
from guide.page import forge, hidden, leftover, outline
from guide.page.document import CODE, Page, blank, references
from guide.text.problems import Code, Problem, did_you_mean

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RAW_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>)\"'»]+", re.IGNORECASE)
_TARGETS = re.compile(
    r"\]\([^)\n]*\)|^ {0,3}\[[^\]\n]+\]:[^\n]*$|\{:?[^}\n]*\}|\bid=\"[^\"]*\"|href=\"[^\"]*\"", re.MULTILINE
)
# A page is text: what runs, styles or embeds belongs to docs/assets/ or to the templates (and to no CSP hash).
_FORBIDDEN_TAG = re.compile(
    r"<(script|style|iframe|object|embed|form|link|meta|base)\b|[\s/\"'](on[a-z]{3,}|style)\s*=",
    re.IGNORECASE,
)
_REFERENCE_NAMES = re.compile(r"\]\[[^\]\n]*\]")
_CLICK_HERE = re.compile(r"cliqu\w* (?:ici|sur ce lien)|\[ici\]", re.IGNORECASE)


def check_body(page: Page, context: Context) -> Iterator[Problem]:
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
    for offset, what, remedy, found in wrong_inserts(prose, context):
        yield Problem(page.place(offset), Code.INSERT, what, remedy, found)
    sentences = blank(_TARGETS, blank(_REFERENCE_NAMES, prose))
    for literal in unexcused(sentences, context, f"docs/{page.src}"):
        what = f"{literal.kind} en clair dans la page"
        yield Problem(page.place(literal.start), Code.LITERAL, what, literal.remedy, literal.text)
    for match in _FORBIDDEN_TAG.finditer(prose):
        yield Problem(
            page.place(match.start()),
            Code.MARKER,
            "balise ou attribut interdits dans une page",
            "écrivez en Markdown, ou utilisez un marqueur",
            match[0].strip(),
        )
    yield from hidden.problems(page, prose)
    yield from forge.problems(page)
    yield from leftover.problems(page, prose)
    for match in _CLICK_HERE.finditer(prose):
        yield Problem(
            page.place(match.start()),
            Code.WORDING,
            "le texte d’un lien dit où il mène",
            "nommez la page ou le document",
            match[0],
        )
    yield from outline.problems(page, bare)
    if len(re.findall(r"^# \S", prose, re.MULTILINE)) != 1:
        yield Problem(
            page.place(0),
            Code.WORDING,
            "la page doit avoir un titre « # … » et un seul",
            "gardez un seul titre de premier niveau",
        )
