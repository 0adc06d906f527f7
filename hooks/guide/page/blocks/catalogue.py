"""Resources, glossary, legal references and the state of the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.text.french import plural, sort_key

# Worst first: singular and plural of what a reader is told.
_VERDICTS = {
    "unsafe": ("refusée", "refusées"),
    "broken": ("morte", "mortes"),
    "unreachable": ("sans réponse", "sans réponse"),
    "suspect": ("douteuse", "douteuses"),
    "blocked": ("fermée aux robots", "fermées aux robots"),
    "unchecked": ("non vérifiée", "non vérifiées"),
    "moved": ("déplacée", "déplacées"),
    "ok": ("en ordre", "en ordre"),
}
_FINE = ("ok", "moved", "unchecked")


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
    return view.render("catalogue", groups=groups)


def _glossary(view: View, arguments: Mapping[str, str]) -> str:
    return view.render(
        "glossary", terms=sorted(view.guide.glossary.values(), key=lambda term: sort_key(term.term))
    )


def _law(view: View, arguments: Mapping[str, str]) -> str:
    names = arguments["ids"].split(",")
    view.cited.laws.update(dict.fromkeys(names))
    return view.render("law", laws=[view.guide.laws[name] for name in names])


def _link_status(view: View, arguments: Mapping[str, str]) -> str:
    if not view.options.links:
        return view.render("link-status", rows=None, counts=None)
    states = [(each, view.link_state(each)) for each in view.guide.resources.values() if each.link]
    counts = Counter(state.verdict if state else "unchecked" for _, state in states)
    verdicts = [plural(counts[name], *words) for name, words in _VERDICTS.items() if counts[name]]
    worst_first = list(_VERDICTS).index
    faults = [(each, state) for each, state in states if state and state.verdict not in _FINE]
    faults.sort(key=lambda fault: worst_first(fault[1].verdict or "unchecked"))
    rows = [{"resource": each, "state": state} for each, state in faults]
    return view.render("link-status", rows=rows, counts={"total": len(states), "verdicts": verdicts})


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
)
