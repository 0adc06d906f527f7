/**
 * The words that led from the search to a page are marked in that page.
 *
 * They travel after the « # » of the address, which no browser sends to a server, and leave it as soon as they are read.
 * A store would not do: Firefox keeps one for each file of a folder that is opened without a server.
 * Nothing is added to the page (CSS highlights), so that no other script is disturbed. A browser without them marks nothing.
 */
(() => {
  "use strict";
  const SIGN = "?mots=", MOST = 40;
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

  /** Marks words in the page that a result leads to. @param {string[]} words @param {HTMLAnchorElement} link */
  window.guide.found = (words, link) => {
    const sought = [...new Set(words)].slice(0, MOST);
    if (link.pathname === location.pathname) mark(sought); // the browser only scrolls
    else link.hash = link.hash.split(SIGN)[0] + SIGN + sought.map(encodeURIComponent).join("+");
  };

  const [anchor, carried] = location.hash.split(SIGN);
  if (carried !== undefined) {
    history.replaceState(history.state, "", location.pathname + location.search);
    if (anchor.length > 1) location.replace(anchor); // the browser goes there, as it would have at first
    try { mark(carried.split("+").map(decodeURIComponent).slice(0, MOST)); } catch { /* an address cut on its way */ }
  }
})();
