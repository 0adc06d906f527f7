"""Headings that skip a level and images without text are refused at their line; encoded anchors lead where they lead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from guide.page.view import Options
from guide.site.checked import check
from guide.site.stage import stage
from guide.text.problems import Code, GuideError, Problem
from messages import Said


def problems(project: Path, added: str) -> tuple[int, tuple[Problem, ...]]:
    """The first line of a text added to a page, and what `check` says of it."""
    page = project / "docs" / "messagerie.md"
    text = page.read_text(encoding="utf-8")
    first = text.count("\n") + 2
    page.write_text(f"{text}\n{added}\n", encoding="utf-8")
    try:
        check(project)
    except GuideError as error:
        return first, error.problems
    return first, ()


@pytest.mark.parametrize(
    ("added", "line"),
    [
        ("## Un\n\n#### Deux", 3),
        ("## Un\n\n### Deux\n\n##### Trois", 5),
        ("Titre\n-----\n\n#### Deux", 4),
        ("## Un\n\n<h4>Deux</h4>", 3),
        ("## Un\n\n   #### Deux", 3),
        ("## Un\n\n<!-- guide:measures group=sauvegardes -->\n\n##### Deux", 5),
    ],
)
def test_a_level_that_is_skipped_is_refused_at_its_line(
    project: Path, said: Said, added: str, line: int
) -> None:
    first, found = problems(project, added)
    assert first + line - 1 in [each.place.line for each in said(found)]
    assert {each.code for each in found} <= {Code.WORDING, Code.MARKER}


@pytest.mark.parametrize(
    "added",
    [
        "## Un\n\n### Deux\n\n## Trois\n\n### Quatre\n\n#### Cinq",
        "## Un\n\n```\n#### code\n```",
        "## Un\n\n`#### x`",
    ],
)
def test_levels_in_order_pass(project: Path, added: str) -> None:
    assert problems(project, added)[1] == ()


@pytest.mark.parametrize(
    "image",
    [
        "![](assets/images/verifier.webp)",
        "![ ](assets/images/verifier.webp)",
        "![…](assets/images/verifier.webp)",
        "![][logo]\n\n[logo]: assets/images/verifier.webp",
        '<img src="assets/images/verifier.webp">',
        '<img src="assets/images/verifier.webp" alt="">',
        "<img alt='' src='assets/images/verifier.webp'>",
        "![verifier.webp](assets/images/verifier.webp)",
        "![IMG_1](assets/images/verifier.webp)",
    ],
)
def test_an_image_without_text_is_refused_at_its_line(project: Path, said: Said, image: str) -> None:
    first, found = problems(project, f"Une ligne.\n\n{image}")
    assert {each.place.line for each in said(found)} == {first + 2}


@pytest.mark.parametrize(
    "image",
    [
        "![Le cadenas fermé](assets/images/verifier.webp)",
        '<img src="assets/images/verifier.webp" alt="Le cadenas fermé">',
        '<img src="assets/images/verifier.webp" alt="" role="presentation">',
        "`![](x.png)`",
    ],
)
def test_an_image_that_says_something_or_nothing_on_purpose_passes(project: Path, image: str) -> None:
    assert problems(project, image)[1] == ()


def test_an_anchor_as_a_browser_copies_it_leads_to_its_heading(project: Path) -> None:
    page = project / "docs" / "messagerie.md"
    links = (
        "## Les délais {: #délai }\n\n[a](#d%C3%A9lai) et [b](messagerie.md#d%c3%a9lai), "
        "[c][c]\n\n[c]: messagerie.md#d%C3%A9lai\n"
    )
    page.write_text(page.read_text(encoding="utf-8") + "\n" + links, encoding="utf-8")
    staged = stage(check(project), Options(dt.date(2026, 11, 24), draft=True))
    assert staged.pages["messagerie.md"].count("#délai") >= 4
    assert "%C3" not in staged.pages["messagerie.md"].partition("Les délais")[2].partition("g-foot")[0]


def test_what_is_encoded_for_a_reason_stays_so(project: Path) -> None:
    page = project / "docs" / "messagerie.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n[a](donnees/resources.json#a%28b%29) `[b](#d%C3%A9lai)`\n",
        encoding="utf-8",
    )
    staged = stage(check(project), Options(dt.date(2026, 11, 24), draft=True))
    assert "#a%28b%29" in staged.pages["messagerie.md"]
    assert "#d%C3%A9lai" in staged.pages["messagerie.md"]
