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

  /** Puts the words into a link that leads to another page. @param {Event} event */
  const carry = (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link) return;
    if (link.pathname === location.pathname) mark(sought()); // the browser only scrolls
    else link.hash = link.hash.split(SIGN)[0] + SIGN + sought().map(encodeURIComponent).join("+");
  };
  list.addEventListener("click", carry);
  list.addEventListener("auxclick", carry); // into a new tab

  const [anchor, carried] = location.hash.split(SIGN);
  if (carried !== undefined) {
    history.replaceState(history.state, "", location.pathname + location.search);
    if (anchor.length > 1) location.replace(anchor); // the browser goes there, as it would have at first
    try { mark(carried.split("+").map(decodeURIComponent).slice(0, MOST)); } catch { /* an address cut on its way */ }
  }
})();
