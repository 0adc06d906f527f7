#!/bin/sh
# SVGO leaves aria-labelledby without what it names, and takes role="img" away.
#
# With its default preset, the ids of <title> and <desc> are removed although aria-labelledby refers to them, and so
# is the role: a picture that a screen reader named has no name left. The title itself stays.
#
# Packages: svgo 4.1.0 (npm)
# Run: 2026-11-29
# Expected before the run: ids that an ARIA attribute refers to are kept, as those of url(#…) and href are; the role too.
# Seen:
#   aria-labelledby: t d
#   role: none
#   ids: none
#   title: Plan
set -eu
for program in node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts svgo@4.1.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
aria-labelledby: t d
role: none
ids: none
title: Plan
END
cat > run.mjs <<'END'
import { optimize } from "svgo";
const { data } = optimize('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" role="img" aria-labelledby="t d">'
  + '<title id="t">Plan</title><desc id="d">Deux pièces</desc><path d="M0 0h10v5"/></svg>');
const all = (pattern) => [...data.matchAll(pattern)].map((found) => found[1]).join(" ") || "none";
console.log(`aria-labelledby: ${all(/aria-labelledby="([^"]*)"/g)}\nrole: ${all(/role="([^"]*)"/g)}\nids: ${all(/ id="([^"]*)"/g)}\ntitle: ${all(/<title[^>]*>([^<]*)/g)}`);
END
node run.mjs > seen
diff wanted seen && echo "as on 2026-11-29"
