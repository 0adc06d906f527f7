"""The writing rules, measured on the staged pages; Urgence is held to them."""

from __future__ import annotations

import datetime as dt

import pytest

from guide.page import readability
from guide.page.view import Options
from guide.site.checked import check
from guide.site.stage import Staged, stage
from support import ROOT


@pytest.fixture(scope="module")
def staged() -> Staged:
    return stage(check(ROOT), Options(dt.date(2026, 11, 24), draft=True))


def test_every_page_keeps_to_nine_hundred_words_as_it_opens(staged: Staged) -> None:
    lists = {page.src for page in check(ROOT).pages if page.meta.list}
    assert "lexique.md" in lists
    counted = {src: readability.measure(text).words for src, text in staged.pages.items() if src not in lists}
    assert {src: words for src, words in counted.items() if words > readability.MAX_WORDS} == {}


def test_urgence_reads_in_short_plain_sentences(staged: Staged) -> None:
    for src, text in staged.pages.items():
        if (
            src.startswith("urgence/") and src != "urgence/sans-logiciel.md"
        ):  # its tables' heads are long lists
            figures = readability.measure(text)
            assert figures.longest_words <= readability.MAX_SENTENCE, (src, figures.longest)
            assert figures.mean_sentence <= readability.MEAN_SENTENCE, src
            assert figures.index > 60, src


def test_what_is_folded_or_at_the_foot_is_not_counted() -> None:
    page = "---\ntitle: x\n---\n\n# Un titre\n\nUne phrase de cinq mots.\n\n<details><summary>Voir</summary>\nTout ceci est replié.\n</details>\n"
    assert readability.measure(page).words == 8
