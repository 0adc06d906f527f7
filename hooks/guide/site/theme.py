"""Which parts of the theme's HTML are changed, why, and how often each must be found.

Material's pages have a few faults that no option corrects: header controls out of reach of the keyboard, unnamed
landmarks, attributes that HTML does not allow. Every correction is one `Adaptation` with the number of places it
expects; when the theme changes and a number differs, the build stops and names it, instead of publishing a page
that has silently lost its menu button.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import TypeAlias
from urllib.parse import urlsplit

from guide.text.problems import WebError
from guide.site.tables import label_tables

Replacement: TypeAlias = str | Callable[[re.Match[str]], str]


class ThemeChangedError(WebError):
    """A pattern of the theme is found too often or too rarely. Raised by `adapt`; the reader updates this module."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One change to the theme's HTML: `least` ≤ number of places ≤ `most` (`None`: no upper limit)."""

    name: str
    pattern: str
    replacement: Replacement
    least: int = 1
    most: int | None = 1

    def expected(self) -> str:
        """The allowed number of places, in French."""
        if self.most is None:
            return f"au moins {self.least}"
        return str(self.least) if self.least == self.most else f"de {self.least} à {self.most}"


HEADER_LABELS = {"__drawer": "Menu", "__search": "Recherche"}

CLOSE_ICON = (
    "M19 6.41 17.59 5 12 10.59 6.41 5 5 6.41 10.59 12 5 17.59 6.41 19 12 13.41 17.59 19 19 17.59 13.41 12z"
)

DRAWER_HEAD = (
    '<div class="g-drawer"><button type="button" class="g-drawer__close" data-ui-toggle="__drawer">'
    f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{CLOSE_ICON}"/></svg>Fermer le menu</button>'
    '<button type="button" class="g-drawer__palette" data-ui-palette>Affichage</button></div>'
)

BACK_ICON = "M20 11v2H8l5.5 5.5-1.42 1.42L4.16 12l7.92-7.92L13.5 5.5 8 11z"

SEARCH_CLOSE = (
    '<button type="button" class="g-search__close" data-ui-toggle="__search" aria-label="Fermer la recherche">'
    f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{BACK_ICON}"/></svg></button>'
)

FONTS = tuple(f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2" for weight in (400, 700))


def _header_button(match: re.Match[str]) -> str:
    box, icon = match["box"], match["icon"]
    return (
        f'<button type="button" class="md-header__button md-icon" data-ui-toggle="{box}" '
        f'aria-label="{HEADER_LABELS[box]}" aria-expanded="false">{icon}</button>'
    )


def _palette_button(match: re.Match[str]) -> str:
    # Material shows the element that follows the checked box: a button serves as well as a label.
    option = match["option"].replace(
        'class="md-option"', 'class="md-option" tabindex="-1" aria-hidden="true"'
    )
    return (
        f'{option}<button type="button" class="md-header__button md-icon" title="{match["title"]}" '
        f'aria-label="{match["title"]}" data-ui-check="{match["box"]}" hidden>{match["icon"]}</button>'
    )


def _nav_title(match: re.Match[str]) -> str:
    # Inside a container the label repeats the link next to it and holds nothing but an arrow.
    text = re.sub(r"<[^>]*>", "", match["body"]).strip()
    return f'<span class="{match["class"].strip()}">{match["body"]}</span>' if text else ""


def _preload(match: re.Match[str]) -> str:
    links = (
        f'<link rel="preload" href="{match["base"]}assets/fonts/{font}" as="font" type="font/woff2" crossorigin>'
        for font in FONTS
    )
    return "".join(links) + match[0]


ADAPTATIONS: tuple[Adaptation, ...] = (
    # Firefox restores a ticked box on reload, and HTML forbids `autocomplete` on one: a hidden form forbids for both.
    Adaptation(
        "cases du menu et de la recherche",
        r'(<input class="md-toggle" data-md-toggle="(?:drawer|search)"[^>]*?) autocomplete="off">',
        r'\1 form="__ui">',
        2,
        2,
    ),
    Adaptation(
        "voile du menu",
        r'<label class="md-overlay" for="__drawer">',
        r'<form id="__ui" autocomplete="off" hidden></form>\g<0>',
    ),
    # The theme links to the first heading, and has no link at all on a page without headings.
    Adaptation(
        "lien d’évitement",
        r'<div data-md-component="skip">.*?</div>',
        '<div data-md-component="skip"><a href="#__contenu" class="md-skip">Aller au contenu</a></div>',
    ),
    Adaptation(
        "corps de la page",
        r'<article class="md-content__inner md-typeset">',
        '<article class="md-content__inner md-typeset" id="__contenu" tabindex="-1">',
    ),
    # Labels cannot be reached with the keyboard.
    Adaptation(
        "boutons de l’en-tête",
        r'<label class="md-header__button md-icon" for="(?P<box>__drawer|__search)">(?P<icon>.*?)</label>',
        _header_button,
        2,
        2,
    ),
    Adaptation(
        "choix clair ou sombre",
        r'(?P<option><input class="md-option"[^>]*>)\s*<label class="md-header__button md-icon" '
        r'title="(?P<title>[^"]*)" for="(?P<box>__palette_\d+)" hidden>(?P<icon>.*?)</label>',
        _palette_button,
        0,
        3,
    ),
    Adaptation(
        "nom de la fenêtre de recherche",
        r'(data-md-component="search" role="dialog")',
        r'\1 aria-label="Recherche dans le guide"',
    ),
    Adaptation(
        "retour de la recherche",
        r'<nav class="md-search__options"',
        SEARCH_CLOSE + r"\g<0>",
    ),
    Adaptation(
        "annonce du nombre de résultats",
        r'<div class="md-search-result__meta">',
        '<div class="md-search-result__meta" role="status">',
    ),
    Adaptation(
        "liste de résultats défilante",
        r'(<div class="md-search__scrollwrap" tabindex="0")',
        r'\1 role="group" aria-label="Résultats de la recherche"',
    ),
    # The breadcrumb carries the same name as the side navigation; it is absent from the home page.
    Adaptation("fil d’Ariane", r'(<nav class="md-path" aria-label=")[^"]*', r"\1Fil d’Ariane", 0, 1),
    # Side navigation: always open, so its folding labels are titles; the theme writes `tabindex=""` on them and
    # `aria-expanded` on lists, both invalid.
    Adaptation("tête du menu", r'<label class="md-nav__title" for="__drawer">', DRAWER_HEAD + r"\g<0>"),
    Adaptation(
        "noms des sous-menus",
        r'<nav class="md-nav" data-md-level="(?P<level>\d+)" aria-labelledby="__nav_[\d_]+_label" '
        r'aria-expanded="(?:true|false)">\s*<label class="md-nav__title" for="__nav_[\d_]+">\s*'
        r'<span class="md-nav__icon md-icon"></span>\s*(?P<title>.*?)\s*</label>',
        r'<nav class="md-nav" data-md-level="\g<level>" aria-label="\g<title>">',
        0,
        None,
    ),
    Adaptation(
        "titres des sous-menus",
        r'<label class="(?P<class>md-nav__link[^"]*)" for="__nav_[\d_]+" id="__nav_[\d_]+_label" tabindex="0?">(?P<body>.*?)</label>',
        _nav_title,
        0,
        None,
    ),
    # The box that this label is for exists only where the page is a leaf of the menu; ours never folds.
    Adaptation(
        "titre du sommaire",
        r'<label class="md-nav__title" for="__toc">(?P<body>.*?)</label>',
        r'<span class="md-nav__title">\g<body></span>',
        0,
        2,
    ),
    # The theme says so from its last script, after the first paint: what shows only with scripts would push the page down.
    Adaptation(
        "annonce des scripts",
        r"<script>(?=__md_scope=)",
        '<script>document.documentElement.classList.replace("no-js","js"),',
    ),
    # Ours must not wait for it: a page is painted, and its tools work, before the theme's script comes.
    Adaptation(
        "programme du thème",
        r'(<script src="[^"]*assets/javascripts/bundle\.[0-9a-f]{8}\.min\.js")>',
        r"\1 defer>",
    ),
    # Firefox fetches the next page ahead: a request that nobody asked for, and that the policy refuses in the console.
    Adaptation("pages voisines", r'<link rel="(?:prev|next)"[^>]*>\s*', "", 0, 2),
    Adaptation(
        "polices préchargées",
        r'<link rel="stylesheet" href="(?P<base>[^"]*)assets/css/tokens\.css">',
        _preload,
    ),
)


# Markdown closes these as XHTML does, which HTML ignores and a value without quotes swallows.
_VOID = re.compile(r"(<(?:br|hr|img|input|wbr)\b[^<>]*?)\s*/>")


def adapt(
    html: str,
    where: str,
    site_url: str | None = None,
    more: tuple[Adaptation, ...] = (),
    *,
    site_name: str = "",
) -> str:
    """The page with every adaptation, labelled tables and the printed foot.

    `where` is the page's path in the site, for messages; `more` adds adaptations of one kind of page. Raises `ThemeChangedError` naming every adaptation whose
    pattern is not found as often as expected.
    """
    wrong: list[str] = []
    foot = Adaptation(
        "pied imprimé",
        r"</article>(?=\s*</div>\s*<script>)",
        lambda _: print_foot(site_url, site_name) + "</article>",
    )
    for adaptation in (*ADAPTATIONS, *more, foot):
        html, found = re.subn(adaptation.pattern, adaptation.replacement, html, flags=re.S)
        if found < adaptation.least or (adaptation.most is not None and found > adaptation.most):
            wrong.append(f"« {adaptation.name} » : trouvé {found}, attendu {adaptation.expected()}")
    # What an adaptation was meant to remove must be gone: a pattern that may be absent cannot be counted otherwise.
    wrong += [f"« {name} » : reste dans la page" for name, text in LEFTOVERS.items() if re.search(text, html)]
    if wrong:
        raise ThemeChangedError(
            f"{where} : le thème ne ressemble plus à ce que le guide corrige — "
            + " ; ".join(wrong)
            + ". Revenir à la version de requirements.txt ou corriger hooks/guide/site/theme.py."
        )
    return label_tables(_VOID.sub(r"\1>", html))


NOT_FOUND = (
    Adaptation("titre de la page introuvable", r"<title>", "<title>Page introuvable - "),
    Adaptation("texte de la page introuvable", r"<h1>404 - Not found</h1>", ""),
)


def adapt_not_found(html: str, site_url: str | None = None, *, site_name: str = "") -> str:
    """The theme's 404 page, in French and with ways out, adapted like any other. Links are absolute, as on that page."""
    base = "/" + "".join(f"{part}/" for part in urlsplit(site_url or "").path.split("/") if part)
    links = "".join(f'<li><a href="{base}{path}"><span>{label}</span></a></li>' for path, label in WAYS_OUT)
    title, text = NOT_FOUND
    body = (
        "<h1>Cette page n’existe pas</h1>"
        '<p class="g-lead">L’adresse a peut-être été mal recopiée, ou la page a changé de place. '
        "La recherche, en haut de page, connaît tout le guide.</p>"
        f'<ul class="g-list g-links">{links}</ul>'
    )
    return adapt(
        html, "404.html", site_url, (title, replace(text, replacement=lambda _: body)), site_name=site_name
    )


WAYS_OUT = (
    ("urgence/", "Je suis attaqué : que faire, qui appeler"),
    ("", "Accueil du guide"),
    ("checklist/", "Checklist"),
    ("ressources/", "Toutes les ressources"),
)

LEFTOVERS = {
    "choix clair ou sombre": r'<label[^>]*for="__palette_',
    "noms des sous-menus": r'<nav class="md-nav"[^>]*aria-expanded=',
    "titres des sous-menus": r'<label class="md-nav__link[^>]*for="__nav_',
    "titre du sommaire": r'<label class="md-nav__title"[^>]*for="__toc"',
    "pages voisines": r'<link[^>]* rel="(?:prev|next)"',
    "fil d’Ariane": r'<nav class="md-path"(?! aria-label="Fil d’Ariane")',
}


def print_foot(site_url: str | None, site_name: str = "") -> str:
    """The line printed at the end of every page: where the emergency page is, and that paper grows old."""
    address = f" : {escape(site_url.rstrip('/'))}/urgence/" if site_url else ""
    source = f"« {escape(site_name)} »" if site_name else "ce guide"
    return (
        f'<p class="g-printfoot"><strong>Urgence :</strong> en cas d’attaque, page « Urgence » du guide{address}. '
        f"Feuille imprimée depuis {source} ; la version en ligne fait foi.</p>"
    )
