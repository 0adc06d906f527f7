/**
 * Opens the built guide in Firefox as a reader would, over WebDriver BiDi, and prints one line a step.
 *
 *     node check.js SITE [--firefox PATH] [--json FILE]
 *
 * SITE is a folder written by `scripts/guide site`, opened from a loopback server that sends the site's own headers, or
 * the folder `guide` of an unpacked offline copy, opened from the disk. Exit code: 0 when every step passed with an empty
 * console and nothing asked elsewhere, else 1.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import puppeteer from "puppeteer-core";
import { serve } from "./serve.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { firefox: { type: "string", default: "/usr/bin/firefox-esr" }, json: { type: "string" } },
});
if (positionals.length !== 1 || !existsSync(join(positionals[0] ?? "", "index.html"))) {
  console.error("usage : node check.js SITE [--firefox CHEMIN] [--json FICHIER], où SITE contient index.html");
  process.exit(2);
}
const SITE = resolve(positionals[0]);
const SEARCH = "[data-search]";
const shown = (page, selector) => page.waitForSelector(selector, { visible: true, timeout: 15_000 });
const texts = (page, selector) => page.$$eval(selector, (list) => list.filter((e) => e.checkVisibility()).map((e) => e.innerText.trim()));

/** What a reader does, and what must come of it. Each returns the words printed on its line. */
const STEPS = [
  ["page Urgence", async (go, page) => {
    await go("urgence/");
    const six = await texts(page, ".g-imps > li");
    if (six.length !== 6) throw new Error(`${six.length} gestes`);
    const h1 = (await texts(page, "h1"))[0];
    return `six gestes, « ${h1} »`;
  }],
  ["recherche", async (go, page) => {
    await go("");
    await page.click(SEARCH);
    await page.type("#search-words", "fichiers chiffrés");
    await shown(page, ".g-search__found a");
    await page.waitForFunction(() => [...document.querySelectorAll(".g-search__found a")].slice(0, 3).some((a) => a.href.includes("rancongiciel")), { timeout: 15_000 });
    const said = (await texts(page, ".g-search__state"))[0];
    return `« rançongiciel » parmi les trois premiers, annoncé : « ${said} »`;
  }],
  ["recherche, flèches et Échap", async (go, page) => {
    await page.keyboard.press("ArrowDown");
    const inside = await page.evaluate(() => Boolean(document.activeElement?.closest(".g-search__found")));
    if (!inside) throw new Error("la flèche n’atteint pas les résultats");
    await page.keyboard.press("Escape");
    if (await page.$eval("#search", (e) => e.open)) throw new Error("Échap ne ferme pas la recherche");
    return "premier résultat atteint, recherche fermée";
  }],
  ["mots cherchés, marqués dans la page ouverte", async (go, page) => {
    await go("");
    await page.click(SEARCH);
    await page.type(SEARCH, "restauration");
    const result = await shown(page, ".g-search__list a");
    await Promise.all([page.waitForNavigation(), result.click()]);
    await page.waitForFunction(() => CSS.highlights.has("guide-found"), { timeout: 15_000 });
    const [count, left] = await page.evaluate(() => [CSS.highlights.get("guide-found").size, location.hash]);
    if (!count || left.includes("mots")) throw new Error(`${count} marques, adresse « ${left} »`);
    return `${count} mots marqués, adresse nettoyée`;
  }],
  ["aide à la décision", async (go, page) => {
    await go("urgence/decider/");
    for (let rank = 0; rank < 6 && await page.$(".g-decide:not([hidden]) .g-question:not([hidden]) button"); rank += 1) {
      await page.click(".g-question:not([hidden]) button");
    }
    const said = (await texts(page, ".g-decide__summary"))[0];
    if (!said?.includes("étapes, dont")) throw new Error("pas de résultat");
    return said.slice(0, 90);
  }],
  ["délais de 72 heures", async (go, page) => {
    await page.click("#g-now");
    await page.waitForFunction(() => document.querySelector(".g-clock__left")?.textContent?.includes("Il reste"), { timeout: 15_000 });
    return (await texts(page, ".g-clock__left")).join(" ; ");
  }],
  ["checklist, coche gardée", async (go, page) => {
    await go("checklist/");
    await page.click(".g-tick");
    await page.reload({ waitUntil: "networkidle0" });
    if (!await page.$eval(".g-tick", (e) => e.checked)) throw new Error("la coche est perdue");
    return (await texts(page, ".g-progress p"))[0];
  }],
  ["quiz", async (go, page) => {
    await go("entrainement/quiz/");
    await page.click(".g-quiz input[type=radio]");
    return (await texts(page, ".g-quiz__verdict")).filter(Boolean)[0].slice(0, 60);
  }],
  ["menu d’un téléphone, au clavier", async (go, page) => {
    await page.setViewport({ width: 390, height: 800 });
    await go("");
    await page.focus(".g-head__menu");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("#menu")?.matches(":popover-open"), { timeout: 15_000 });
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.matches(".g-head__menu"), { timeout: 15_000 });
    return "ouvert, fermé par Échap, place rendue";
  }],
  ["toutes les pages à 320 px", async (go, page, pages) => {
    await page.setViewport({ width: 320, height: 600 });
    const wide = [];
    for (const path of pages) {
      await go(path);
      if (await page.evaluate(() => document.scrollingElement.scrollWidth > innerWidth)) wide.push(path);
    }
    if (wide.length) throw new Error(`défilent de côté : ${wide.join(", ")}`);
    return `${pages.length} pages, aucune ne défile de côté`;
  }],
];

/** Every page: the folders that hold an index.html, as `urgence/`; the home page is the empty path. */
const everyPage = () => readdirSync(SITE, { recursive: true }).map((file) => String(file).replaceAll("\\", "/"))
  .filter((file) => /(^|\/)index\.html$/.test(file)).map((file) => file.replace(/index\.html$/, ""));

const rows = [];
const walk = async (browser, name, base, disk) => {
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 800 });
  const complaints = [], foreign = [];
  page.on("console", (message) => { if (["error", "warn", "warning"].includes(message.type())) complaints.push(message.text()); });
  // Leaving a page cuts its request for the search index short: that is the robot's haste, not a fault of the page.
  page.on("pageerror", (error) => { if (!String(error).includes("NS_BINDING_ABORTED")) complaints.push(String(error)); });
  page.on("request", (request) => { if (!request.url().startsWith(base) && !/^(data|blob|about):/.test(request.url())) foreign.push(request.url()); });
  // A page left while its search index is on the way complains of it: each is given the time to finish.
  const go = (path) => page.goto(`${base}${path}${disk ? "index.html" : ""}`, { waitUntil: "networkidle0" });
  for (const [step, act] of STEPS) {
    const [before, asked] = [complaints.length, foreign.length];
    let said, passed = true;
    try {
      said = await act(go, page, everyPage());
    } catch (error) {
      [said, passed] = [String(error.message ?? error).split("\n")[0], false];
    }
    const row = { where: name, step, passed, said, console: complaints.slice(before), foreign: foreign.slice(asked) };
    rows.push(row);
    passed &&= !row.console.length && !row.foreign.length;
    console.log(`| ${name} | ${step} | ${passed ? "oui" : "NON"} | ${said} | ${row.console.length} | ${row.foreign.length} |`);
  }
  await page.close();
};

// Firefox refuses a home folder that another user owns, and must not read anybody's profile.
const home = mkdtempSync(join(tmpdir(), "guide-firefox-"));
const server = await serve(SITE);
const version = spawnSync(values.firefox, ["--version"], { env: { ...process.env, HOME: home }, encoding: "utf8" }).stdout.trim();
const browser = await puppeteer.launch({
  browser: "firefox", executablePath: values.firefox, headless: true, env: { ...process.env, HOME: home },
  // Puppeteer relaxes the policy on files, which no reader does: with theirs, each file has a store of its own.
  extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true, "intl.accept_languages": "fr", "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false },
});
try {
  console.log(`${version}\n\n| d’où | geste | réussi | ce que l’on voit | console | demandes au dehors |\n| --- | --- | --- | --- | --- | --- |`);
  // An offline copy writes its addresses in full: it is made for the disk, and for nothing else.
  const offline = /href="urgence\/index\.html"/.test(readFileSync(join(SITE, "index.html"), "utf8"));
  if (offline) await walk(browser, "disque", `${pathToFileURL(SITE)}/`, true);
  else await walk(browser, "serveur", `http://127.0.0.1:${server.address().port}/`, false);
} finally {
  await browser.close();
  server.close();
  rmSync(home, { recursive: true, force: true });
}
for (const row of rows) for (const line of [...row.console, ...row.foreign]) console.log(`${row.where}, ${row.step} : ${line}`);
if (values.json) writeFileSync(values.json, JSON.stringify({ version, rows }, null, 1));
process.exit(rows.every((row) => row.passed && !row.console.length && !row.foreign.length) ? 0 : 1);
