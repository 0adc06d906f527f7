"""The pages to which the program itself leads (`pages.yml`): which one holds what a template or a sheet names."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from guide.data.model.types import Entry, PageId

# The headings of such pages to which links lead: the fields of the own numbers, the limits, how to report a mistake, how to
# replace an old copy.
ANCHORS: Mapping[str, str] = {
    "emergency": "mes-numeros",
    "decide": "delais",
    "report": "signaler",
    "offline": "remplacer",
}
# The marker that a page must hold to be what it is named for.
HOLDS: Mapping[str, str] = {
    "emergency": "own-numbers",
    "decide": "decide",
    "formalities": "formalities",
    "log": "log",
    "checklist": "checklist",
    "poster": "poster",
    "catalogue": "catalogue",
    "glossary": "glossary",
    "sources": "facts",
    "offline": "offline",
    "accessibility": "accessibility",
    "legal": "identity",
    "plan": "pages",
}


class NamedPages(Entry):
    """Each page by what it is for. No other part of the program knows a page by its address."""

    emergency: PageId = Field(
        description="Page « Urgence » : les pages de son dossier sont celles d’une urgence, et les codes des feuilles l’ouvrent"
    )
    decide: PageId = Field(description="« Que faire maintenant ? », avec les délais légaux")
    formalities: PageId = Field(description="Les démarches")
    log: PageId = Field(description="Le journal de l’incident")
    start: PageId = Field(description="Par où commencer")
    checklist: PageId = Field(description="La checklist, qui montre aussi les groupes sans page à eux")
    poster: PageId = Field(description="La page à afficher")
    catalogue: PageId = Field(description="Toutes les ressources, même sans adresse")
    glossary: PageId = Field(description="Le lexique")
    sources: PageId = Field(description="Sources et dates, avec les conseils à valider")
    report: PageId = Field(description="Comment signaler une erreur")
    offline: PageId = Field(description="La copie hors ligne")
    accessibility: PageId = Field(description="La déclaration d’accessibilité")
    legal: PageId = Field(description="Les mentions légales")
    privacy: PageId = Field(description="Les données personnelles")
    plan: PageId | None = Field(default=None, description="Le plan du site, s’il y en a un")
    manuals: tuple[PageId, ...] = Field(
        default=(),
        description="Pages qui expliquent le programme : un guide commencé par « init » les reçoit, à la même adresse",
    )

    def urgent(self, page_id: str) -> bool:
        """Whether a page is one of an emergency."""
        return page_id == self.emergency or page_id.startswith(f"{self.emergency}/")
