/**
 * « Ma checklist »: ticks, « sans objet » and its reason, notes, filters, progress, what has changed.
 * The plain list reads and prints without it. Export and import are in transfer.js.
 */
(() => {
  "use strict";
  const { all, dayInWords, make, plural, say, today, tracking } = window.guide;
  const { kept } = tracking;

  /** @type {HTMLElement[]} */
  let items = [];

  /** @param {HTMLElement} item @returns {{id: string, former: string[], hash: string}} */
  const point = (item) => ({
    id: item.id,
    former: (item.dataset.former ?? "").split(" ").filter(Boolean),
    hash: tracking.hash(all("[data-said]", item).map((part) => part.textContent).join(" ")),
  });
  const points = () => items.map(point);
  /** @param {HTMLElement} item */
  const labelOf = (item) => item.querySelector(".g-check__do")?.textContent?.trim() ?? "";

  /** Changes the record and keeps it; the first change is also the first visit. @param {(state: any) => void} change */
  const update = (change) => {
    const state = kept.read();
    if (!Object.keys(state.seen).length) tracking.acknowledge(state, points());
    change(state);
    kept.write(state);
    document.dispatchEvent(new CustomEvent("guide:tracking"));
  };
  /** @param {string} id @param {any} change */
  const mark = (id, change) => update((state) => tracking.mark(state, id, change, new Date().toISOString()));

  /** @param {any} found */
  const says = (found) => [
    found?.s === "done" && `Coché le ${dayInWords(found.d)}`,
    found?.s === "na" && (found.why ? `Sans objet ici : ${found.why}` : "Sans objet ici"),
    found?.note && `Note : ${found.note}`,
  ].filter(Boolean).join(". ");

  /** What only makes sense with scripts is added where the page does not hold it already. @param {HTMLElement} item */
  const complete = (item) => {
    const title = item.querySelector("summary")?.firstChild;
    if (title) title.textContent = "Pourquoi, comment, noter";
    if (!item.querySelector(".g-check__state")) {
      item.querySelector(".g-check__meta")?.append(" ", make("span", { class: "g-check__state", role: "status" }));
    }
  };

  /**
   * Day, « sans objet » and its reason, note of one point, made when its fold is first opened. All of them stay in their
   * place: what cannot be filled yet is only disabled, so that a tick moves nothing under the finger.
   * @param {HTMLElement} item */
  const addFields = (item) => {
    const place = item.querySelector("details");
    if (!place || place.querySelector(".g-note")) return;
    /** @param {string} name @param {string} label @param {HTMLElement} field */
    const row = (name, label, field) => {
      field.id = `${name}-${item.id}`;
      field.dataset.part = name;
      return make("div", { class: "g-field" }, make("label", { htmlFor: field.id }, label, make("span", { class: "g-vh" }, ` : ${labelOf(item)}`)), field);
    };
    place.append(make("div", { class: "g-note" },
      row("d", "Fait le", make("input", { type: "date", autocomplete: "off" })),
      make("label", { class: "g-check__na" }, make("input", { type: "checkbox", class: "g-na" }), "Sans objet", make("span", { class: "g-vh" }, ` : ${labelOf(item)}`)),
      row("why", "parce que", make("input", { type: "text", maxLength: 300, autocomplete: "off" })),
      row("note", "Note", make("textarea", { rows: 2, maxLength: 2000, class: "g-note__field", autocomplete: "off" }))));
    paintFields(item, kept.read().items[item.id]);
  };

  /** @param {HTMLElement} item @param {any} found */
  const paintFields = (item, found) => {
    for (const field of /** @type {HTMLInputElement[]} */ (all("[data-part]", item))) {
      const part = field.dataset.part ?? "";
      if (field !== document.activeElement) field.value = found?.[part] ?? "";
      field.disabled = (part === "d" && found?.s !== "done") || (part === "why" && found?.s !== "na");
    }
    Object.assign(item.querySelector(".g-na") ?? {}, { checked: found?.s === "na" });
  };

  /** A bar where the page has none. */
  const bar = () => {
    let found = document.querySelector(".g-progress");
    if (!found) {
      found = make("div", { class: "g-progress" }, make("p", { role: "status" }), make("progress", { "aria-label": "Avancement de la checklist" }));
      const first = document.querySelector(".g-checks"), before = first?.previousElementSibling;
      (before && /^H[2-4]$/.test(before.tagName) ? before : first)?.before(found);
    }
    if (found instanceof HTMLElement) found.hidden = false;
    return found;
  };

  /** @param {any} state */
  const paintProgress = (state) => {
    const { done, na, total } = tracking.progress(state, items.map(({ id }) => id));
    const found = bar();
    const text = `${plural(done, "point fait", "points faits")} sur ${total}${na ? ", " + na + " sans objet" : ""}`;
    const voice = found.querySelector("p");
    if (voice && voice.textContent !== text) voice.textContent = text;
    Object.assign(found.querySelector("progress") ?? {}, { max: Math.max(1, total), value: done });
    for (const theme of all(".g-theme")) {
      const here = items.filter(({ dataset }) => dataset.group === theme.dataset.theme).map(({ id }) => id);
      const part = tracking.progress(state, here);
      theme.hidden = false;
      Object.assign(theme.querySelector("progress") ?? {}, { max: Math.max(1, part.total), value: part.done });
      say(theme.querySelector("span"), `${part.done} sur ${part.total}${part.na ? ", " + part.na + " sans objet" : ""}`);
    }
  };

  /** @param {any} state */
  const paintChanges = (state) => {
    const box = document.querySelector("[data-tool=changed]");
    if (!(box instanceof HTMLElement)) return;
    const ids = tracking.changes(state, points());
    box.hidden = !ids.length;
    say(box.querySelector("p"), ids.length
      ? `${plural(ids.length, "point a changé", "points ont changé")} depuis votre dernière visite` : "");
    box.querySelector("ul")?.replaceChildren(...ids.map((/** @type {string} */ id) =>
      make("li", {}, make("a", { href: `#${id}` }, labelOf(/** @type {HTMLElement} */ (document.getElementById(id)))))));
  };

  const paint = () => {
    const state = kept.read();
    // also after an import, whose file may be older than a new name
    if (tracking.carryOver(state, points())) kept.write(state);
    for (const item of items) {
      const found = state.items[item.id];
      Object.assign(item.querySelector(".g-tick") ?? {}, { checked: found?.s === "done" });
      item.dataset.state = found?.s ?? "";
      const voice = item.querySelector(".g-check__state");
      if (voice && voice.textContent !== says(found)) voice.textContent = says(found);
      paintFields(item, found);
    }
    paintProgress(state);
    paintChanges(state);
    say(document.querySelector("[data-tool=trouble]"), kept.says());
    filter();
  };

  /** @param {DOMStringMap} data @param {Record<string, string | boolean>} want @param {boolean} marked */
  const fits = (data, want, marked) =>
    (!want.role || (data.role ?? "").split(" ").includes(String(want.role)))
    && (!want.group || data.group === want.group)
    && (!want.frequency || data.frequency === want.frequency)
    && (!want.priority || data.priority === want.priority)
    && !(want.todo && marked);

  const filter = () => {
    const marks = kept.read().items;
    const want = Object.fromEntries(/** @type {HTMLInputElement[]} */ (all("[data-filter]")).map((field) =>
      [field.dataset.filter, field.type === "checkbox" ? field.checked : field.value]));
    for (const item of items) {
      item.hidden = !fits(item.dataset, want, Boolean(marks[item.id]?.s)) && !item.contains(document.activeElement);
    }
    for (const list of all(".g-checks")) {
      const empty = !list.querySelector(".g-check:not([hidden])");
      list.hidden = empty;
      for (let before = list.previousElementSibling; before instanceof HTMLElement; before = before.previousElementSibling) {
        if (!/^H2$/.test(before.tagName) && !before.matches(".g-theme")) break;
        before.hidden = empty;
        if (before.tagName === "H2") break;
      }
    }
    const shown = items.filter((item) => !item.hidden).length;
    const active = Object.values(want).filter(Boolean).length;
    say(document.querySelector("[data-active]"), active ? ` (${active})` : "");
    say(document.querySelector(".g-count"), plural(shown, "point affiché", "points affichés"));
  };

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!items.length || !(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    const item = field.closest(".g-check");
    const state = field.matches(".g-tick") ? "done" : field.matches(".g-na") ? "na" : "";
    if (item && state && field instanceof HTMLInputElement) {
      mark(item.id, field.checked ? { s: state, d: today() } : { s: "", d: "" });
      if (field.checked && state === "na") /** @type {HTMLElement | null} */ (item.querySelector("[data-part=why]"))?.focus();
    }
    if (field.matches("[data-filter]")) filter();
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.dataset.part) return;
    const item = field.closest(".g-check");
    if (item && (field.dataset.part !== "d" || field.value)) mark(item.id, { [field.dataset.part]: field.value });
  });
  document.addEventListener("toggle", (event) => {
    const item = event.target instanceof HTMLDetailsElement && event.target.open && event.target.closest(".g-check");
    if (item) addFields(/** @type {HTMLElement} */ (item));
  }, true);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-do=seen]")) update((state) => tracking.acknowledge(state, points()));
  });
  document.addEventListener("guide:tracking", () => { if (items.length) paint(); });
  kept.watch(() => { if (items.length) paint(); });

  items = all(".g-check");
  if (!items.length) return;
  items.forEach(complete);
  for (const tool of all("[data-tool=filters], [data-tool=keep]")) {
    tool.hidden = false;
    if (tool instanceof HTMLDetailsElement) tool.open = matchMedia("(min-width: 45em)").matches;
  }
  paint();
})();
