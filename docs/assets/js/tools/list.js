/** Long lists: words, letter, what the fields choose, order. Every entry shows without it, folded. */
(() => {
  "use strict";
  const { all, fold, make, plural, say } = window.guide;

  /**
   * An entry says in `data-…` the values that each field may ask for; an entry without a role is for everybody.
   * @param {HTMLElement} entry @param {string} text folded @param {Record<string, string>} want
   */
  const fits = (entry, text, want) => Object.entries(want).every(([name, value]) => {
    if (name === "text") return fold(value).split(/\s+/).every((word) => text.includes(word));
    const known = entry.dataset[name] ?? "";
    return !value || known === value || known.split(" ").includes(value) || (name === "role" && !known);
  });

  /** @param {HTMLElement} entry @param {string} by @returns {string} what an order compares */
  const key = (entry, by) => (by === "published" ? entry.dataset.published
    : entry.querySelector(by === "publisher" ? ".g-line__by" : "h3")?.textContent?.trim()) ?? "";

  /** @param {string} by @returns {(a: HTMLElement, b: HTMLElement) => number} undated ones last */
  const order = (by) => (a, b) => (by === "published" ? key(b, by).localeCompare(key(a, by))
    : by === "publisher" ? key(a, by).localeCompare(key(b, by), "fr") : 0) || key(a, "title").localeCompare(key(b, "title"), "fr");

  /** @param {HTMLElement} tool */
  const prepare = (tool) => {
    const { rows: selector = "", one = "", many = "" } = tool.dataset;
    const entries = all(selector).map((element) => ({ element, home: element.parentElement, text: fold(element.textContent ?? "") }));
    const lists = /** @type {HTMLElement[]} */ ([...new Set(entries.map(({ home }) => home))]);
    const fields = /** @type {HTMLInputElement[]} */ (all("[data-want]", tool)), letters = all("[data-letter]", tool);
    const sort = /** @type {HTMLSelectElement | null} */ (tool.querySelector("[data-sort]"));
    const single = make("ul", { class: "g-list g-lines", hidden: true });
    const title = make("h2", { id: "rangees", hidden: true }, "Toutes, dans cet ordre");
    if (sort) tool.after(title, single);

    const filter = () => {
      const want = Object.fromEntries(fields.map(({ dataset, value }) => [dataset.want, value]));
      want.letter = letters.find((letter) => letter.ariaPressed === "true")?.textContent ?? "";
      for (const { element, text } of entries) element.hidden = !fits(element, text, want);
      for (const list of lists) {
        if (!list.matches(".g-lines")) continue;
        list.hidden = Boolean(sort?.value) || !list.querySelector(":scope > :not([hidden])");
        const heading = list.previousElementSibling;
        if (heading instanceof HTMLHeadingElement && lists.length > 1) heading.hidden = list.hidden;
      }
      single.hidden = title.hidden = !sort?.value;
      const shown = entries.filter(({ element }) => !element.hidden).length;
      say(tool.querySelector(".g-count"), shown ? `${plural(shown, one, many)} sur ${entries.length}`
        : "Rien ne correspond. Effacez un choix, ou essayez un mot plus court.");
    };
    sort?.addEventListener("change", () => {
      if (sort.value) single.append(...entries.map(({ element }) => element).sort(order(sort.value)));
      else for (const { element, home } of entries) home?.append(element);
      filter();
    });
    for (const field of fields) field.addEventListener("input", filter);
    for (const letter of letters) {
      letter.addEventListener("click", () => {
        for (const each of letters) each.ariaPressed = String(each === letter && each.ariaPressed !== "true");
        filter();
      });
    }
    // A letter of the page leads to a part that a word may have hidden.
    for (const link of all("nav.g-letters a")) {
      link.addEventListener("click", () => { for (const field of fields) field.value = ""; filter(); });
    }
    tool.hidden = false;
    filter();
  };

  for (const tool of all("[data-tool=list]")) prepare(tool);
  // A link of another page to one entry: the browser looked for it before the list was ready.
  document.querySelector(":target")?.scrollIntoView();
})();
