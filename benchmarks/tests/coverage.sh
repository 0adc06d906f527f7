#!/bin/sh
# Branch coverage of each room, without browser and servers, child processes included: benchmarks/tests/coverage.sh
# Needs `coverage` in .venv (python -m pip install coverage): it is no tool of the tests.
cd "$(dirname "$0")/../.." || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work" ' EXIT
cat > "$work/coveragerc" <<RC
[run]
branch = true
parallel = true
source = $PWD/hooks/guide
data_file = $work/data
patch = subprocess
sigterm = true
RC
export COVERAGE_RCFILE="$work/coveragerc"
.venv/bin/python -m coverage run -m pytest -m "not browser and not servers and not validity" "$@"
.venv/bin/python -m coverage combine -q
.venv/bin/python -m coverage json -q -o "$work/coverage.json"
.venv/bin/python - "$work/coverage.json" <<'PY'
import collections, json, sys

rooms = collections.defaultdict(lambda: [0, 0])
for name, file in json.load(open(sys.argv[1], encoding="utf-8"))["files"].items():
    room = name.split("hooks/guide/")[1].split("/")[0]
    rooms[room][0] += file["summary"]["covered_branches"]
    rooms[room][1] += file["summary"]["num_branches"]
for room, (covered, branches) in sorted(rooms.items()):
    if branches:
        print(f"{room:<14}{covered:>6} of {branches:>6}  {covered / branches:.1%}")
PY
