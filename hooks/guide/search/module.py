"""The JavaScript file that takes the place of Material's French search module."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from guide.data.guide import Guide
from guide.page.document import Page
from guide.search.thesaurus import keywords, synonyms
from guide.search.tokens import STOP_WORDS, WEAK_WORDS
from guide.text import squeeze

ADDRESS = "assets/javascripts/lunr/min/lunr.fr.min.js"
"""Where Material's search worker loads the French module of lunr from, under a name without a hash."""

# In the order in which they use each other.
PARTS = ("words.js", "vocabulary.js", "thesaurus.js", "index.js", "ranking.js", "material.js")

STANDING = {
    "urgence": 1.2,
    "ressources": 0.3,
    "ressources/etat-des-liens": 0.3,
    "a-propos": 0.7,
    "a-propos/sources": 0.4,
    "a-propos/nouveautes": 0.5,
    "checklist": 0.7,
    "entrainement": 0.8,
    "entrainement/quiz": 0.7,
    "lexique": 0.6,
    "accueil": 0.7,
}
"""How far a page is trusted to be the answer (1 for all others): little when it repeats what others explain."""

SITUATION = 1.2
"""The same for each situation of Urgence: who is attacked must not read about prevention first."""


def module(guide: Guide, pages: Sequence[Page]) -> str:
    """The whole module, with the guide's words in it; depends on nothing but `lunr`, which the worker defines."""
    data = {
        "stopWords": STOP_WORDS,
        "weakWords": WEAK_WORDS,
        "synonyms": synonyms(guide),
        "keywords": keywords(pages),
        "standing": {
            page.address.rstrip("/"): _standing(page.id) for page in pages if _standing(page.id) != 1
        },
    }
    folder = Path(__file__).parent
    code = "\n".join(squeeze.script((folder / part).read_text(encoding="utf-8")) for part in PARTS)
    dumped = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'((lunr) => {{\n"use strict";\nconst GUIDE = {dumped};\n{code}\n}})(self.lunr);\n'


def _standing(page_id: str) -> float:
    """How far a page is trusted: its own value, or that of the situations of Urgence."""
    return STANDING.get(page_id, SITUATION if page_id.startswith("urgence/situations/") else 1)
