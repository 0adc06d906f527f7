#!/bin/sh
# A block with a height and `breakable: true` never breaks: what is too tall is drawn below the paper.
#
# With a height, 1fr included, typst keeps all lines in one block on one page, over the margin, the footer and the
# edge, without a warning and with the right number of pages. Only a block without a height breaks. A test of the
# number of pages cannot see it.
#
# Packages: typst 0.15.2, pypdfium2 5.15.2 (PyPI)
# Run: 2026-11-29
# Expected before the run: the lines that do not fit go on, on a second and a third page.
# Seen:
#   height 1fr: 1 page, 0 warnings, lowest line 81 mm below the paper
#   height 60 mm: 1 page, 0 warnings, lowest line 81 mm below the paper
#   no height: 3 pages, 0 warnings, lowest line on the paper
set -eu
for program in python3; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pypdfium2==5.15.2 2>pip.log || { cat pip.log; exit 1; }
cat > wanted <<'END'
height 1fr: 1 page, 0 warnings, lowest line 81 mm below the paper
height 60 mm: 1 page, 0 warnings, lowest line 81 mm below the paper
no height: 3 pages, 0 warnings, lowest line on the paper
END
cat > run.py <<'END'
import pypdfium2
import typst
for said, height in (("height 1fr", "height: 1fr, "), ("height 60 mm", "height: 60mm, "), ("no height", "")):
    with open("text.typ", "w") as text:
        text.write("#set page(width: 80mm, height: 80mm, margin: 10mm)\n")
        text.write(f"#block({height}breakable: true, {{ for n in range(30) [Ligne #n \\ ] }})")
    made, warnings = typst.compile_with_warnings("text.typ", format="pdf")
    pages = pypdfium2.PdfDocument(made)
    low = 0.0
    for page in pages:
        text = page.get_textpage()
        low = min(low, *(text.get_rect(n)[1] for n in range(text.count_rects())))
    where = f"{-low / 72 * 25.4:.0f} mm below the paper" if low < 0 else "on the paper"
    print(f"{said}: {len(pages)} page{'s' if len(pages) > 1 else ''}, {len(warnings)} warnings, lowest line {where}")
END
python/bin/python run.py > seen
diff wanted seen && echo "as on 2026-11-29"
