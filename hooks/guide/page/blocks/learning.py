"""Training: the syllabus, the offers, the quizzes, the team meeting, the exercises."""

from __future__ import annotations

import re
from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.text.french import sort_key
from guide.text.problems import Code, GuideError, Problem


def _syllabus(view: View, arguments: Mapping[str, str]) -> str:
    explained = {
        _key(word): term.id
        for term in view.guide.glossary.values()
        for word in (*term.aliases, term.expansion or term.term, term.term)
    }
    rows = [
        (topic, [(word, explained.get(_key(word))) for word in topic.terms])
        for topic in sorted(view.guide.training.syllabus, key=lambda topic: topic.order)
    ]
    return view.render("syllabus", rows=rows)


def _key(words: str) -> str:
    """A term as the lexicon may write it: without accents, capitals, hyphens and plurals."""
    return " ".join(word.rstrip("sx") for word in re.findall(r"\w+", sort_key(words)))


def _offers(view: View, arguments: Mapping[str, str]) -> str:
    wanted = arguments.get("recommend", "oui")
    return view.render(
        "offers", offers=[offer for offer in view.guide.training.offers if offer.recommend == wanted]
    )


def _quiz(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("quiz", topics=sorted(view.guide.training.syllabus, key=lambda topic: topic.order))


def _meeting(view: View, arguments: Mapping[str, str]) -> str:
    if (meeting := view.guide.training.meeting) is None:
        place = view.guide.sources["training"].place()
        what, remedy = (
            "une page montre la réunion d’équipe, qui n’est pas écrite",
            "ajoutez « meeting », ou retirez le marqueur",
        )
        raise GuideError([Problem(place, Code.MISSING_FIELD, what, remedy, view.page_id)])
    return view.render("meeting", meeting=meeting)


def _exercises(view: View, arguments: Mapping[str, str]) -> str:
    situations = {each.id: each for each in view.guide.incident.situations}
    return view.render("exercises", exercises=view.guide.training.exercises, situations=situations)


MARKERS = (
    Marker("syllabus", "Les points du programme, en grille", _syllabus),
    Marker(
        "offers",
        "Les offres de formation",
        _offers,
        {"recommend": Argument(allowed=("oui", "non", "contexte", "a-verifier"))},
    ),
    Marker("quiz", "Les questions d’entraînement, par thème", _quiz),
    Marker("meeting", "La réunion d’équipe et ses messages frauduleux", _meeting),
    Marker("exercises", "Les fiches d’exercice", _exercises),
)
