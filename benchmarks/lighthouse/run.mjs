// Lighthouse on one page of each kind of the built site; prints a table and what is not perfect. See README.md.
//     npm run measure -- ../../site [--desktop] [page/ …]
import { resolve } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { serve } from "./serve.mjs";

const PAGES = [
  "", "urgence/", "urgence/decider/", "urgence/situations/rancongiciel/", "urgence/demarches/", "urgence/journal/",
  "urgence/sans-logiciel/", "commencer/", "commencer/roles/titulaire/", "audit/", "mesures/sauvegardes/",
  "mesures/prestataires/", "checklist/", "checklist/afficher/", "checklist/calendrier/", "imprimer/", "entrainement/",
  "entrainement/quiz/", "ressources/", "lexique/", "a-propos/sources/",
];
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

const [site, ...rest] = process.argv.slice(2);
if (!site) throw new Error("usage: npm run measure -- SITE [--desktop] [page/ …]");
const desktop = rest.includes("--desktop");
const chosen = rest.filter((each) => !each.startsWith("--"));

const server = await serve(resolve(site));
const chrome = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
let short = 0;

/** A run in which Chromium painted nothing at all says nothing of the page: it is done again, twice at most. */
const run = async (address, options, again = 2) => {
  const found = await lighthouse(address, options, desktop ? desktopConfig : undefined);
  const unpainted = found.lhr.audits["first-contentful-paint"].score === null;
  return unpainted && again ? run(address, options, again - 1) : found;
};

const speed = [];
console.log(`| page (${desktop ? "desktop" : "mobile"}) | performance | accessibility | best practices | SEO | FCP | LCP | TBT | CLS | bytes |`);
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const page of chosen.length ? chosen : PAGES) {
  const options = { port: chrome.port, logLevel: "error", onlyCategories: Object.keys(WANTED) };
  const { lhr } = await run(server.url + page, options);
  speed.push(lhr.environment.benchmarkIndex);
  const scores = Object.keys(WANTED).map((name) => Math.round((lhr.categories[name].score ?? 0) * 100));
  const shown = (name) => lhr.audits[name].displayValue?.replace(/\s/g, " ");
  const bytes = lhr.audits["network-requests"].details.items.reduce((sum, item) => sum + item.transferSize, 0);
  const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map(shown);
  console.log(`| /${page} | ${[...scores, ...times, `${Math.round(bytes / 1000)} kB`].join(" | ")} |`);
  for (const [rank, [name, wanted]] of Object.entries(WANTED).entries()) {
    if (scores[rank] >= wanted) continue;
    short += 1;
    for (const { id, weight } of lhr.categories[name].auditRefs) {
      const { score, title, displayValue = "", details } = lhr.audits[id];
      if (weight && score !== null && score < 0.9) {
        console.log(`    ${id} (${score}): ${title} ${displayValue} ${JSON.stringify(details?.items?.slice(0, 3) ?? "").slice(0, 600)}`);
      }
    }
  }
}
chrome.kill();
server.close();
console.log(`benchmark index of this machine: ${speed.sort((a, b) => a - b)[speed.length >> 1]}`);
console.log(short ? `${short} score(s) below what is wanted` : "every score as wanted");
process.exitCode = short ? 1 : 0;
