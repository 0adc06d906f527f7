/**
 * Reads YAML documents with js-yaml: each value as JSON on one line, or null and the reason.
 *
 *     node yaml.mjs < JOBS      JOBS: JSON list of documents, each « v: … »
 */
import { readFileSync } from "node:fs";
import * as yaml from "js-yaml";

/** What JSON cannot say is named. @param {unknown} value */
const told = (value) => value instanceof Date ? { date: true }
  : typeof value === "bigint" ? { number: String(value) }
  : typeof value === "number" && !Number.isFinite(value) ? { number: String(value) }
  : typeof value === "number" ? (Number.isSafeInteger(value) ? value : { number: String(value) })
  : value === undefined ? null : value;

const answers = JSON.parse(readFileSync(0, "utf8")).map((document) => {
  try {
    return { value: told(yaml.load(document).v) };
  } catch (error) {
    return { error: String(error.message).split("\n")[0] };
  }
});
process.stdout.write(JSON.stringify(answers));
