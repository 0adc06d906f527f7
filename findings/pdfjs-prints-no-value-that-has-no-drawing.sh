#!/bin/sh
# pdf.js prints nothing of a field's value when the file holds no drawing of it.
#
# A text field with a value and no appearance is drawn by PDFium in the font that it names. pdf.js, asked for what it
# prints, leaves the line empty, unless the form says NeedAppearances.
#
# Packages: pdfjs-dist 4.10.38, @napi-rs/canvas 0.1.100, dejavu-fonts-ttf 2.37.3 (npm), pypdfium2 5.15.2, pikepdf 10.18.0 (PyPI)
# Run: 2026-11-29
# Expected before the run: the value drawn by both, as each does on the screen.
# Seen:
#   NeedAppearances absent: PDFium draws True, pdf.js draws False
#   NeedAppearances true: PDFium draws True, pdf.js draws True
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pikepdf==10.18.0 fonttools==4.68.0 pillow==13.0.0 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts pdfjs-dist@4.10.38 @napi-rs/canvas@0.1.100 dejavu-fonts-ttf@2.37.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
NeedAppearances absent: PDFium draws True, pdf.js draws False
NeedAppearances true: PDFium draws True, pdf.js draws True
END
cat > form.py <<'END'
"""A one-page form whose only field names an embedded font, DejaVu Sans, under the name given."""
import sys
import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

def make(path, font_name="Letters", value="", need=None):
    file = "node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf"
    font = TTFont(file)
    scale = 1000 / font["head"].unitsPerEm
    advances = [round(font["hmtx"][name][0] * scale) for name in font.getGlyphOrder()]
    numbers = {font.getGlyphID(name): code for code, name in font.getBestCmap().items() if code < 0x2000}
    rows = [f"<{number:04X}> <{code:04X}>" for number, code in sorted(numbers.items())]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    known = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    known = ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
             "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + known + "\nendcmap end end")
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 100))
    program = pdf.make_stream(open(file, "rb").read())
    program.Length1 = len(program.read_bytes())
    descriptor = pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/DejaVuSans"), Flags=4, FontBBox=Array([-1000, -400, 1800, 1200]),
        ItalicAngle=0, Ascent=928, Descent=-236, CapHeight=730, StemV=80, FontFile2=program))
    below = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/DejaVuSans"), FontDescriptor=descriptor,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=Array([0, Array(advances)]), CIDToGIDMap=Name.Identity))
    letters = pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/DejaVuSans"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([below]), ToUnicode=pdf.make_stream(known.encode())))
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), F=4, P=page.obj, V=String(value),
        Rect=Array([20, 40, 280, 58]), DA=String(f"/{font_name} 11 Tf 0 g")))
    page.obj.Annots = Array([field])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(
        Fields=Array([field]), DA=String(f"/{font_name} 11 Tf 0 g"), DR=Dictionary(Font=Dictionary({f"/{font_name}": letters}))))
    if need is not None:
        pdf.Root.AcroForm.NeedAppearances = need
    pdf.save(path)

def drawn(path):
    """The fonts of the field's drawing that it writes in: name, and whether the file holds it."""
    with pikepdf.open(path) as pdf:
        look = pdf.Root.AcroForm.Fields[0].AP.N
        used = {str(part.operands[0]) for part in pikepdf.parse_content_stream(look) if str(part.operator) == "Tf"}
        fonts = look.Resources.Font
        held = {}
        for name in used:
            font = fonts[name]
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            held[name] = "/FontDescriptor" in inner and any(f"/FontFile{n}" in inner.FontDescriptor for n in ("", 2, 3))
        return held
END

cat > run.mjs <<'END'
import { readFileSync, writeFileSync } from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
const page = await (await getDocument({ data: new Uint8Array(readFileSync("form.pdf")), verbosity: VerbosityLevel.ERRORS }).promise).getPage(1);
const viewport = page.getViewport({ scale: 2 }), canvas = createCanvas(viewport.width, viewport.height);
await page.render({ canvasContext: canvas.getContext("2d"), viewport, intent: "print" }).promise;
writeFileSync("page.png", canvas.toBuffer("image/png"));
END
cat > run.py <<'END'
import subprocess
import pypdfium2
from PIL import Image
from form import make

for said, need in (("absent", None), ("true", True)):
    make("form.pdf", value="Martin", need=need)
    document = pypdfium2.PdfDocument("form.pdf")
    document.init_forms()
    pdfium = document[0].render(scale=2, may_draw_forms=True).to_pil().convert("L")
    subprocess.run(["node", "run.mjs"], check=True)
    pdfjs = Image.open("page.png").convert("L")
    print(f"NeedAppearances {said}: PDFium draws {min(pdfium.getdata()) < 64}, pdf.js draws {min(pdfjs.getdata()) < 64}")
END
python/bin/python -W ignore run.py > seen
diff wanted seen && echo "as on 2026-11-29"
