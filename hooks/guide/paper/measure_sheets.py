"""Sheets of measures: the whole checklist, and one page a role."""

from __future__ import annotations

from typing import Any

from guide.data.guide import Guide
from guide.data.model.checklist import Measure
from guide.data.model.sheets import PrintedSheet
from guide.page.chosen import role_measures
from guide.page.view import Options
from guide.paper import typesetting
from guide.paper.paper_view import PaperView
from guide.paper.sections import advice, frame
from guide.paper.typesetting import Job
from guide.text import french

OURS = "°"  # beside a counsel of ours; said once, at the top
LARGEST, SMALLEST, STEP = 11.0, 10.5, 0.25  # points: less is not read at arm’s length


def role_job(guide: Guide, options: Options, sheet: PrintedSheet) -> Job:
    """The page of one role; somebody from outside signs each line, the others date it or tick the days of a month."""
    view = PaperView(guide, options)
    role = next(each for each in guide.taxonomy.roles if each.id == sheet.role)
    data = {
        **frame(guide, options, sheet),
        "lead": view.text(sheet.lead or role.plain),
        "items": [_role_item(view, each, outside=role.outside) for each in role_measures(view, role.id)],
        "words": {
            "proof": view.text("C’est fait quand :"),
            "answer": view.text("Réponse :") if role.outside else None,
            "sign": ["Date", "Signature"] if role.outside else ["Fait le", "Par"],
        },
    }
    return Job("role.typ", data, options.today)


def checklist_job(guide: Guide, options: Options, sheet: PrintedSheet) -> Job:
    """Every measure by group, in the largest type that keeps to the sheet's number of pages."""
    view = PaperView(guide, options)
    groups = []
    for group in guide.taxonomy.groups:
        items = [_item(view, each) for each in guide.measures.values() if each.group == group.id]
        if items:
            groups.append({"id": group.id, "label": view.text(group.label), "items": items})
    said = advice(guide)
    pending = any(each.pending for each in guide.measures.values())
    ours = f"{OURS} : {french.first_down(said)}" if pending else ""
    data = {
        **frame(guide, options, sheet),
        "lead": view.text(f"{sheet.lead or ''} {ours}".strip()),
        "groups": groups,
        "words": {"on": "le", "by": "par"},
    }
    return Job("checklist.typ", data, options.today)


def fitted(guide: Guide, sheet: PrintedSheet, job: Job) -> Job:
    """The job in the largest of these sizes that keeps to the sheet's pages; else in the smallest."""
    low, high = 0, int((LARGEST - SMALLEST) / STEP)
    while low < high:
        middle = (low + high + 1) // 2
        if typesetting.query(_sized(job, middle), "pages") <= sheet.pages:
            low = middle
        else:
            high = middle - 1
    return _sized(job, low)


def _sized(job: Job, step: int) -> Job:
    return job.with_inputs(size=f"{SMALLEST + step * STEP:.2f}")


def _item(view: PaperView, measure: Measure) -> dict[str, Any]:
    publishers = dict.fromkeys(
        view.guide.publisher(view.guide.resources[name]).short for name in measure.sources
    )
    meta = f"{view.label('frequencies', measure.frequency)} ; {', '.join(view.label('roles', role) for role in measure.roles)}. Source : {', '.join(publishers)}."
    return {
        "id": measure.id,
        "label": view.text(measure.label) + (OURS if measure.pending else ""),
        "why": view.text(measure.why),
        "meta": view.text(french.first_up(meta)),
    }


def _role_item(view: PaperView, measure: Measure, *, outside: bool) -> dict[str, Any]:
    often = next(each for each in view.guide.taxonomy.frequencies if each.id == measure.frequency)
    return {
        "id": measure.id,
        "label": view.text(measure.label),
        "why": view.text(measure.why),
        "proof": view.text(measure.proof),
        "when": view.text(french.first_up(often.label)),
        "boxes": 0 if outside else often.boxes or 0,
        "span": view.text(french.first_up(often.span or "")),
        "note": view.text(advice(view.guide)) if measure.pending else None,
    }
