/**
 * Opens the search: by its button, « / » or Ctrl K. The engine and the index are loaded then, and not before.
 *
 * Classic scripts, not fetch: a page opened from a folder may load the former only. Without them the box still leads on.
 */
(() => {
  "use strict";
  const { make, say, names } = window.guide;
  const box = /** @type {HTMLDialogElement | null} */ (document.getElementById("search"));
  const field = box?.querySelector("input"), state = box?.querySelector("[role=status]"), found = box?.querySelector(".g-search__found");
  if (!box?.showModal || !field || !state || !found) return;

  const root = new URL(`${(document.documentElement.dataset.root ?? ".").replace(/\/$/, "")}/`, location.href);

  /** The address of a page: in a folder opened without a server it names its file. @param {string} address « urgence/#appeler » */
  const at = (address) => new URL(location.protocol === "file:" ? address.replace(/(^|\/)(?=#|$)/, "$1index.html") : address, root).href;

  /** @param {string | undefined} address from this page @returns {Promise<void>} */
  const load = (address) => new Promise((done, failed) => {
    if (!address) failed(new Error("this site has no search"));
    document.head.append(make("script", { src: address, onload: () => done(), onerror: () => failed(new Error(address)) }));
  });

  /** What can be done when nothing can be searched, or nothing was found: Urgence, the themes, the menu. */
  const wayOn = () => {
    const menu = document.getElementById("menu");
    const links = names.entries.map(([label, address]) => make("li", {}, make("a", { href: at(address) }, label)));
    const open = make("button", { type: "button", class: "g-button", onclick: () => { box.close(); menu?.showPopover(); } }, "Ouvrir le menu");
    return [make("ul", { class: "g-search__ways" }, ...links), ...(menu?.showPopover && !menu.checkVisibility() ? [open] : [])];
  };

  /** @type {Promise<void> | undefined} */
  let ready;
  const start = async () => {
    try {
      say(state, ready ? state.textContent ?? "" : "Chargement de la recherche…");
      await (ready ??= Promise.all([load(box.dataset.index), load(box.dataset.program)])
        .then(() => window.guide.search.begin({ box, field, state, found, at, wayOn })));
    } catch {
      ready = undefined; // the next opening tries again
      say(state, "La recherche n’a pas pu être chargée. Passez par le menu, ou ouvrez :");
      found.replaceChildren(...wayOn());
    }
  };

  const open = () => {
    if (box.open) return;
    box.showModal();
    field.select();
    start();
  };

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest("[data-search]")) open();
    if (event.target === box || event.target.closest("[data-search-close]")) box.close();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input,textarea,select,[contenteditable]");
    const asked = (event.ctrlKey || event.metaKey) ? event.key.toLowerCase() === "k" && !event.altKey && !event.shiftKey : event.key === "/" && !typing && !event.altKey;
    if (!asked) return;
    event.preventDefault();
    open();
  });

  /* A link to a search: « ?q=sauvegarde ». */
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    open();
  }

  /* The pages of this visit, offered by an empty search. They go with the tab. */
  const KEY = "guide:pages-lues", MOST = 6;
  try {
    const here = [location.href.slice(root.href.length).replace(/[?#].*$/, ""), document.querySelector("h1")?.textContent?.trim() ?? ""];
    /** @type {[string, string][]} */
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    sessionStorage.setItem(KEY, JSON.stringify([here, ...kept.filter(([address]) => address !== here[0])].slice(0, MOST)));
  } catch { /* a browser that keeps nothing, or something else under this name */ }
})();
