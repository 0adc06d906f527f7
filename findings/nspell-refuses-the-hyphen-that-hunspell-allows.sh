#!/bin/sh
# With one French dictionary, « chirurgienne-dentiste » is right for one reader and wrong for the other.
#
# Hunspell's format cuts a word at its hyphens when the whole is unknown, unless the dictionary says otherwise. spylls
# does; nspell does not, so the profession is right in the masculine, which the dictionary happens to list, and wrong
# in the feminine and the plural, whose two halves it knows. A middle dot or a number are refused by it as well.
#
# Packages: dictionary-fr 3.0.0, nspell 2.1.5 (npm), spylls 0.1.7 (PyPI)
# Run: 2026-11-29
# Expected before the run: the same answer from both for every word.
# Seen:
#   nspell: chirurgien-dentiste yes, chirurgienne-dentiste no, chirurgiennes-dentistes no, chirurgienne yes, 72 no
#   spylls: chirurgien-dentiste yes, chirurgienne-dentiste yes, chirurgiennes-dentistes yes, chirurgienne yes, 72 yes
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check spylls==0.1.7 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts dictionary-fr@3.0.0 nspell@2.1.5 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
nspell: chirurgien-dentiste yes, chirurgienne-dentiste no, chirurgiennes-dentistes no, chirurgienne yes, 72 no
spylls: chirurgien-dentiste yes, chirurgienne-dentiste yes, chirurgiennes-dentistes yes, chirurgienne yes, 72 yes
END
cat > run.mjs <<'END'
import nspell from "nspell";
import french from "dictionary-fr";
const spell = nspell(french);
const words = ["chirurgien-dentiste", "chirurgienne-dentiste", "chirurgiennes-dentistes", "chirurgienne", "72"];
console.log("nspell: " + words.map((word) => `${word} ${spell.correct(word) ? "yes" : "no"}`).join(", "));
END
node run.mjs > seen
python/bin/python - >> seen <<'END'
from spylls.hunspell import Dictionary
spell = Dictionary.from_files("node_modules/dictionary-fr/index")
words = ("chirurgien-dentiste", "chirurgienne-dentiste", "chirurgiennes-dentistes", "chirurgienne", "72")
print("spylls: " + ", ".join(f"{word} {'yes' if spell.lookup(word) else 'no'}" for word in words))
END
diff wanted seen && echo "as on 2026-11-29"
