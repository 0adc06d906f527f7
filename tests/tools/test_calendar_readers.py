"""Our calendar files say the same days, instants and alarms to five readers, over every change of hour of 2026–2028."""

from __future__ import annotations

from pathlib import Path

import pytest

import calendars
from support import ours

pytestmark = pytest.mark.readers
# What clocks.js and routine.js write; a test below fails when they write something else.
ALARMS = ["-PT48H", "-PT24H", "-PT4H"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three routines of all roles, and a deadline every six hours around each change."""
    folder = tmp_path_factory.mktemp("ics")
    months = ["2026-12", "2027-03", "2027-10"]
    return calendars.make(ours(), folder, months, list(range(-72, 78, 6)), ALARMS)


def test_five_readers_place_two_hundred_events_alike(files: list[Path]) -> None:
    readings = calendars.read(files)
    assert len(readings) == 5
    for name, reading in readings.items():
        events = [event for file in reading.values() for event in file.values()]
        assert len(events) >= 200, name
        assert sum(len(event["alarms"]) for event in events) > 650, name
        assert all(event["starts"] for event in events), name
    assert list(calendars.differences(readings)) == []


def test_the_hour_of_an_alarm_is_counted_in_hours(files: list[Path]) -> None:
    """« -P1D » is a day to some readers and 24 hours to others, when the hour changes in between."""
    for file in files:
        triggers = {
            line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("TRIGGER")
        }
        assert triggers
        assert all("D" not in trigger.partition(":")[2] for trigger in triggers), triggers
    script = (calendars.TOOLS / "clocks.js").read_text(encoding="utf-8")
    assert f"alarms: {ALARMS}".replace("'", '"') in script
