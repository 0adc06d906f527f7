/**
 * The words that led from the search to a page are marked in that page.
 *
 * They travel in the session of this tab, not in the address, which a server would write down; they are read once.
 * Nothing is added to the page (CSS highlights), so that no other script is disturbed. A browser without them marks nothing.
 */
(() => {
  "use strict";
  const KEY = "guide:mots-cherches", MOST = 40;
  const article = document.querySelector(".md-content__inner");

  /** The spelling that is compared: no capital, no accent, no plural. @param {string} word */
  const plain = (word) => window.guide.fold(word).replace(/(?<=..)[sx]$/, "");

  /** @param {string[]} sought */
  const mark = (sought) => {
    if (!article || !("highlights" in CSS)) return;
    const wanted = new Set(sought.map(plain)), ranges = [];
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      // Every word of the text, compounds in one piece (« e-mail »).
      for (const { 0: word, index } of (node.nodeValue ?? "").matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)) {
        if (!wanted.has(plain(word))) continue;
        const range = new Range();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("guide-found", new Highlight(...ranges));
  };

  /** Marks words in the page that a result leads to. @param {string[]} words @param {string} address */
  window.guide.found = (words, address) => {
    const sought = [...new Set(words)].slice(0, MOST);
    if (new URL(address).pathname === location.pathname) mark(sought); // the browser only scrolls
    else try { sessionStorage.setItem(KEY, JSON.stringify(sought)); } catch { /* a browser that keeps nothing */ }
  };

  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept) mark(JSON.parse(kept));
  } catch { /* the same */ }
})();
