"""Urgence: the first lines, contacts, situations, timeline, limits, formalities, paper kit."""

from __future__ import annotations

from collections.abc import Mapping

from guide.data.model.facts import Contact
from guide.page.blocks.figures import figure
from guide.page.markers import Argument, Marker
from guide.page.view import View

DEADLINES = {
    "tout-de-suite": "Tout de suite",
    "dans-l-heure": "Dans l’heure",
    "le-jour-meme": "Le jour même",
    "sous-72-heures": "Sous 72\u00a0heures",
    "des-que-possible": "Dès que possible",
    "plus-tard": "Plus tard",
}


def _imperatives(view: View, arguments: Mapping[str, str]) -> str:
    for item in view.guide.incident.imperatives:
        view.cite(item.sources)
    incident = view.guide.incident
    online = view.guide.answers_at(view.guide.contacts[incident.online]) if incident.online else None
    return view.render("imperatives", items=incident.imperatives, online=online)


def _contacts(view: View, arguments: Mapping[str, str]) -> str:
    return contacts(view, tuple(arguments["ids"].split(",")), own=arguments.get("own") == "true")


def contacts(view: View, names: tuple[str, ...], *, own: bool) -> str:
    """One row a contact; `own` puts the practice's own numbers first."""
    view.cite(names, "contact")
    found = [view.guide.contacts[name] for name in names]
    rows = [{"contact": contact, "link": view.guide.answers_at(contact)} for contact in found]
    noted = min((contact.checked_on for contact in found), default=None)
    return view.render("contacts", rows=rows, own=own, noted=noted)


def _situation(view: View, arguments: Mapping[str, str]) -> str:
    situation = next(each for each in view.guide.incident.situations if each.id == arguments["id"])
    clocks = [clock for clock in view.guide.incident.clocks if clock.id in situation.clocks]
    view.cite((clock.fact for clock in clocks), "fact")
    cards = contacts(view, situation.contacts, own=True)
    seen = figure(view, (situation.drawing,), folded=False) if situation.drawing else ""
    html = view.render(
        "situation",
        situation=situation,
        lead=situation.summary.partition(". ")[0].removesuffix(".") + ".",
        first=_first(view, situation.contacts),
        clocks=clocks,
        contacts=cards,
        seen=seen,
    )
    view.cite(situation.sources)
    for action in situation.do:
        view.cite(action.sources)
    return html


def _first(view: View, names: tuple[str, ...]) -> Contact | None:
    """Whom one can dial at once: the first with a number to speak to, a sure one if there is any."""
    dialled = [
        contact
        for contact in (view.guide.contacts[name] for name in names)
        if (numbers := view.numbers(contact)) and not numbers[0]["how"]
    ]
    return min(dialled, key=lambda contact: contact.confidence != "high", default=None)


def _timeline(view: View, arguments: Mapping[str, str]) -> str:
    phases, rank, last = [], 0, ""
    wanted = arguments["phases"].split(",") if "phases" in arguments else None
    for phase in view.guide.incident.phases:
        steps = []
        for step in (each for each in view.guide.incident.steps if each.phase == phase.id):
            rank += 1
            steps.append(
                {
                    "step": step,
                    "rank": rank,
                    "when": DEADLINES[step.deadline] if step.deadline != last else "",
                }
            )
            last = step.deadline
            if wanted is None or phase.id in wanted:
                view.cite(step.sources)
        if wanted is None or phase.id in wanted:
            phases.append((phase, steps))
    advice = [each["step"] for _, steps in phases for each in steps]
    return view.render("timeline", phases=phases, advice=advice)


def _clocks(view: View, arguments: Mapping[str, str]) -> str:
    for clock in view.guide.incident.clocks:
        view.cite(clock.sources)
        view.cite([clock.fact], "fact")
    return view.render("clocks", clocks=view.guide.incident.clocks)


def _formalities(view: View, arguments: Mapping[str, str]) -> str:
    for item in view.guide.incident.formalities:
        view.cite(item.sources)
    return view.render("formalities", items=view.guide.incident.formalities)


def _paper_day(view: View, arguments: Mapping[str, str]) -> str:
    view.cite(view.guide.incident.paper_day.sources)
    return view.render("paper-day", kit=view.guide.incident.paper_day)


def _billing(view: View, arguments: Mapping[str, str]) -> str:
    billing = view.guide.incident.paper_day.billing
    if billing is None:
        return ""
    for point in (*billing.cases, *billing.rules, *billing.more):
        view.cite(point.sources)
    return view.render("billing", billing=billing)


MARKERS = (
    Marker("imperatives", "Les gestes de l’affiche", _imperatives),
    Marker(
        "contacts",
        "Qui appeler, un contact par ligne ; own=true met d’abord les numéros tapés sur l’appareil",
        _contacts,
        {"ids": Argument("contact", many=True, required=True), "own": Argument(allowed=("true",))},
    ),
    Marker(
        "own-numbers",
        "Les champs où l’on tape ses numéros, montrés ensuite sur les pages Urgence de cet appareil",
    ),
    Marker("situations", "Liens vers les situations"),
    Marker(
        "situation",
        "Une situation entière : signes, gestes, contacts, preuves",
        _situation,
        {"id": Argument("situation", required=True)},
    ),
    Marker(
        "timeline",
        "La chronologie après un rançongiciel, phase par phase",
        _timeline,
        {"phases": Argument("phase", many=True)},
    ),
    Marker("clocks", "Les délais légaux", _clocks),
    Marker("formalities", "Le tableau des démarches", _formalities),
    Marker("notice-letter", "Le modèle de lettre aux personnes dont les données sont touchées"),
    Marker("paper-day", "Le contenu du kit « une journée sans logiciel »", _paper_day),
    Marker("morning", "Ce matin, dans l’ordre : les premiers gestes d’une journée sans logiciel"),
    Marker("billing", "Facturer sans logiciel", _billing),
    Marker("log", "Le journal de l’incident"),
)
