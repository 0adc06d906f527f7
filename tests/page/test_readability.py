"""The writing rules, measured on the staged pages; Urgence is held to them."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from guide.page import readability
from guide.page.compose import MOST_WORDS
from guide.page.view import Options
from guide.site.checked import check
from guide.site.stage import Staged, stage
from guide.text import french
from guide.text.sentences import sentences
from support import ROOT, ours

MOST_SENTENCES = 20


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


def test_a_situation_shows_twenty_sentences_before_anything_is_opened(staged: Staged) -> None:
    """What to do and what not to do; the rest waits under its title. The six gestures keep to it too."""
    guide = ours()
    counted = {
        each.page: [
            part
            for line in readability.shown(staged.pages[f"{each.page}.md"]).splitlines()
            for part in sentences(line.strip())
            if part[-1] in ".!?…" and not line.lstrip().startswith("Qui")
        ]
        for each in guide.incident.situations
    }
    assert {page: found for page, found in counted.items() if len(found) > MOST_SENTENCES} == {}
    gestures = [
        part
        for each in guide.incident.imperatives
        for text in (each.text, each.detail)
        for part in sentences(text)
    ]
    assert len(gestures) <= MOST_SENTENCES, gestures


def test_a_page_begins_with_the_words_that_need_explaining(staged: Staged) -> None:
    """In a fold, with the definition of the lexicon; none in an emergency, nor of a word of every day."""
    words = ours().glossary
    named = {french.typeset(each.term): name for name, each in words.items()}
    folds = {
        src: [named[term] for term in re.findall(r"<dt>(.*?)</dt>", found[0])]
        for src, text in staged.pages.items()
        if (found := re.search(r'<details class="g-more g-words">.*?</details>', text, re.DOTALL))
    }
    assert folds["messagerie.md"][:3] == ["mssante", "mon-espace-sante", "annuaire-sante"]
    assert "deployeur" in folds["mesures/ia.md"]
    assert [src for src in folds if src.startswith("urgence/")] == []
    for src, shown in folds.items():
        assert 1 <= len(shown) <= MOST_WORDS, src
        assert [name for name in shown if words[name].everyday] == [], src
        assert staged.pages[src].index("g-words") < staged.pages[src].index("\n## "), src


def test_what_is_folded_or_at_the_foot_is_not_counted() -> None:
    page = "---\ntitle: x\n---\n\n# Un titre\n\nUne phrase de cinq mots.\n\n<details><summary>Voir</summary>\nTout ceci est replié.\n</details>\n"
    assert readability.measure(page).words == 8
