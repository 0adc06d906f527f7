#!/bin/sh
# The same hyphenated PDF gives a soft hyphen, a plain one, U+FFFE, or words in another order.
#
# typst writes the hyphen that it adds as U+00AD in the file. poppler keeps it and the line end; pypdf and pdfminer
# make it a hyphen of the word; PDFium gives U+FFFE, no character at all, and drops the line end. In a justified
# column pdfminer also puts the next line's beginning between the two halves.
#
# Packages: typst 0.15.2, pypdf 7.1.1, pdfminer.six 20260107, pypdfium2 5.15.2 (PyPI), poppler of the system
# Run: 2026-11-29
# Expected before the run: all four give the soft hyphen, the halves one after the other.
# Seen:
#   poppler: supplémen<U+00AD><line>taire
#   pypdf: supplémen-<line>taire
#   PDFium: supplémen<U+FFFE>taire
#   pdfminer: supplémen-<line>l’authentification <line>taire
set -eu
for program in python3 pdftotext; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
poppler: supplémen<U+00AD><line>taire
pypdf: supplémen-<line>taire
PDFium: supplémen<U+FFFE>taire
pdfminer: supplémen-<line>l’authentification <line>taire
END
cat > text.typ <<'END'
#set document(title: "Essai")
#set text(lang: "fr", size: 11pt, hyphenate: true)
#set page(width: 60mm, height: 100mm, margin: 5mm)
#set par(justify: true)
"Oui" dit-il : l’informatique, 72 h et 72 h, e‑CPS. Aujourd’hui, l’informatique du cabinet est indisponible ; cybermalveillance, l’authentification supplémentaire, rançongiciel.
END
cat > run.py <<'END'
import re
import subprocess
import pypdf
import pypdfium2
import typst
from pdfminer.high_level import extract_text
typst.compile("text.typ", output="text.pdf", pdf_standards=["ua-1"])
read = {
    "poppler": subprocess.run(["pdftotext", "text.pdf", "-"], capture_output=True, check=True).stdout.decode(),
    "pypdf": pypdf.PdfReader("text.pdf").pages[0].extract_text(),
    "PDFium": pypdfium2.PdfDocument("text.pdf")[0].get_textpage().get_text_range(),
    "pdfminer": extract_text("text.pdf"),
}
for reader, text in read.items():
    part = re.search(r"supplémen[\s\S]*?taire", text)[0]
    shown = part.replace("\u00ad", "<U+00AD>").replace("\ufffe", "<U+FFFE>").replace("\r\n", "\n").replace("\n", "<line>")
    print(f"{reader}: {shown}")
END
python/bin/python -W ignore run.py > seen
diff wanted seen && echo "as on 2026-11-29"
