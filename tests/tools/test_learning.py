"""Quiz, exercises, letters to suppliers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from support import ours
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, downloaded, faults

pytestmark = pytest.mark.browser
QUIZ, LETTERS = "entrainement/quiz/", "mesures/prestataires/"
GUIDE = ours()
QUESTIONS = [question for topic in GUIDE.training.syllabus for question in topic.quiz]
LETTER = "questionnaire-logiciel"
ASKED = [text for block in GUIDE.sheets[LETTER].blocks for text in block.ask or ()]


@pytest.mark.parametrize("disk", [False, True])
def test_every_question_tells_right_from_wrong(reader: Callable[..., Reader], disk: bool) -> None:
    """The right answer of the data is the one called right; any other shows it, with its explanation."""
    found = reader(QUIZ, disk=disk)
    page = found.page
    assert page.locator(".g-quiz").count() == len(QUESTIONS)
    for rank, question in enumerate(QUESTIONS):
        section = page.locator(f"#{question.id}")
        wrong = (question.right + 1) % len(question.choices)
        section.locator("input[type=radio]").nth(wrong).check()
        assert section.locator(".g-quiz__verdict").inner_text().startswith("Non. La bonne réponse"), (
            question.id
        )
        marks = section.locator("li").evaluate_all(
            "l => l.map((e) => e.querySelector('.g-quiz__mark')?.textContent ?? '')"
        )
        assert (marks[question.right], marks[wrong]) == ("La bonne réponse", "Votre réponse")
        assert len([each for each in marks if each]) == 2
        section.locator("input[type=radio]").nth(question.right).check()
        assert section.locator(".g-quiz__verdict").inner_text() == "Juste."
        assert section.locator(".g-quiz__mark").all_inner_texts() == ["La bonne réponse"]
        assert section.locator("details p").first.is_visible()
        assert section.locator("a").count() >= 1
        if rank == 4:
            break
    assert page.locator(".g-score p").inner_text() == f"5 réponses justes sur 5, {len(QUESTIONS) - 5} à venir"
    page.get_by_role("button", name="Tout recommencer").click()
    assert page.locator(".g-quiz input[type=radio]:checked").count() == 0
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('guide:'))") == []
    assert found.requests == []
    assert found.complaints == []


def test_a_phone_shows_one_question_a_screen(reader: Callable[..., Reader]) -> None:
    """With its way on and back; a link to a question or to a topic opens there; a wide screen and paper show them all."""
    found = reader(QUIZ, viewport={"width": 360, "height": 740})
    page = found.page
    shown = "l => l.filter((e) => e.getClientRects().length).map((e) => e.id)"
    first, second, last = QUESTIONS[0].id, QUESTIONS[1].id, QUESTIONS[-1].id
    assert page.locator(".g-quiz").evaluate_all(shown) == [first]
    assert page.locator(f"#{first} .g-quiz__next p").inner_text() == f"Question 1 sur {len(QUESTIONS)}"
    page.locator(f"#{first}").get_by_role("button", name="Question suivante").click()
    assert page.locator(".g-quiz").evaluate_all(shown) == [second]
    expect(page.locator(f"#question-{second}")).to_be_focused()
    expect(page.locator(f"#{second} .g-quiz__choices li").last).to_be_in_viewport()
    page.locator(f"#{second}").get_by_role("button", name="Précédente").click()
    assert page.locator(".g-quiz").evaluate_all(shown) == [first]
    page.evaluate("id => { location.hash = id }", last)
    expect(page.locator(f"#{last}")).to_be_visible()
    assert page.locator(f"#{last}").get_by_role("button", name="Question suivante").count() == 0
    topic = GUIDE.training.syllabus[1]
    page.evaluate("id => { location.hash = id }", f"quiz-{topic.id}")
    expect(page.locator(f"#{topic.quiz[0].id}")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(media="print")
    assert len(page.locator(".g-quiz").evaluate_all(shown)) == len(QUESTIONS)
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1366, "height": 768})
    assert len(page.locator(".g-quiz").evaluate_all(shown)) == len(QUESTIONS)
    assert found.complaints == []


def test_the_right_answers_in_the_page_are_those_of_the_data(reader: Callable[..., Reader]) -> None:
    """All of them."""
    page = reader(QUIZ).page
    found = page.eval_on_selector_all(".g-quiz", "list => list.map((e) => [e.id, Number(e.dataset.right)])")
    assert dict(found) == {question.id: question.right for question in QUESTIONS}


def test_the_quiz_reads_without_scripts(reader: Callable[..., Reader]) -> None:
    """Choices as a list, the answer under a fold."""
    page = reader(QUIZ, java_script_enabled=False).page
    assert page.locator(".g-quiz").count() == len(QUESTIONS)
    assert page.locator(".g-quiz input").count() == 0
    page.locator(".g-quiz summary").first.click()
    assert page.locator(".g-quiz details p").first.is_visible()


def test_every_exercise_leads_to_the_decision_aid(reader: Callable[..., Reader]) -> None:
    """One link a card."""
    page = reader("entrainement/").page
    assert page.locator("article[id^=exercice-] a[href$='urgence/decider/']").count() == len(
        GUIDE.training.exercises
    )


def test_a_letter_is_copied_printed_and_answered(reader: Callable[..., Reader]) -> None:
    """Plain text on the clipboard, one letter on paper, answers kept in the export of the checklist."""
    found = reader(LETTERS, permissions=["clipboard-read", "clipboard-write"])
    page = found.page
    letter = page.locator(f"[data-letter={LETTER}]")
    letter.locator("summary").click()
    assert letter.locator("[data-ask]").count() == len(ASKED)
    field = letter.locator("[data-reply=a]").first
    lines = field.evaluate("e => (e.clientHeight - 8) / parseFloat(getComputedStyle(e).lineHeight)")
    assert 3 <= lines < 4
    field.fill("Oui\n" * 8)
    assert field.evaluate("e => e.scrollHeight - e.clientHeight") <= 0
    copy = letter.get_by_role("button", name="Copier la lettre").bounding_box()
    assert copy["y"] < letter.locator(".g-ask__title").bounding_box()["y"]
    letter.locator("[data-reply=a]").first.fill("Oui, <b>depuis mai</b>")
    letter.locator("[data-reply=d]").first.fill("2026-11-20")
    letter.get_by_role("button", name="Copier la lettre").click()
    expect(letter.locator(".g-ask__says")).to_have_text("Lettre copiée.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Objet :")
    assert text.count("\n- ") == len(ASKED)
    assert "depuis mai" not in text
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.printOnly }")
    letter.get_by_role("button", name="Imprimer la lettre").click()
    assert page.evaluate("window.printed") == "letter"
    page.emulate_media(media="print")
    assert letter.locator(".g-ask__lead").is_visible()
    assert page.locator("[data-letter]:visible").count() == 1
    assert not page.locator("h1").is_visible()
    page.emulate_media(media="screen")
    assert [
        url for url in found.requests if not url.endswith(".png")
    ] == []  # previews, as one scrolls to them
    found.go("checklist/")
    content = json.loads(downloaded(page, page.get_by_role("button", name="Exporter dans un fichier")))
    (reply,) = content["replies"].values()
    assert (reply["a"], reply["d"]) == ("Oui, <b>depuis mai</b>", "2026-11-20")
    assert found.complaints == []


def test_an_answer_comes_back_after_a_reload(reader: Callable[..., Reader]) -> None:
    """Also from the disk."""
    found = reader(LETTERS, disk=True)
    page = found.page
    page.locator(f"[data-letter={LETTER}] summary").click()
    page.locator(f"[data-letter={LETTER}] [data-reply=a]").nth(2).fill("Non")
    found.go(LETTERS)
    page.locator(f"[data-letter={LETTER}] summary").click()
    assert page.locator(f"[data-letter={LETTER}] [data-reply=a]").nth(2).input_value() == "Non"


@pytest.mark.parametrize("width", WIDTHS)
def test_quiz_and_letters_are_accessible(reader: Callable[..., Reader], width: int) -> None:
    """Answered, right and wrong; a letter open."""
    found = reader(QUIZ, viewport={"width": width, "height": 800})
    page = found.page
    for rank in range(3):
        page.locator(f"#{QUESTIONS[0].id} input").nth(rank).check()
    if width <= 592:
        assert faults(page) == []
        page.locator(f"#{QUESTIONS[0].id}").get_by_role("button", name="Question suivante").click()
    page.locator(f"#{QUESTIONS[1].id} input").nth((QUESTIONS[1].right + 1) % 2).check()
    wrong = faults(page)
    found.go(LETTERS)
    page.locator(f"[data-letter={LETTER}] summary").click()
    assert wrong + faults(page) == []
