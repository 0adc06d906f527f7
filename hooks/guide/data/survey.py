"""Checks of the state of play: no plan may contradict an answer, repeat itself or stop short."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from guide.data.doubled import repeated
from guide.source.yaml_source import Source
from guide.text.problems import Code, Problem


def check_survey(asked: Any, source: Source) -> Iterator[Problem]:
    """What could make a plan contradict an answer, repeat itself or stop short."""
    if asked is None:
        return
    yield from _one_question_a_measure(asked, source)
    for answer in ("non", "je-ne-sais-pas"):
        if [each.id for each in asked.replies].count(answer) != 1:
            yield Problem(
                source.place(("replies",)),
                Code.MISSING_FIELD,
                "chaque réponse a ses points une fois et une seule",
                "écrivez une ligne pour « non » et une pour « je-ne-sais-pas »",
                answer,
            )
    for rank, (before, after) in enumerate(pairwise(asked.days), 1):
        if after < before:
            yield Problem(
                source.place(("days", rank)),
                Code.WRONG_VALUE,
                "ce délai est plus court que celui de la mesure qui précède",
                "rangez les délais du plus court au plus long",
                str(after),
            )
    if len({each.measure for each in asked.further}) < len(asked.days):
        yield Problem(
            source.place(("further",)),
            Code.LENGTH,
            f"{len(asked.further)} mesure(s) pour compléter un plan qui en compte {len(asked.days)}",
            "ajoutez des mesures dont aucune question ne parle, ou retirez des « days »",
        )


def _one_question_a_measure(asked: Any, source: Source) -> Iterator[Problem]:
    """A measure that two questions speak of would be proposed by one and called done by the other."""
    spoken_of = [
        (("questions", index, *path), name, name)
        for index, question in enumerate(asked.questions)
        for path, name in [
            (("measure",), question.measure),
            *((("also", rank), name) for rank, name in enumerate(question.also)),
        ]
    ]
    what = "une autre question parle de cette mesure"
    yield from repeated(source, spoken_of, what, "gardez-la à une seule question")
    further = [
        (("further", index, "measure"), each.measure, each.measure)
        for index, each in enumerate(asked.further)
    ]
    cited = {name for _, name, _ in spoken_of} | {question.if_unsure for question in asked.questions}
    for path, name, _ in further:
        if name in cited:
            yield Problem(
                source.place(path),
                Code.DUPLICATE,
                "une question parle déjà de cette mesure",
                "retirez-la de « further », qui complète les plans où tout est fait",
                name,
            )
    yield from repeated(source, further, "mesure déjà citée", "gardez-la une fois")
