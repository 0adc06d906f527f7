/**
 * Checklist: ticks and « sans objet » kept on this device by stable id, filters, progress.
 * The plain list reads and prints without it.
 */
(() => {
  "use strict";
  const { all, onPage, plural, store } = window.guide;

  /** @typedef {{s: "done" | "na", d: string}} Mark what was ticked, and the day (local, YYYY-MM-DD) */

  const kept = store("guide:checklist:1");

  /** @returns {string} today on this device, not in Greenwich */
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  };

  /**
   * Marks under their present ids: a renamed point keeps its tick.
   * @param {Record<string, Mark>} marks
   * @param {HTMLElement[]} items each with `data-former="old-id other-id"` when it was renamed
   */
  const carryOver = (marks, items) => {
    for (const item of items) {
      for (const old of (item.dataset.former ?? "").split(" ").filter(Boolean)) {
        if (marks[old] && !marks[item.id]) marks[item.id] = marks[old];
        delete marks[old];
      }
    }
    return marks;
  };

  /** @param {Mark | undefined} mark */
  const says = (mark) => {
    if (mark?.s === "na") return "Sans objet au cabinet";
    if (mark?.s !== "done") return "";
    return `Coché le ${new Date(`${mark.d}T12:00`).toLocaleDateString("fr-FR")}`;
  };

  /**
   * @param {DOMStringMap} data of one point
   * @param {Record<string, string | boolean>} want value of each filter
   * @param {boolean} marked
   */
  const fits = (data, want, marked) =>
    (!want.role || (data.role ?? "").split(" ").includes(String(want.role)))
    && (!want.frequency || data.frequency === want.frequency)
    && (!want.priority || data.priority === want.priority)
    && !(want.todo && marked);

  /** What only makes sense with JavaScript is added where the page does not hold it already. @param {HTMLElement} item */
  const complete = (item) => {
    if (!item.querySelector(".g-na")) {
      const label = document.createElement("label"), box = document.createElement("input");
      const about = document.createElement("span");
      label.className = "g-check__na";
      Object.assign(box, { type: "checkbox", className: "g-na" });
      about.className = "g-vh";
      about.textContent = ` : ${item.querySelector(".g-check__do")?.textContent.trim() ?? ""}`;
      label.append(box, "Sans objet", about);
      item.querySelector(".g-check__row")?.append(label);
    }
    if (!item.querySelector(".g-check__state")) {
      const state = document.createElement("span");
      state.className = "g-check__state";
      state.setAttribute("role", "status");
      item.querySelector(".g-check__meta")?.append(" ", state);
    }
  };

  /** @returns {void} a progress bar before the first list, where the page has none */
  const addProgress = () => {
    if (document.querySelector(".g-progress")) return;
    const bar = document.createElement("div"), text = document.createElement("p");
    const progress = document.createElement("progress");
    bar.className = "g-progress";
    text.setAttribute("role", "status");
    progress.setAttribute("aria-label", "Avancement de la checklist");
    bar.append(text, progress);
    const first = document.querySelector(".g-checks");
    (first?.closest(".g-group") ?? headingBefore(first) ?? first)?.before(bar);
  };

  /** @param {Element | null} list */
  const headingBefore = (list) => {
    const before = list?.previousElementSibling;
    return before && /^H[2-4]$/.test(before.tagName) ? before : null;
  };

  /** @type {HTMLElement[]} */
  let items = [];
  let lost = false;

  const paint = () => {
    const marks = kept.read();
    let done = 0, na = 0;
    for (const item of items) {
      const mark = marks[item.id];
      item.querySelector(".g-tick").checked = mark?.s === "done";
      item.querySelector(".g-na").checked = mark?.s === "na";
      done += Number(mark?.s === "done");
      na += Number(mark?.s === "na");
      // Unchanged text is left alone: it would be read aloud again.
      const state = item.querySelector(".g-check__state");
      if (state && state.textContent !== says(mark)) state.textContent = says(mark);
    }
    const total = items.length - na;
    const text = `${plural(done, "point fait", "points faits")} sur ${total}${na ? `, ${na} sans objet` : ""}`;
    const bar = document.querySelector(".g-progress");
    if (!bar) return;
    bar.querySelector("p").textContent = lost ? `${text}. Ce navigateur ne garde pas les coches.` : text;
    Object.assign(bar.querySelector("progress"), { max: Math.max(1, total), value: done });
  };

  const filter = () => {
    const marks = kept.read();
    const want = Object.fromEntries(all("[data-filter]").map((field) =>
      [field.dataset.filter, field.type === "checkbox" ? field.checked : field.value]));
    for (const item of items) item.hidden = !fits(item.dataset, want, Boolean(marks[item.id]));
    for (const group of all(".g-group")) group.hidden = !group.querySelector(".g-check:not([hidden])");
    const count = document.querySelector(".g-count");
    const shown = items.filter((item) => !item.hidden).length;
    if (count) count.textContent = plural(shown, "point affiché", "points affichés");
  };

  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!items.length || !(field instanceof HTMLElement)) return;
    const item = field.closest(".g-check");
    const state = field.matches(".g-tick") ? "done" : field.matches(".g-na") ? "na" : "";
    if (item && state) {
      const marks = kept.read();
      if (field.checked) marks[item.id] = { s: state, d: today() };
      else delete marks[item.id];
      lost = !kept.write(marks);
      paint();
    }
    if (field.matches("[data-filter]")) filter();
  });

  kept.watch(() => { if (items.length) paint(); });
  onPage(() => {
    items = all(".g-check");
    if (!items.length) return;
    items.forEach(complete);
    addProgress();
    const marks = kept.read(), before = JSON.stringify(marks);
    if (JSON.stringify(carryOver(marks, items)) !== before) kept.write(marks);
    paint();
    filter();
  });
})();
