"""What a page and a printed sheet choose from the data alike: the first actions, a role, the A4 sheet."""

from __future__ import annotations

from urllib.parse import urlsplit

from guide.data.guide import Guide
from guide.data.model.checklist import Measure
from guide.data.model.incident import PosterContact
from guide.page.view import View
from guide.review.overdue import trust
from guide.text import french


def first_actions(view: View) -> list[Measure]:
    """The measures a practice begins with, in their order."""
    return sorted(
        (each for each in view.guide.measures.values() if each.start), key=lambda each: each.start or 0
    )


def role_measures(view: View, role: str) -> list[Measure]:
    """The measures on a role's one-page sheet, in the order of the data."""
    return [each for each in view.guide.measures.values() if role in each.role_sheet]


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
    rests = trust([guide.contacts[each.contact] for each in guide.incident.poster.contacts])
    known = ""
    if rests.day:
        day = french.day(rests.day)
        known = (
            f"vérifiée le {day}, "
            if rests.read
            else f"d’après un dossier du {day}, pas encore relu en ligne, "
        )
    until = french.add_months(view.today, guide.site.sheet_lifetime_months)
    return [
        view.text(guide.incident.poster.place),
        f"Version {guide.site.version}, {known}à remplacer avant le {french.day(until)}.",
        guide.site.name,
    ]
