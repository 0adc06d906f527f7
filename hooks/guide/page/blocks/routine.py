"""Routine: measures, first actions, role sheets, checklist, the A4 sheet in HTML."""

from __future__ import annotations

from collections.abc import Mapping

from guide.data.model.checklist import Measure
from guide.page.chosen import (
    edition,
    emergency_address,
    first_actions,
    more_words,
    poster_contact,
    poster_foot,
    poster_groups,
    poster_title,
    role_measures,
)
from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.text import qr
from guide.text.address import shown


def _measures(view: View, arguments: Mapping[str, str]) -> str:
    rank = {term.id: index for index, term in enumerate(view.guide.taxonomy.priorities)}
    chosen = [each for each in view.guide.measures.values() if each.group == arguments["group"]]
    return view.render(
        "measures", measures=sorted(chosen, key=lambda each: rank[each.priority]), folded="how" in arguments
    )


def _start(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("start", measures=_cited(view, first_actions(view)))


def _role(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("role", measures=_cited(view, role_measures(view, arguments["role"])))


def _cited(view: View, measures: list[Measure]) -> list[Measure]:
    for measure in measures:
        view.cite(measure.sources)
    return measures


def _checklist(view: View, arguments: Mapping[str, str]) -> str:
    groups = [
        (group, [each for each in view.guide.measures.values() if each.group == group.id])
        for group in view.guide.taxonomy.groups
    ]
    cited = dict.fromkeys(name for each in view.guide.measures.values() for name in each.sources)
    return view.render(
        "checklist",
        groups=[(group, measures) for group, measures in groups if measures],
        sources=[view.guide.resources[name] for name in cited],
    )


def _poster(view: View, arguments: Mapping[str, str]) -> str:
    emergency = view.guide.incident.poster
    address = emergency_address(view.guide)
    return view.render(
        "poster",
        imperatives=view.guide.incident.imperatives,
        title=poster_title(view.guide),
        blanks=emergency.blanks,
        groups=poster_groups(view),
        contacts=[poster_contact(view.guide, each) for each in emergency.contacts],
        phone=emergency.phone,
        clocks=view.guide.incident.clocks,
        foot=[*poster_foot(view), *([f"{more_words(view.guide)} {shown(address)}"] if address else [])],
        edition=edition(view.guide),
        code=qr.svg(address) if address else "",
    )


MARKERS = (
    Marker(
        "measures",
        "Les mesures d’un groupe, en cartes ; how=folded replie les étapes",
        _measures,
        {"group": Argument("group", required=True), "how": Argument(allowed=("folded",))},
    ),
    Marker("start", "Les premiers gestes", _start),
    Marker("role", "Les mesures d’un rôle, six au plus", _role, {"role": Argument("role", required=True)}),
    Marker("roles", "Liens vers les pages des rôles"),
    Marker("checklist", "Toutes les mesures, à cocher", _checklist),
    Marker("poster", "Le contenu de la page A4 à afficher", _poster),
)
