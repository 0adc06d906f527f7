"""The state of play to fill with a pen: the questions by subject, then every measure in order with room for a name and a day."""

from __future__ import annotations

from guide.data.guide import Guide
from guide.data.model.assessment import NO, UNSURE, OrderRule
from guide.data.model.sheets import PrintedSheet
from guide.page.chosen import proposals, subjects
from guide.page.view import Options
from guide.paper.paper_view import PaperView
from guide.paper.sections import advice, frame
from guide.paper.typesetting import Job
from guide.text import french


def job(guide: Guide, options: Options, sheet: PrintedSheet) -> Job:
    """Questions are numbered throughout; each measure names the question that proposes it."""
    view = PaperView(guide, options)
    groups, numbers, unsure = [], dict[str, int](), f"{french.NBSP}?"
    for group, questions in subjects(guide):
        for question in questions:
            numbers[question.id] = len(numbers) + 1
        rows = [
            {"number": numbers[each.id], "text": view.text(each.text), "help": view.text(each.help or "")}
            for each in questions
        ]
        groups.append({"label": view.text(group.label), "rows": rows})
    measures = [
        {
            "number": f"{numbers[each.question.id]}{unsure if each.unsure else ''}" if each.question else "–",
            "label": view.text(each.measure.label),
            "cost": view.text(view.label("costs", each.measure.cost)),
            "who": view.text(view.label("roles", each.measure.roles[0])),
        }
        for each in proposals(guide)
    ]
    reserves = " ".join(_order(rule, numbers) for rule in guide.assessment.rules)
    asked, count = guide.assessment, french.NUMBERS[len(guide.assessment.days)]
    data = {
        **frame(guide, options, sheet),
        "lead": view.text(sheet.lead or ""),
        "groups": groups,
        "measures": measures,
        "words": {
            "fields": [view.text("Fait le"), view.text("Par")],
            "columns": [view.text(each) for each in ("N°", "Question", "Oui", "Non", "?")],
            "tally": view.text("« oui » :"),
            "second": view.text("Les mesures, de la plus pressante à la moins pressante"),
            "how": view.text(
                f"Le numéro est celui de la question. Gardez les {count} premières mesures dont la question n’a pas reçu"
                " « oui ». Un numéro suivi de « ? » vaut pour qui ne sait pas ; un tiret complète un plan court."
                f" {reserves}"
            ),
            "plan": [view.text(each) for each in ("Retenue", "N°", "Mesure", "Coût", "Qui", "Pour le")],
            "note": view.text(advice(guide)) if asked.pending else "",
        },
    }
    return Job("assessment.typ", data, options.today)


def _order(rule: OrderRule, numbers: dict[str, int]) -> str:
    """What the screen counts by itself, for the pen: « Sans « oui » à 12 et 13 : 12 et 13 passent devant. »"""
    answers = {answer for each in rule.when for answer in each.answers}
    given = "Sans « oui »" if answers == {NO, UNSURE} else "Avec « non »" if answers == {NO} else "Avec « ? »"
    asked = " et ".join(str(numbers[each.question]) for each in rule.when)
    moved = " et ".join(str(numbers[each]) for each in rule.questions)
    verb = "passent" if len(rule.questions) > 1 else "passe"
    return f"{given} à {asked} : {moved} {verb} {'devant' if rule.points > 0 else 'plus loin'}."
