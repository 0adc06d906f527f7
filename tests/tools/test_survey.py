"""« Où en est le cabinet ? »: the plan never contradicts an answer; what is kept, compared, printed, exported, refused."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from guide.data.model.assessment import NO, UNSURE, YES
from guide.text import french
from pdftext import open_pdf, spans
from support import ours
from tools.conftest import Reader
from tools.toolsupport import WINDOWS, downloaded, faults

pytestmark = pytest.mark.browser
PAGE, KEY = "audit/etat-des-lieux/", "guide:checklist:1"
GUIDE = ours()
ASKED = GUIDE.assessment
QUESTIONS = {each.id: each for each in ASKED.questions}
FURTHER = {each.measure for each in ASKED.further}
POINTS = {each.id: each.points for each in ASKED.replies}
SIZE = len(ASKED.days)


def survey(answers: dict[str, str], day: str = "2026-11-29", **more: Any) -> dict[str, Any]:
    """A finished state of play as the page keeps it."""
    return {"f": day, "t": f"{day}T10:00:00.000Z", "a": answers, "h": {}, "w": {}, **more}


def followed(**surveys: dict[str, Any]) -> str:
    """The follow-up with states of play by day, « d2026_11_29 » for the day."""
    days = {name[1:].replace("_", "-"): value for name, value in surveys.items()}
    return json.dumps({"format": "guide-suivi", "version": 1, "items": {}, "surveys": days})


def put(page: Page, text: str) -> None:
    """Leaves a follow-up on the device and comes back."""
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.reload()


def stored(page: Page) -> dict[str, Any]:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))["surveys"]


def reply(page: Page, answer: str) -> None:
    """Answers the question that is shown."""
    page.locator(f".g-question:visible [data-reply-to={answer}]").click()


def plan(page: Page) -> list[str]:
    """The measures of the plan, in order."""
    return page.eval_on_selector_all(
        ".g-plan__list > li > .g-steps__text > a",
        "list => list.map((link) => link.hash.slice(1))",
    )


def worth(answers: dict[str, str], name: str) -> int:
    """The points of a question, counted from the data."""
    rules = (
        rule.points
        for rule in ASKED.rules
        if name in rule.questions and all(answers[each.question] in each.answers for each in rule.when)
    )
    return QUESTIONS[name].weight * POINTS[answers[name]] + sum(rules)


def test_two_hundred_sets_of_answers_are_never_contradicted(reader: Callable[..., Reader]) -> None:
    """Six measures each time; none that an answer calls done; each called for by its question; in the order of the points."""
    page = reader(PAGE).page
    rng = random.Random(17)
    sets = [dict.fromkeys(QUESTIONS, answer) for answer in (YES, NO, UNSURE)]
    while len(sets) < 200:
        weights = [rng.random() for _ in range(3)]
        sets.append(
            dict(zip(QUESTIONS, rng.choices((YES, NO, UNSURE), weights, k=len(QUESTIONS)), strict=True))
        )
    texts = [followed(d2026_11_29=survey(answers)) for answers in sets]
    plans = page.evaluate(
        """([key, texts]) => texts.map((text) => { localStorage.setItem(key, text);
        document.dispatchEvent(new CustomEvent('guide:tracking'));
        return guide.all('.g-plan__list > li').map((item) => ({ measure: item.querySelector('a').hash.slice(1),
          why: item.querySelector('.g-steps__why').textContent, by: item.querySelector('[type=date]').value,
          who: item.querySelector('[type=text]').value, cost: item.querySelector('.g-steps__who').textContent })); })""",
        [KEY, texts],
    )
    for answers, lines in zip(sets, plans, strict=True):
        proposed = [line["measure"] for line in lines]
        assert len(proposed) == len(set(proposed)) == SIZE, answers
        done = {
            name
            for question in ASKED.questions
            if answers[question.id] == YES
            for name in (question.measure, *question.also)
        }
        assert not done & set(proposed), answers
        gaps = {
            name: [
                question.id
                for question in ASKED.questions
                if (answers[question.id] != YES and name == question.measure)
                or (answers[question.id] == UNSURE and name == question.if_unsure)
            ]
            for name in proposed
        }
        called = [name for name in proposed if gaps[name]]
        assert proposed == [*called, *(name for name in proposed if name in FURTHER)]
        points = [max(worth(answers, question) for question in gaps[name]) for name in called]
        assert points == sorted(points, reverse=True), (answers, called)
        assert [line["by"] for line in lines] == sorted(line["by"] for line in lines)
        assert all(line["why"] and line["who"] and "Coût" in line["cost"] for line in lines)


@pytest.mark.parametrize("disk", [False, True])
def test_questions_come_one_at_a_time_and_end_in_a_plan(
    reader: Callable[..., Reader], tmp_path: Path, disk: bool
) -> None:
    """From a phone: left and taken up again, answered, named, exported, cleared, brought back."""
    found = reader(PAGE, disk=disk, now="2026-11-29T12:00:00+01:00", viewport={"width": 360, "height": 800})
    page = found.page
    for rank in range(len(QUESTIONS)):
        assert page.locator(".g-question:visible").count() == 1
        assert page.locator(".g-decide__where").inner_text() == f"Question {rank + 1} sur {len(QUESTIONS)}"
        answers = page.locator(".g-question:visible .g-answers").bounding_box()
        assert answers and answers["y"] > 0 and answers["y"] + answers["height"] <= 800, (
            rank
        )  # all three seen
        reply(page, NO if rank % 2 else YES)
        if rank == 3:
            page.get_by_role("button", name="Question précédente").click()
            reply(page, UNSURE)
            page.reload()
    assert len(plan(page)) == SIZE
    expect(page.locator("#plan")).to_be_focused()
    first = plan(page)[0]
    page.locator(f"#who-{first}").fill("assistante <b>")
    page.locator(f"#by-{first}").fill("2026-12-24")
    before = stored(page)
    (kept,) = before.values()
    assert kept["f"] == "2026-11-29" and kept["w"][first] == {"who": "assistante <b>", "by": "2026-12-24"}
    content = downloaded(page, page.get_by_role("button", name="Exporter dans un fichier"))
    file = tmp_path / "suivi.json"
    file.write_bytes(content)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tout effacer").click()
    assert page.locator(".g-question:visible").count() == 1
    page.locator("input[data-do=import]").set_input_files(str(file))
    expect(page.locator(".g-keep__says")).to_contain_text("1 état des lieux")
    page.get_by_role("button", name="Réunir avec ce qui est ici").click()
    assert stored(page) == before
    assert page.locator(f"#who-{first}").input_value() == "assistante <b>"
    assert found.complaints == []


def test_an_older_state_of_play_is_read_and_says_what_is_new(reader: Callable[..., Reader]) -> None:
    """A question it did not have, one that read otherwise, one that is gone: told, asked, and nothing lost."""
    page = reader(PAGE, now="2026-11-29T12:00:00+01:00").page
    new, reworded, *_ = QUESTIONS
    hashes = page.evaluate(
        "Object.fromEntries(guide.all('[data-question]').map((s) => [s.dataset.question, guide.tracking.hash(s.querySelector('.g-question__text').textContent)]))"
    )
    answers = {name: YES for name in QUESTIONS if name != new} | {"disparue": NO}
    hashes |= {reworded: "autrefois"}
    old = survey(answers, "2026-03-03", h=hashes)
    put(page, followed(d2026_03_03=old))
    box = page.locator("[data-tool=new]")
    assert "1 question est nouvelle et 1 question est écrite autrement" in box.inner_text()
    assert box.locator("li").count() == 2
    assert len(plan(page)) == SIZE
    box.get_by_role("button").click()
    reply(page, NO)
    reply(page, YES)
    assert not box.is_visible()
    assert QUESTIONS[new].measure in plan(page)
    assert stored(page)["2026-03-03"]["a"]["disparue"] == NO


def test_a_renamed_question_keeps_its_answer(reader: Callable[..., Reader]) -> None:
    """Answers, what was asked, and the task of a renamed measure, under the present ids."""
    page = reader(PAGE).page
    found = page.evaluate(
        """() => { const asking = { questions: [{ id: "neuve", former: ["vieille"] }], former: { mesure: ["geste"] } };
        const survey = { f: "", t: "", a: { vieille: "oui" }, h: { vieille: "x1" }, w: { geste: { who: "moi", by: "" } } };
        guide.assessment.carryOver(asking, survey); return survey; }"""
    )
    assert found["a"] == {"neuve": YES}
    assert found["h"] == {"neuve": "x1"}
    assert found["w"] == {"mesure": {"who": "moi", "by": ""}}


BAD = {
    "reponse": survey({next(iter(QUESTIONS)): "peut-être"}),
    "date": survey({}, f="hier"),
    "tache": survey({}, w={"a": {"who": 3}}),
    "liste": [],
}


@pytest.mark.parametrize("name", BAD)
def test_a_damaged_export_changes_nothing(reader: Callable[..., Reader], tmp_path: Path, name: str) -> None:
    page = reader(PAGE).page
    put(page, followed(d2026_11_29=survey(dict.fromkeys(QUESTIONS, YES))))
    before = stored(page)
    file = tmp_path / f"{name}.json"
    file.write_text(followed(d2026_03_03=BAD[name]), encoding="utf-8")  # type: ignore[arg-type]
    page.locator("input[data-do=import]").set_input_files(str(file))
    expect(page.locator(".g-keep__says")).to_contain_text("Rien n’a été changé")
    assert stored(page) == before


def test_last_time_is_compared_and_redone(reader: Callable[..., Reader]) -> None:
    """What is won, what is lost; a new round leaves the old one as it was."""
    page = reader(PAGE, now="2026-11-29T12:00:00+01:00").page
    won, lost, *_ = QUESTIONS
    old = survey({name: NO if name == won else YES for name in QUESTIONS}, "2025-11-20")
    new = survey({name: NO if name == lost else YES for name in QUESTIONS}, "2026-10-01")
    put(page, followed(d2025_11_20=old, d2026_10_01=new))
    since = page.locator(".g-plan__since")
    assert "Depuis le 20 novembre 2025" in since.inner_text()
    assert since.locator("li").all_inner_texts() == [
        page.locator(f"#question-{name} .g-question__text").text_content() for name in (won, lost)
    ]
    page.get_by_role("button", name="Refaire l’état des lieux").click()
    reply(page, YES)
    kept = stored(page)
    assert kept["2026-10-01"] == new and list(kept["2026-11-29"]["a"].values()) == [YES]


def test_the_picture_reads_without_colour_and_the_letter_asks_what_is_missing(
    reader: Callable[..., Reader],
) -> None:
    """A sign and words for each subject; no question whose answer is « oui » in the letter."""
    page = reader(PAGE).page
    asked = [each for each in ASKED.questions if each.ask]
    answers = dict.fromkeys(QUESTIONS, YES) | {asked[0].id: NO, asked[1].id: UNSURE}
    put(page, followed(d2026_11_29=survey(answers)))
    signs = page.locator(".g-state__cells").all_inner_texts()
    assert "".join("".join(each.split()) for each in signs).count("✓") == len(QUESTIONS) - 2
    assert all("oui" in words for words in page.locator(".g-state__words").all_inner_texts())
    page.locator("[data-letter] summary").click()
    assert page.locator("[data-letter] [data-ask]:visible").count() == 2
    put(page, followed(d2026_11_29=survey(dict.fromkeys(QUESTIONS, YES))))
    assert not page.locator("[data-letter]").is_visible()


def test_the_plan_prints_on_one_page(reader: Callable[..., Reader], tmp_path: Path) -> None:
    """Its days in French words, whatever the language of the browser."""
    page = reader(PAGE, locale="en-US").page
    put(page, followed(d2026_11_29=survey(dict.fromkeys(QUESTIONS, UNSURE))))
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Imprimer le plan").click()
    printed = page.pdf(prefer_css_page_size=True)
    assert len(open_pdf(printed).pages) == 1
    text = re.sub(
        r"\s", "", "".join(span.text for span in spans(printed))
    )  # Chromium writes letter by letter
    days = [page.locator(f"#by-{name}").input_value() for name in plan(page)]
    assert (
        days
        and [day for day in days if re.sub(r"\s", "", french.day(dt.date.fromisoformat(day))) not in text]
        == []
    )


def test_a_browser_that_keeps_nothing_says_so(reader: Callable[..., Reader]) -> None:
    """One sentence, and the plan all the same."""
    found = reader("")
    found.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = found.go(PAGE)
    for _ in QUESTIONS:
        reply(page, NO)
    assert len(plan(page)) == SIZE
    assert "ne garde pas" in page.locator("[data-tool=trouble]").inner_text()


def test_without_scripts_every_question_leads_to_its_measure(reader: Callable[..., Reader]) -> None:
    """The whole of it on one page, the sheet for the pen, and no tool that would do nothing."""
    page = reader(PAGE, java_script_enabled=False).page
    assert page.locator(".g-question:visible").count() == len(QUESTIONS)
    links = page.eval_on_selector_all(
        ".g-question__then a", "list => list.map((link) => link.getAttribute('href').split('#')[1])"
    )
    assert sorted(links) == sorted(each.measure for each in ASKED.questions)
    assert page.locator("main button:visible, main input:visible, main progress:visible").count() == 0
    assert page.locator("main a[href$='etat-des-lieux.pdf']").is_visible()


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_question_and_plan_are_accessible(reader: Callable[..., Reader], width: int, scheme: str) -> None:
    found = reader(PAGE, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = found.page
    wrong = faults(page)
    answers = dict(zip(QUESTIONS, [YES, NO, UNSURE] * len(QUESTIONS), strict=False))
    old = survey(dict.fromkeys(list(QUESTIONS)[1:], NO), "2025-11-20")
    put(page, followed(d2025_11_20=old, d2026_03_03=survey(dict(list(answers.items())[1:]), "2026-03-03")))
    page.evaluate("guide.all('details').forEach((fold) => { fold.open = true; })")
    assert wrong + faults(page) + found.complaints == []
