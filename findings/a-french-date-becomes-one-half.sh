#!/bin/sh
# The symbols extension of MkDocs sites turns « 1/2/2026 » into « ½/2026 ».
#
# pymdownx.smartsymbols looks for fractions with a digit on neither side, and a stroke is no digit: the first of
# February becomes a half. « 11/2/2026 » and « 1/12/2026 » stay, so that only some days of a year are hit. The same
# happens in an article number, « art. 1/2 ».
#
# Packages: pymdown-extensions 13.1.2, markdown 3.11.3 (PyPI)
# Run: 2026-11-29
# Expected before the run: a date left as it is, since a third number follows.
# Seen:
#   1/2/2026 -> ½/2026
#   3/4/2026 -> ¾/2026
#   11/2/2026 -> 11/2/2026
#   1/12/2026 -> 1/12/2026
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pymdown-extensions==13.1.2 markdown==3.11.3 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
1/2/2026 -> ½/2026
3/4/2026 -> ¾/2026
11/2/2026 -> 11/2/2026
1/12/2026 -> 1/12/2026
END
python/bin/python - > seen <<'END'
import html
import markdown
for text in ("1/2/2026", "3/4/2026", "11/2/2026", "1/12/2026"):
    made = markdown.markdown(text, extensions=["pymdownx.smartsymbols"])
    print(text, "->", html.unescape(made.removeprefix("<p>").removesuffix("</p>")))
END
diff wanted seen && echo "as on 2026-11-29"
