/**
 * The incident log, typed in the page and printed by the browser. The printed sheet and a pen need none of this.
 * What is typed is text, kept on this device with the rest of the incident.
 */
(() => {
  "use strict";
  const { all, download, incident, make, printOnly, say, time, today } = window.guide;
  const HOUR = 2, FACT = 4; // columns: when it was, and what, with a hint in the first lines

  const { fit } = window.guide;

  const table = document.querySelector("table.g-log");
  const tools = document.querySelector("[data-tool=log]");
  if (!(table instanceof HTMLTableElement) || !(tools instanceof HTMLElement)) return;
  for (const tool of all("[data-tool=log]")) tool.hidden = false;
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
        rows: column === FACT ? 3 : 1, maxLength: 2000, autocomplete: "off", class: "g-log__field", "aria-label": `${columns[rank]}, ligne ${line}`,
        "data-cell": name,
      }));
      if (!cell.querySelector(".g-log__hint")) cell.replaceChildren();
      cell.append(field);
      if (column === HOUR) cell.append(make("button", { type: "button", class: "g-button g-log__now", "data-do": "now", "aria-label": `Maintenant, ligne ${line}` }, "Maintenant"));
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
      if (field.nextElementSibling instanceof HTMLButtonElement) field.nextElementSibling.hidden = Boolean(field.value);
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
    if (field.nextElementSibling instanceof HTMLButtonElement) field.nextElementSibling.hidden = Boolean(field.value);
    say(voice, incident.says());
  });
  // Browsers bring the caret into sight, not the field: on a phone two thirds of it would stay outside the table's frame.
  body.addEventListener("focusin", (event) => {
    if (event.target instanceof Element) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  /** One cell of a file for a spreadsheet, where a text that begins like a formula stays a text. @param {string} text */
  const cell = (text) => `"${text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  /** The lines where something is written, under the heads of the printed sheet. */
  const exported = () => {
    const lines = [...body.rows].map((row) => {
      const texts = /** @type {HTMLTextAreaElement[]} */ (all("textarea", row)).map(({ value }) => value);
      return texts.some((text) => text.trim()) ? [row.cells[0].textContent ?? "", ...texts] : [];
    });
    return [columns, ...lines.filter((line) => line.length)].map((line) => `${line.map(cell).join(";")}\r\n`).join("");
  };
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    const action = button ? button.dataset.do : "";
    if (action === "print-log") printOnly("log");
    if (action === "export-log") download(`journal-${today()}.csv`, "text/csv", `\ufeff${exported()}`);
    const hour = button && action === "now" ? button.previousElementSibling : null;
    if (hour instanceof HTMLTextAreaElement) {
      const zone = incident.read().zone || time.deviceZone();
      incident.update((record) => { record.log[hour.dataset.cell ?? ""] = time.inWords(Date.now(), zone); });
      paint();
      hour.focus();
    }
    if (action === "add-line" && incident.read().lines < 60) {
      incident.update((record) => { record.lines += 1; });
      paint();
      /** @type {HTMLElement | null} */ (body.rows[body.rows.length - 1].querySelector("textarea"))?.focus();
    }
  });
  incident.watch(paint);
  paint();
})();
