/**
 * When a search finds nothing, the list offers Urgence and the themes instead of staying empty.
 *
 * The entries have the theme's own markup, so that they look and move like results.
 */
(() => {
  "use strict";

  /** Label and address of Urgence and of each theme of the home page (names.js). @type {[string, string][]} */
  const ENTRIES = window.guide.names.entries;

  /** @param {string} label @param {string} address */
  const entry = (label, address) => {
    const item = document.createElement("li"), link = document.createElement("a");
    const article = document.createElement("article"), title = document.createElement("h2");
    item.className = "md-search-result__item";
    link.className = "md-search-result__link";
    link.href = address;
    link.tabIndex = -1; // the arrow keys move through results, as in the theme
    article.className = "md-search-result__article md-typeset";
    title.textContent = label;
    article.append(title);
    link.append(article);
    item.append(link);
    return item;
  };

  const settings = document.getElementById("__config");
  const state = document.querySelector(".md-search-result__meta"), list = document.querySelector(".md-search-result__list");
  if (!settings || !state || !list) return;
  const { base, translations } = JSON.parse(settings.textContent ?? "{}");
  const root = new URL(base.endsWith("/") ? base : `${base}/`, location.href);
  // In a folder opened without a server, an address names its file.
  const file = root.protocol === "file:" ? "index.html" : "";

  new MutationObserver(() => {
    if (state.textContent !== translations["search.result.none"] || list.childElementCount) return;
    list.append(...ENTRIES.map(([label, address]) => entry(label, new URL(address + file, root).href)));
  }).observe(state, { childList: true, characterData: true, subtree: true });
})();
