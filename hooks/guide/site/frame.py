"""What the templates of a page show around its text: the foot, the bar of an emergency, and the sections that the menu of a phone opens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from guide.data.guide import Guide
from guide.data.model.named_pages import ANCHORS
from guide.page.blocks.about import conformity
from guide.site import bundle
from guide.site.bundle import Merged
from guide.source.tree import address

# A closed section of more pages is one link to its list.
MOST_IN_PLACE = 60

# What the foot calls the pages that answer for the site.
_LABELS = {
    "legal": "Mentions légales",
    "privacy": "Données personnelles",
    "plan": "Plan du site",
    "offline": "Copie hors ligne",
}


def page_addresses(guide: Guide) -> dict[str, str]:
    """The pages that the templates lead to, each with its address from the root."""
    return {name: address(page) for name, page in guide.pages if isinstance(page, str)}


def _at(pages: Mapping[str, str], name: str) -> str:
    return f"{pages[name]}#{ANCHORS[name]}"


def foot(guide: Guide) -> dict[str, Any]:
    """What the header and the foot say, as HTML text: `publisher` (None while nobody has decided), publisher and contact
    (`by`), what the guide is not (`independence`), and the pages that answer for the site (`pages`)."""
    site, pages = guide.site, page_addresses(guide)
    by = [{"label": "Éditeur :", "text": escape(site.publisher or "pas encore décidé")}]
    if site.contact_email:
        mail = escape(site.contact_email)
        by.append({"label": "Contact :", "text": mail, "address": f"mailto:{mail}"})
    links = [{"path": pages["accessibility"], "label": escape(f"Accessibilité : {conformity(guide)}")}]
    links += [{"path": pages[name], "label": label} for name, label in _LABELS.items() if name in pages]
    if site.reachable:
        links.append({"path": _at(pages, "report"), "label": "Signaler une erreur"})
    return {
        "publisher": escape(site.publisher) if site.publisher else None,
        "by": by,
        "independence": escape(site.independence) if site.independence else None,
        "pages": links,
    }


def bar(guide: Guide) -> list[dict[str, object]]:
    """The three entries at the bottom of an emergency page on a phone, as HTML text: the practice's own first number,
    the first service online, and the limits. `own` is the id of a number, `hours` the shortest limit."""
    incident, pages = guide.incident, page_addresses(guide)
    entries: list[dict[str, object]] = []
    if incident.own:
        first = incident.own[0]
        where = _at(pages, "emergency")
        entries.append(
            {"own": first.id, "label": escape(first.label), "words": "noter le numéro", "address": where}
        )
    if incident.online:
        contact = guide.contacts[incident.online]
        if link := guide.answers_at(contact):
            words = "répond en ligne" if not contact.phone else escape(contact.phone)
            entries.append({"label": escape(contact.name), "words": words, "address": escape(link)})
    if incident.clocks:
        hours, where = min(clock.hours for clock in incident.clocks), _at(pages, "decide")
        entries.append({"hours": hours, "label": f"{hours}\u00a0h", "words": "les délais", "address": where})
    return entries


def sections(tabs: Iterable[Sequence[tuple[str, str]]]) -> Merged:
    """The script that gives the menu the pages (title, address from the root) of each of its entries."""
    short = [list(pages) if len(pages) <= MOST_IN_PLACE else [] for pages in tabs]
    text = json.dumps(short, ensure_ascii=False, separators=(",", ":"))
    return bundle.named("assets/js/menu", ".js", f"guide.sections({text});\n")
