"""The guide about itself: doors, themes, news, identity, facts and their dates."""

from __future__ import annotations

from collections.abc import Mapping

from guide.data.guide import Guide
from guide.data.model.checklist import Validation
from guide.page.markers import Argument, Marker
from guide.page.view import View
from guide.review.dated import WITHIN, signed
from guide.review.overdue import due_soon, overdue, pending
from guide.source import nav, tree
from guide.text import french

_IDENTITY = (
    ("Éditeur du site", "publisher"),
    ("Directeur de la publication", "publication_director"),
    ("Hébergeur", "host"),
    ("Adresse du site", "url"),
    ("Contact", "contact_email"),
    ("Données personnelles", "dpo"),
)


def _themes(view: View, arguments: Mapping[str, str]) -> str:
    return view.render("themes", topics=[topic for topic in view.guide.taxonomy.topics if topic.home])


def _measure_pages(view: View, arguments: Mapping[str, str]) -> str:
    # A group without a page of its own stands in the checklist only.
    return view.render(
        "measure-pages",
        groups=[each for each in view.guide.taxonomy.groups if each.page != view.guide.pages.checklist],
    )


def _changes(view: View, arguments: Mapping[str, str]) -> str:
    count = int(arguments["limit"]) if "limit" in arguments else None
    newest = sorted(view.guide.changes, key=lambda change: change.on, reverse=True)
    return view.render("changes", changes=newest[:count], titles=lambda page: view.titles[page])


def _identity(view: View, arguments: Mapping[str, str]) -> str:
    rows = [(label, getattr(view.guide.site, name)) for label, name in _IDENTITY]
    return view.render(
        "identity",
        decided=[row for row in rows if row[1]],
        undecided=[french.first_down(label) for label, value in rows if not value],
    )


def _facts(view: View, arguments: Mapping[str, str]) -> str:
    facts = view.guide.facts
    return view.render(
        "facts",
        facts=sorted(facts.values(), key=lambda fact: (fact.review_by, fact.id)),
        laws=view.guide.laws,
        contacts=view.guide.contacts,
        late=overdue(facts, view.today),
        soon=due_soon(facts, view.today),
        within=WITHIN,
        pending=list(dict.fromkeys(_said(entry) for entry in pending(view.guide))),
        letters=french.initials(fact.statement for fact in facts.values()),
        first=[facts[name] for name in view.options.emergency if not facts[name].read],
        signed=list(signed(view.guide)),
        unread=sum(1 for fact in facts.values() if not fact.read),
    )


def _said(entry: Validation) -> str:
    """The words of a step or measure of ours, as its page shows them."""
    said = (getattr(entry, name, None) for name in ("label", "what", "text", "title"))
    return next((words for words in said if words), "Le kit d’une journée sans logiciel")


_STATES = {
    "non-conforme": "non conforme",
    "partielle": "partiellement conforme",
    "totale": "totalement conforme",
}


def conformity(guide: Guide) -> str:
    """The declared state of accessibility: « non conforme »."""
    return _STATES[guide.accessibility.state]


def _accessibility(view: View, arguments: Mapping[str, str]) -> str:
    declared = view.guide.accessibility
    state = conformity(view.guide) + ("" if declared.audit else ", audit non réalisé")
    contact = declared.contact or view.guide.site.contact_email
    return view.render("accessibility", declared=declared, state=state, contact=contact)


def _pages(view: View, arguments: Mapping[str, str]) -> str:
    parts = [
        (part.title, [page for page in map(tree.page_id, part.pages) if page in view.titles])
        for part in nav.read(view.guide.root).parts
    ]
    return view.render("pages", parts=parts, titles=view.titles)


MARKERS = (
    Marker("doors", "Les trois portes de l’accueil"),
    Marker("themes", "Les thèmes, sous leur titre", _themes),
    Marker("measure-pages", "Liens vers les pages des mesures", _measure_pages),
    Marker(
        "changes",
        "Les nouveautés",
        _changes,
        {"limit": Argument(allowed=tuple(str(n) for n in range(1, 21)))},
    ),
    Marker("identity", "Qui publie le site", _identity),
    Marker("facts", "Tous les faits, leurs preuves et leurs dates", _facts),
    Marker("accessibility", "La déclaration d’accessibilité", _accessibility),
    Marker("pages", "Toutes les pages, dans l’ordre du menu", _pages),
    Marker("version", "Version et date du guide"),
)
