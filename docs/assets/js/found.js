/**
 * The words that led from the search to a page are marked in that page.
 *
 * They travel in the session of this tab, not in the address, which a server would write down; they are read once.
 * Nothing is added to the page (CSS highlights), so that no other script is disturbed. A browser without them marks nothing.
 */
(() => {
  "use strict";
  const KEY = "guide:mots-cherches", MOST = 40;
  const list = document.querySelector(".md-search-result__list"), article = document.querySelector(".md-content__inner");
  if (!list || !article || !("highlights" in CSS)) return;

  /** The spelling that is compared: no capital, no accent, no plural. @param {string} word */
  const plain = (word) => word.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").replace(/(?<=..)[sx]$/, "");

  /** Every word of a text, compounds in one piece (« e-mail »). @param {string} text */
  const words = (text) => text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu);

  /** @param {string[]} sought */
  const mark = (sought) => {
    const wanted = new Set(sought.map(plain)), ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const { 0: word, index } of words(node.nodeValue ?? "")) {
        if (!wanted.has(plain(word))) continue;
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("guide-found", new Highlight(...ranges));
  };

  /** What the results mark; what was typed, short words aside, when they mark nothing. */
  const sought = () => {
    const marked = [...list.querySelectorAll("mark")].map((each) => each.textContent ?? "");
    const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-component=search-query]"));
    const typed = [...words(field?.value ?? "")].map(([word]) => word).filter((word) => word.length > 3);
    return [...new Set(marked.length ? marked : typed)].slice(0, MOST);
  };

  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link) return;
    if (link.pathname === location.pathname) mark(sought()); // the browser only scrolls
    else try { sessionStorage.setItem(KEY, JSON.stringify(sought())); } catch { /* a browser that keeps nothing */ }
  });

  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept) mark(JSON.parse(kept));
  } catch { /* the same */ }
})();
