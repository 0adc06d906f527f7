"""The A4 sheets to hang up, to be read from two metres and from one step: their words, and whether they fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from guide.data.guide import Guide
from guide.data.model.sheets import PrintedSheet
from guide.page.chosen import (
    edition,
    emergency_address,
    more_words,
    poster_contact,
    poster_foot,
    poster_groups,
    poster_title,
)
from guide.page.view import Options
from guide.paper import printed_drawings, typesetting
from guide.paper.paper_view import PaperView, printable_contact
from guide.paper.typesetting import Job
from guide.text import french, qr
from guide.text.address import shown
from guide.text.problems import Code, GuideError, Place, Problem

POINTS_PER_MM = 72 / 25.4


# The pages that a sheet may hold, by the `content` whose title each carries.
WALL, CARD = "poster-wall", "poster"


def job(
    guide: Guide, options: Options, sheet: PrintedSheet, parts: tuple[str, ...], *, form: bool = False
) -> Job:
    """The pages `parts` as one document; raises GuideError when a contact on them may not be printed."""
    view = PaperView(guide, options)
    for each in guide.incident.poster.contacts:
        printable_contact(guide, each.contact)
    address = emergency_address(guide)
    data: dict[str, Any] = {
        "title": poster_title(guide, parts[0]) if len(parts) == 1 else sheet.title,
        "parts": [{"id": part, "title": poster_title(guide, part)} for part in parts],
        "form": form,
        "author": guide.site.publisher or guide.site.name,
        "date": options.today.isoformat(),
        "keywords": [guide.site.words.place, "cyberattaque", "urgence", "sauvegarde"],
        "imperatives": [
            {
                "id": each.id,
                "text": _tied(view.text(each.text)),
                "pictogram": printed_drawings.one(view, each.pictogram)["svg"] if each.pictogram else "",
            }
            for each in guide.incident.imperatives
        ],
        "blanks": [{"id": each.id, "label": view.text(each.label)} for each in guide.incident.poster.blanks],
        "phone": view.text(guide.incident.poster.phone or ""),
        "clocks": [
            {"hours": f"{clock.hours} h", "text": view.text(clock.title)} for clock in guide.incident.clocks
        ],
        "contacts": [poster_contact(guide, each) for each in guide.incident.poster.contacts],
        "groups": [_group(view, group, measures) for group, measures in poster_groups(view)],
        "foot": poster_foot(view),
        "edition": edition(guide),
        "address": address,
        "qr": qr.svg(address) if address else "",
        "words": {
            "urgent": "URGENCE",
            "attack": "En cas d’attaque",
            "numbers": "Nos numéros (à remplir)",
            "qr": f"QR code vers {shown(address or '')}",
            "month": "mois",
            "months": "mois :",
            "on": "le",
            "date": "date",
            "filled": "Remplie le",
            "by": "par",
            "more": more_words(guide),
            "address": shown(address or ""),
            "filled-by": "Remplie par",
            "name": f"{french.NBSP}: nom ou lieu",
            "phone": f"{french.NBSP}: numéros",
        },
    }
    return Job("poster.typ", _typeset(data), options.today)


def fitting(guide: Guide, sheet: PrintedSheet, poster: Job) -> Job:
    """The sheet, measured; raises GuideError, one problem an item to shorten, when it is taller than the page."""
    problems = [
        problem
        for measures in typesetting.query_all(poster, "measures")
        for problem in _too_tall(guide, poster, measures)
    ]
    if problems:
        raise GuideError(problems)
    return poster


def _too_tall(guide: Guide, poster: Job, measures: Mapping[str, Any]) -> list[Problem]:
    """The texts of one page to shorten, and by how much; none when it fits."""
    over = measures["need"] - measures["room"]
    if over <= 0:
        return []
    texts = {item["id"]: item["text"] for item in _items(poster.data)}
    problems: list[Problem] = []
    gained = 0.0
    wrapped = [item for item in measures["items"] if item["width"] > item["column"]]
    for item in sorted(wrapped, key=lambda item: _words_over(item, texts)):
        if gained >= over:
            break
        gained += item["line"]
        problems.append(
            Problem(
                _place(guide, item["id"]),
                Code.LENGTH,
                f"l’affiche dépasse sa page de {math.ceil(over / POINTS_PER_MM)} mm et ce texte est trop long",
                f"retirez {french.plural(_words_over(item, texts), 'mot')}",
                texts[item["id"]],
            )
        )
    if gained < over:
        problems.append(
            Problem(
                Place("data/checklist.yml"),
                Code.LENGTH,
                f"l’affiche dépasse sa page de {math.ceil(over / POINTS_PER_MM)} mm",
                f"retirez une ligne marquée « poster » ; elle en porte {sum(len(g['items']) for g in poster.data['groups'])}",
            )
        )
    return problems


def _tied(text: str) -> str:
    """« de » is not left alone at the end of a line."""
    return text.replace(" de ", " de" + french.NBSP)


def _words_over(item: Mapping[str, Any], texts: Mapping[str, str]) -> int:
    """How many words must go for the item to need one line less."""
    text, lines = texts[item["id"]], math.ceil(item["width"] / item["column"])
    excess: float = (item["width"] - (lines - 1) * item["column"]) / item["width"] * len(text)
    return max(1, math.ceil(excess / (len(text) / len(text.split()))))


def _items(data: Mapping[str, Any]) -> Iterable[Mapping[str, str]]:
    yield from data["imperatives"]
    for group in data["groups"]:
        yield from group["items"]


def _place(guide: Guide, name: str) -> Place:
    if name in guide.measures:
        return guide.place("checklist", list(guide.measures).index(name), "poster", "label")
    rank = next(index for index, each in enumerate(guide.incident.imperatives) if each.id == name)
    return guide.sources["incident"].place(("imperatives", rank, "text"))


def _group(view: PaperView, group: Any, measures: Iterable[Any]) -> dict[str, Any]:
    items = [{"id": each.id, "text": view.text(each.poster.label)} for each in measures]
    return {"id": group.id, "label": group.label, "marks": group.marks, "items": items}


def _typeset(value: Any) -> Any:
    """Every string of the data through the French filter, which leaves typeset text as it is."""
    if isinstance(value, str):
        return value if value.startswith("<svg") else french.typeset(value)
    if isinstance(value, dict):
        return {
            key: inner if key in ("id", "marks", "date", "address") else _typeset(inner)
            for key, inner in value.items()
        }
    return [_typeset(inner) for inner in value] if isinstance(value, list) else value
