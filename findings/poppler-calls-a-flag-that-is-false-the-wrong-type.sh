#!/bin/sh
# pdfinfo prints « Syntax Error: Suspects object is wrong type (boolean) » about a valid tagged PDF.
#
# typst writes /MarkInfo << /Marked true /Suspects false >>, as the format allows. poppler accepts the flag when it is
# true or absent, and reports a type error, on the error stream and with exit code 0, when it is false: every sheet
# that says it is well tagged looks damaged to whoever reads that stream.
#
# Packages: typst 0.15.2, pikepdf 10.18.0 (PyPI), poppler 22.12.0 of the system
# Run: 2026-11-29
# Expected before the run: no message for a boolean, whichever it is.
# Seen:
#   false, as typst writes it: Syntax Error: Suspects object is wrong type (boolean) / Suspects: no
#   true: no message / Suspects: yes
#   absent: no message / Suspects: no
set -eu
for program in python3 pdfinfo; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pikepdf==10.18.0 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
false, as typst writes it: Syntax Error: Suspects object is wrong type (boolean) / Suspects: no
true: no message / Suspects: yes
absent: no message / Suspects: no
END
cat > text.typ <<'END'
#set document(title: "Essai")
#set text(lang: "fr")
= Un
Une phrase.
END
cat > run.py <<'END'
import subprocess
import pikepdf
import typst
typst.compile("text.typ", output="text.pdf", pdf_standards=["ua-1"])
for said in ("false, as typst writes it", "true", "absent"):
    with pikepdf.open("text.pdf") as pdf:
        if said == "true":
            pdf.Root.MarkInfo.Suspects = True
        elif said == "absent":
            del pdf.Root.MarkInfo.Suspects
        pdf.save("read.pdf")
    told = subprocess.run(["pdfinfo", "read.pdf"], capture_output=True, text=True, check=True)
    (line,) = [" ".join(each.split()) for each in told.stdout.splitlines() if each.startswith("Suspects")]
    print(f"{said}: {told.stderr.strip() or 'no message'} / {line}")
END
python/bin/python run.py > seen
diff wanted seen && echo "as on 2026-11-29"
