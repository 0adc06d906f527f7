"""Letters to suppliers: the questionnaires of `sheets.yml` to read, print, copy, with the answers noted by letters.js."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View


def _letters(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("letters", sheets=[view.guide.sheets[name] for name in arguments["ids"].split(",")])


MARKERS = (
    Marker(
        "letters",
        "Des questionnaires en lettres à copier ou à imprimer, avec la place des réponses",
        _letters,
        {"ids": Argument("sheet", many=True, required=True)},
    ),
)
