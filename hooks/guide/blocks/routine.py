"""Routine: measures, first actions, role sheets, checklist, the A4 sheet in HTML."""

from __future__ import annotations

from collections.abc import Mapping

from guide import french
from guide.blocks.emergency import cite
from guide.markers import Argument, Marker
from guide.model.checklist import Measure
from guide.view import View

# What a practice fills in by hand on the sheet, in the order of the sheet.
BLANKS = (
    "Prestataire informatique",
    "Éditeur du logiciel",
    "Assureur et n° de contrat, banque",
    "Référent du cabinet",
    "Son remplaçant",
    "Où est la sauvegarde",
    "Gendarmerie ou police",
    "Ordre départemental",
)


def _measures(view: View, arguments: Mapping[str, str]) -> str:
    rank = {term.id: index for index, term in enumerate(view.guide.taxonomy.priorities)}
    chosen = [each for each in view.guide.measures.values() if each.group == arguments["group"]]
    return view.render(
        "measures", measures=sorted(chosen, key=lambda each: rank[each.priority]), folded="how" in arguments
    )


def _start(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("start", measures=_cited(view, first_actions(view)))


def first_actions(view: View) -> list[Measure]:
    """The measures a practice begins with, in their order."""
    return sorted(
        (each for each in view.guide.measures.values() if each.start), key=lambda each: each.start or 0
    )


def _role(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("role", measures=_cited(view, role_measures(view, arguments["role"])))


def role_measures(view: View, role: str) -> list[Measure]:
    """The measures on a role's one-page sheet, in the order of the data."""
    return [each for each in view.guide.measures.values() if role in each.role_sheet]


def _cited(view: View, measures: list[Measure]) -> list[Measure]:
    for measure in measures:
        cite(view, measure.sources)
    return measures


def _roles(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("roles", roles=view.guide.taxonomy.roles)


def _checklist(view: View, arguments: Mapping[str, str]) -> str:
    groups = [
        (group, [each for each in view.guide.measures.values() if each.group == group.id])
        for group in view.guide.taxonomy.groups
    ]
    return view.render("checklist", groups=[(group, measures) for group, measures in groups if measures])


def poster_groups(view: View) -> list[tuple[object, list[Measure]]]:
    """The blocks of routine items of the A4 sheet, each with its measures."""
    return [
        (
            group,
            [each for each in view.guide.measures.values() if each.poster and each.poster.group == group.id],
        )
        for group in view.guide.taxonomy.poster_groups
    ]


def _poster(view: View, arguments: Mapping[str, str]) -> str:
    # Here, since the printed sheets are made from these blocks.
    from guide.printing import qr
    from guide.printing.poster import CONTACTS

    site = view.guide.site
    checked = min(view.guide.contacts[name].checked_on for name in CONTACTS)
    until = french.add_months(view.today, site.sheet_lifetime_months)
    foot = [
        "À accrocher dans une pièce de l’équipe, jamais là où passent les patients.",
        f"Version {site.version}, vérifiée le {french.day(checked)}, à remplacer avant le {french.day(until)}.",
        site.name,
    ]
    return view.render(
        "poster",
        imperatives=view.guide.incident.imperatives,
        blanks=BLANKS,
        groups=poster_groups(view),
        contacts=CONTACTS,
        foot=[*foot, f"La suite, pas à pas : {site.url}urgence/"] if site.url else foot,
        code=qr.svg(f"{site.url}urgence/") if site.url else "",
    )


MARKERS = (
    Marker(
        "measures",
        "Les mesures d’un groupe, en cartes ; how=folded replie les étapes",
        _measures,
        {"group": Argument("group", required=True), "how": Argument(allowed=("folded",))},
    ),
    Marker("start", "Les six premiers gestes", _start),
    Marker("role", "Les mesures d’un rôle, six au plus", _role, {"role": Argument("role", required=True)}),
    Marker("roles", "Liens vers les pages des rôles", _roles),
    Marker("checklist", "Toutes les mesures, à cocher", _checklist),
    Marker("poster", "Le contenu de la page A4 à afficher", _poster),
)
