/** The routine into a calendar file: choice of the month and of the roles. Without it the list of rhythms is in the page. */
(() => {
  "use strict";
  const { all, download, ics, make, plural, routine, say } = window.guide;

  /** @returns {Task[]} */
  const readTasks = () => all(".g-routine [data-id]").map((item) => ({
    id: item.dataset.id ?? "",
    label: item.querySelector("a")?.textContent?.trim() ?? "",
    roles: (item.dataset.role ?? "").split(" "),
    group: item.dataset.group ?? "",
    subject: item.dataset.subject ?? "",
    frequency: item.closest("ul")?.dataset.frequency ?? "",
  }));

  /** This month and the eleven that follow. @param {HTMLSelectElement} field */
  const addMonths = (field) => {
    const now = new Date(), words = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric" });
    for (let later = 0; later < 12; later += 1) {
      const date = new Date(now.getFullYear(), now.getMonth() + later, 1, 12);
      const value = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}`;
      field.append(make("option", { value }, words.format(date)));
    }
    field.selectedIndex = 1; // a calendar begins next month
  };

  const tool = document.querySelector("[data-tool=calendar]"), month = document.getElementById("g-month");
  if (!(tool instanceof HTMLElement) || !(month instanceof HTMLSelectElement)) return;
  tool.hidden = false;
  addMonths(month);
  const tasks = readTasks(), boxes = /** @type {HTMLInputElement[]} */ (all("[name=role]", tool));
  const link = document.querySelector(".g-routine a");
  const events = () => routine.events(tasks, {
    month: month.value,
    roles: boxes.filter(({ checked }) => checked).map(({ value }) => value),
    daily: /** @type {HTMLInputElement} */ (document.getElementById("g-daily")).checked,
    names: Object.fromEntries(boxes.map(({ value, dataset }) => [value, dataset.label ?? value])),
    address: link instanceof HTMLAnchorElement && link.protocol.startsWith("http") ? link.href.split("#")[0] : "",
  });
  const paint = () => {
    const count = events().length;
    say(tool.querySelector("[role=status]"), count ? `${plural(count, "rappel", "rappels")} dans le fichier` : "Choisissez au moins un rôle.");
  };
  tool.addEventListener("change", paint);
  tool.querySelector("[data-do=calendar]")?.addEventListener("click", () => {
    const found = events();
    if (found.length) download("routine.ics", "text/calendar", ics.calendar("Routine de sécurité", found, Date.now()));
    else boxes[0].focus();
  });
  paint();
})();
