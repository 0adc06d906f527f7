#!/bin/sh
# A French sentence cutter keeps « L. 1111-8 » whole and cuts « p. 12 » and « art. 5 ».
#
# pySBD in French takes a capital and its point for an initial, legal articles included, but ends a sentence after «
# p. » and « art. » before a number, the two abbreviations that a page of law is full of.
#
# Packages: pysbd 0.3.4 (PyPI)
# Run: 2026-11-29
# Expected before the run: common abbreviations such as « p. » and « art. » kept; « L. 1111-8 », which is rarer, cut.
# Seen:
#   L’article L. 1111-8 du code encadre cela. | Il date de 2002.
#   Voir p. | 12 du guide.
#   Selon l’art. | 5 du décret, prévenez.
#   M. Martin répond au tél. 01 23 45 67 89.
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pysbd==0.3.4 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
L’article L. 1111-8 du code encadre cela. | Il date de 2002.
Voir p. | 12 du guide.
Selon l’art. | 5 du décret, prévenez.
M. Martin répond au tél. 01 23 45 67 89.
END
python/bin/python -W ignore - > seen <<'END'
import pysbd
for text in (
    "L’article L. 1111-8 du code encadre cela. Il date de 2002.",
    "Voir p. 12 du guide.",
    "Selon l’art. 5 du décret, prévenez.",
    "M. Martin répond au tél. 01 23 45 67 89.",
):
    print(" | ".join(part.strip() for part in pysbd.Segmenter(language="fr", clean=False).segment(text)))
END
diff wanted seen && echo "as on 2026-11-29"
