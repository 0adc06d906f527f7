#!/bin/sh
# « 24 hours before » is 25 hours before, the day the clocks go back.
#
# For an event with a time zone, icalendar and ical.js subtract the duration of an alarm from the time on the wall:
# -PT24H, which the standard counts in exact hours, falls at the same instant as -P1D, a nominal day. Events in
# Greenwich time are not concerned.
#
# Packages: icalendar 7.3.2, tzdata 2026.6 (PyPI), ical.js 2.2.1 (npm)
# Run: 2026-11-29
# Expected before the run: -P1D at noon the day before (10:00 in Greenwich), -PT24H an hour later (11:00).
# Seen:
#   icalendar -P1D 2026-10-24T10:00:00Z
#   icalendar -PT24H 2026-10-24T10:00:00Z
#   ical.js -P1D 2026-10-24T10:00:00Z
#   ical.js -PT24H 2026-10-24T10:00:00Z
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2 tzdata==2026.6 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts ical.js@2.2.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
icalendar -P1D 2026-10-24T10:00:00Z
icalendar -PT24H 2026-10-24T10:00:00Z
ical.js -P1D 2026-10-24T10:00:00Z
ical.js -PT24H 2026-10-24T10:00:00Z
END
python/bin/python - > event.ics <<'END'
lines = '''BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//find//EN
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:noon@example
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Paris:20261025T120000
DURATION:PT1H
SUMMARY:Noon
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:A day
TRIGGER:-P1D
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Hours
TRIGGER:-PT24H
END:VALARM
END:VEVENT
END:VCALENDAR'''
print("\r\n".join(lines.split("\n")), end="\r\n")
END
python/bin/python - > seen <<'END'
import datetime, icalendar
event = icalendar.Calendar.from_ical(open("event.ics", "rb").read()).walk("VEVENT")[0]
for name, alarm in zip(("-P1D", "-PT24H"), event.alarms.times):
    print(f"icalendar {name} {alarm.trigger.astimezone(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ}")
END
cat > run.mjs <<'END'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
const calendar = new ICAL.Component(ICAL.parse(readFileSync("event.ics", "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const event = calendar.getFirstSubcomponent("vevent");
event.getAllSubcomponents("valarm").forEach((alarm, rank) => {
  const at = new ICAL.Event(event).startDate.clone();
  at.addDuration(alarm.getFirstPropertyValue("trigger"));
  console.log(`ical.js ${["-P1D", "-PT24H"][rank]} ${at.convertToZone(ICAL.Timezone.utcTimezone)}`);
});
END
node run.mjs >> seen
diff wanted seen && echo "as on 2026-11-29"
