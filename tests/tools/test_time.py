"""Elapsed hours, clocks that change, places far away: the arithmetic of the limits, in the browser that will do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tools.conftest import Reader

pytestmark = pytest.mark.browser


@pytest.fixture
def page(reader: Callable[..., Reader]) -> Page:
    """A page that loads the scripts of the tools."""
    return reader("urgence/decider/").page


def instant(page: Page, local: str, zone: str) -> dict[str, object]:
    """`guide.time.instantOf` with the instant in Greenwich time."""
    return page.evaluate(
        "([local, zone]) => { const f = guide.time.instantOf(local, zone); return f && { kind: f.kind, utc: new Date(f.instant).toISOString() } }",
        [local, zone],
    )


def due(page: Page, local: str, zone: str, hours: int = 72) -> dict[str, object]:
    """The limit counted from a local time."""
    return page.evaluate(
        """([local, zone, hours]) => { const start = guide.time.instantOf(local, zone).instant;
        const limit = guide.time.limit(start, hours, start, zone);
        return { utc: new Date(limit.due).toISOString(), words: limit.words, shifted: limit.shifted, left: limit.left } }""",
        [local, zone, hours],
    )


def test_an_hour_that_exists_twice_is_the_earlier_one(page: Page) -> None:
    """25 October 2026, 2:30 in Paris: the first of the two."""
    assert instant(page, "2026-10-25T02:30", "Europe/Paris") == {
        "kind": "twice",
        "utc": "2026-10-25T00:30:00.000Z",
    }


def test_an_hour_that_does_not_exist_is_read_early(page: Page) -> None:
    """29 March 2026, 2:30 in Paris: neither reading may give a later limit."""
    assert instant(page, "2026-03-29T02:30", "Europe/Paris") == {
        "kind": "never",
        "utc": "2026-03-29T00:30:00.000Z",
    }


def test_seventy_two_hours_are_elapsed_hours(page: Page) -> None:
    """Over the end of summer time the clock on the wall shows an hour less, and the page can say so."""
    found = due(page, "2026-10-25T02:30", "Europe/Paris")
    assert found["utc"] == "2026-10-28T00:30:00.000Z"
    assert found["words"] == "mercredi 28 octobre 2026 à 1\u00a0h\u00a030"
    assert found["shifted"] is True
    assert found["left"] == "72\u00a0h\u00a000"


def test_a_limit_that_falls_in_the_doubled_hour_says_which(page: Page) -> None:
    """22 October 2.30 plus 72 hours is 2.30 before the change; an hour later, 2.30 after it."""
    assert (
        due(page, "2026-10-22T02:30", "Europe/Paris")["words"]
        == "dimanche 25 octobre 2026 à 2\u00a0h\u00a030, avant le changement d’heure"
    )
    assert (
        due(page, "2026-10-22T03:30", "Europe/Paris")["words"]
        == "dimanche 25 octobre 2026 à 2\u00a0h\u00a030, après le changement d’heure"
    )


def test_nights_sundays_and_the_new_year_change_nothing(page: Page) -> None:
    """31 December at 18:00 ends on 3 January, a Sunday, at 18:00."""
    found = due(page, "2026-12-31T18:00", "Europe/Paris")
    assert found["words"] == "dimanche 3 janvier 2027 à 18\u00a0h"
    assert (
        due(page, "2026-11-22T23:59", "Europe/Paris")["words"]
        == "mercredi 25 novembre 2026 à 23\u00a0h\u00a059"
    )


@pytest.mark.parametrize(
    ("zone", "utc"),
    [("Indian/Reunion", "2026-10-24T22:30:00.000Z"), ("America/Guadeloupe", "2026-10-25T06:30:00.000Z")],
)
def test_places_without_summer_time_have_plain_hours(page: Page, zone: str, utc: str) -> None:
    """Réunion and Guadeloupe: no doubled hour on the day when Paris has one."""
    assert instant(page, "2026-10-25T02:30", zone) == {"kind": "sure", "utc": utc}
    assert due(page, "2026-10-25T02:30", zone)["words"] == "mercredi 28 octobre 2026 à 2\u00a0h\u00a030"


@pytest.mark.parametrize("local", ["", "hier", "2026-02-30T10:00", "2026-13-01T10:00", "2026-01-01T25:00"])
def test_what_is_not_a_time_is_nothing(page: Page, local: str) -> None:
    """No limit is ever invented."""
    assert instant(page, local, "Europe/Paris") is None
    assert instant(page, "2026-01-01T10:00", "Mars/Olympus") is None


def test_the_first_of_the_month_is_ordinal(page: Page) -> None:
    """« 1er décembre »."""
    assert due(page, "2026-11-28T09:00", "Europe/Paris")["words"] == "mardi 1er décembre 2026 à 9\u00a0h"
