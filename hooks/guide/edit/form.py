"""The answers given so far for one new entry, and the questions every kind of entry shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from guide.data.guide import Guide
from guide.edit import asking, fields
from guide.edit.asking import RefusedError
from guide.review.rhythm import next_review
from guide.text import french

CONFIDENCE = {
    "high": "high : la source le dit, et elle a été lue",
    "medium": "medium : vu à un seul endroit, à relire",
    "low": "low : incertain",
}


@dataclass(slots=True)
class Form:
    """What is known of a new entry; a step asks one question and stores its answer."""

    guide: Guide
    model: type[BaseModel]
    file: str
    today: dt.date
    answers: dict[str, Any] = field(default_factory=dict)
    # What has to be added to publishers.yml first: a whole entry, or a host of a known one.
    new_publisher: dict[str, Any] | None = None
    new_host: tuple[str, str] | None = None

    def accept(self, name: str, value: object) -> Any:
        """The value as the data's rules keep it. Raises RefusedError with their sentence."""
        self.guide.context.file = f"data/{self.file}.yml"
        return fields.accept(self.model, name, value, self.guide.context)

    def text(
        self,
        name: str,
        question: str,
        meaning: str,
        example: str = "",
        default: str | None = None,
        also: Callable[[str], None] | None = None,
    ) -> None:
        """Asks for a text; with the default "" an empty answer stores null. `also` may refuse as well."""

        def take(answer: str) -> Any:
            value = self.accept(name, answer or None)
            if also and value is not None:
                also(str(value))
            return value

        limit = fields.limits(self.model, name)
        parts = [
            meaning,
            f"{limit[0].upper()}{limit[1:]}." if limit else "",
            example and f"Exemple : {example}",
        ]
        self.answers[name] = asking.ask(question, take, "\n".join(filter(None, parts)), default)

    def choice(
        self,
        name: str,
        question: str,
        options: Mapping[str, str],
        meaning: str = "",
        default: str | None = None,
    ) -> None:
        """Asks for one value of a closed list, by its number."""
        self.answers[name] = asking.choose(question, options, meaning, default)

    def terms(self, kind: str) -> dict[str, str]:
        """id → label of a list of the taxonomy."""
        return {term.id: term.label for term in getattr(self.guide.taxonomy, kind)}

    def resources(self) -> dict[str, str]:
        """id → « title, publisher » of every resource."""
        return {
            each.id: f"{each.title}, {self.guide.publisher(each).short}"
            for each in self.guide.resources.values()
        }

    def sources(self) -> None:
        """Asks for one or more resources."""
        self.answers["sources"] = asking.several(
            "Source ?",
            self.resources(),
            "Une ressource déjà enregistrée, qui le dit. Tapez son identifiant ou des mots de son titre.\n"
            "Si elle n’existe pas encore, créez-la d’abord : ./scripts/guide new resource",
        )

    def identifier(self, source: str, entries: Mapping[str, Any]) -> None:
        """Proposes an id made from a text; refuses those that an entry has, or had."""
        taken = {*entries, *(old for each in entries.values() for old in getattr(each, "former_ids", ()))}

        def fresh(value: str) -> None:
            if value in taken:
                raise RefusedError(f"« {value} » est déjà pris : choisissez-en un autre.")

        self.text(
            "id",
            "Identifiant ?",
            "Le nom court par lequel le guide y renvoie. Une fois publié, il ne change plus.",
            default=fields.free(fields.slug(source) or "sans-titre", taken),
            also=fresh,
        )

    def review(self, about: str) -> None:
        """Asks for the day of the next review, with the rhythm of the subject as the default."""
        proposed = next_review(self.guide.taxonomy.rhythms, about, self.answers.get("topic", ""), self.today)
        self.answers["review_by"] = ask_review(proposed, self.today)


def ask_review(proposed: dt.date, today: dt.date) -> dt.date:
    """The day before which somebody must look again: after today, within twelve months."""
    latest = french.add_months(today, 12)

    def take(answer: str) -> dt.date:
        try:
            day = dt.date.fromisoformat(answer)
        except ValueError:
            raise RefusedError("Date illisible : écrivez année-mois-jour, par exemple 2027-05-23.") from None
        if not today < day <= latest:
            raise RefusedError(f"La relecture se place après aujourd’hui et avant le {french.day(latest)}.")
        return day

    return asking.ask(
        "À relire avant le ?",
        take,
        "Jour de la prochaine relecture, douze mois au plus.",
        proposed.isoformat(),
    )
