/**
 * What surrounds every text: choice of light or dark, menu, definitions, contents list, folds. The page is whole without it:
 * the menu opens by itself (popover), a definition is a title, a fold opens at a touch.
 */
(() => {
  "use strict";
  const { all, make } = window.guide;
  const root = document.documentElement;
  /** The root of the guide: everything is addressed from there. */
  const base = new URL(root.dataset.root ?? ".", location.href);
  if (!base.pathname.endsWith("/")) base.pathname += "/";

  /* Light or dark, under the key and in the shape of the theme that this guide had before: nobody loses a choice. -------- */

  const KEY = `${new URL(root.dataset.root ?? ".", location.href).pathname}.__palette`;
  /** @type {Record<string, string>} */
  const NEXT = { auto: "automatique. Passer au clair", light: "clair. Passer au sombre", dark: "sombre. Passer à l’automatique" };
  const MODES = Object.keys(NEXT), dark = matchMedia("(prefers-color-scheme:dark)");
  const mode = () => root.dataset.theme ?? "auto";
  const isDark = () => mode() === "dark" || (mode() === "auto" && dark.matches);

  const show = () => {
    root.dataset.mdColorScheme = isDark() ? "slate" : "default";
    for (const button of all("[data-theme-next]")) {
      button.hidden = false;
      button.title = `Affichage : ${NEXT[mode()]}`;
      button.setAttribute("aria-label", button.title);
    }
    for (const choice of all(".g-menu__foot")) choice.hidden = false;
    for (const radio of /** @type {HTMLInputElement[]} */ (all(".g-menu__foot input"))) radio.checked = radio.value === mode();
  };

  /** @param {string} chosen */
  const choose = (chosen) => {
    root.dataset.theme = chosen;
    const media = chosen === "auto" ? "(prefers-color-scheme)" : `(prefers-color-scheme: ${chosen})`;
    const color = { media, scheme: isDark() ? "slate" : "default", primary: "custom", accent: "custom" };
    try { localStorage.setItem(KEY, JSON.stringify({ index: MODES.indexOf(chosen), color })); } catch { /* for this page only */ }
    show();
  };

  dark.addEventListener("change", show);
  show();

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    if ("themeNext" in button.dataset) choose(MODES[(MODES.indexOf(mode()) + 1) % MODES.length]);
    if ("print" in button.dataset) print();
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.name === "theme") choose(event.target.value);
  });

  /* Menu: what it covers is out of the keyboard's reach while it is open; given back before it closes, or the focus could
     not return to its button. The other sections are asked for the first time it opens, then open in place. ------------- */

  const menu = document.getElementById("menu");
  /** @param {boolean} on */
  const cover = (on) => { for (const part of all(".g-skip, .g-head, .g-main, .g-toc, .g-bottom")) part.inert = on; };
  menu?.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "closed") return cover(false);
    const address = menu.dataset.sections;
    delete menu.dataset.sections;
    if (address) document.head.append(make("script", { src: address }));
  });
  menu?.addEventListener("toggle", (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === "open";
    cover(open);
    if (open) menu.querySelector("button")?.focus();
  });

  /**
   * Called by the file of the sections: a link to a section becomes a fold with its pages.
   * @param {[string, string][][]} sections for each entry of the menu, title and address (from the root) of its pages
   */
  window.guide.sections = (sections) => {
    const file = location.protocol === "file:" ? "index.html" : ""; // in a folder, an address names its file
    for (const item of all("[data-section]", menu ?? document)) {
      const pages = sections[Number(item.dataset.section)] ?? [], link = item.querySelector("a");
      if (!link || !pages.length || item.classList.contains("g-menu__urgent")) continue;
      const rows = pages.map(([title, path]) => make("li", {}, make("a", { href: new URL(path + file, base).href }, title)));
      const fold = make("details", {}, make("summary", {}, link.textContent ?? ""), make("ul", {}, ...rows));
      const focused = document.activeElement === link;
      link.replaceWith(fold);
      if (focused) fold.querySelector("summary")?.focus();
    }
  };

  /* Definitions: shown on hover, focus and touch, closed by Escape. ---------------------------------------------------- */

  if ("popover" in HTMLElement.prototype) {
    const bubble = make("div", { class: "g-definition", role: "tooltip", id: "__definition", popover: "manual" });
    document.body.append(bubble);
    const close = () => { if (bubble.matches(":popover-open")) bubble.hidePopover(); };
    for (const term of all("abbr[title]")) {
      const text = term.title;
      const open = () => {
        bubble.textContent = text;
        term.removeAttribute("title"); // the browser's own would come over it
        bubble.showPopover();
        const at = term.getBoundingClientRect(), box = bubble.getBoundingClientRect();
        bubble.style.left = `${Math.max(8, Math.min(at.left, innerWidth - box.width - 8))}px`;
        bubble.style.top = `${at.bottom + box.height + 8 > innerHeight ? at.top - box.height - 4 : at.bottom + 4}px`;
      };
      term.tabIndex = 0;
      term.setAttribute("aria-describedby", bubble.id);
      for (const name of ["pointerenter", "focus"]) term.addEventListener(name, open);
      for (const name of ["pointerleave", "blur"]) term.addEventListener(name, () => { close(); term.title = text; });
    }
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    addEventListener("scroll", close, { passive: true });
  }

  /* Contents list: which part is on the screen. -------------------------------------------------------------------------- */

  /** @param {string} hash */
  const target = (hash) => {
    try { return document.getElementById(decodeURIComponent(hash.slice(1))); } catch { return null; } // an address cut on its way
  };
  const entries = new Map(/** @type {HTMLAnchorElement[]} */ (all(".g-toc a")).map((link) => [target(link.hash), link]));
  const seen = new IntersectionObserver((changes) => {
    for (const change of changes) {
      if (!change.isIntersecting) continue;
      for (const [part, link] of entries) {
        if (part === change.target) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      }
    }
  }, { rootMargin: "-20% 0px -70%" });
  for (const part of entries.keys()) if (part) seen.observe(part);

  /* Code that may scroll is a stop of the Tab key. */
  for (const code of all("pre > code")) code.tabIndex = 0;

  /* Folds: opened for a link that leads into them, and for paper (the checklist's stay as the reader left them: all eighty
     open make forty sheets). ------------------------------------------------------------------------------------------- */

  const reveal = () => {
    const aimed = target(location.hash), line = aimed?.querySelector(":scope > .g-line");
    for (let fold = line?.closest("details") ?? aimed?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  };
  addEventListener("hashchange", reveal);
  reveal();
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = /** @type {HTMLDetailsElement[]} */ (all(".md-typeset details:not([open], .g-check details)"));
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => { for (const fold of opened.splice(0)) fold.open = false; });
})();
