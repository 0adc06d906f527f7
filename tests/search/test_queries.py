"""Every query of the sets, typed into the real search box of the real site."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from guide.page.view import Options, View
from searchbox import Query, Score, SearchBox, queries, score
from support import ours

pytestmark = pytest.mark.browser

# Least share right within three results, and at once. The frozen set has the figures that are wanted; the others stand
# a little below what was measured (benchmarks/search): they catch a search that gets worse, and let pages change.
FLOORS = {
    "frozen": (0.97, 0.92),
    "tuning": (0.98, 0.92),
    "aside": (0.95, 0.88),
    "fresh": (0.91, 0.73),  # 0.76 before ten pages were added; one query of 46
    "blind tuning": (0.97, 0.91),
    "blind aside": (0.89, 0.79),
}
SETS: dict[str, list[Query]] = {
    "frozen": queries("queries-frozen"),
    "tuning": queries("queries", "tuning"),
    "aside": queries("queries", "aside"),
    "fresh": queries("queries-fresh"),
    "blind tuning": queries("queries-blind", "tuning"),
    "blind aside": queries("queries-blind", "aside"),
}
EMERGENCIES = queries("emergencies")
HURRIED = queries("emergencies-hurried")
WEEK = queries("queries-week")
# What was asked of a page that has since given this subject to a page of its own: these queries and no other. The sets
# stay as they were written.
MOVED = {
    **dict.fromkeys(
        (
            "duree de conservation des dossiers",
            "combien de temps garder les radios",
            "jusqu'à quand garder un dossier",
            "quand peut-on détruire un vieux dossier",
            "durée conservation dossiers",
            "un patient réclame ses radios",
        ),
        "mesures/dossiers/",
    ),
    **dict.fromkeys(
        (
            "répondre à un avis négatif sur google",
            "avis google",
            "avis google négatif",
            "instagram",
            "réseaux sociaux et influenceurs",
            "refaire le site web du cabinet",
            "site internet du cabinet",
            "facebook du cabinet piraté",
            "puis-je publier des photos avant après",
            "photos avant après sur instagram",
        ),
        "mesures/avis/",
    ),
    "prothésiste": "mesures/laboratoire/",
    "téléphone perso photos de patients": "mesures/laboratoire/",
    "ai-je besoin d'un dpo": "mesures/cabinet-de-groupe/",
    "dpo": "mesures/cabinet-de-groupe/",
}


@pytest.fixture(scope="module")
def answers(box: SearchBox) -> dict[str, list[str]]:
    """Every query once, over http."""
    return box.answers(
        [query.text for asked in (*SETS.values(), EMERGENCIES, HURRIED, WEEK) for query in asked]
    )


@pytest.mark.parametrize("name", SETS)
def test_the_right_page_comes_first_or_nearly(name: str, answers: dict[str, list[str]]) -> None:
    """Each set above its floors."""
    asked = [
        replace(each, expect=(*each.expect, MOVED[each.text])) if each.text in MOVED else each
        for each in SETS[name]
    ]
    found: Score = score(asked, answers)
    hit, first = FLOORS[name]
    print(
        f"{name}: {len(SETS[name])} queries, hit@3 {found.hit:.3f}, first {found.first:.3f}, MRR {found.mrr:.3f}"
    )
    # Only the halves that serve the tuning say what they missed.
    shown = found.missed if name.endswith("tuning") else len(found.missed)
    assert found.hit >= hit and found.first >= first, (
        f"hit@3 {found.hit:.3f}, first {found.first:.3f}, missed: {shown}"
    )


def test_the_words_of_an_ordinary_week_find_their_page(answers: dict[str, list[str]]) -> None:
    """What people would type in an ordinary week. Its own author tuned on it: a guard, no measure of unseen words."""
    found: Score = score(WEEK, answers)
    print(f"week: {len(WEEK)} queries, hit@3 {found.hit:.3f}, first {found.first:.3f}")
    assert found.hit == 1 and found.first >= 0.88, found.missed


def test_emergencies_typed_by_others_find_their_page(answers: dict[str, list[str]]) -> None:
    """Tuned on after it was measured unread: a guard, no measure of unseen words (benchmarks/search)."""
    found: Score = score(HURRIED, answers)
    print(f"hurried: {len(HURRIED)} queries, hit@3 {found.hit:.3f}, first {found.first:.3f}")
    assert found.hit >= 0.95 and found.first >= 0.91, found.missed


def test_every_emergency_is_answered_at_once(box: SearchBox, answers: dict[str, list[str]]) -> None:
    """The first thing shown is right; where a number, a delay or « Non » is the answer, it is said."""
    wrong = [
        query.text
        for query in EMERGENCIES
        if answers[query.text][:1] == [] or answers[query.text][0] not in query.expect
    ]
    assert wrong == []
    view = View(ours(), Options(dt.date(2026, 11, 24)), "accueil", {})
    for query in EMERGENCIES:
        if query.says:
            shown = box.ask(query.text)["answer"]
            assert shown and view.text(query.says) in shown["text"], query.text


def test_a_folder_without_server_answers_the_same(
    answers: dict[str, list[str]], folder_box: SearchBox
) -> None:
    """Same pages in the same order over file://, for one query in eight of every set: program and index are the same."""
    found = folder_box.answers(list(answers)[::8])
    assert len(found) > 80
    assert {text: pages for text, pages in found.items() if pages != answers[text]} == {}


def test_the_sets_are_whole_and_apart() -> None:
    """No set lost a query; none shares one with another, but the blind one, whose author had not read the others."""
    assert [len(asked) for asked in SETS.values()] == [180, 132, 132, 46, 80, 80]
    assert len(EMERGENCIES) == 63
    read = [
        EMERGENCIES,
        SETS["frozen"],
        SETS["tuning"],
        SETS["aside"],
        SETS["fresh"],
        queries("queries-more"),
    ]
    for sets in (read, [SETS["blind tuning"], SETS["blind aside"]]):
        everything = [query.text for asked in sets for query in asked]
        assert len(everything) == len(set(everything))
