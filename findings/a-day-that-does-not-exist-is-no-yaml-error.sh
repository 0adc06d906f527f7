#!/bin/sh
# An unquoted day that does not exist is an error, and not one of YAML.
#
# « v: 2026-02-30 » has the shape of a date: PyYAML and ruamel.yaml hand it to the calendar, which raises a plain
# ValueError, so that a program that only waits for the errors of YAML falls. js-yaml keeps the text.
#
# Packages: PyYAML 6.0.3, ruamel.yaml 0.19.1 (PyPI), js-yaml 5.5.0 (npm)
# Run: 2026-11-29
# Expected before the run: the text as it stands, since it is no date, or an error of the YAML reader.
# Seen:
#   PyYAML ValueError, an error of YAML: False
#   ruamel.yaml ValueError, an error of YAML: False
#   js-yaml "2026-02-30"
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check PyYAML==6.0.3 ruamel.yaml==0.19.1 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts js-yaml@5.5.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
PyYAML ValueError, an error of YAML: False
ruamel.yaml ValueError, an error of YAML: False
js-yaml "2026-02-30"
END
python/bin/python - > seen <<'END'
import ruamel.yaml.error, yaml
from ruamel.yaml import YAML
for name, load, kind in (
    ("PyYAML", yaml.safe_load, yaml.YAMLError),
    ("ruamel.yaml", YAML(typ="safe", pure=True).load, ruamel.yaml.error.YAMLError),
):
    try:
        print(name, load("v: 2026-02-30")["v"])
    except Exception as error:
        print(f"{name} {type(error).__name__}, an error of YAML: {isinstance(error, kind)}")
END
echo 'import { load } from "js-yaml"; console.log("js-yaml", JSON.stringify(load("v: 2026-02-30").v));' > run.mjs
node run.mjs >> seen
diff wanted seen && echo "as on 2026-11-29"
