"""How much each page counts in the search, and how finely it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

ALL = "h6"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the search does with one page.

    `weight`: how far it is trusted to be the answer, 1 for most; little when it repeats what others explain.
    `site`: it is for whoever runs the site, and never comes before a page for readers that answers as well.
    `listed`: its entries are results of their own, such as the terms of a lexicon, under the label `entry`.
    `flat`: entries do not stand for themselves; nor do headings below `deepest`; `skipped` tags and classes are not read.
    `repeats`: only its words found nowhere else are worth their weight.
    """

    weight: float = 1
    site: bool = False
    listed: bool = False
    entry: str = ""
    flat: bool = False
    deepest: str = ALL
    skipped: frozenset[str] = frozenset()
    repeats: bool = False


_EDITORS = Policy(0.7, site=True, skipped=frozenset({"table", "code"}), deepest="h2")

POLICIES: Mapping[str, Policy] = {
    "accueil": Policy(0.7, repeats=True),
    "urgence": Policy(1.05),
    "ressources": Policy(0.3, listed=True, entry="Ressource", skipped=frozenset({"g-card__text"})),
    "ressources/etat-des-liens": Policy(0.3, repeats=True),
    "lexique": Policy(0.6, listed=True, entry="Lexique", skipped=frozenset({"g-lexicon__here"})),
    "a-propos": Policy(0.7),
    "a-propos/sources": Policy(0.4, flat=True, repeats=True, skipped=frozenset({"table"})),
    "a-propos/nouveautes": Policy(0.5, flat=True, repeats=True),
    "a-propos/contribuer": replace(_EDITORS, repeats=True),
    "a-propos/publier": _EDITORS,
    "checklist": Policy(0.7, entry="Mesure"),
    "checklist/afficher": Policy(flat=True, repeats=True),
    "checklist/calendrier": Policy(repeats=True),
    "entrainement": Policy(0.8, flat=True, repeats=True, skipped=frozenset({"details"})),
    "entrainement/quiz": Policy(0.7, flat=True, repeats=True, deepest="h2"),
    "imprimer": Policy(repeats=True),
    "commencer": Policy(repeats=True),
}
_FAMILIES: Mapping[str, Policy] = {
    "urgence/situations/": Policy(1.05),  # who is attacked must not read about prevention first
    "commencer/roles/": Policy(0.75, entry="Mesure", repeats=True, skipped=frozenset({"g-steps__why"})),
    "mesures/": Policy(entry="Mesure"),
    "a-propos/": Policy(0.8),
}
_PLAIN = Policy()


def policy(page_id: str) -> Policy:
    """The policy of a page by its id (« accueil » for the home page)."""
    if page_id in POLICIES:
        return POLICIES[page_id]
    return next((each for family, each in _FAMILIES.items() if page_id.startswith(family)), _PLAIN)
