#!/bin/sh
# A list added to a tagged PDF by pikepdf is read out as the heading and the paragraph of page one.
#
# Each page names its place in the structure tree by a number of its own document. pikepdf copies the page with its
# number and not the tree: the number then means page one of the receiving file. pdf.js finds a structure, so nothing
# looks wrong, and it is the other page's. pypdf drops the tree of both files instead.
#
# Packages: pikepdf 10.18.0, pypdf 7.1.1, typst 0.15.2 (PyPI), pdfjs-dist 4.10.38 (npm)
# Run: 2026-11-29
# Expected before the run: the added page has no tags, the first keeps its own, with both libraries.
# Seen:
#   alone: H1 L LI Lbl LBody LI Lbl LBody
#   pikepdf, page 1: H1 P
#   pikepdf, page 2: H1 P
#   pypdf, page 1: nothing
#   pypdf, page 2: nothing
set -eu
for program in python3 node npm; do
  command -v "$program" >/dev/null || { echo "$program is absent: this find needs it."; exit 77; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pikepdf==10.18.0 pypdf==7.1.1 typst==0.15.2 2>pip.log || { cat pip.log; exit 1; }
npm install --silent --no-audit --no-fund --ignore-scripts pdfjs-dist@4.10.38 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat > wanted <<'END'
alone: H1 L LI Lbl LBody LI Lbl LBody
pikepdf, page 1: H1 P
pikepdf, page 2: H1 P
pypdf, page 1: nothing
pypdf, page 2: nothing
END
python/bin/python - <<'END'
import pikepdf
import pypdf
import typst
for name, body in (("text", "= Un\nUne phrase."), ("list", "= Deux\n- Débrancher\n- Appeler")):
    open("page.typ", "w").write('#set document(title: "Essai")\n#set text(lang: "fr")\n' + body)
    typst.compile("page.typ", output=f"{name}.pdf", pdf_standards=["ua-1"])
with pikepdf.open("text.pdf") as first, pikepdf.open("list.pdf") as second:
    first.pages.extend(second.pages)
    first.save("pikepdf.pdf")
writer = pypdf.PdfWriter()
for name in ("text.pdf", "list.pdf"):
    writer.append(name)
writer.write("pypdf.pdf")
END
cat > run.mjs <<'END'
import { readFileSync } from "node:fs";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
const roles = (node) => (node ? [node.role ?? "", ...(node.children ?? []).flatMap(roles)] : []).filter((role) => role && !["Root", "Document"].includes(role));
async function tell(file, says) {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(file)), verbosity: VerbosityLevel.ERRORS }).promise;
  for (let page = 1; page <= pdf.numPages; page++)
    console.log(`${says(page)}: ${roles(await (await pdf.getPage(page)).getStructTree()).join(" ") || "nothing"}`);
}
await tell("list.pdf", () => "alone");
await tell("pikepdf.pdf", (page) => `pikepdf, page ${page}`);
await tell("pypdf.pdf", (page) => `pypdf, page ${page}`);
END
node run.mjs 2>/dev/null > seen
diff wanted seen && echo "as on 2026-11-29"
