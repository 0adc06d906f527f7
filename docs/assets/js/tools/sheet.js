/**
 * The practice's own A4 sheet: what is typed in its blanks is kept on this device and printed on one page, laid out like
 * the PDF (tools.css). Without it the sheet is a text, and the PDF a link.
 */
(() => {
  "use strict";
  const { all, make, own, printOnly, say } = window.guide;
  const { LONGEST, kept } = own, DAY = 18, SIGNED = 28; // signs; the last two share a line of the foot

  /** A field for the screen and its text for paper. @param {string} name @param {string} label @param {number} longest */
  const blank = (name, label, longest = LONGEST) => {
    const id = `affiche-${name}`;
    return [
      make("label", { htmlFor: id }, label),
      make("input", { type: "text", id, maxLength: longest, autocomplete: "off", "data-field": name }),
      make("span", { class: "g-a4__value", "aria-hidden": "true" }),
    ];
  };

  /** Boxes and lines to fill by hand, on paper only. @param {HTMLElement} group */
  const addMarks = (group) => {
    const marks = group.dataset.marks;
    if (marks === "mois") {
      group.querySelector("h3")?.append(make("span", { class: "g-a4__months", "aria-hidden": "true" }, "mois :",
        ...Array.from({ length: 6 }, () => make("i", {}))));
    }
    for (const item of all("li", group)) {
      const words = make("span", {}, item.textContent ?? "");
      item.replaceChildren(words);
      if (marks === "mois") item.append(make("span", { class: "g-a4__boxes", "aria-hidden": "true" }, ...Array.from({ length: 6 }, () => make("i", {}))));
      if (marks === "date") item.append(make("span", { class: "g-a4__date", "aria-hidden": "true" }, make("i", {}), "le", make("u", {})));
    }
  };

  const sheet = document.querySelector(".g-a4"), tools = document.querySelector("[data-tool=sheet]");
  if (!(sheet instanceof HTMLElement) || !(tools instanceof HTMLElement)) return;
  sheet.dataset.ready = "";
  tools.hidden = false;
  for (const item of all("[data-blank]", sheet)) item.replaceChildren(...blank(item.dataset.blank ?? "", item.textContent ?? ""));
  all(".g-a4__group", sheet).forEach(addMarks);
  sheet.querySelector(".g-a4__foot > p")?.after(make("p", { class: "g-a4__signed" },
    make("span", {}, ...blank("le", "Remplie le", DAY)), make("span", {}, ...blank("par", "par", SIGNED))));

  const fields = /** @type {HTMLInputElement[]} */ (all("[data-field]", sheet));
  const paint = () => {
    const { blanks } = kept.read();
    for (const field of fields) {
      const text = blanks[field.dataset.field ?? ""] ?? "";
      if (field !== document.activeElement || !text) field.value = text;
      const value = field.nextElementSibling;
      if (!(value instanceof HTMLElement)) continue;
      value.textContent = text.replace(/(?<=\d) (?=\d)/g, "\u00a0"); // a number is not cut at the end of a line
    }
    say(tools.querySelector("[role=status]"), kept.says());
  };
  sheet.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.dataset.field) return;
    const record = kept.read();
    if (field.value) record.blanks[field.dataset.field] = field.value;
    else delete record.blanks[field.dataset.field];
    kept.write(record);
    paint();
  });
  tools.addEventListener("click", (event) => {
    const action = event.target instanceof Element ? event.target.closest("button")?.dataset.do : "";
    if (action === "print-sheet") printOnly("sheet");
    if (action === "clear-sheet" && confirm("Effacer de cet appareil tout ce qui est tapé sur cette feuille ?")) {
      kept.clear();
      paint();
    }
  });
  kept.watch(paint);
  paint();
})();
