/**
 * Draws the first page of PDF files with pdf.js, as it prints them.
 *
 *     node picture.mjs < JOBS
 *
 * JOBS is JSON: [{ "source": PDF, "out": PNG, "scale": pixels to the point }].
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createCanvas } from "@napi-rs/canvas";
import { AnnotationMode, getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

const fonts = join(dirname(fileURLToPath(import.meta.url)), "node_modules/pdfjs-dist/standard_fonts/");
for (const { source, out, scale } of JSON.parse(readFileSync(0, "utf8"))) {
  const task = getDocument({ data: new Uint8Array(readFileSync(source)), standardFontDataUrl: fonts, verbosity: VerbosityLevel.ERRORS });
  const page = await (await task.promise).getPage(1);
  const viewport = page.getViewport({ scale });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  const canvasContext = canvas.getContext("2d");
  await page.render({ canvasContext, viewport, intent: "print", annotationMode: AnnotationMode.ENABLE }).promise;
  writeFileSync(out, canvas.toBuffer("image/png"));
  await task.destroy();
}
