#!/bin/sh
# A value that is a lone equals sign stops two YAML readers.
#
# « v: = » is a text for JavaScript's reader. PyYAML and ruamel.yaml give the sign a type of its own, left from YAML
# 1.1, and their safe loaders have nothing to build it with: the whole document is refused.
#
# Packages: PyYAML 6.0.3, ruamel.yaml 0.19.1 (PyPI), js-yaml 5.5.0 (npm)
# Run: 2026-11-29
# Expected before the run: the text « = » everywhere.
# Seen:
#   PyYAML ConstructorError
#   ruamel.yaml ConstructorError
#   js-yaml {"v":"="}
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
PyYAML ConstructorError
ruamel.yaml ConstructorError
js-yaml {"v":"="}
END
python/bin/python - > seen <<'END'
import yaml
from ruamel.yaml import YAML
for name, load in (("PyYAML", yaml.safe_load), ("ruamel.yaml", YAML(typ="safe", pure=True).load)):
    try:
        print(name, load("v: =")["v"])
    except Exception as error:
        print(name, type(error).__name__)
END
echo 'import { load } from "js-yaml"; console.log("js-yaml", JSON.stringify(load("v: =")));' > run.mjs
node run.mjs >> seen
diff wanted seen && echo "as on 2026-11-29"
