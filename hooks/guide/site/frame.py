"""What the templates of a page show around its text: the foot, the bar of an emergency, and the sections that the menu of a phone opens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from html import escape
from typing import Any

from guide.data.guide import Guide
from guide.page.blocks.about import conformity
from guide.site.bundle import Merged, named
from guide.site.stage import Staged

# A closed section of more pages is one link to its list.
MOST_IN_PLACE = 60

_PAGES = (
    ("a-propos/mentions-legales", "Mentions légales"),
    ("a-propos/donnees-personnelles", "Données personnelles"),
    ("a-propos/plan", "Plan du site"),
    ("a-propos/copie-hors-ligne", "Copie hors ligne"),
)
# Where the bar of an emergency leads: the fields of the own numbers, the limits.
_OWN, _LIMITS = "urgence/#mes-numeros", ("urgence/decider", "delais")
_ACCESSIBILITY, _REPORT = "a-propos/accessibilite", "a-propos/contribuer"


def foot(guide: Guide, pages: Set[str]) -> dict[str, Any]:
    """What the header and the foot say, as HTML text: `publisher` (None while nobody has decided), publisher and contact
    (`by`), what the guide is not (`independence`), and the pages that answer for the site, those that exist (`pages`)."""
    site = guide.site
    by = [{"label": "Éditeur :", "text": escape(site.publisher or "pas encore décidé")}]
    if site.contact_email:
        mail = escape(site.contact_email)
        by.append({"label": "Contact :", "text": mail, "address": f"mailto:{mail}"})
    links = [{"path": f"{page}/", "label": label} for page, label in _PAGES if page in pages]
    if _ACCESSIBILITY in pages:
        label = escape(f"Accessibilité : {conformity(guide)}")
        links.insert(0, {"path": f"{_ACCESSIBILITY}/", "label": label})
    if _REPORT in pages and site.reachable:
        links.append({"path": f"{_REPORT}/#signaler", "label": "Signaler une erreur"})
    return {
        "publisher": escape(site.publisher) if site.publisher else None,
        "by": by,
        "independence": escape(site.independence) if site.independence else None,
        "pages": links,
    }


def bar(guide: Guide, pages: Set[str]) -> list[dict[str, object]]:
    """The three entries at the bottom of an emergency page on a phone, as HTML text: the practice's own first number,
    the first service online, and the limits. `own` is the id of a number, `hours` the shortest limit."""
    incident = guide.incident
    entries: list[dict[str, object]] = []
    if incident.own:
        first = incident.own[0]
        entries.append(
            {"own": first.id, "label": escape(first.label), "words": "noter le numéro", "address": _OWN}
        )
    if incident.online:
        contact = guide.contacts[incident.online]
        link = guide.resources[contact.resource].link if contact.resource else None
        if link:
            words = "répond en ligne" if not contact.phone else escape(contact.phone)
            entries.append({"label": escape(contact.name), "words": words, "address": escape(link)})
    if _LIMITS[0] in pages and incident.clocks:
        hours = min(clock.hours for clock in incident.clocks)
        entries.append(
            {"hours": hours, "label": f"{hours}\u00a0h", "words": "les délais", "address": "/#".join(_LIMITS)}
        )
    return entries


def addresses(staged: Staged) -> Set[str]:
    """The pages as the foot names them: `a-propos/plan`."""
    return {path.removesuffix(".md").removesuffix("/index") for path in staged.pages}


def sections(tabs: Iterable[Sequence[tuple[str, str]]]) -> Merged:
    """The script that gives the menu the pages (title, address from the root) of each of its entries."""
    short = [list(pages) if len(pages) <= MOST_IN_PLACE else [] for pages in tabs]
    text = json.dumps(short, ensure_ascii=False, separators=(",", ":"))
    return named("assets/js/menu", ".js", f"guide.sections({text});\n")
