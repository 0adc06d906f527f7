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
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /**
   * Runs `start` now, and again for every page that the theme loads without a full reload.
   * @param {() => void} start
   */
  const onPage = (start) => {
    if (window.document$?.subscribe) window.document$.subscribe(start);
    else start();
  };

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
   * A small record kept on this device only.
   * @param {string} key
   */
  const store = (key) => ({
    /** @returns {Record<string, any>} */
    read() {
      try {
        const value = JSON.parse(localStorage.getItem(key) ?? "{}");
        return value && typeof value === "object" && !Array.isArray(value) ? value : {};
      } catch {
        return {};
      }
    },
    /**
     * @param {Record<string, any>} value
     * @returns {boolean} false when the browser keeps nothing (private window, full disk)
     */
    write(value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    /** @param {() => void} changed called when another tab wrote, or when the page comes back from history */
    watch(changed) {
      addEventListener("storage", (event) => { if (event.key === key) changed(); });
      addEventListener("pageshow", (event) => { if (event.persisted) changed(); });
    },
  });

  return { all, onPage, plural, fold, store };
})();
