"""« Que faire maintenant ? »: every path, the two limits on the page, the calendar file, the log, the page without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from support import ours
from tools.conftest import Reader
from tools.toolsupport import WINDOWS, calendar, downloaded, faults

pytestmark = pytest.mark.browser
DECIDE = "urgence/decider/"
DECISION = ours().decision


def answer(page: Page, text: str) -> None:
    """Presses one of the shown answers."""
    page.locator(".g-question:not([hidden])").get_by_role("button", name=text, exact=True).click()


def test_the_page_and_the_build_know_the_same_paths(reader: Callable[..., Reader]) -> None:
    """The two programs that walk the tree agree on every path and on its steps."""
    page = reader(DECIDE).page
    found = page.evaluate(
        """() => { const json = (text) => text ? JSON.parse(text) : undefined;
        const questions = guide.all('[data-question]').map((s) => ({ id: s.dataset.question, onlyIf: json(s.dataset.if) ?? [],
          answers: guide.all('[data-answer]', s).map((a) => ({ id: a.dataset.answer, settles: json(a.dataset.settles) ?? {} })) }));
        const steps = guide.all('[data-step]').map((s) => ({ id: s.dataset.step, onlyIf: json(s.dataset.if) ?? [] }));
        return guide.decision.paths(questions).map((given) => { const known = guide.decision.facts(questions, given);
          return [given, steps.filter((s) => guide.decision.applies(s.onlyIf, known)).map((s) => s.id)]; }); }"""
    )
    order = {moment.id: rank for rank, moment in enumerate(DECISION.moments)}
    expected = {
        tuple(sorted(path.items())): [
            step.id for step in sorted(DECISION.steps_for(path), key=lambda step: order[step.deadline])
        ]
        for path in DECISION.paths()
    }
    assert {tuple(sorted(given.items())): steps for given, steps in found} == expected


def test_every_path_ends_with_numbered_steps_and_a_contact_in_five_clicks(
    reader: Callable[..., Reader],
) -> None:
    """All paths, in the page itself: answers chosen one by one until the steps show."""
    page = reader(DECIDE).page
    wrong = page.evaluate(
        """() => { const wrong = []; let paths = 0;
        const shown = () => guide.all('.g-question').find((s) => !s.hidden && !s.closest('[hidden]'));
        const again = () => guide.all('.g-decide__result button')[0].click();
        const walk = (given) => {
          again(); given.forEach((rank) => shown().querySelectorAll('button')[rank].click());
          const question = shown();
          if (question) { const n = question.querySelectorAll('button').length;
            for (let i = 0; i < n; i += 1) walk([...given, i]); return; }
          paths += 1;
          const steps = guide.all('[data-step]').filter((s) => !s.hidden && !s.closest('[hidden]'));
          const links = steps.flatMap((s) => guide.all('a[href^="tel:"], a[href^="http"]', s));
          if (given.length > 4 || !steps.length || !links.length || !document.querySelector('ol[data-moment]:not([hidden])'))
            wrong.push([given, steps.length, links.length]);
        };
        walk([]); return { wrong, paths }; }"""
    )
    assert wrong == {"wrong": [], "paths": len(list(DECISION.paths()))}


def test_the_keyboard_alone_leads_to_the_steps(reader: Callable[..., Reader]) -> None:
    """Focus follows the question, then the steps; « Question précédente » goes back."""
    page = reader(DECIDE).page
    answer(page, "Des messages partent sans vous, ou votre mot de passe est refusé")
    expect(page.locator("#question-donnees")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#question-argent")).to_be_focused()
    page.get_by_role("button", name="Question précédente").click()
    expect(page.locator("#question-donnees")).to_be_focused()
    answer(page, "Oui")
    answer(page, "Non")
    expect(page.locator(".g-decide__result")).to_be_focused()
    assert (
        "Compte piraté, données de patients touchées, pas d’argent en jeu"
        in page.locator(".g-decide__summary").inner_text()
    )
    assert page.locator("[data-step=cnil]").is_visible()
    assert not page.locator("[data-step=banque]").is_visible()
    assert not page.locator(".g-steps__if").first.is_visible()


def test_answers_and_hour_stay_after_a_reload_and_never_enter_the_address(
    reader: Callable[..., Reader],
) -> None:
    """The device keeps them; the address bar never shows them; « Effacer » forgets all."""
    found = reader(DECIDE, now="2026-11-24T12:00:00+01:00")
    page = found.page
    before = page.url
    answer(page, "Un message réclame de l’argent, ou les radios et les dossiers ne s’ouvrent plus")
    page.get_by_role("button", name="Maintenant", exact=True).click()
    assert page.url == before
    assert found.requests == []
    page.reload()
    assert page.locator("#g-start").input_value() == "2026-11-24T12:00"
    assert not page.locator("[data-step=isoler]").is_visible()  # they may be another person's
    assert "mardi 24 novembre 2026 à 12\u00a0h" in page.locator(".g-decide__last").inner_text()
    page.get_by_role("button", name="Reprendre").click()
    assert page.locator("[data-step=isoler]").is_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Effacer l’heure et les réponses").click()
    assert page.locator("#g-start").input_value() == ""
    expect(page.locator("#question-situation")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('guide:'))") == []


FROZEN = [
    # now, zone of the device, when it was known, limit, place in words
    (
        "2026-10-25T02:30:00+02:00",
        "Europe/Paris",
        "2026-10-25T02:30",
        "mercredi 28 octobre 2026 à 1\u00a0h\u00a030",
        "heure de Paris",
    ),
    (
        "2026-10-25T02:30:00+01:00",
        "Europe/Paris",
        "2026-10-25T02:30",
        "mercredi 28 octobre 2026 à 1\u00a0h\u00a030",
        "heure de Paris",
    ),
    (
        "2026-12-31T18:00:00+01:00",
        "Europe/Paris",
        "2026-12-31T18:00",
        "dimanche 3 janvier 2027 à 18\u00a0h",
        "heure de Paris",
    ),
    (
        "2026-11-22T10:00:00+01:00",
        "Europe/Paris",
        "2026-11-22T10:00",
        "mercredi 25 novembre 2026 à 10\u00a0h",
        "heure de Paris",
    ),
    (
        "2026-10-25T02:30:00+04:00",
        "Indian/Reunion",
        "2026-10-25T02:30",
        "mercredi 28 octobre 2026 à 2\u00a0h\u00a030",
        "heure de La Réunion",
    ),
    (
        "2026-10-25T02:30:00-04:00",
        "America/Guadeloupe",
        "2026-10-25T02:30",
        "mercredi 28 octobre 2026 à 2\u00a0h\u00a030",
        "heure de la Guadeloupe",
    ),
]


@pytest.mark.parametrize(("now", "zone", "local", "limit", "words"), FROZEN)
def test_now_gives_both_limits_in_the_time_of_the_place(
    reader: Callable[..., Reader], now: str, zone: str, local: str, limit: str, words: str
) -> None:
    """« Maintenant », with the clock frozen: both limits, in words, in the device's own time."""
    page = reader(DECIDE, now=now, timezone_id=zone).page
    page.get_by_role("button", name="Maintenant", exact=True).click()
    assert page.locator("#g-start").input_value() == local
    assert page.locator("#g-zone").input_value() == zone
    assert page.locator(".g-clock__end").all_inner_texts() == [f"Avant le {limit}, {words}"] * 2
    assert page.locator(".g-clock h3").all_inner_texts() == [
        "Notifier la violation à la CNIL",
        "Porter plainte pour être indemnisé",
    ]


def test_a_doubled_hour_and_a_change_of_clocks_are_told(reader: Callable[..., Reader]) -> None:
    """The second 2:30 is counted as the first, and the page says both things."""
    page = reader(DECIDE, now="2026-10-25T02:30:00+01:00").page
    page.get_by_role("button", name="Maintenant", exact=True).click()
    said = page.locator(".g-clock__say").inner_text()
    assert "cette heure existe deux fois\u00a0: nous prenons la première" in said
    assert "les heures écoulées comptent" in said
    assert page.locator(".g-clock__left").all_inner_texts() == ["Il reste 71\u00a0h\u00a000"] * 2


def test_the_place_can_be_changed(reader: Callable[..., Reader]) -> None:
    """A practice in Réunion helped from Paris: the same clock time, another instant."""
    page = reader(DECIDE, now="2026-11-24T12:00:00+01:00").page
    page.locator("#g-start").fill("2026-11-24T12:00")
    page.locator("#g-zone").select_option("Indian/Reunion")
    assert page.locator(".g-clock__left").first.inner_text() == "Il reste 69\u00a0h\u00a000"
    assert "heure de La Réunion" in page.locator(".g-clock__end").first.inner_text()


def test_a_device_elsewhere_is_named(reader: Callable[..., Reader]) -> None:
    """A zone that is not in the list is added, with its name."""
    page = reader(DECIDE, timezone_id="Asia/Tokyo").page
    assert page.locator("#g-zone").input_value() == "Asia/Tokyo"
    assert page.locator("#g-zone option").first.inner_text() == "Cet appareil (Asia/Tokyo)"


def test_a_limit_that_has_passed_says_what_to_do(reader: Callable[..., Reader]) -> None:
    """Late: the page says by how much, and keeps « En retard »."""
    page = reader(DECIDE, now="2026-11-24T12:00:00+01:00").page
    page.locator("#g-start").fill("2026-11-21T11:00")
    clock = page.locator(".g-clock[data-clock=cnil]")
    assert clock.locator(".g-clock__left").inner_text() == "Dépassé de 1\u00a0h\u00a000"
    assert clock.get_attribute("data-state") == "late"
    assert "notifiez sans attendre davantage" in clock.inner_text()


def test_the_limits_go_into_a_calendar_and_a_second_file_replaces_the_first(
    reader: Callable[..., Reader],
) -> None:
    """Two events at the right instants, valid for an independent parser; the same identifiers later, a higher sequence."""
    page = reader(DECIDE, now="2026-10-25T02:30:00+02:00").page
    page.get_by_role("button", name="Maintenant", exact=True).click()
    button = page.get_by_role("button", name="Mettre les limites dans l’agenda (.ics)")
    first = calendar(downloaded(page, button)).walk("VEVENT")
    page.clock.set_fixed_time("2026-10-25T08:00:00+01:00")
    page.locator("#g-start").fill("2026-10-25T01:00")
    second = calendar(downloaded(page, button)).walk("VEVENT")
    assert [event.decoded("DTSTART").isoformat() for event in first] == ["2026-10-28T00:30:00+00:00"] * 2
    assert [event.decoded("DTSTART").isoformat() for event in second] == ["2026-10-27T23:00:00+00:00"] * 2
    assert [event["UID"] for event in first] == [event["UID"] for event in second]
    assert len({event["UID"] for event in first}) == 2
    assert second[0]["SEQUENCE"] > first[0]["SEQUENCE"]
    assert len(first[0].walk("VALARM")) == 3
    assert "CNIL" in str(first[0]["SUMMARY"])


def test_no_file_without_an_hour(reader: Callable[..., Reader]) -> None:
    """The button asks for the hour instead of inventing one."""
    page = reader(DECIDE).page
    page.get_by_role("button", name="Mettre les limites dans l’agenda (.ics)").click()
    expect(page.locator("#g-start")).to_be_focused()
    assert "Indiquez d’abord l’heure" in page.locator(".g-clock__say").inner_text()


def test_the_log_starts_with_the_hour_and_prints_alone(reader: Callable[..., Reader]) -> None:
    """The hour and both limits come from the other page; what is typed stays text and comes back."""
    found = reader(DECIDE, now="2026-11-24T12:00:00+01:00")
    page = found.page
    page.get_by_role("button", name="Maintenant", exact=True).click()
    found.go("urgence/journal/")
    assert page.locator("[data-cell='1-2']").input_value() == "mardi 24 novembre 2026 à 12\u00a0h"
    assert (
        page.locator(".g-log__limits span").all_inner_texts()
        == ["avant le vendredi 27 novembre 2026 à 12\u00a0h"] * 2
    )
    page.locator("[data-cell='1-3']").fill("<b onclick=alert(1)>Léa</b>")
    page.get_by_role("button", name="Ajouter une ligne").click()
    last = page.locator("table.g-log tbody tr").last
    assert last.locator("td").first.inner_text() == "13"
    page.reload()
    assert page.locator("[data-cell='1-3']").input_value() == "<b onclick=alert(1)>Léa</b>"
    assert page.locator("table.g-log tbody tr").count() == 13
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.printOnly }")
    page.get_by_role("button", name="Imprimer ce journal").click()
    assert page.evaluate("window.printed") == "log"
    page.emulate_media(media="print")
    assert page.locator("table.g-log").is_visible()
    assert not page.locator(".g-foot").is_visible()
    assert found.complaints == []


def test_without_scripts_everything_is_there(reader: Callable[..., Reader]) -> None:
    """Every question, every answer, every step with its cases, no dead control."""
    page = reader(DECIDE, java_script_enabled=False).page
    for question in DECISION.questions:
        assert page.locator(f"[data-question={question.id}] [data-answer]").count() == len(question.answers)
    assert page.locator("[data-step]").count() == len(DECISION.steps)
    assert all(step.is_visible() for step in page.locator("[data-step]").all())
    assert page.locator(".g-clock__left").all_inner_texts() == ["72 heures"] * 2
    assert not page.locator("#g-start").is_visible()
    assert page.locator("main button:visible").count() == 0
    assert page.locator("[data-question=situation] a").count() == 9


def test_a_link_to_a_list_of_steps_shows_it(reader: Callable[..., Reader]) -> None:
    """Other pages point to « Dans quel ordre »: the reader is not asked first."""
    page = reader(DECIDE + "#ordre").page
    assert page.locator("[data-step=isoler]").is_visible()


def test_from_the_disk_it_is_the_same(reader: Callable[..., Reader]) -> None:
    """file://: questions, limits and log."""
    found = reader(DECIDE, disk=True, now="2026-11-24T12:00:00+01:00")
    page = found.page
    answer(page, "Des données de patients sont parties, ou quelqu’un les a lues")
    answer(page, "Non")
    assert page.locator("[data-step=couper-fuite]").is_visible()
    page.get_by_role("button", name="Maintenant", exact=True).click()
    assert page.locator(".g-clock__left").first.inner_text() == "Il reste 72\u00a0h\u00a000"
    found.go("urgence/journal/")
    assert page.locator("[data-cell='1-2']").input_value() == "mardi 24 novembre 2026 à 12\u00a0h"
    assert found.complaints == []


@pytest.mark.parametrize(("width", "scheme"), WINDOWS)
def test_each_state_is_accessible(reader: Callable[..., Reader], width: int, scheme: str) -> None:
    """A question, the result with running limits, the log: no broken rule, no sideways scroll."""
    found = reader(DECIDE, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = found.page
    wrong = faults(page)
    answer(page, "Je ne sais pas")
    wrong += faults(page)
    answer(page, "Je ne sais pas")
    page.get_by_role("button", name="Maintenant", exact=True).click()
    wrong += faults(page)
    found.go("urgence/journal/")
    assert wrong + faults(page) + found.complaints == []
