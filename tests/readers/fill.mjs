/**
 * Fills PDF forms with pdf-lib, in the font that the guide gives for it.
 *
 *     node fill.mjs FONT.ttf < JOBS
 *
 * JOBS is JSON: [{ "source": PDF, "values": { field: text }, "out": PDF }].
 */
import { readFileSync, writeFileSync } from "node:fs";
import fontkit from "@pdf-lib/fontkit";
import { PDFDocument } from "pdf-lib";

const program = readFileSync(process.argv[2]);
for (const { source, values, out } of JSON.parse(readFileSync(0, "utf8"))) {
  const document = await PDFDocument.load(readFileSync(source), { updateMetadata: false });
  document.registerFontkit(fontkit);
  const font = await document.embedFont(program, { subset: false });
  const form = document.getForm();
  for (const [name, text] of Object.entries(values)) form.getTextField(name).setText(text);
  form.updateFieldAppearances(font);
  writeFileSync(out, await document.save({ updateFieldAppearances: false }));
}
