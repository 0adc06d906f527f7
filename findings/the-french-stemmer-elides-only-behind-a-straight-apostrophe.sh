#!/bin/sh
# Snowball takes « l' » off a word and leaves « l’ », the apostrophe that French is set with.
#
# The French stemmer of Snowball 3 removes elided words (l', d', qu') itself. It knows U+0027 only: with U+2019, which
# every well-set page holds, the article stays in the stem, and a query for the bare word misses it. Its stem of «
# données » is that of « don ».
#
# Packages: snowballstemmer 3.1.1 (PyPI)
# Run: 2026-11-29
# Expected before the run: the article kept with both apostrophes, since cutting words is the tokenizer's work; «
# données » kept apart from « don ».
# Seen:
#   l'attaque: attaqu
#   l’attaque: l’attaqu
#   attaque: attaqu
#   qu'un: un
#   qu’un: qu’un
#   données: don
#   don: don
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check snowballstemmer==3.1.1 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
l'attaque: attaqu
l’attaque: l’attaqu
attaque: attaqu
qu'un: un
qu’un: qu’un
données: don
don: don
END
python/bin/python - > seen <<'END'
import snowballstemmer
french = snowballstemmer.stemmer("french")
for word in ("l'attaque", "l’attaque", "attaque", "qu'un", "qu’un", "données", "don"):
    print(f"{word}: {french.stemWord(word)}")
END
diff wanted seen && echo "as on 2026-11-29"
