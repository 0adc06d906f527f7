/**
 * Header and drawer buttons, light / dark switch, search field, printing.
 *
 * Material drives its menu and its search with two hidden tick boxes; theme.py has put real buttons in front of
 * them. Listeners sit on the document, so that they outlive a page change.
 */
(() => {
  "use strict";
  const { all } = window.guide;

  /** @param {string | undefined} id @returns {HTMLInputElement | null} */
  const box = (id) => /** @type {HTMLInputElement | null} */ (id ? document.getElementById(id) : null);
  const drawer = () => box("__drawer");
  /** @param {string} id @returns {HTMLElement | null} */
  const headerButton = (id) => document.querySelector(`.md-header__button[data-ui-toggle=${id}]`);

  /* Menu and search ------------------------------------------------------------------------------------------ */

  const covered = matchMedia("(max-width: 59.984375em)"); // the search fills the screen of a phone

  /** Says on each button whether what it opens is open, and keeps the keyboard out of what is covered or closed. */
  const sync = () => {
    for (const button of all(".md-header__button[data-ui-toggle]")) {
      button.setAttribute("aria-expanded", String(box(button.dataset.uiToggle)?.checked ?? false));
    }
    const menu = Boolean(drawer()?.checked), search = Boolean(box("__search")?.checked) && covered.matches;
    for (const part of all(".md-header")) part.inert = menu;
    for (const part of all(".md-content, .md-sidebar--secondary, .md-footer")) part.inert = menu || search;
    for (const part of all(".md-header__inner > :not(.md-search), .md-tabs")) part.inert = search;
    for (const part of all(".md-search")) part.inert = covered.matches && !search;
  };

  /** @param {string} id */
  const toggle = (id) => {
    box(id)?.click();
    sync();
    namePalette(); // only now: the theme's script, which shows one of the buttons, comes after this one
    const open = box(id)?.checked, first = id === "__drawer" ? ".g-drawer__close" : "[data-md-component=search-query]";
    // what opens is focusable only once its style is computed
    requestAnimationFrame(() => (open ? document.querySelector(first) : headerButton(id))?.focus());
  };

  document.addEventListener("change", (event) => {
    if (event.target === drawer() || event.target === box("__search")) sync();
  });
  // Material closes both when a link is followed, without a change event that bubbles in every case.
  addEventListener("hashchange", sync);
  covered.addEventListener("change", sync);
  window.guide.onPage(sync);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (drawer()?.checked) toggle("__drawer");
    // Material has closed the search and dropped the focus by the time the event ends.
    else if (covered.matches && document.activeElement?.closest(".md-search")) {
      setTimeout(() => { sync(); headerButton("__search")?.focus(); });
    }
  }, true);

  /* Light or dark -------------------------------------------------------------------------------------------- */

  const paletteButtons = () => all("[data-ui-check]");
  const shownPalette = () => paletteButtons().find((button) => !button.hidden);

  /** The drawer's button says what the header's says. */
  const namePalette = () => {
    const copy = document.querySelector("[data-ui-palette]"), shown = shownPalette();
    if (!copy || !shown) return;
    copy.innerHTML = shown.innerHTML; // the theme's own icon, copied from this very page
    copy.append(shown.getAttribute("aria-label") ?? ""); // the theme turns titles into tooltips of its own
  };

  /** @param {HTMLElement} button the header's button that is shown */
  const nextPalette = (button) => {
    box(button.dataset.uiCheck)?.click();
    namePalette();
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    if (button.dataset.uiToggle) toggle(button.dataset.uiToggle);
    if (button.dataset.uiCheck) {
      nextPalette(button);
      shownPalette()?.focus();
    }
    if ("uiPalette" in button.dataset) {
      const shown = shownPalette();
      if (shown) nextPalette(shown);
    }
    if ("print" in button.dataset) print();
  });
  // Material listens to Enter on the whole form: the click alone must count.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest("[data-ui-check]")) {
      event.stopPropagation();
    }
  }, true);

  /* Search field: Material listens to keyup only, so a pasted or dictated query does nothing -------------------- */

  let typed = 0;
  document.addEventListener("keydown", () => { typed = performance.now(); }, true);
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.dataset.mdComponent !== "search-query") return;
    if (performance.now() - typed < 50) return; // its own keyup is on the way
    field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  });

  /* Paper: folds are opened, then put back ----------------------------------------------------------------------- */

  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = /** @type {HTMLDetailsElement[]} */ (all("details:not([open], .g-check details)"));
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
})();
