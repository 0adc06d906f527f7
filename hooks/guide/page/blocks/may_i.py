"""« Puis-je … ? »: the whole list, and on each page of a subject the questions that lead to it."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View


def _questions(view: View, arguments: Mapping[str, str]) -> str:
    questions = list(view.guide.questions.values())
    for each in questions:
        view.cite(each.sources)
    return view.render("questions", questions=questions)


def _here(view: View, arguments: Mapping[str, str]) -> str:
    questions = [each for each in view.guide.questions.values() if each.page == view.page_id]
    return view.render("questions-here", questions=questions, page=arguments["on"])


MARKERS = (
    Marker("questions", "Les questions « Puis-je … ? », avec leurs réponses", _questions),
    Marker(
        "questions-here",
        "Liens vers les questions « Puis-je … ? » qui renvoient à cette page ; on= la page de la liste",
        _here,
        {"on": Argument("page", required=True)},
    ),
)
