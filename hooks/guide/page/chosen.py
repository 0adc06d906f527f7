"""What a page and a printed sheet choose from the data alike: the first actions, a role, the A4 sheet, the state of play."""

from __future__ import annotations

from dataclasses import dataclass

from guide.data.guide import Guide
from guide.data.model.assessment import StateQuestion
from guide.data.model.checklist import Measure
from guide.data.model.incident import PosterContact
from guide.data.model.taxonomy import Group
from guide.page.view import View
from guide.review.overdue import trust
from guide.source import tree
from guide.text import french
from guide.text.address import host, join


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


def poster_title(guide: Guide, content: str = "poster") -> str:
    """The title of an A4 sheet, as `sheets.yml` gives it; the form is the same page under the same title."""
    titles = [sheet.title for sheet in guide.sheets.values() if sheet.content == content]
    return titles[0] if titles else guide.site.short_name


def poster_contact(guide: Guide, entry: PosterContact) -> dict[str, str]:
    """A contact between emergency and routine: its number, else the site where it answers.

    `said`: what stands before it alone, in the large letters of the wall.
    """
    contact = guide.contacts[entry.contact]
    return {
        "label": f"{entry.label} " if entry.label else "",
        "value": contact.phone or host(guide.answers_at(contact) or ""),
        "note": f" ({entry.note})" if entry.note else "",
        "said": french.first_up((entry.label or entry.note or contact.name).rstrip(" :\u00a0\u202f")),
    }


def poster_foot(view: View) -> list[str]:
    """Where the sheet hangs, which version it is and when it must go, whose it is."""
    guide = view.guide
    known = "" if guide.site.url is None else _checked(guide)
    until = french.add_months(view.today, guide.site.sheet_lifetime_months)
    return [
        view.text(guide.incident.poster.place),
        f"Version {guide.site.version},{known} à remplacer avant le {french.day(until)}.",
        guide.site.name,
    ]


def edition(guide: Guide) -> list[str]:
    """The line that every sheet carries while the site has no address; nothing once it has one."""
    if guide.site.url is not None:
        return []
    said = (*guide.incident.imperatives, *guide.measures.values())
    read = " pas encore relue par " + guide.site.words.peer if any(each.pending for each in said) else ""
    return [f"Édition sans adresse de site,{_checked(guide)}{read}".removesuffix(",") + "."]


def more_words(guide: Guide) -> str:
    """What stands before that address."""
    return "La suite, pas à pas :" if guide.site.url else "Aide en ligne :"


def _checked(guide: Guide) -> str:
    """What the numbers on paper rest on, with a space before and a comma behind."""
    rests = trust([guide.contacts[each.contact] for each in guide.incident.poster.contacts])
    if rests.day is None:
        return ""
    return f" {'vérifiée le' if rests.read else 'd’après un dossier du'} {french.day(rests.day)},"


def emergency_address(guide: Guide) -> str | None:
    """What a code on paper opens: our emergency page; without an address of ours, the site that the data name."""
    if guide.site.url is not None:
        return join(guide.site.url, tree.address(guide.pages.emergency))
    code = guide.incident.poster.code
    return guide.resources[code].link if code else None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure of the state of play: the heaviest question that proposes it, None where it only completes a plan.

    `unsure`: proposed only to those who do not know.
    """

    measure: Measure
    question: StateQuestion | None
    because: str
    unsure: bool = False


def proposals(guide: Guide) -> list[Proposal]:
    """Every measure that a plan may propose, the most pressing first, those that only complete a plan last.

    Equal weights follow what the measures say of themselves: their rank among the first actions, priority, cost, effort.
    """
    asked = guide.assessment
    found: dict[str, Proposal] = {}
    heaviest_first = sorted(asked.questions, key=lambda each: -each.weight)
    for unsure in (False, True):
        for question in heaviest_first:
            name = question.if_unsure if unsure else question.measure
            if name and name not in found:
                found[name] = Proposal(guide.measures[name], question, question.because, unsure)
    for each in asked.further:
        found[each.measure] = Proposal(guide.measures[each.measure], None, each.because)
    ranks = {
        name: {term.id: rank for rank, term in enumerate(getattr(guide.taxonomy, name))}
        for name in ("priorities", "costs", "efforts")
    }

    def order(each: Proposal) -> tuple[int, ...]:
        measure = each.measure
        return (
            -each.question.weight if each.question else 0,
            each.unsure,
            measure.start or len(guide.measures),
            ranks["priorities"][measure.priority],
            ranks["costs"][measure.cost],
            ranks["efforts"][measure.effort],
        )

    return sorted(found.values(), key=order)


def subjects(guide: Guide) -> list[tuple[Group, list[StateQuestion]]]:
    """The questions of the state of play by the group of their measure, in the order of the groups."""
    by_group = [
        (
            group,
            [each for each in guide.assessment.questions if guide.measures[each.measure].group == group.id],
        )
        for group in guide.taxonomy.groups
    ]
    return [(group, questions) for group, questions in by_group if questions]
