"""What our scripts, search module and style sheets expect of the theme's pages and programs, beyond what `theme` changes.

A selector that finds nothing raises no error in a browser: the search would just answer in English, or the menu stay
behind the page. So each expectation is looked for in the built site, and the build stops where one is not met.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from guide.site.theme import ThemeChangedError

THEMED = "assets/javascripts/bundle."
"""What every page of the theme loads."""

PAGE = {
    "réglages du thème": 'id="__config"',
    "adresse de la racine": '"base":',
    "message « aucun résultat »": '"search.result.none":',
    "case du menu": 'id="__drawer"',
    "case de la recherche": 'id="__search"',
    "champ de recherche": 'data-md-component="search-query"',
    "fenêtre de recherche": '<div class="md-search"',
    "nombre de résultats": 'class="md-search-result__meta"',
    "liste de résultats": 'class="md-search-result__list"',
    "ligne de l’en-tête": 'class="md-header__inner',
    "onglets": '<nav class="md-tabs"',
    "colonne de droite": 'class="md-sidebar md-sidebar--secondary"',
    "contenu": '<div class="md-content"',
    "pied de page": '<footer class="md-footer"',
}
"""What ui.js and search.js look for: name → text of every page."""

WORKER = {
    "module français de la recherche": "/min/lunr.${",
    "module de racines de la recherche": "lunr.stemmer.support.min.js",
}
"""How the search worker loads the file that ours replaces (`guide.search.module.ADDRESS`)."""


def check(site: Path) -> None:
    """Raises ThemeChangedError with all that the built site lacks."""
    if wrong := list(_missing(site)):
        raise ThemeChangedError(
            "le thème n’a plus ce que le guide y cherche — "
            + " ; ".join(wrong)
            + ". Revenir à la version de requirements.txt "
            "ou corriger hooks/guide/site/needs.py et les scripts de docs/assets/js."
        )


def _missing(site: Path) -> Iterator[str]:
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        if THEMED not in html:
            continue  # a page of one file, for a disk
        yield from (
            f"{path.relative_to(site).as_posix()} : « {name} »"
            for name, text in PAGE.items()
            if text not in html
        )
    workers = sorted((site / "assets/javascripts/workers").glob("search.*.js"))
    if len(workers) != 1:
        yield f"assets/javascripts/workers : {len(workers)} programme(s) de recherche, un seul attendu"
    for path in workers:
        code = path.read_text(encoding="utf-8")
        yield from (
            f"{path.relative_to(site).as_posix()} : « {name} »"
            for name, text in WORKER.items()
            if text not in code
        )
