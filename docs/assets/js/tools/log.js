/**
 * The incident log, typed in the page and printed by the browser. The printed sheet and a pen need none of this.
 * What is typed is text, kept on this device with the rest of the incident.
 */
(() => {
  "use strict";
  const { all, incident, make, printOnly, say, time } = window.guide;
  const FACT = 4; // the column whose first lines are already written

  const { fit } = window.guide;

  const table = document.querySelector("table.g-log");
  const tools = document.querySelector("[data-tool=log]");
  if (!(table instanceof HTMLTableElement) || !(tools instanceof HTMLElement)) return;
  tools.hidden = false;
  const columns = all("thead th", table).map((head) => head.textContent?.trim() ?? "");
  const body = table.tBodies[0], voice = tools.querySelector("[role=status]");

  /** @param {HTMLTableRowElement} row @param {number} line from 1 */
  const fill = (row, line) => {
    [...row.cells].forEach((cell, rank) => {
      const column = rank + 1, name = `${line}-${column}`;
      if (column === 1) {
        cell.textContent = String(line);
        return;
      }
      const field = /** @type {HTMLTextAreaElement} */ (make("textarea", {
        rows: 1, maxLength: 2000, autocomplete: "off", class: "g-log__field", "aria-label": `${columns[rank]}, ligne ${line}`,
        "data-cell": name,
      }));
      if (column !== FACT || !cell.textContent?.trim()) cell.replaceChildren();
      cell.append(field);
    });
  };
  const addRow = () => {
    const row = body.insertRow();
    columns.forEach((name) => {
      const cell = row.insertCell();
      cell.dataset.label = name;
    });
    fill(row, body.rows.length);
  };
  const written = body.rows.length;
  [...body.rows].forEach((row, rank) => fill(row, rank + 1));

  const paint = () => {
    const record = incident.read();
    while (body.rows.length < written + record.lines) addRow();
    const zone = record.zone || time.deviceZone(), found = time.instantOf(record.start, zone);
    for (const field of /** @type {HTMLTextAreaElement[]} */ (all("[data-cell]", body))) {
      const name = field.dataset.cell ?? "";
      const text = record.log[name] ?? (name === "1-2" && found ? time.inWords(found.instant, zone) : "");
      if (field !== document.activeElement && field.value !== text) field.value = text;
      fit(field);
    }
    for (const item of all("[data-hours]", tools)) {
      const words = found && time.limit(found.instant, Number(item.dataset.hours), Date.now(), zone).words;
      say(item.querySelector("span"), words ? `avant le ${words}` : "indiquez l’heure du constat dans « Que faire maintenant ? »");
    }
    say(voice, incident.says());
  };

  body.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.dataset.cell) return;
    fit(field);
    incident.update((record) => { record.log[field.dataset.cell ?? ""] = field.value; });
  });
  // Browsers bring the caret into sight, not the field: on a phone two thirds of it would stay outside the table's frame.
  body.addEventListener("focusin", (event) => {
    if (event.target instanceof Element) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  tools.addEventListener("click", (event) => {
    const action = event.target instanceof Element ? event.target.closest("button")?.dataset.do : "";
    if (action === "print-log") printOnly("log");
    if (action === "add-line" && incident.read().lines < 60) {
      incident.update((record) => { record.lines += 1; });
      paint();
      /** @type {HTMLElement | null} */ (body.rows[body.rows.length - 1].querySelector("textarea"))?.focus();
    }
  });
  incident.watch(paint);
  paint();
})();
