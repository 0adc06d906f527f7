"""The routine as calendar.js puts it into a calendar file: every recurring measure, by rhythm, readable as a list."""

from __future__ import annotations

from collections.abc import Mapping

from guide.page.markers import Marker
from guide.page.view import View

# Rhythms that a calendar can repeat; what happens once or on an event stays in the checklist.
RECURRING = ("quotidien", "hebdomadaire", "mensuel", "trimestriel", "semestriel", "annuel")


def _calendar(view: View, arguments: Mapping[str, str]) -> str:
    measures = view.guide.measures.values()
    rhythms = [
        (term, [each for each in measures if each.frequency == term.id])
        for term in view.guide.taxonomy.frequencies
        if term.id in RECURRING
    ]
    roles = {role for _, found in rhythms for each in found for role in each.roles}
    return view.render(
        "calendar",
        rhythms=[(term, found) for term, found in rhythms if found],
        roles=[role for role in view.guide.taxonomy.roles if role.id in roles],
    )


MARKERS = (Marker("calendar", "La routine à mettre dans un agenda", _calendar),)
