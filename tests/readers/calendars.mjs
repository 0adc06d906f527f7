/**
 * Makes calendar files with the guide's own scripts, and reads them with ical.js and node-ical.
 *
 *     TZ=Europe/Paris node calendars.mjs make  < JOBS     JOBS: { "tools": FOLDER, "out": FOLDER, "routine": [...], "deadlines": [...] }
 *     TZ=Europe/Paris node calendars.mjs read  < JOBS     JOBS: { "files": [ICS], "from": DAY, "until": DAY } → JSON on stdout
 *
 * A reading is { reader: { file: { uid: { "starts": [...], "alarms": [...] } } } }; a day is « 2026-12-01 », an instant is in
 * Greenwich time, the alarm of a whole day is a local time: « 2026-12-01T09:00 ».
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import ICAL from "ical.js";
import ical from "node-ical";

const job = JSON.parse(readFileSync(0, "utf8"));
const two = (number) => String(number).padStart(2, "0");
/** @param {Date} date its day on the wall of this machine (TZ) */
const localDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const localTime = (date) => `${localDay(date)}T${two(date.getHours())}:${two(date.getMinutes())}`;
const utc = (date) => date.toISOString().slice(0, 19) + "Z";

const make = () => {
  const window = { guide: {} };
  const world = vm.createContext({ window, Date, Map, Set, Math, String, Number });
  for (const name of ["ics", "routine"]) vm.runInContext(readFileSync(join(job.tools, `${name}.js`), "utf8"), world);
  const { ics, routine } = window.guide;
  job.routine.forEach(({ tasks, choice }, rank) => {
    writeFileSync(join(job.out, `routine-${rank}.ics`), ics.calendar("Routine", routine.events(tasks, choice), Date.UTC(2026, 10, 29)));
  });
  const events = job.deadlines.map(({ uid, instant, alarms }) => ({ uid, start: instant, summary: "LIMITE : prévenir", description: "Avant l’heure.", alarms }));
  writeFileSync(join(job.out, "deadlines.ics"), ics.calendar("Délais", events, Date.UTC(2026, 10, 29)));
};

const withIcalJs = (text) => {
  const from = ICAL.Time.fromDateString(job.from), until = ICAL.Time.fromDateString(job.until), found = {};
  for (const component of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component), starts = [];
    const walk = event.iterator();
    for (let next = event.isRecurring() ? walk.next() : event.startDate; next && next.compare(until) < 0; next = event.isRecurring() ? walk.next() : null) {
      if (next.compare(from) >= 0) starts.push(next);
    }
    const alarms = component.getAllSubcomponents("valarm").flatMap((alarm) => starts.map((start) => {
      const at = start.clone();
      at.isDate = false;
      at.addDuration(alarm.getFirstPropertyValue("trigger"));
      return event.startDate.isDate ? at.toString().slice(0, 16) : utc(at.toJSDate());
    }));
    found[event.uid] = { starts: starts.map((start) => (start.isDate ? start.toString() : utc(start.toJSDate()))), alarms };
  }
  return found;
};

const withNodeIcal = (text) => {
  const found = {};
  for (const event of Object.values(ical.sync.parseICS(text))) {
    if (event.type !== "VEVENT") continue;
    const day = event.start.dateOnly || event.datetype === "date";
    const from = new Date(`${job.from}T00:00`), until = new Date(`${job.until}T00:00`);
    const starts = event.rrule
      ? ical.expandRecurringEvent(event, { from, to: new Date(until - 1) }).map((each) => each.start)
      : [event.start].filter((start) => start >= from && start < until);
    const alarms = (event.alarms ?? []).flatMap((alarm) => starts.map((start) => {
      const [, sign, days, hours] = /^([-+]?)P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(alarm.trigger?.val ?? alarm.trigger) ?? [];
      const at = new Date(start.getTime() + (sign === "-" ? -1 : 1) * (Number(days ?? 0) * 24 + Number(hours ?? 0)) * 3600e3);
      return day ? localTime(at) : utc(at);
    }));
    found[event.uid] = { starts: starts.map((start) => (day ? localDay(start) : utc(start))), alarms };
  }
  return found;
};

if (process.argv[2] === "make") make();
else {
  const read = (reader) => Object.fromEntries(job.files.map((file) => [file, reader(readFileSync(file, "utf8"))]));
  process.stdout.write(JSON.stringify({ "ical.js": read(withIcalJs), "node-ical": read(withNodeIcal) }));
}
