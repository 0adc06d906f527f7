/**
 * Shared helpers of the guide's scripts, in one namespace. Loaded first; every page stays complete without it.
 * Classic scripts: modules do not load from file://.
 */
window.guide = (() => {
  "use strict";

  /**
   * All elements that match, as an array.
   * @param {string} selector
   * @param {ParentNode} [root]
   * @returns {HTMLElement[]}
   */
  const all = (selector, root = document) => /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);

  /**
   * « 1 point fait », « 2 points faits » (French: zero and one are singular).
   * @param {number} count
   * @param {string} one
   * @param {string} many
   */
  const plural = (count, one, many) => `${count} ${count > 1 ? many : one}`;

  /**
   * Lower case without accents, œ and æ in two letters: what is compared when someone types.
   * @param {string} text
   */
  const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "");

  /**
   * An element with properties or attributes, and children. Strings become text, never markup.
   * @param {string} tag
   * @param {Record<string, any>} [set] `class`, `data-…`, `aria-…` and the like as attributes, the rest as properties
   * @param {...(Node | string)} children
   * @returns {HTMLElement}
   */
  const make = (tag, set = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(set)) {
      if (name in element) /** @type {any} */ (element)[name] = value;
      else if (value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  /**
   * Hands the reader a file made on this device; nothing leaves it.
   * @param {string} name
   * @param {string} type
   * @param {string} text
   */
  const download = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = make("a", { href: address, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60e3);
  };

  /**
   * Prints one part of the page only (tools.css hides the rest), then puts the page back.
   * @param {string} what value of `data-print-only` on the root, such as `sheet`
   */
  const printOnly = (what) => {
    const root = document.documentElement;
    root.dataset.printOnly = what;
    addEventListener("afterprint", () => { delete root.dataset.printOnly; }, { once: true });
    print();
  };

  /** Text is only written when it differs: unchanged text would be read aloud again. @param {Element | null} where @param {string} text */
  const say = (where, text) => {
    if (!where) return;
    if (where.textContent !== text) where.textContent = text;
    if (where instanceof HTMLElement && where.hasAttribute("role")) where.hidden = text === "";
  };

  /** As tall as its text, on the screen and on paper. @param {HTMLTextAreaElement} field */
  const fit = (field) => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };

  /** @returns {string} today on this device, not in Greenwich: YYYY-MM-DD */
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };

  /** « 2 octobre 2026 » for a stored day. @param {string} day YYYY-MM-DD */
  const dayInWords = (day) => {
    const date = new Date(`${day}T12:00`);
    return Number.isNaN(date.getTime()) ? day : date.toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });
  };

  /** @type {Helpers} */
  const helpers = { all, plural, fold, make, download, printOnly, say, fit, today, dayInWords };
  return /** @type {Guide} the other scripts add the rest */ (helpers);
})();
