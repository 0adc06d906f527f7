"""The kinds of pages of the guide, and the states that a reader puts them in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from playwright.sync_api import Page, expect

MENU = ".g-head__menu"
SEARCH = "[data-search]"
FIELD = "#search-words"
NO_TABS = 1220  # below this width the navigation is behind the menu button

# One page of each kind.
TEMPLATES: Mapping[str, str] = {
    "accueil": "",
    "urgence": "urgence/",
    "situation": "urgence/situations/rancongiciel/",
    "décider": "urgence/decider/",
    "démarches": "urgence/demarches/",
    "sans logiciel": "urgence/sans-logiciel/",
    "journal": "urgence/journal/",
    "commencer": "commencer/",
    "rôle": "commencer/roles/titulaire/",
    "thème": "messagerie/",
    "formations": "formations/",
    "mesures": "mesures/sauvegardes/",
    "lettres": "mesures/prestataires/",
    "entraînement": "entrainement/",
    "quiz": "entrainement/quiz/",
    "état des lieux": "audit/etat-des-lieux/",
    "checklist": "checklist/",
    "afficher": "checklist/afficher/",
    "calendrier": "checklist/calendrier/",
    "arrivée et départ": "checklist/arrivee-depart/",
    "imprimer": "imprimer/",
    "ressources": "ressources/",
    "liens": "ressources/etat-des-liens/",
    "lexique": "lexique/",
    "à propos": "a-propos/",
    "sources": "a-propos/sources/",
    "nouveautés": "a-propos/nouveautes/",
    "contribuer": "a-propos/contribuer/",
    "accessibilité": "a-propos/accessibilite/",
    "introuvable": "404.html",
}

# Both schemes at three widths: each page and each state in one of them, the full product is in benchmarks/accessibility.
WINDOWS = tuple(itertools.product(("light", "dark"), (1280, 390, 320)))
# Those of the pages above that stand in the window of a phone there.
ON_A_PHONE = {
    path for rank, path in enumerate(TEMPLATES.values()) if WINDOWS[rank % len(WINDOWS)][1] < NO_TABS
}

Action: TypeAlias = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """What a reader has done on a page."""

    name: str
    path: str
    put: Action


def open_folds(page: Page) -> None:
    """Shows what is folded, so that it is judged too."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


def open_menu(page: Page) -> None:
    """The drawer of a narrow window."""
    page.click(MENU)
    expect(page.locator(".g-menu__head button")).to_be_focused()


def search(text: str) -> Action:
    """The search, with its answer."""

    def put(page: Page) -> None:
        page.click(SEARCH)
        page.locator(FIELD).press_sequentially(text)
        page.locator(".g-search__state", has_text=re.compile(r"page|rien|Aucun", re.I)).first.wait_for()

    return put


def _answer(*texts: str) -> Action:
    def put(page: Page) -> None:
        for text in texts:
            page.locator(".g-question:not([hidden])").get_by_role("button", name=text, exact=True).click()

    return put


MAIL = "Des messages partent sans vous, ou votre mot de passe est refusé"


def _clocks(page: Page) -> None:
    _answer(MAIL, "Oui", "Non")(page)
    page.get_by_role("button", name="Maintenant", exact=True).click()
    page.locator(".g-clock__left", has_text="Il reste").first.wait_for()


def _late(page: Page) -> None:
    _answer(MAIL, "Oui", "Oui")(page)
    page.locator("#g-start").fill("2026-01-10T09:30")
    page.locator(".g-clock[data-state=late]").first.wait_for()


def _open_filters(page: Page) -> None:
    page.evaluate("document.querySelector('.g-narrow').open = true")


def _ticked(page: Page) -> None:
    boxes = page.locator(".g-check")
    boxes.nth(0).locator(".g-tick").check()
    boxes.nth(0).locator("summary").click()
    boxes.nth(0).locator("textarea").fill("Disque n° 2, chez le titulaire")
    boxes.nth(1).locator("summary").click()
    boxes.nth(1).locator(".g-na").check()
    _open_filters(page)
    page.locator("#f-role").select_option("titulaire")


def _nothing_to_do(page: Page) -> None:
    _open_filters(page)
    page.locator("#f-role").select_option("prestataire")
    page.locator("#f-priority").select_option(index=1)
    page.locator("[data-filter=todo]").check()


def _quiz(page: Page) -> None:
    for rank in range(4):
        section = page.locator(".g-quiz").nth(rank)
        section.locator("input[type=radio]").nth(rank % 2).check()
        following = section.get_by_role("button", name="Question suivante")
        if following.is_visible():
            following.click()


def _letter(page: Page) -> None:
    letter = page.locator("[data-letter]").first
    letter.locator("summary").click()
    letter.locator("[data-reply=a]").first.fill("Oui, depuis mai")


def _catalogue(page: Page) -> None:
    page.locator("#l-text").fill("messagerie")
    page.get_by_text("Plus de filtres").click()
    page.locator("#l-sort").select_option("published")


def _no_resource(page: Page) -> None:
    page.locator("#l-text").fill("zzzz")


def _log(page: Page) -> None:
    page.locator("table.g-log textarea").first.fill("8 h 05")
    page.get_by_role("button", name="Ajouter une ligne").click()


def _sheet(page: Page) -> None:
    for field in page.locator("[data-field]").all():
        field.fill("Dépannage Informatique 01 23 45 67 89")


def _damaged(page: Page) -> None:
    page.evaluate("localStorage.setItem('guide:checklist:1', '{')")
    page.reload()
    page.locator("[data-tool=trouble]").wait_for()


def _definition(page: Page) -> None:
    page.locator("article abbr").first.hover()
    page.locator(".g-definition:popover-open").wait_for()


STATES: tuple[State, ...] = (
    State("recherche ouverte, résultats", "urgence/", search("rançon")),
    State("recherche ouverte, rien", "urgence/", search("zzzzzzzz")),
    State("décider, au milieu", "urgence/decider/", _answer(MAIL)),
    State("décider, fini, 72 heures en cours", "urgence/decider/", _clocks),
    State("décider, 72 heures passées", "urgence/decider/", _late),
    State("checklist cochée et filtrée", "checklist/", _ticked),
    State("checklist filtrée à l’extrême", "checklist/", _nothing_to_do),
    State("checklist abîmée", "checklist/", _damaged),
    State("quiz répondu", "entrainement/quiz/", _quiz),
    State("lettre ouverte", "mesures/prestataires/", _letter),
    State("catalogue filtré et rangé", "ressources/", _catalogue),
    State("catalogue sans réponse", "ressources/", _no_resource),
    State("journal rempli", "urgence/journal/", _log),
    State("affiche remplie", "checklist/afficher/", _sheet),
    State("définition ouverte", "messagerie/", _definition),
)
