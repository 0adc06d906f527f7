"""Our calendar files as five programs read them: which day, which instant, which alarm, over every change of hour."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

from guide.data.guide import Guide
from support import ROOT

SCRIPT = ROOT / "tests" / "readers" / "calendars.mjs"
TOOLS = ROOT / "docs" / "assets" / "js" / "tools"
PARIS = ZoneInfo("Europe/Paris")
FROM, UNTIL = dt.date(2026, 1, 1), dt.date(2029, 1, 1)
# The last Sundays of March and October, when the hour changes at 1 in Greenwich.
CHANGES = [dt.datetime(y, m, d, 1, tzinfo=dt.UTC) for y, m, d in (
    (2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 3, 26), (2028, 10, 29),
)]  # fmt: skip

Reading = dict[str, dict[str, dict[str, list[str]]]]  # file → identifier → starts and alarms


def make(guide: Guide, folder: Path, months: list[str], hours: list[int], alarms: list[str]) -> list[Path]:
    """Writes the routine of every role from each month, and deadlines some hours around each change of hour."""
    tasks = [
        {
            "id": each.id,
            "label": each.label,
            "roles": list(each.roles),
            "group": each.group,
            "subject": each.group,
            "frequency": each.frequency,
        }
        for each in guide.measures.values()
    ]
    roles = [role.id for role in guide.taxonomy.roles]
    choice = {"roles": roles, "daily": True, "names": {}, "address": ""}
    deadlines = [
        {
            "uid": f"delai-{change:%Y%m}-{hour}",
            "instant": (change + dt.timedelta(hours=hour)).timestamp() * 1000,
            "alarms": alarms,
        }
        for change in CHANGES
        for hour in hours
    ]
    routine = [{"tasks": tasks, "choice": {**choice, "month": month}} for month in months]
    _node("make", {"tools": str(TOOLS), "out": str(folder), "routine": routine, "deadlines": deadlines})
    return sorted(folder.glob("*.ics"))


def read(files: list[Path]) -> dict[str, Reading]:
    """What each reader says of each file."""
    job = {"files": [str(file) for file in files], "from": FROM.isoformat(), "until": UNTIL.isoformat()}
    found: dict[str, Reading] = json.loads(_node("read", job))
    for name, reader in PYTHON.items():
        found[name] = {str(file): reader(file.read_bytes()) for file in files}
    return found


def differences(readings: Mapping[str, Reading]) -> Iterator[str]:
    """Every event that two readers do not place at the same days, instants and alarms."""
    names = list(readings)
    reference = readings[names[0]]
    for name in names[1:]:
        for file, events in reference.items():
            if (other := readings[name][file]).keys() != events.keys():
                yield f"{name} et {names[0]} ne voient pas les mêmes évènements dans {Path(file).name}"
            for uid, event in events.items():
                for part in ("starts", "alarms"):
                    ours, theirs = sorted(event[part]), sorted(other.get(uid, {}).get(part, []))
                    if ours != theirs:
                        apart = sorted(set(ours) ^ set(theirs))[:4]
                        yield f"{uid}, {part} : {name} et {names[0]} diffèrent, {apart}"


def _with_dateutil(content: bytes) -> dict[str, dict[str, list[str]]]:
    """dateutil unfolds the rule by itself, from the start as icalendar's text gives it."""
    found = {}
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        start = event.decoded("DTSTART")
        starts = [start]
        if "RRULE" in event:
            first = dt.datetime.combine(start, dt.time())
            rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=first)
            between = rule.between(_midnight(FROM), _midnight(UNTIL) - dt.timedelta(seconds=1), inc=True)
            starts = [each.date() for each in between]
        found[str(event["UID"])] = _told(event, [each for each in starts if FROM <= _day(each) < UNTIL])
    return found


def _with_recurring(content: bytes) -> dict[str, dict[str, list[str]]]:
    calendar = icalendar.Calendar.from_ical(content)
    found: dict[str, dict[str, list[str]]] = {
        str(event["UID"]): {"starts": [], "alarms": []} for event in calendar.walk("VEVENT")
    }
    for event in recurring_ical_events.of(calendar).between(FROM, UNTIL):
        told = _told(event, [event.decoded("DTSTART")])
        for part in told:
            found[str(event["UID"])][part] += told[part]
    return found


def _with_icalendar(content: bytes) -> dict[str, dict[str, list[str]]]:
    """icalendar unfolds no rule: its own arithmetic of alarms, on the days that the rule gives."""
    found = {}
    known = _starts(content)
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        uid = str(event["UID"])
        one = {"starts": [], "alarms": []}
        for start in known.get(uid, ()):
            event.DTSTART = start
            one["starts"].append(_start(start))
            for alarm in event.alarms.times:
                one["alarms"].append(_alarm(start, alarm.trigger))
        found[uid] = one
    return found


def _starts(content: bytes) -> dict[str, list[dt.date]]:
    """The days of each event."""
    found: dict[str, list[dt.date]] = {}
    for event in recurring_ical_events.of(icalendar.Calendar.from_ical(content)).between(FROM, UNTIL):
        found.setdefault(str(event["UID"]), []).append(event.decoded("DTSTART"))
    return found


def _told(event: Any, starts: list[dt.date]) -> dict[str, list[str]]:
    triggers = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
    return {
        "starts": [_start(start) for start in starts],
        "alarms": [_alarm(start, start, trigger) for start in starts for trigger in triggers],
    }


def _start(start: dt.date) -> str:
    return (
        f"{start.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        if isinstance(start, dt.datetime)
        else start.isoformat()
    )


def _alarm(start: dt.date, at: dt.date, trigger: dt.timedelta = dt.timedelta()) -> str:
    moment = at if isinstance(at, dt.datetime) else dt.datetime.combine(at, dt.time())
    moment += trigger
    return (
        f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        if isinstance(start, dt.datetime)
        else f"{moment:%Y-%m-%dT%H:%M}"
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def _day(each: dt.date) -> dt.date:
    return each.date() if isinstance(each, dt.datetime) else each


PYTHON: Mapping[str, Callable[[bytes], dict[str, dict[str, list[str]]]]] = {
    "dateutil": _with_dateutil,
    "recurring-ical-events": _with_recurring,
    "icalendar": _with_icalendar,
}


def _node(verb: str, job: Any) -> str:
    done = subprocess.run(
        ["node", str(SCRIPT), verb],
        input=json.dumps(job),
        text=True,
        capture_output=True,
        check=False,
        env={**os.environ, "TZ": "Europe/Paris"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
