"""The printable sheets, each with its preview: for whom, where it goes, how many pages."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View


def _sheets(view: View, arguments: Mapping[str, str]) -> str:
    made = view.options.sheets
    if "ids" in arguments:
        wanted = arguments["ids"].split(",")
        made = tuple(sheet for name in wanted for sheet in made if sheet.id == name)
    return view.render("sheets", sheets=made)


MARKERS = (
    Marker(
        "sheets",
        "Les feuilles à imprimer, toutes ou par identifiants, avec leur aperçu",
        _sheets,
        {"ids": Argument("sheet", many=True)},
    ),
)
