"""The routine in a calendar file: valid for an independent parser, stable, on the right days."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from guide.text.french import typeset
from support import ours
from tools.conftest import Reader
from tools.toolsupport import WIDTHS, calendar, downloaded, faults

pytestmark = pytest.mark.browser
PAGE = "checklist/calendrier/"
NOW = "2026-11-24T12:00:00+01:00"
MEASURES = ours().measures.values()


def made(page: Page) -> dict[str, object]:
    """The events of the file, by identifier."""
    button = page.get_by_role("button", name="Télécharger le calendrier (.ics)")
    return {str(event["UID"]): event for event in calendar(downloaded(page, button)).walk("VEVENT")}


@pytest.mark.parametrize("disk", [False, True])
def test_the_routine_of_two_roles(reader: Callable[..., Reader], disk: bool) -> None:
    """Every recurring measure of the titulaire and the référent once, from next month, with a reminder."""
    found = reader(PAGE, disk=disk, now=NOW)
    events = made(found.page)
    text = "".join(f"{event['DESCRIPTION']}\n" for event in events.values())
    for measure in MEASURES:
        wanted = measure.frequency in ("mensuel", "trimestriel", "semestriel", "annuel") and {
            "titulaire",
            "referent",
        } & set(measure.roles)
        assert text.count(f"– {typeset(measure.label)}\n") == (1 if wanted else 0), measure.id
    monthly = events["routine-mensuel-referent@guide-numerique"]
    assert monthly.decoded("DTSTART").isoformat() == "2026-12-01"
    assert monthly["RRULE"].to_ical() == b"FREQ=MONTHLY;BYDAY=1TU"
    assert len(monthly.walk("VALARM")) == 1
    assert ("http" in text) is not disk
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith("blob:")] == []


def test_every_first_day_obeys_its_own_rule(reader: Callable[..., Reader]) -> None:
    """Starts on the weekday of the rule, in the right week of the month, yearly ones spread over the year."""
    page = reader(PAGE, now=NOW).page
    for box in page.locator("[name=role]").all():
        box.check()
    page.get_by_label("Aussi les gestes de chaque jour").check()
    events = made(page)
    months = set()
    for name, event in events.items():
        start, rule = event.decoded("DTSTART"), event["RRULE"]
        if rule["FREQ"] == ["WEEKLY"]:
            assert start.weekday() < 5
            continue
        day = str(rule["BYDAY"][0])
        assert (start.day - 1) // 7 + 1 == int(day[0]), name
        assert ["MO", "TU", "WE", "TH", "FR"][start.weekday()] == day[1:], name
        if "annuel" in name:
            months.add(start.month)
    assert len(months) >= 6


def test_a_second_file_replaces_the_first(reader: Callable[..., Reader]) -> None:
    """Another month, a minute later: the same identifiers, a higher sequence, other days."""
    page = reader(PAGE, now=NOW).page
    first = made(page)
    page.clock.set_fixed_time("2026-11-24T12:05:00+01:00")
    page.locator("#g-month").select_option("2027-03")
    second = made(page)
    assert first.keys() == second.keys()
    name = "routine-mensuel-referent@guide-numerique"
    assert second[name]["SEQUENCE"] > first[name]["SEQUENCE"]
    assert second[name].decoded("DTSTART").isoformat() == "2027-03-02"


def test_no_role_makes_no_file(reader: Callable[..., Reader]) -> None:
    """The page says what is missing."""
    page = reader(PAGE).page
    for box in page.locator("[name=role]").all():
        box.uncheck()
    assert page.locator(".g-calendar__says").inner_text() == "Choisissez au moins un rôle."


def test_long_lines_are_folded_between_characters(reader: Callable[..., Reader]) -> None:
    """75 octets at most, even with accents, emoji and separators; the text comes back whole."""
    page = reader(PAGE).page
    text = "é" * 200 + "; a, b\\c\n" + "🦷" * 60
    content = page.evaluate(
        "(text) => guide.ics.calendar('x', [{ uid: 'a@b', start: '2026-12-01', summary: text, description: text }], Date.now())",
        text,
    )
    event = calendar(content.encode()).walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == text
    assert str(event["DESCRIPTION"]) == text


def test_without_scripts_the_rhythms_can_be_read(reader: Callable[..., Reader]) -> None:
    """The list is there, the form is not."""
    page = reader(PAGE, java_script_enabled=False).page
    page.locator(".g-routine summary").click()
    recurring = [m for m in MEASURES if m.frequency not in ("une-fois", "evenement")]
    assert page.locator(".g-routine li:visible").count() == len(recurring)
    assert page.locator("main button:visible, main select:visible").count() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_form_is_accessible(reader: Callable[..., Reader], width: int) -> None:
    """Labels, contrasts, no sideways scroll, the list open."""
    page = reader(PAGE, viewport={"width": width, "height": 800}).page
    page.locator(".g-routine summary").click()
    assert faults(page) == []
