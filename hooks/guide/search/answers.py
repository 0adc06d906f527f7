"""The answers of `data/answers.yml` as the search box shows them: facts inserted, typeset, with a link that dials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from guide.data.model.facts import Contact
from guide.data.model.words import FAMILY, Answer
from guide.page.view import View
from guide.search.tokens import fold
from guide.source import tree


def answers(view: View) -> list[dict[str, Any]]:
    """Each answer with its inserted values, in the order of the file.

    `source` names the publishers; `call` is a label and a number to dial, `visit` a label and an address.
    """
    return [_shown(view, each) for each in view.guide.answers]


def _shown(view: View, answer: Answer) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "words": _folded(view, answer.words),
        "title": view.text(answer.title),
        "text": view.text(answer.text),
        "page": tree.address(answer.page),
        "more": view.titles[answer.page],
        "source": ", ".join(
            dict.fromkeys(view.guide.publisher(view.guide.resources[each]).short for each in answer.sources)
        ),
    }
    if answer.unless:
        shown["unless"] = _folded(view, answer.unless)
    if answer.contact:
        shown |= _reached(view, view.guide.contacts[answer.contact])
    return shown


def _folded(view: View, expressions: Iterable[str]) -> list[str]:
    """The expressions with their families written out: what is said many times packs well."""
    families = view.guide.families
    return [fold(FAMILY.sub(lambda match: "/".join(families[match[1]].words), each)) for each in expressions]


def _reached(view: View, contact: Contact) -> dict[str, tuple[str, str]]:
    """How a contact is reached: its number first, else its address; nothing when it has neither."""
    if contact.numbers:
        label = view.text(f"{contact.name} : {{contact:{contact.id}}}")
        return {"call": (label, re.sub(r"\D", "", contact.numbers[0][0]))}
    link = view.guide.answers_at(contact)
    return {"visit": (view.text(contact.name), link)} if link else {}
