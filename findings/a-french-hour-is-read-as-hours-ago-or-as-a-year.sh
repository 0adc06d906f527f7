#!/bin/sh
# « 8 h 05 » is eight hours ago, « lundi 30 novembre à 14 h » is in the year 2014.
#
# French writes the hour with spaces around « h ». dateparser takes the spaced hour for a duration in the past, also
# behind a full date, whose own hour is then lost; a bare « 14 h » gives the year. chrono-node finds no hour in « 8 h
# 05 » and drops the minutes after a date. Written together, « 8h05 » is right in both.
#
# Packages: dateparser 1.5.0 (PyPI), chrono-node 2.9.1 (npm)
# Run: 2026-11-29
# Expected before the run: 08:05 of the day in both, « 30 novembre à 14 h » this year.
# Seen:
#   dateparser, 29 November 2026 at 15:00
#   8h05: 2026-11-29 08:05
#   8 h 05: 2026-11-29 07:00
#   29/11/2026 à 8 h 05: 2026-11-29 07:00
#   lundi 30 novembre à 14 h: 2014-11-30 00:00
#   chrono-node
#   8h05: 8:05
#   8 h 05: nothing
#   30/11/2026 à 8 h 05: 8:00
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
dateparser, 29 November 2026 at 15:00
8h05: 2026-11-29 08:05
8 h 05: 2026-11-29 07:00
29/11/2026 à 8 h 05: 2026-11-29 07:00
lundi 30 novembre à 14 h: 2014-11-30 00:00
chrono-node
8h05: 8:05
8 h 05: nothing
30/11/2026 à 8 h 05: 8:00
END
python/bin/python -W ignore - > seen <<'END'
import datetime
import dateparser
now = datetime.datetime(2026, 11, 29, 15, 0)
print("dateparser, 29 November 2026 at 15:00")
for text in ("8h05", "8 h 05", "29/11/2026 à 8 h 05", "lundi 30 novembre à 14 h"):
    read = dateparser.parse(text, languages=["fr"], settings={"RELATIVE_BASE": now})
    print(f"{text}: {read:%Y-%m-%d %H:%M}")
END
cat > run.mjs <<'END'
import { fr } from "chrono-node";
console.log("chrono-node");
for (const text of ["8h05", "8 h 05", "30/11/2026 à 8 h 05"]) {
  const read = fr.parseDate(text, new Date(2026, 10, 29, 15));
  console.log(`${text}: ${read ? read.getHours() + ":" + String(read.getMinutes()).padStart(2, "0") : "nothing"}`);
}
END
node run.mjs >> seen
diff wanted seen && echo "as on 2026-11-29"
