"""Signs typed as layout that no reader of Markdown knows: the page would print them as they are, or lose what they frame."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.page.document import Page
from guide.page.forge import DELIMITERS
from guide.text.problems import Code, Problem, did_you_mean

BOXES = ("note", "info", "tip", "abstract", "quote", "example", "question", "success", "warning", "danger", "failure", "bug")  # fmt: skip
_BOX = re.compile(r"^(?P<indent> *)(?P<found>!{2,3}(?P<rest>(?: *[\w«“\"‘'-].*)?))$", re.MULTILINE)
_WELL = re.compile(r'(?P<kind>[a-z]+) +"(?P<title>[^"\n]*)" *')
_BULLET = r"[•·▪◦●○■‣⁃–—][ \u00a0\t](?=\S)"
_LETTERED = r" {0,3}(?:\(?[a-z]\)|\(\d{1,2}\)|\d{1,2} ?°\)?) +\S"
_STRONG = re.compile(r"(?<![\\*])\*\*(?!\*)")
_BLOCK = re.compile(r"(?:^.*\S.*\n?)+", re.MULTILINE)
_ROWS = re.compile(r"(?:^ {0,3}\|.*\|[ \t]*$\n?){2,}", re.MULTILINE)
_SIGNS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), what, remedy)
    for pattern, what, remedy in (
        (
            rf"^[ >]*(?P<found>{_BULLET})(?:.*\n[ >]*{_BULLET})*",
            "puce tapée au clavier ou venue de Word : les lignes se suivront dans une même phrase",
            "écrivez « - » et une espace au début de chaque ligne de la liste",
        ),
        (
            rf"^(?P<found>{_LETTERED}).*\n(?:{_LETTERED}|.*\n{_LETTERED})",
            "liste numérotée autrement que « 1. » : les lignes se suivront dans une même phrase",
            "écrivez « 1. » et une espace au début de chaque ligne",
        ),
        (r"(?P<found>\[\[[^\]\n]+\]\])", "lien entre doubles crochets", "écrivez [texte du lien](page.md)"),
        (r"(?<!!)(?P<found>\[\]\([^)\n]*\))", "lien sans texte", "écrivez entre les crochets où il mène"),
        (r"(?P<found>==[^=\s][^=\n]*==)", "texte surligné", "écrivez **en gras**, ou retirez les signes =="),
        (r"(?P<found>(?<![~\w])~[^~\s][^~\n]*~(?![~\w]))", "texte barré", "retirez-le, ou retirez les signes ~"),
        (r"(?P<found>(?<![\w:/.]):[a-z][a-z0-9_+-]*:(?![\w:]))", "image de la forge, tapée par son nom", "écrivez le mot"),
        (r"(?P<found>\{[{%].*?[%}]\})", "instruction d’un autre logiciel", "retirez-la ; un fait s’insère par {fact:identifiant}"),
        (r"(?P<found>\$\$.+?\$\$)", "formule que seule la forge sait afficher", "écrivez-la en mots"),
        (r"(?P<found>&lt;!--.*)", "commentaire ou marqueur dont le « < » est écrit &lt;", "écrivez <!-- … -->"),
        (
            r"^ *(?P<found>(?:\?\?\?\+?|===) +\S.*|--8<--.*|\[TOC\])$",
            "mise en page d’un autre logiciel, que le guide ne connaît pas",
            'retirez-la ; un encadré s’écrit !!! note "Titre"',
        ),
        (r"^(?P<found>#{1,6})[ \t]*$", "titre vide", "écrivez le titre après « # », ou retirez la ligne"),
    )
)  # fmt: skip
_DRAWN = re.compile(r"^ *`{3,} *(?P<found>mermaid|geojson|topojson|stl|math)\b", re.MULTILINE)


def problems(page: Page, prose: str) -> Iterator[Problem]:
    """`prose` is the page's body with code and closed comments blanked."""

    def refuse(start: int, what: str, remedy: str, found: str) -> Problem:
        return Problem(page.place(start), Code.FORGE, what, remedy, found)

    for pattern, what, remedy in _SIGNS:
        for match in pattern.finditer(prose):
            yield refuse(match.start("found"), what, remedy, match["found"].strip())
    for match in _DRAWN.finditer(page.body):
        what = "schéma que seule la forge sait afficher"
        yield refuse(
            match.start("found"),
            what,
            "faites-en une image : ./scripts/guide image FICHIER",
            match[0].strip(),
        )
    for match in _ROWS.finditer(prose):
        if not any(map(DELIMITERS.match, match[0].splitlines())):
            what = "tableau sans ligne de tirets : il s’affichera en une phrase"
            yield refuse(
                match.start(),
                what,
                "ajoutez sous la ligne de titre « | --- | --- | »",
                match[0].split("\n")[0],
            )
    for match in _BOX.finditer(prose):
        if said := _box(match, prose):
            yield refuse(match.start("found"), *said, match["found"])
    for block in _BLOCK.finditer(prose):
        for start, found in _unpaired(block[0]):
            what = "gras mal fermé : les étoiles s’afficheront"
            yield refuse(block.start() + start, what, "collez les étoiles au mot, **comme ceci**", found)


def _box(match: re.Match[str], prose: str) -> tuple[str, str] | None:
    """What is wrong with the first line of a framed note, or with what follows it."""
    well = _WELL.fullmatch(match["rest"].strip())
    if not match["found"].startswith("!!!") or not well:
        return (
            "encadré mal écrit : son titre disparaîtrait",
            'écrivez !!! note "Titre", avec des guillemets droits',
        )
    if well["kind"] not in BOXES:
        return "sorte d’encadré inconnue", did_you_mean(
            well["kind"], BOXES, "sortes admises : " + ", ".join(BOXES)
        )
    follows = re.compile(rf"\n+ {{{len(match['indent']) + 4}}}").match(prose, match.end())
    if not follows:
        return (
            "encadré vide : son texte n’est pas en retrait",
            "mettez quatre espaces devant chaque ligne de son texte",
        )
    return None


def _unpaired(block: str) -> Iterator[tuple[int, str]]:
    """The `**` of a paragraph that open or close nothing: alone, or with a space on their inner side."""
    marks = [each.start() for each in _STRONG.finditer(block)]
    for opening, closing in zip(marks[::2], [*marks[1::2], None], strict=False):
        if closing is None:
            yield opening, block[opening : opening + 20].split("\n")[0]
        elif block[opening + 2].isspace() or block[closing - 1].isspace():
            yield opening, block[opening : closing + 2].replace("\n", " ")
