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

LARGEST, SMALLEST, STEP = 11.0, 8.0, 0.25  # points


def role_job(guide: Guide, options: Options, sheet: PrintedSheet) -> Job:
    """The page of one role; somebody from outside signs each line, the others date it."""
    view = PaperView(guide, options)
    role = next(each for each in guide.taxonomy.roles if each.id == sheet.role)
    data = {
        **frame(guide, options, sheet),
        "lead": view.text(role.plain),
        "items": [_role_item(view, each) for each in role_measures(view, role.id)],
        "words": {
            "proof": view.text("C’est fait quand :"),
            "sign": ["Réponse", "Date", "Signature"] if role.outside else ["Fait le", "Par"],
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
    data = {**frame(guide, options, sheet), "lead": view.text(sheet.lead or ""), "groups": groups}
    return Job("checklist.typ", data, options.today)


def fitted(guide: Guide, sheet: PrintedSheet, job: Job) -> Job:
    """The job in the largest size, from 11 down to 8 points, that keeps to the sheet's pages; else in 8 points."""
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
    meta = f"{term(view, 'frequencies', measure.frequency)} ; {', '.join(term(view, 'roles', role) for role in measure.roles)}. Source : {', '.join(publishers)}."
    return {
        "id": measure.id,
        "label": view.text(measure.label),
        "why": view.text(measure.why),
        "meta": view.text(meta[0].upper() + meta[1:] + (f" {advice(view.guide)}" if measure.pending else "")),
    }


def _role_item(view: PaperView, measure: Measure) -> dict[str, Any]:
    when = term(view, "frequencies", measure.frequency)
    return {
        "id": measure.id,
        "label": view.text(measure.label),
        "why": view.text(measure.why),
        "proof": view.text(measure.proof),
        "when": view.text(when[0].upper() + when[1:]),
        "note": view.text(advice(view.guide)) if measure.pending else None,
    }


def term(view: PaperView, kind: str, name: str) -> str:
    return next(str(term.label) for term in getattr(view.guide.taxonomy, kind) if term.id == name)
