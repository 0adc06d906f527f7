"""What may be printed: the guide seen from paper, where a number stays on the wall for months."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guide.guide import Guide
from guide.literals import INSERT
from guide.model.facts import Contact
from guide.problems import Code, GuideError, Place, Problem
from guide.view import Options, View

# Said where the screen shows a number that nobody has confirmed for paper.
ON_SCREEN_ONLY = "numéro à lire sur le site"


def printable(contact: Contact) -> bool:
    """Whether a contact may be printed: somebody decided so, and the record is sure."""
    return contact.paper and contact.confidence == "high"


class PaperView(View):
    """A view for print: it never gives a phone number that may not be printed."""

    def __init__(
        self,
        guide: Guide,
        options: Options,
        page_id: str = "imprimer",
        titles: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(guide, options, page_id, titles or {})

    def insert(self, text: str) -> str:
        """`text` with its inserts replaced; a number kept off paper becomes words that say where it is."""

        def hide(match: re.Match[str]) -> str:
            if match[1] == "contact" and not printable(self.guide.contacts[match[2]]):
                return f"{self.guide.contacts[match[2]].name} ({ON_SCREEN_ONLY})"
            return match[0]

        return super().insert(INSERT.sub(hide, text))


def printable_contact(guide: Guide, name: str) -> Contact:
    """The contact `name`; raises GuideError when it may not be printed."""
    contact = guide.contacts[name]
    if not printable(contact):
        place = (
            guide.place("contacts", list(guide.contacts).index(name), "paper")
            if "contacts" in guide.sources
            else Place("data/contacts.yml")
        )
        raise GuideError(
            [
                Problem(
                    place,
                    Code.PAPER,
                    "une feuille imprimée cite un contact qui ne s’imprime pas",
                    "faites-le vérifier (confidence: high, paper: true), ou retirez-le de la feuille",
                    name,
                )
            ]
        )
    return contact


def shown(url: str) -> str:
    """An address as people copy it by hand: without scheme."""
    return url.removeprefix("https://").removeprefix("www.")
