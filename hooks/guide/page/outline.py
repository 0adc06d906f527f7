"""What a screen reader follows in a page and an eye does not miss: levels of headings in order, a text for each image."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guide.page.document import Page
from guide.text.problems import Code, Problem

_STEP = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})(?:[ \t]+\S|[ \t]*$)|<h(?P<tag>[1-6])\b|(?P<marker><!-- *guide:)"
    r"|^(?![ \t]*(?:[-*+>|#]|\d+[.)]))[^\n]*\S[^\n]*\n(?P<line>=+|-+)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FROM_DATA = 4  # the deepest heading that may follow a block made from data, whose own go down to 3
_MARKDOWN_IMAGE = re.compile(r"!\[(?P<text>[^\]\n]*)\](?:\(|\[)")
_HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(
    r"\balt\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))", re.IGNORECASE
)
_HIDDEN_IMAGE = re.compile(
    r"aria-hidden\s*=\s*[\"']?true|role\s*=\s*[\"']?(?:presentation|none)", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp)|(?:img|dsc|image|capture|photo)[-_ ]?\d*", re.IGNORECASE
)


def problems(page: Page, bare: str) -> Iterator[Problem]:
    """`bare` is the page's body with its code blanked, markers included."""
    yield from _levels(page, bare)
    yield from _images(page, bare)


def _levels(page: Page, bare: str) -> Iterator[Problem]:
    level, deepest = 0, 1
    for step in _STEP.finditer(bare):
        if step["marker"]:
            deepest = max(deepest, _FROM_DATA)
            continue
        found = (
            len(step["marks"] or "") or int(step["tag"] or 0) or (1 if (step["line"] or "")[:1] == "=" else 2)
        )
        if found > deepest:
            yield Problem(
                page.place(step.start()),
                Code.WORDING,
                f"ce titre est de niveau {found}, alors que le précédent est de niveau {level}"
                if level
                else f"le premier titre est de niveau {found}",
                f"écrivez-le « {'#' * deepest} » : un niveau ne se saute pas",
                "#" * found,
            )
        level, deepest = found, found + 1


def _images(page: Page, bare: str) -> Iterator[Problem]:
    for image in _MARKDOWN_IMAGE.finditer(bare):
        yield from _judged(
            page,
            image.start(),
            image["text"],
            "écrivez entre « ![ » et « ] » ce que l’image apprend au lecteur",
        )
    for image in _HTML_IMAGE.finditer(bare):
        if not _HIDDEN_IMAGE.search(image[0]):
            alt = _ALT.search(image[0])
            text = next((each for each in alt.groups() if each is not None), "") if alt else ""
            yield from _judged(
                page, image.start(), text, 'dites dans alt="…" ce que l’image apprend au lecteur'
            )


def _judged(page: Page, start: int, text: str, remedy: str) -> Iterator[Problem]:
    if not re.search(r"\w", text):
        yield Problem(
            page.place(start), Code.WORDING, "image sans texte : qui ne la voit pas n’en sait rien", remedy
        )
    elif _FILE_NAME.fullmatch(text.strip()):
        yield Problem(
            page.place(start),
            Code.WORDING,
            "un nom de fichier ne dit pas ce que montre l’image",
            remedy,
            text,
        )
