"""« Que faire maintenant ? »: every question and every step, readable as they stand; decide.js asks and sorts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from guide.data.model.decision import UNKNOWN, Condition, Decision, DecisionStep
from guide.page.markers import Marker
from guide.page.view import View


def _decide(view: View, arguments: Mapping[str, str]) -> str:
    decision = view.guide.decision
    moments = [
        (moment, [_shown(decision, step) for step in decision.steps if step.deadline == moment.id])
        for moment in decision.moments
    ]
    for step in decision.steps:
        view.cite(step.sources)
        if step.contact:
            view.cite([step.contact], "contact")
    questions = [
        {"question": question, "only_if": _json(question.only_if), "answers": question.answers}
        for question in decision.questions
    ]
    return view.render("decide", questions=questions, moments=moments, advice=decision.steps, json=json.dumps)


def _shown(decision: Decision, step: DecisionStep) -> dict[str, object]:
    return {
        "step": step,
        "only_if": _json(step.only_if),
        "cases": [in_words(decision, condition) for condition in step.only_if],
    }


def _json(conditions: tuple[Condition, ...]) -> str:
    return json.dumps([dict(condition) for condition in conditions]) if conditions else ""


def in_words(decision: Decision, condition: Condition) -> str:
    """A case as the reader of the page without JavaScript reads it: « intrusion ou doute »."""
    return " et ".join(_values(decision, name, values) for name, values in condition.items())


def _values(decision: Decision, name: str, values: tuple[str, ...]) -> str:
    question = next(each for each in decision.questions if each.id == name)
    sure = [answer.short for answer in question.answers if answer.id in values and answer.id != UNKNOWN]
    doubt = ["doute"] if UNKNOWN in values else []
    return ", ".join([*sure[:-1], " ou ".join([*sure[-1:], *doubt])])


MARKERS = (
    Marker(
        "decide",
        "L’aide « Que faire maintenant ? » : les questions, puis toutes les étapes, dans l’ordre",
        _decide,
    ),
)
