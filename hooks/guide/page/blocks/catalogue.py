"""Resources, glossary, legal references and the state of the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from guide.links.verdict import Verdict, table
from guide.page.link_weeks import SHOWN, drawing, occurring
from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.text.french import initial, initials, plural, sort_key


def _resources(view: View, arguments: Mapping[str, str]) -> str:
    everything = view.guide.resources.values()
    if "ids" in arguments:
        chosen = [view.guide.resources[name] for name in arguments["ids"].split(",")]
    else:
        chosen = [
            each
            for each in everything
            if each.topic == arguments["topic"] and each.status in ("actif", "a-verifier")
        ]
    return view.render("resources", resources=chosen)


def _catalogue(view: View, arguments: Mapping[str, str]) -> str:
    groups = []
    for topic in view.guide.taxonomy.topics:
        chosen = [each for each in view.guide.resources.values() if each.topic == topic.id]
        if chosen:
            groups.append((topic, sorted(chosen, key=lambda each: sort_key(each.title))))
    known = view.guide.taxonomy
    return view.render(
        "catalogue",
        groups=groups,
        everything=view.guide.resources.values(),
        topics=[(topic.id, topic.label) for topic, _ in groups],
        roles=[(role.id, role.label) for role in known.roles],
        kinds=[(kind.id, kind.label) for kind in known.kinds],
        letters=initials(each.title for each in view.guide.resources.values()),
    )


def _glossary(view: View, arguments: Mapping[str, str]) -> str:
    terms = sorted(view.guide.glossary.values(), key=lambda term: (initial(term.term), sort_key(term.term)))
    groups = groupby(terms, key=lambda term: initial(term.term))
    return view.render("glossary", groups=[(letter, list(group)) for letter, group in groups])


def _law(view: View, arguments: Mapping[str, str]) -> str:
    names = arguments["ids"].split(",")
    view.cite(names, "law")
    return view.render("law", laws=[view.guide.laws[name] for name in names])


def _link_status(view: View, arguments: Mapping[str, str]) -> str:
    report = view.options.links
    if not report:
        return view.render("link-status", rows=None)
    states = [(each, view.link_state(each)) for each in view.guide.resources.values() if each.link]
    counts = Counter(state.verdict if state else None for _, state in states)
    verdicts = [verdict.counted(counts[verdict]) for verdict in reversed(Verdict) if counts[verdict]]
    if counts[None]:
        verdicts.append(plural(counts[None], "jamais vérifié", "jamais vérifiés"))
    weeks = report.weeks[-SHOWN:] if len(report.weeks) > 1 else ()
    rows = [
        {"resource": each, "state": state, "publisher": view.guide.publisher(each).short}
        for verdict in Verdict
        for each, state in states
        if state and state.verdict is verdict and verdict.heading and not verdict.fine
    ]
    return view.render(
        "link-status",
        rows=rows,
        changed=[
            {"resource": each, "state": state}
            for verdict in Verdict
            for each, state in states
            if state and state.before and state.verdict is verdict
        ],
        total=len(states),
        verdicts=verdicts,
        known=[verdict for verdict in Verdict if verdict.heading and not verdict.fine and counts[verdict]],
        publishers=sorted({row["publisher"] for row in rows}, key=sort_key),
        weeks=weeks,
        columns=occurring(weeks),
        drawing=drawing(weeks) if weeks else "",
    )


def _link_verdicts(view: View, arguments: Mapping[str, str]) -> str:
    return table()


MARKERS = (
    Marker(
        "resources",
        "Fiches de ressources, par thème ou par identifiants",
        _resources,
        {"topic": Argument("topic"), "ids": Argument("resource", many=True)},
    ),
    Marker("catalogue", "Toutes les ressources, par thème", _catalogue),
    Marker("glossary", "Tous les mots du lexique", _glossary),
    Marker(
        "law",
        "Références juridiques, avec ce qu’elles disent et pour qui",
        _law,
        {"ids": Argument("law", many=True, required=True)},
    ),
    Marker("link-status", "État des liens d’après le dernier rapport", _link_status),
    Marker("link-verdicts", "Ce que chaque verdict du contrôle des liens veut dire", _link_verdicts),
)
