"""Composes one page: inserts, markers, who and when, late facts, definitions, tooltips and foot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml

from guide.data.model.words import GlossaryTerm
from guide.page import forge, structured
from guide.page.blocks import MARKERS
from guide.page.document import REFERENCE, Page, references
from guide.page.markers import Use
from guide.page.view import View
from guide.review.overdue import overdue, trust
from guide.source import pictures
from guide.text import french, verbatim

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
_ENCODED_ANCHOR = re.compile(
    r"((?:\]\(|^ {0,3}\[[^\]\n]+\]:\s*|href=\")(?![a-z][a-z0-9+.-]*:)[^()\s\"#]*#)([^()\s\"#]*%[0-9a-f]{2}[^()\s\"#]*)",
    re.MULTILINE | re.IGNORECASE,
)
_LEAD = re.compile(r"^# .*\n+(?:(?![#<!|>-]).+\n)*", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^()\s]+\.webp)\)(?!\{)")
_MARKUP = re.compile(r"[\\\[\]*_`<>{}]")  # no place for these in the name of a tooltip
# What a page holds without saying it: markers, inserts, addresses, anchors.
_NOT_SAID = re.compile(r"<!--.*?-->|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\{[^}\n]*\}|<[^>\n]+>", re.DOTALL)
MOST_WORDS = 6
_ACRONYM = re.compile(r"[A-ZÉ].*[A-ZÉ0-9]|[0-9].*[A-Z]")


@dataclass(frozen=True, slots=True)
class Composed:
    """A page as plain Markdown with its front matter, and what it cites: kind of data → ids in order of first use."""

    text: str
    cited: Mapping[str, Sequence[str]]


def compose(page: Page, uses: tuple[Use, ...], view: View) -> Composed:
    """The whole page; `view` is one that has rendered nothing yet."""
    parts: list[str] = []
    position = 0
    for use in uses:
        parts.append(_markdown(page.body[position : use.start], page.src, view))
        parts.append("\n" + MARKERS[use.name].render(view, use.arguments) + "\n")
        position = use.end
    parts.append(_markdown(page.body[position:], page.src, view))
    view.cite(name for name, _ in references(page.body))
    body = "".join(parts).strip() + "\n"
    body = _with_header(page, body, view)
    tail = [
        _definitions(page, view),
        _abbreviations(body, view),
        _foot(page, view),
        structured.for_page(page, view),
    ]
    text = _front_matter(page, view) + "\n" + body + "".join(f"\n{part}\n" for part in tail if part)
    return Composed(text, {kind: list(ids) for kind, ids in view.cited.items()})


def _markdown(text: str, src: str, view: View) -> str:
    """Editors' Markdown with inserts replaced and French spaces put in; code is left alone."""
    folder = (view.guide.root / "docs" / src).parent
    parts = _CODE.split(forge.mended(text))
    return french.typeset_markdown(
        "".join(
            part if index % 2 else _foreign(_measured(view.insert_markdown(_named(part)), folder), view)
            for index, part in enumerate(parts)
        )
    )


def _measured(text: str, folder: Path) -> str:
    """Pictures say their size, so that the page does not jump while they come."""

    def with_size(match: re.Match[str]) -> str:
        measured = pictures.size((folder / match[1]).read_bytes())
        return (
            f"{match[0]}{{: width={measured[0]} height={measured[1]} loading=lazy }}"
            if measured
            else match[0]
        )

    return _PICTURE.sub(with_size, text)


def _named(text: str) -> str:
    """Anchors of our pages by the name they have there: « #d%C3%A9lai », as a browser's bar copies it, is « #délai »."""

    def decoded(match: re.Match[str]) -> str:
        name = unquote(match[2])
        return match[0] if re.search(r"[\s()<>\"%\ufffd]", name) else match[1] + name

    return _ENCODED_ANCHOR.sub(decoded, text)


def _foreign(text: str, view: View) -> str:
    """Links to documents in another language say so to browsers and screen readers."""

    def marked(match: re.Match[str]) -> str:
        resource = view.guide.resources.get(match[2] or match[1])
        if resource is None or resource.link is None or resource.lang == "fr":
            return match[0]
        return f"{match[0]}{{: hreflang={resource.lang} }}"

    return REFERENCE.sub(marked, text)


def _front_matter(page: Page, view: View) -> str:
    meta: dict[str, object] = {
        "title": verbatim.unescaped(french.typeset(page.meta.title)),
        "description": verbatim.unescaped(view.text(page.meta.description)),
    }
    if page.meta.hide:
        meta["hide"] = list(page.meta.hide)
    if page.meta.booklet:
        meta["booklet"] = page.meta.booklet
    if search := page.meta.search.model_dump(mode="json", exclude_defaults=True):
        meta["search"] = search
    return (
        "---\n" + yaml.dump(meta, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1000) + "---\n"
    )


def _with_header(page: Page, body: str, view: View) -> str:
    """Who and when, then the notice of late facts, below the title and its first paragraph."""
    blocks = []
    if page.meta.who or page.meta.when:
        blocks.append(view.render("who", who=page.meta.who, time=page.meta.when))
    # In an emergency every line counts.
    apart = page.meta.list or not page.meta.who or view.guide.pages.urgent(page.id)
    if terms := [] if apart else _explained(page.body, view):
        blocks.append(view.render("words-here", terms=terms))
    late = overdue({name: view.guide.facts[name] for name in view.cited["fact"]}, view.today)
    if late:
        blocks.append(view.render("overdue", facts=late))
    match = _LEAD.search(body)
    if not blocks or match is None:
        return body
    return (
        body[: match.end()].rstrip()
        + "\n\n"
        + "\n\n".join(blocks)
        + "\n\n"
        + body[match.end() :].lstrip("\n")
    )


def _explained(body: str, view: View) -> list[GlossaryTerm]:
    """The words of the lexicon that a page uses by itself, in the order in which a reader meets them, `MOST_WORDS` at most."""
    text = _NOT_SAID.sub(" ", body)
    folded = text.casefold()
    met: list[tuple[int, GlossaryTerm]] = []
    for term in view.guide.glossary.values():
        if term.everyday or term.term.casefold() not in folded:  # mostly so, and ten times as quick to say
            continue
        exactly = re.NOFLAG if _ACRONYM.search(term.term) else re.IGNORECASE
        if found := re.search(rf"(?<![\w-]){re.escape(term.term)}s?(?![\w-])", text, exactly):
            met.append((found.start(), term))
    return [term for _, term in sorted(met, key=lambda each: each[0])][:MOST_WORDS]


def _definitions(page: Page, view: View) -> str:
    lines = []
    for name in dict.fromkeys(name for name, _ in references(page.body)):
        resource = view.guide.resources[name]
        lines.append(f"[{name}]: {resource.link or view.markdown_href(view.guide.pages.catalogue, name)}")
    return "\n".join(lines)


def _abbreviations(body: str, view: View) -> str:
    """Definitions of the acronyms that occur in the page: tooltips for free."""
    terms = {term.term: term for term in view.guide.glossary.values()}
    met = set(_acronyms(tuple(terms)).findall(body))
    return "\n".join(
        f"*[{name}]: {view.text(term.expansion or term.definition)}"
        for name, term in terms.items()
        if name in met and not _MARKUP.search(name)
    )


@cache
def _acronyms(terms: tuple[str, ...]) -> re.Pattern[str]:
    """The acronyms among these terms, the longest first. By their first letters, so that the rest of a page is passed over."""
    found: dict[str, list[str]] = {}
    for term in sorted(filter(_ACRONYM.search, terms), key=len, reverse=True):
        found.setdefault(re.escape(term[0]), []).append(re.escape(term[1:]))
    ways = (rf"{first}(?<![\w-]{first})(?:{'|'.join(rest)})" for first, rest in found.items())
    return re.compile(rf"(?:{'|'.join(ways)})(?![\w-])" if found else r"(?!)")


def _foot(page: Page, view: View) -> str:
    if not page.meta.foot:
        return ""
    if view.brief:
        return view.render("foot-brief")
    facts = [view.guide.facts[name] for name in view.cited["fact"]]
    laws = [view.guide.laws[name] for name in view.cited["law"]]
    contacts = [view.guide.contacts[name] for name in view.cited["contact"]]
    view.cite(each.resource for each in laws if each.resource)
    view.cite(each.resource for each in contacts if each.resource)
    for fact in facts:
        view.cite(fact.sources)
    shown = [view.guide.resources[name] for name in view.cited["resource"]]
    return view.render(
        "foot",
        resources=shown,
        facts=facts,
        title=page.meta.title,
        correction=view.correct(page.place(0), french.typeset(page.meta.title)),
        trust=trust([*facts, *laws, *contacts]),
        next_review=min((fact.review_by for fact in facts), default=None),
    )
