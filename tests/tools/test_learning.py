"""Quiz, exercises, letters to suppliers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from guide.data.guide import load
from support import ROOT
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, downloaded, faults

pytestmark = pytest.mark.browser
QUIZ, LETTERS = "entrainement/quiz/", "mesures/prestataires/"
GUIDE = load(ROOT)
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
        assert section.locator(".g-quiz__verdict").inner_text().startswith("Non. La bonne réponse\u00a0:"), (
            question.id
        )
        section.locator("input[type=radio]").nth(question.right).check()
        assert section.locator(".g-quiz__verdict").inner_text() == "Juste."
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
        page.locator(f"#{QUESTIONS[1].id} input").nth(rank).check()
    wrong = faults(page)
    found.go(LETTERS)
    page.locator(f"[data-letter={LETTER}] summary").click()
    assert wrong + faults(page) == []
