/**
 * The practice's own numbers, typed on this device for the sheet or for the emergency page, and whether the emergency pages
 * may show them: a choice of its own, because a computer of the reception is shared.
 */
(() => {
  "use strict";
  const { vault } = window.guide;
  const LONGEST = 60;

  /** @param {any} value @returns {{version: 2, blanks: Record<string, string>} | null} */
  const clean = ({ blanks }) => {
    if (!blanks || typeof blanks !== "object" || Array.isArray(blanks)) return null;
    const entries = Object.entries(blanks);
    const good = entries.length <= 12
      && entries.every(([name, text]) => /^[a-z0-9-]{1,60}$/.test(name) && typeof text === "string" && text.length <= LONGEST);
    return good ? { version: 2, blanks: Object.fromEntries(entries) } : null;
  };
  /** By the id of the line: one that changes its place keeps its value. @type {Kept<{version: 2, blanks: Record<string, string>}>} */
  const kept = vault("guide:affiche:2", { version: 2, clean }, () => ({ version: 2, blanks: {} }));
  /** @type {Kept<{version: 1, shown: boolean}>} */
  const choice = vault("guide:urgence:1", { version: 1, clean: ({ shown }) => ({ version: 1, shown: shown === true }) },
    () => ({ version: 1, shown: false }));

  /** What a phone dials in a text, such as « Bât. 12, M. Petit 01 23 45 67 89 »; empty without a number. @param {string} text */
  const dialled = (text) => {
    const found = (text.replace(/\(0\)/g, "").match(/\+?\d[\d\s.-]*\d/g) ?? []).map((number) => number.replace(/[^\d+]/g, ""));
    return found.find((number) => number.length > 7) ?? found[0] ?? "";
  };

  /** Why this cannot be dialled, in words for the reader; empty when it can, or when there is nothing. @param {string} text */
  const fault = (text) => {
    if (!text.trim()) return "";
    if (/[^\d\s.+()-]/.test(text)) return "Ce numéro contient autre chose que des chiffres : gardez les chiffres, les espaces et le +.";
    const digits = text.replace(/\D/g, "").length;
    return digits < 2 || digits > 15 ? "Ce numéro est trop court ou trop long : vérifiez-le sur une facture." : "";
  };

  window.guide.own = {
    LONGEST, kept, dialled, fault,
    shown: () => choice.read().shown,
    /** @param {boolean} shown */
    show: (shown) => choice.write({ version: 1, shown }),
    /** @param {() => void} changed */
    watch: (changed) => { kept.watch(changed); choice.watch(changed); },
  };
})();
