/**
 * The figures of the morning of an attack, on a phone of 360 × 740: what is on the first screen, how many taps, how far.
 *
 *     node morning.js SITE [--firefox PATH] [--chromium PATH]
 *
 * SITE is a folder written by `scripts/guide site`. One table, one column a browser. Exit code: 0 when every figure is
 * within what is wanted in both, else 1.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import puppeteer from "puppeteer-core";
import { serve } from "./serve.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { firefox: { type: "string", default: "/usr/bin/firefox-esr" }, chromium: { type: "string", default: "/usr/bin/chromium" } },
});
if (positionals.length !== 1 || !existsSync(join(positionals[0] ?? "", "urgence/index.html"))) {
  console.error("usage : node morning.js SITE [--firefox CHEMIN] [--chromium CHEMIN], où SITE contient urgence/index.html");
  process.exit(2);
}
const SITE = resolve(positionals[0]);
const HEIGHT = 740;
const SITUATIONS = ["rancongiciel", "compte-pirate", "hameconnage", "appareil-perdu-ou-vole", "fuite-de-donnees",
  "fraude-au-virement", "faux-support", "editeur-attaque"].map((name) => `urgence/situations/${name}/`);
const PAGES = ["urgence/", "urgence/decider/", "urgence/panne-ou-attaque/", "urgence/demarches/", "urgence/sans-logiciel/", "urgence/journal/", ...SITUATIONS];

/** Run in the page: tops and sizes, in pixels of the page. */
const measured = () => {
  const all = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility() && each.getBoundingClientRect().width);
  const top = (selector) => { const [first] = all(selector); return first ? Math.round(first.getBoundingClientRect().top + scrollY) : Infinity; };
  const small = (each) => { const { width, height } = (each.closest("label") ?? each).getBoundingClientRect(); return width < 43.5 || height < 43.5; };
  return {
    step: top(".g-steps > li"), dial: top(".g-main a[href^='tel:']"),
    gestures: Math.max(...all(".g-imps > li").map((each) => Math.ceil(each.getBoundingClientRect().bottom + scrollY))),
    small: all("a[href], button, input, select, summary, textarea").filter((each) => !each.closest(".g-skip, .g-vh") && small(each)).length,
    links: Math.max(0, ...all(".g-steps > li").map((each) => each.querySelectorAll("a").length)),
    doubts: all(".g-steps > li").filter((each) => each.querySelector(".g-flag") || /\((conseil|à vérifier)\)/.test(each.textContent)).length,
    shift: window.shift ?? NaN,
  };
};
const shifts = () => {
  if (!PerformanceObserver.supportedEntryTypes.includes("layout-shift")) return; // Firefox does not count them
  window.shift = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.shift += each.value; }).observe({ type: "layout-shift", buffered: true });
};
/** Whether an element is whole on the screen, and not under the bar unless it is of the bar. */
const inSight = (element) => {
  const { top, bottom } = element.getBoundingClientRect(), bar = document.querySelector(".g-bar");
  return top >= 0 && bottom <= (bar && !bar.contains(element) ? bar.getBoundingClientRect().top : innerHeight);
};

const run = async (browser, base) => {
  const page = await browser.newPage();
  await page.setViewport({ width: 360, height: HEIGHT });
  await page.evaluateOnNewDocument(shifts);
  const go = (path) => page.goto(base + path, { waitUntil: "networkidle0" });
  const seen = {};
  for (const path of PAGES) {
    await go(path);
    seen[path] = await page.evaluate(measured);
  }
  const worst = (name, paths = PAGES) => Math.max(...paths.map((path) => seen[path][name]));
  await go("");
  await Promise.all([page.waitForNavigation(), page.click(".g-head__urgent")]);
  const sights = {};
  for (const [name, selector] of Object.entries({ provider: ".g-bar a[data-own-dial]", online: ".g-bar a[href*='17cyber']", clock: "[data-do=note-hour]" })) {
    sights[name] = await page.$eval(selector, inSight);
  }
  await page.click("[data-do=note-hour]");
  const started = await page.$eval(".g-strip", (each) => each.checkVisibility());
  const scrolled = await page.evaluate(() => scrollY);
  await go("urgence/decider/");
  await page.click(".g-answer");
  const first = await page.$$eval("[data-step]", (list) => list.find((each) => each.checkVisibility()).getBoundingClientRect().top);
  await page.close();
  return {
    "accueil → six gestes : bas du sixième (1 tape, 0 défilement)": [seen["urgence/"].gestures, HEIGHT],
    "→ prestataire, 17Cyber, heure : hors de vue": [Object.values(sights).filter((each) => !each).length, 0],
    "→ délais lancés en 2 tapes : défilement (px)": [started ? scrolled : Infinity, 0],
    "situation → étape 1 (px)": [worst("step", SITUATIONS), 300],
    "situation → premier numéro (px)": [worst("dial", SITUATIONS), HEIGHT],
    "résultat de l’aide → étape 1 (px)": [Math.round(first), 200],
    "cibles sous 44 px": [worst("small"), 0],
    "liens dans une étape": [worst("links"), 1],
    "marques de doute dans les étapes": [worst("doubts"), 0],
    "déplacement de la page": [worst("shift"), 0],
  };
};

const home = mkdtempSync(join(tmpdir(), "guide-morning-"));
const server = await serve(SITE);
const base = `http://127.0.0.1:${server.address().port}/`;
const found = {};
try {
  for (const [name, options] of Object.entries({
    Chromium: { browser: "chrome", executablePath: values.chromium, args: ["--no-sandbox"] },
    Firefox: { browser: "firefox", executablePath: values.firefox, env: { ...process.env, HOME: home } },
  })) {
    const browser = await puppeteer.launch({ headless: true, ...options });
    try {
      found[`${name} ${(await browser.version()).replace(/^[a-z]+\//i, "")}`] = await run(browser, base);
    } finally {
      await browser.close();
    }
  }
} finally {
  server.close();
  rmSync(home, { recursive: true, force: true });
}
const weight = Math.max(...PAGES.map((path) => brotliCompressSync(readFileSync(join(SITE, path, "index.html"))).length));
const names = Object.keys(found);
console.log(`| mesure, 360 × ${HEIGHT} | voulu | ${names.join(" | ")} |\n| --- | --- |${" --- |".repeat(names.length)}`);
let good = weight <= 20_000;
for (const [measure, [, wanted]] of Object.entries(found[names[0]])) {
  const cells = names.map((name) => found[name][measure][0]);
  good &&= cells.every((cell) => Number.isNaN(cell) || cell <= wanted);
  console.log(`| ${measure} | ≤ ${wanted} | ${cells.map((cell) => (Number.isNaN(cell) ? "non mesuré" : cell)).join(" | ")} |`);
}
console.log(`| page d’urgence la plus lourde, HTML en brotli (octets) | ≤ 20000 |${` ${weight} |`.repeat(names.length)}`);
process.exit(good ? 0 : 1);
