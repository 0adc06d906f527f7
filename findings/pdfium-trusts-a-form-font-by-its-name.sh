#!/bin/sh
# PDFium writes a letter outside Latin-1 in the form's own font only if that font is called like Webdings.
#
# A field whose embedded font has every letter of « Nguyễn Łukasz » is filled by PDFium with other fonts, from the
# machine and not embedded, for the letters outside Latin-1. The same font under the resource name /Webdings writes
# them all.
#
# Packages: pypdfium2 5.15.2, pikepdf 10.18.0, fonttools 4.68.0 (PyPI), dejavu-fonts-ttf 2.37.3 (npm)
# Run: 2026-11-29
# Expected before the run: the font that the field names is used for every letter it has; the name of a resource means nothing.
# Seen:
#   Letters: only the font of the form: False
#   Webdings: only the font of the form: True
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pypdfium2==5.15.2 pikepdf==10.18.0 fonttools==4.68.0 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts dejavu-fonts-ttf@2.37.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
Letters: only the font of the form: False
Webdings: only the font of the form: True
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

python/bin/python - > seen <<'END'
import ctypes
import pikepdf, pypdfium2, pypdfium2.raw as raw
from form import drawn, make

for name in ("Letters", "Webdings"):
    make("empty.pdf", name)
    document = pypdfium2.PdfDocument("empty.pdf")
    document.init_forms()
    page, forms = document[0], document.formenv.raw
    for event in (raw.FORM_OnMouseMove, raw.FORM_OnLButtonDown, raw.FORM_OnLButtonUp):
        event(forms, page.raw, 0, 100, 49)
    text = ctypes.create_string_buffer("Nguyễn Łukasz\0".encode("utf-16-le"))
    raw.FORM_ReplaceSelection(forms, page.raw, ctypes.cast(text, ctypes.POINTER(ctypes.c_ushort)))
    raw.FORM_ForceToKillFocus(forms)
    document.save("full.pdf")
    held = drawn("full.pdf")
    with pikepdf.open("full.pdf") as pdf:
        look = pdf.Root.AcroForm.Fields[0].AP.N
        shown = sum(len(bytes(part.operands[0])) for part in pikepdf.parse_content_stream(look) if str(part.operator) == "Tj")
    print(f"{name}: only the font of the form: {set(held) == {'/' + name} and shown == 2 * len('Nguyễn Łukasz')}")
END
diff wanted seen && echo "as on 2026-11-29"
