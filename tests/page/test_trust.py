"""Doubt is said once, a reading only where a person has read: counted on the staged pages."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from guide.data.model.types import Dated
from guide.page.chosen import poster_foot
from guide.page.view import Options, View
from guide.review.overdue import trust
from guide.site.checked import check
from guide.site.stage import Staged, stage
from support import ROOT, ours

MOST_MARKS, MOST_ESSENTIAL = 12, 18
ABOUT = "a-propos/"


@pytest.fixture(scope="module")
def staged() -> Staged:
    return stage(check(ROOT), Options(dt.date(2026, 11, 24), draft=True))


def count(pattern: str, staged: Staged) -> dict[str, int]:
    """Hits by page, outside « À propos » and without the spaces that French asks for."""
    found = {
        src: len(re.findall(pattern, re.sub(r"[\u00a0\u202f]", " ", text), re.IGNORECASE))
        for src, text in staged.pages.items()
        if not src.startswith(ABOUT)
    }
    return {src: number for src, number in found.items() if number}


def test_few_marks_and_none_where_it_burns(staged: Staged) -> None:
    marks = count(r"à vérifier(?! à la main)", staged)
    assert sum(marks.values()) <= MOST_MARKS, marks
    assert [src for src in marks if src.startswith("urgence/")] == []


def test_a_link_never_opened_is_said_once_a_list(staged: Staged) -> None:
    """Two lists on a theme page at most: a sentence under each, nothing beside a link."""
    said = count(r"liens? jamais vérifiés?", staged)
    assert said["ressources/index.md"] == said["checklist/index.md"] == 1
    assert max(said.values()) <= 2, said


def test_nothing_is_called_read_that_nobody_has_read(staged: Staged) -> None:
    guide = ours()
    dated = [*guide.facts.values(), *guide.laws.values(), *guide.contacts.values()]
    everything = {
        **count(r"(?<!jamais )vérifiée?s? le ", staged),
        **{
            name: 1
            for name, content in staged.files.items()
            if name.endswith((".xml", ".html")) and re.search(r"vérifiée?s?\s+le\s+\d".encode(), content)
        },
    }
    assert any(entry.read for entry in dated) or everything == {}  # a signed entry lets its page say so


def test_the_foot_names_the_newest_day_of_what_nobody_has_read() -> None:
    first, second = list(ours().facts.values())[:2]
    newer = second.model_copy(update={"checked_on": dt.date(2026, 12, 1)})
    assert dataclasses.astuple(trust([first, newer])) == (False, dt.date(2026, 12, 1))
    read: list[Dated] = [
        each.model_copy(update={"checked_by": "Claire Martin, juriste"}) for each in (first, newer)
    ]
    assert dataclasses.astuple(trust(read)) == (True, min(first.checked_on, newer.checked_on))
    assert dataclasses.astuple(trust([*read, first])) == (False, first.checked_on)
    assert trust([]).day is None


def test_the_poster_is_called_checked_once_a_person_has_checked_its_numbers() -> None:
    guide, options = ours(), Options(dt.date(2026, 11, 24))
    read = {
        name: each.model_copy(update={"checked_by": "Claire Martin, juriste"})
        for name, each in guide.contacts.items()
    }
    site = guide.site.model_copy(update={"url": "https://guide.exemple.example/"})
    for contacts, words in ((guide.contacts, "d’après un dossier du"), (read, "vérifiée le")):
        changed = dataclasses.replace(guide, site=site, contacts=contacts)
        assert words in poster_foot(View(changed, options, "accueil", {}))[1]


def test_a_mark_leaves_a_doubtful_value_only_with_its_reason() -> None:
    """Softer words or a use withdrawn, in the data; what the pages no longer insert stays out of them."""
    guide = ours()
    for entry in (*guide.facts.values(), *guide.laws.values(), *guide.contacts.values()):
        if entry.unmarked:
            assert entry.confidence != "high", entry.id
            assert entry.unmarked.startswith(("mots adoucis : ", "usage retiré : ")), entry.id
    cited = (ROOT / "data").glob("*.yml")
    text = "".join(path.read_text(encoding="utf-8") for path in (*cited, *(ROOT / "docs").rglob("*.md")))
    withdrawn = [each for each in guide.facts.values() if (each.unmarked or "").startswith("usage retiré")]
    assert withdrawn and [each.id for each in withdrawn if f"{{fact:{each.id}}}" in text] == []


def test_few_measures_are_essential_and_each_demotion_has_its_reason(staged: Staged) -> None:
    guide = ours()
    essential = [each for each in guide.measures.values() if each.priority == "essentiel"]
    assert len(essential) <= MOST_ESSENTIAL
    assert all(each.priority == "essentiel" for each in guide.measures.values() if each.start)
    assert [each.id for each in essential if each.ranked] == []
    duties = [each for each in guide.measures.values() if each.duty]
    checklist = staged.pages["checklist/index.md"]
    assert len(duties) >= 6 and checklist.count(">Obligation<") == len(duties)


def test_no_measure_is_printed_in_full_on_three_pages(staged: Staged) -> None:
    """Reason, steps and proof: on its theme's page and in the checklist; elsewhere a link leads there."""
    for measure in ours().measures.values():
        step = measure.how[0].split("{")[0][:40].replace("'", "’")
        pages = [
            src for src, text in staged.pages.items() if f"<li>{step}" in re.sub(r"[\u00a0\u202f]", " ", text)
        ]
        assert len(pages) <= 2, (measure.id, pages)
