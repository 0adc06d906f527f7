"""What may be printed: the guide seen from paper, where a number stays on the wall for months."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from guide.data.guide import Guide
from guide.data.model.facts import Contact
from guide.data.model.resources import Resource
from guide.page.view import Options, View
from guide.source import tree
from guide.text import french
from guide.text.problems import Code, GuideError, Place, Problem

# Said where the screen shows a number that nobody has confirmed for paper.
ON_SCREEN_ONLY = "numéro à lire sur le site"


# The spaces where a line must not end: « 01 23 », « 17 ou 112 ».
_WITHIN_A_NUMBER = re.compile(r"(?<=\d) (?:ou )?(?=\d)")


def printable(contact: Contact) -> bool:
    """Whether a contact may be printed: somebody decided so, and the record is sure."""
    return contact.paper and contact.confidence == "high"


class PaperView(View):
    """A view for print: it never gives a phone number that may not be printed."""

    def __init__(
        self,
        guide: Guide,
        options: Options,
        page_id: str = tree.HOME,
        titles: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(guide, options, page_id, titles or {})

    def never_opened(self, resources: Iterable[Resource]) -> int:
        """None: paper outlives the next check, which the site shows."""
        return 0

    def value(self, kind: str, name: str) -> str:
        """What an insert stands for; a number kept off paper becomes words that say where it is."""
        if kind == "contact" and not printable(self.guide.contacts[name]):
            return f"{self.guide.contacts[name].name} ({ON_SCREEN_ONLY})"
        said = super().value(kind, name)
        return (
            _WITHIN_A_NUMBER.sub(lambda found: found[0].replace(" ", french.NBSP), said)
            if kind == "contact"
            else said
        )

    def phone(self, contact: Contact) -> Markup:
        """A number, or where to read it."""
        return super().phone(contact) if printable(contact) or not contact.phone else Markup(ON_SCREEN_ONLY)

    def correct(self, place: Place, what: str, anchor: str = "") -> Markup:
        """Nothing: nobody follows a link of four lines on paper."""
        return Markup("")


class BookletView(PaperView):
    """A view for what one prints to keep at hand: it says once where the sources are."""

    brief = True


def printable_contact(guide: Guide, name: str) -> Contact:
    """The contact `name`; raises GuideError when it may not be printed."""
    contact = guide.contacts[name]
    if not printable(contact):
        place = guide.place("contacts", list(guide.contacts).index(name), "paper")
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


def hidden_numbers(guide: Guide) -> re.Pattern[str]:
    """Matches every phone number that may not be printed, whatever its spaces; matches nothing if there is none."""
    numbers = [
        number for each in guide.contacts.values() if not printable(each) for number, _ in each.numbers
    ]
    spaced = (r"[\s\u00a0\u202f.-]?".join(re.sub(r"\D", "", number)) for number in numbers)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(spaced)})(?![\w/-])" if numbers else r"(?!)")


def refuse_hidden(guide: Guide, texts: Iterable[str]) -> None:
    """Raises GuideError when a text of a sheet holds a number that may not be printed."""
    pattern = hidden_numbers(guide)
    for text in texts:
        if match := pattern.search(text):
            raise GuideError(
                [
                    Problem(
                        Place("data/sheets.yml"),
                        Code.PAPER,
                        "une feuille imprimée cite un numéro qui ne s’imprime pas",
                        "retirez-le de la feuille, ou faites vérifier le contact",
                        match[0],
                    )
                ]
            )
