#!/bin/sh
# The owner of dupont.chirurgiens-dentistes.fr is the practice for one reader, the whole suffix for two others.
#
# The public suffix list keeps the suffixes of French professions (dentists, doctors, notaries) in its private part.
# psl (npm) reads both parts; tldts and tldextract read the first only unless told otherwise, so that all practices
# under the suffix count as one owner: one pace, one cookie, one line of a report by site.
#
# Packages: tldextract 5.4.0 (PyPI), psl 1.15.0, tldts 7.6.0 (npm), each with the list that it carries
# Run: 2026-11-29
# Expected before the run: chirurgiens-dentistes.fr is an ordinary name: the same owner for every practice, in all
# three.
# Seen:
#   tldextract: chirurgiens-dentistes.fr
#   tldextract, private part too: dupont.chirurgiens-dentistes.fr
#   psl: dupont.chirurgiens-dentistes.fr
#   tldts: chirurgiens-dentistes.fr
#   tldts, private part too: dupont.chirurgiens-dentistes.fr
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check tldextract==5.4.0 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts psl@1.15.0 tldts@7.6.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
tldextract: chirurgiens-dentistes.fr
tldextract, private part too: dupont.chirurgiens-dentistes.fr
psl: dupont.chirurgiens-dentistes.fr
tldts: chirurgiens-dentistes.fr
tldts, private part too: dupont.chirurgiens-dentistes.fr
END
python/bin/python - > seen <<'END'
import tldextract
for said, private in (("tldextract", False), ("tldextract, private part too", True)):
    read = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=private)
    print(f"{said}: {read('dupont.chirurgiens-dentistes.fr').top_domain_under_public_suffix}")
END
cat > run.cjs <<'END'
const psl = require("psl"), { getDomain } = require("tldts"), host = "dupont.chirurgiens-dentistes.fr";
console.log(`psl: ${psl.get(host)}\ntldts: ${getDomain(host)}\ntldts, private part too: ${getDomain(host, { allowPrivateDomains: true })}`);
END
node run.cjs >> seen
diff wanted seen && echo "as on 2026-11-29"
