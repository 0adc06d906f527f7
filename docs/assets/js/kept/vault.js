/**
 * What the reader keeps on this device: read with suspicion, never silently overwritten.
 *
 * Something damaged or too large is moved beside, untouched; something written by a newer guide is left in place and
 * nothing is written any more. `judge` is pure; the rest only knows `localStorage`.
 */
(() => {
  "use strict";
  const LIMIT = 1_000_000; // characters; browsers give a site about five million
  const SHELVES = 5;

  /**
   * @typedef {{verdict: "empty" | "ok" | "damaged" | "large" | "future", value: any}} Judgement
   * @typedef {{version: number, clean: (value: any) => any}} Shape `clean` returns the value with known fields only, or null
   */

  /**
   * What a stored or imported text is worth. A value of version n is an object whose `version` is n.
   * @param {string | null} text
   * @param {Shape} shape
   * @param {number} [limit]
   * @returns {Judgement}
   */
  const judge = (text, shape, limit = LIMIT) => {
    if (text === null || text === "") return { verdict: "empty", value: null };
    if (text.length > limit) return { verdict: "large", value: null };
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return { verdict: "damaged", value: null };
    }
    if (!value || typeof value !== "object" || Array.isArray(value) || !Number.isInteger(value.version) || value.version < 1) {
      return { verdict: "damaged", value: null };
    }
    if (value.version > shape.version) return { verdict: "future", value: null };
    const cleaned = shape.clean(value);
    return cleaned ? { verdict: "ok", value: cleaned } : { verdict: "damaged", value: null };
  };

  /**
   * A record of this device.
   * @param {string} key
   * @param {Shape} shape
   * @param {() => any} blank a new value
   */
  const vault = (key, shape, blank) => {
    /** @type {any} value of this page when the browser keeps nothing */
    let memory = null;
    let trouble = /** @type {"" | "aside" | "future" | "lost"} */ ("");

    /** @param {string} text @returns {boolean} moved to a free place */
    const putAside = (text) => {
      localStorage.removeItem(key);
      for (let shelf = 1; shelf <= SHELVES; shelf += 1) {
        const place = `${key}:mis-de-cote:${shelf}`;
        if (localStorage.getItem(place) !== null) continue;
        try {
          localStorage.setItem(place, text);
          return true;
        } catch {
          break;
        }
      }
      localStorage.setItem(key, text);
      return false;
    };

    const read = () => {
      if (memory) return memory;
      let text;
      try {
        text = localStorage.getItem(key);
      } catch {
        trouble = "lost";
        return (memory = blank());
      }
      const { verdict, value } = judge(text, shape);
      if (verdict === "ok") return value;
      if (verdict === "empty") return blank();
      if (verdict === "future") trouble = "future";
      else trouble = putAside(/** @type {string} */ (text)) ? "aside" : "future";
      if (trouble === "future") memory = blank();
      return blank();
    };

    /**
     * @param {any} value
     * @returns {boolean} false when it is kept for this page only
     */
    const write = (value) => {
      if (memory) {
        memory = value;
        return false;
      }
      try {
        const text = JSON.stringify(value);
        if (text.length > LIMIT) throw new RangeError("too large to be read again");
        localStorage.setItem(key, text);
        return true;
      } catch {
        memory = value;
        trouble = "lost";
        return false;
      }
    };

    /** Forgets the value; what was put aside stays. */
    const clear = () => {
      if (trouble !== "future") {
        memory = null;
        trouble = "";
        try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
      } else memory = blank();
    };

    /** @returns {string[]} the texts that were put aside, as they were found */
    const aside = () => {
      const found = [];
      try {
        for (let shelf = 1; shelf <= SHELVES; shelf += 1) {
          const text = localStorage.getItem(`${key}:mis-de-cote:${shelf}`);
          if (text !== null) found.push(text);
        }
      } catch { /* nothing is kept here */ }
      return found;
    };

    /** In words, for the reader; empty when all is well. */
    const says = () => ({
      "": "",
      aside: "Ce qui était enregistré ici était illisible. Nous l’avons mis de côté, sans rien effacer.",
      future: "Ce qui est enregistré ici vient d’une version plus récente du guide, ou ne peut pas être mis de côté. "
        + "Nous n’y touchons pas : ce que vous faites sur cette page ne sera pas gardé.",
      lost: "Ce navigateur ne garde pas ce que vous faites sur cette page : navigation privée, ou plus de place.",
    })[trouble];

    /** @param {() => void} changed called when another tab wrote, or when the page comes back from history */
    const watch = (changed) => {
      addEventListener("storage", (event) => { if (event.key === key || event.key === null) changed(); });
      addEventListener("pageshow", (event) => { if (event.persisted) changed(); });
    };

    return { read, write, clear, aside, says, watch };
  };

  window.guide.vault = Object.assign(vault, { judge, LIMIT });
})();
