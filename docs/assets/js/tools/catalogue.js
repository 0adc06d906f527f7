/** Catalogue of resources: words, theme, role, kind, state; order. The whole list, by theme, shows without it. */
(() => {
  "use strict";
  const { all, fold, make, plural, say } = window.guide;

  const NOTHING = "Aucune ressource. Effacez un filtre ou essayez un mot plus court.";

  /** A resource without a role is for everybody. @param {Row} row @param {Want} want */
  const fits = (row, want) =>
    (!want.topic || row.topic === want.topic)
    && (!want.kind || row.kind === want.kind)
    && (!want.role || !row.roles.length || row.roles.includes(want.role))
    && (!want.status || (want.status === "lien" ? row.watch : row.status === want.status))
    && fold(want.text ?? "").split(/\s+/).every((word) => row.text.includes(word));

  /** @param {string} by @returns {(a: Row, b: Row) => number} undated ones last */
  const order = (by) => (a, b) => (by === "published"
    ? b.published.localeCompare(a.published) : (by === "publisher" ? a.publisher.localeCompare(b.publisher, "fr") : 0))
    || a.title.localeCompare(b.title, "fr");

  window.guide.catalogue = { fits, order };

  /** @param {HTMLElement} element @returns {Row} */
  const read = (element) => ({
    topic: element.dataset.topic ?? "",
    kind: element.dataset.kind ?? "",
    status: element.dataset.status ?? "",
    roles: (element.dataset.role ?? "").split(" ").filter(Boolean),
    watch: "watch" in element.dataset,
    text: fold(element.textContent ?? ""),
    title: element.querySelector("h3")?.textContent?.trim() ?? "",
    publisher: element.querySelector(".g-card__by")?.textContent?.trim() ?? "",
    published: element.dataset.published ?? "",
  });

  const tool = document.querySelector("[data-tool=catalogue]"), sort = document.getElementById("r-sort");
  if (!(tool instanceof HTMLElement) || !(sort instanceof HTMLSelectElement)) return;
  tool.hidden = false;
  const lists = all(".g-rows").map((list) => ({ list, heading: list.previousElementSibling, rows: [...list.children] }));
  const rows = lists.flatMap(({ list, rows: items }) =>
    items.map((item) => ({ element: /** @type {HTMLElement} */ (item), home: list, row: read(/** @type {HTMLElement} */ (item)) })));
  const fields = /** @type {HTMLInputElement[]} */ (all("[data-want]", tool));
  const single = make("ul", { class: "g-list g-rows", hidden: true });
  const title = make("h2", { id: "rangees", hidden: true }, "Toutes, dans cet ordre");
  tool.after(title, single);

  const filter = () => {
    const want = Object.fromEntries(fields.map((field) => [field.dataset.want, field.value]));
    for (const { element, row } of rows) element.hidden = !fits(row, want);
    for (const { list, heading } of lists) {
      const empty = Boolean(sort.value) || !list.querySelector(":scope > li:not([hidden])");
      list.hidden = empty;
      if (heading instanceof HTMLElement) heading.hidden = empty;
    }
    single.hidden = title.hidden = !sort.value;
    const shown = rows.filter(({ element }) => !element.hidden).length;
    say(tool.querySelector(".g-count"), shown
      ? `${plural(shown, "ressource affichée", "ressources affichées")} sur ${rows.length}` : NOTHING);
  };
  sort.addEventListener("change", () => {
    if (sort.value) {
      const by = order(sort.value);
      single.append(...[...rows].sort((a, b) => by(a.row, b.row)).map(({ element }) => element));
    } else for (const { element, home } of rows) home.append(element);
    filter();
  });
  for (const field of fields) field.addEventListener("input", filter);
  filter();
  // A link of another page to one resource: the browser looked for it before the list was ready.
  document.querySelector(":target")?.scrollIntoView();
})();
