"""The state of play: every question with the measure it leads to, all of it readable as it stands; survey.js asks and sorts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from guide.data.model.assessment import NO, UNSURE, YES
from guide.page.chosen import proposals, subjects
from guide.page.markers import Marker
from guide.page.view import View
from guide.text import french

LABELS = {YES: "Oui", NO: "Non", UNSURE: "Je ne sais pas"}


def _assessment(view: View, arguments: Mapping[str, str]) -> str:
    asked = view.guide.assessment
    rules = [
        {
            "when": {each.question: list(each.answers) for each in rule.when},
            "questions": list(rule.questions),
            "points": rule.points,
        }
        for rule in asked.rules
    ]
    return view.render(
        "assessment",
        asked=asked,
        subjects=subjects(view.guide),
        proposals=proposals(view.guide),
        replies=LABELS,
        points=json.dumps({each.id: each.points for each in asked.replies}),
        rules=json.dumps(rules),
        days=json.dumps(asked.days),
        first=_first(len(asked.days)),
    )


def _first(count: int) -> str:
    """« six premières mesures »."""
    number = french.NUMBERS[count] if count < len(french.NUMBERS) else str(count)
    return f"{number} premières mesures" if count > 1 else "première mesure"


MARKERS = (
    Marker(
        "assessment",
        "L’état des lieux : les questions, la mesure que chacune appelle, et l’ordre de toutes",
        _assessment,
    ),
)
