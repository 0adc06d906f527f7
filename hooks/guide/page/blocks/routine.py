"""Routine: measures, first actions, role sheets, checklist, the A4 sheet in HTML."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from guide.data.guide import Guide
from guide.data.model.checklist import Measure
from guide.data.model.incident import PosterContact
from guide.page.blocks.emergency import cite
from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.text import french


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


def poster_title(guide: Guide) -> str:
    """The title of the A4 sheet, as `sheets.yml` gives it; the form is the same page under the same title."""
    titles = [sheet.title for sheet in guide.sheets.values() if sheet.content == "poster"]
    return titles[0] if titles else guide.site.short_name


def poster_contact(guide: Guide, entry: PosterContact) -> dict[str, str]:
    """A contact between emergency and routine: its number, else the site where it answers."""
    contact = guide.contacts[entry.contact]
    link = guide.resources[contact.resource].link if contact.resource else None
    return {
        "label": f"{entry.label} " if entry.label else "",
        "value": contact.phone or (urlsplit(link or "").hostname or "").removeprefix("www."),
        "note": f" ({entry.note})" if entry.note else "",
    }


def poster_foot(view: View) -> list[str]:
    """Where the sheet hangs, which version it is and when it must go, whose it is."""
    guide = view.guide
    checked = min(guide.contacts[each.contact].checked_on for each in guide.incident.poster.contacts)
    until = french.add_months(view.today, guide.site.sheet_lifetime_months)
    return [
        view.text(guide.incident.poster.place),
        f"Version {guide.site.version}, vérifiée le {french.day(checked)}, à remplacer avant le {french.day(until)}.",
        guide.site.name,
    ]


def _poster(view: View, arguments: Mapping[str, str]) -> str:
    # Here, since the printed sheets are made from these blocks.
    from guide.text import qr

    site, emergency = view.guide.site, view.guide.incident.poster
    foot = poster_foot(view)
    return view.render(
        "poster",
        imperatives=view.guide.incident.imperatives,
        title=poster_title(view.guide),
        blanks=emergency.blanks,
        groups=poster_groups(view),
        contacts=[poster_contact(view.guide, each) for each in emergency.contacts],
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
    Marker("start", "Les premiers gestes", _start),
    Marker("role", "Les mesures d’un rôle, six au plus", _role, {"role": Argument("role", required=True)}),
    Marker("roles", "Liens vers les pages des rôles", _roles),
    Marker("checklist", "Toutes les mesures, à cocher", _checklist),
    Marker("poster", "Le contenu de la page A4 à afficher", _poster),
)
