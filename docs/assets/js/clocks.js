/**
 * The 72-hour clocks: from the hour of the discovery, what is left and until when. The hour stays on this device.
 * Hours are elapsed hours: a change to summer time does not lengthen a deadline.
 */
(() => {
  "use strict";
  const { all, onPage, store } = window.guide;
  const HOUR = 3600e3;
  const kept = store("guide:clock:1");
  const format = new Intl.DateTimeFormat("fr-FR",
    { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });

  /** @param {Date} date @returns {string} value of a datetime-local field */
  const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * 60e3).toISOString().slice(0, 16);

  /**
   * @param {Date} start
   * @param {number} hours
   * @param {Date} now
   */
  const remaining = (start, hours, now) => {
    const due = new Date(start.getTime() + hours * HOUR), rest = due.getTime() - now.getTime();
    const minutes = Math.floor(Math.abs(rest) / 60e3);
    return { due, late: rest <= 0, text: `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}` };
  };

  /** The field and its button, before the clocks, where the page does not hold them already. */
  const addField = () => {
    const clocks = document.querySelector(".g-clocks");
    if (!clocks || document.getElementById("g-start")) return;
    const when = document.createElement("div"), box = document.createElement("div");
    const label = document.createElement("label"), field = document.createElement("input");
    const now = document.createElement("button");
    when.className = "g-when";
    box.className = "g-field";
    label.htmlFor = "g-start";
    label.textContent = "Quand l’attaque a-t-elle été constatée ?";
    Object.assign(field, { type: "datetime-local", id: "g-start" });
    Object.assign(now, { type: "button", className: "g-button", id: "g-now", textContent: "Maintenant" });
    box.append(label, field);
    when.append(box, now);
    clocks.before(when);
  };

  let timer = 0;
  onPage(() => {
    clearInterval(timer);
    addField();
    const field = document.getElementById("g-start");
    if (!(field instanceof HTMLInputElement)) return;
    const paint = () => {
      const start = field.value ? new Date(field.value) : null;
      for (const clock of all(".g-clock")) {
        const left = clock.querySelector(".g-clock__left"), end = clock.querySelector(".g-clock__end");
        const hours = Number(clock.dataset.hours);
        if (!start) {
          left.textContent = `${hours} heures`;
          end.textContent = end.dataset.start ?? "";
          clock.dataset.state = "";
          continue;
        }
        const { due, late, text } = remaining(start, hours, new Date());
        left.textContent = late ? `Dépassé de ${text}` : `Il reste ${text}`;
        end.textContent = `${late ? "Échéance :" : "Avant le"} ${format.format(due)}`;
        clock.dataset.state = late ? "late" : "running";
      }
    };
    const keep = () => { kept.write(field.value ? { start: field.value } : {}); paint(); };
    const saved = kept.read().start;
    field.value = typeof saved === "string" ? saved : "";
    field.addEventListener("input", keep);
    document.getElementById("g-now")?.addEventListener("click", () => { field.value = local(new Date()); keep(); });
    kept.watch(() => { field.value = kept.read().start ?? ""; paint(); });
    paint();
    timer = setInterval(paint, 30e3);
  });
})();
