/**
 * What every emergency page says of this very morning: the hour once it is noted, what is left of each limit, and the
 * practice's own numbers once somebody has chosen to show them. The pages are whole without it.
 */
(() => {
  "use strict";
  const { all, incident, make, own, say, time } = window.guide;
  const MINUTE = 60e3;

  /** The hour when the practice knew, as an instant; null before it is noted. */
  const known = () => {
    const { start, zone } = incident.read();
    const place = zone || time.deviceZone(), found = time.instantOf(start, place);
    return found && { instant: found.instant, place };
  };

  /* From the disk, Firefox gives each file a store of its own: there the hour travels with the links of the guide. ------ */

  if (location.protocol === "file:") {
    const carried = new URLSearchParams(location.search), start = carried.get("su") ?? "", zone = carried.get("lieu") ?? "";
    if (start && !incident.read().start && time.instantOf(start, zone)) {
      incident.update((record) => Object.assign(record, { start, zone }));
    }
    if (start) history.replaceState(null, "", location.href.replace(/\?[^#]*/, ""));
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      if (!link || link.protocol !== "file:" || (link.pathname === location.pathname && link.hash)) return;
      const { start: noted, zone: place } = incident.read();
      if (noted) link.search = `?${new URLSearchParams({ su: noted, lieu: place || time.deviceZone() })}`;
    }, true);
  }

  /* The hour and what is left. ----------------------------------------------------------------------------------------- */

  const paintHour = () => {
    const found = known();
    for (const strip of all(".g-strip")) {
      strip.hidden = !found;
      if (!found) continue;
      for (const part of all("[data-hours]", strip)) {
        const { late, left } = time.limit(found.instant, Number(part.dataset.hours), Date.now(), found.place);
        say(part.querySelector("b"), late ? `dépassé de ${left}` : `reste ${left}`);
        part.dataset.state = late ? "late" : "";
      }
      const [day, hour] = time.inWords(found.instant, found.place).split(" à ");
      say(strip.querySelector(".g-strip__since"), `Su ${day.split(" ").slice(0, 2).join(" ")} à ${hour}.`);
    }
    for (const entry of all("[data-bar-left]")) {
      const words = entry.querySelector("span");
      if (!(words instanceof HTMLElement)) continue;
      words.dataset.plain ??= words.textContent ?? "";
      const limit = found && time.limit(found.instant, Number(entry.dataset.barLeft), Date.now(), found.place);
      say(words, limit ? (limit.late ? "dépassé" : `reste ${limit.left}`) : words.dataset.plain);
    }
    for (const button of all("[data-do=note-hour]")) {
      button.hidden = Boolean(found);
      const voice = button.nextElementSibling;
      if (voice instanceof HTMLElement) {
        voice.hidden = !found;
        if (found) say(voice.querySelector("b"), `Heure notée : ${time.inWords(found.instant, found.place).split(" à ")[1]}`);
        say(voice.querySelector("i"), found ? incident.says() : "");
      }
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-do=note-hour]");
    if (!button || known()) return;
    const zone = time.deviceZone();
    incident.update((record) => {
      Object.assign(record, { start: time.localOf(Date.now(), zone), zone, mark: record.mark || incident.newMark() });
    });
    const link = button.nextElementSibling?.querySelector("a");
    if (link instanceof HTMLElement) link.focus({ preventScroll: true }); // the button is gone
  });

  /* The own numbers. --------------------------------------------------------------------------------------------------- */

  const paintNumbers = () => {
    const { blanks } = own.kept.read(), shown = own.shown();
    /** @param {string | undefined} id */
    const typed = (id) => (shown && id && own.dialled(blanks[id] ?? "") ? blanks[id] : "");
    for (const row of all("[data-own]")) {
      const text = typed(row.dataset.own), link = row.querySelector("a.g-call");
      if (!(link instanceof HTMLAnchorElement)) continue;
      link.dataset.plain ??= link.getAttribute("href") ?? "";
      const number = link.querySelector("b");
      if (number instanceof HTMLElement) {
        number.dataset.plain ??= number.textContent ?? "";
        say(number, text || number.dataset.plain);
      }
      link.href = text ? `tel:${own.dialled(text)}` : link.dataset.plain;
      row.hidden = !text && row.dataset.optional !== undefined;
    }
    for (const link of /** @type {HTMLAnchorElement[]} */ (all("[data-own-dial]"))) {
      const text = typed(link.dataset.ownDial), words = link.querySelector("span") ?? link;
      link.dataset.plain ??= link.getAttribute("href") ?? "";
      if (words instanceof HTMLElement) {
        words.dataset.plain ??= words.textContent ?? "";
        say(words, text || words.dataset.plain);
      }
      link.href = text ? `tel:${own.dialled(text)}` : link.dataset.plain;
    }
  };

  const form = document.querySelector("form[data-own-form]");
  if (form instanceof HTMLFormElement) {
    form.hidden = false;
    const fields = /** @type {HTMLInputElement[]} */ (all("input", form));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (form.querySelector(`[data-part=${name}]`));
    const recorded = () => fields.some(({ name }) => own.kept.read().blanks[name]);
    const paintForm = () => {
      const closed = recorded() && !own.shown();
      part("fields").hidden = closed;
      part("closed").hidden = !closed;
      part("hide").hidden = !own.shown();
      for (const field of fields) if (field !== document.activeElement) field.value = closed ? "" : own.kept.read().blanks[field.name] ?? "";
    };
    /** @param {HTMLInputElement} field @returns {boolean} */
    const good = (field) => {
      // A line of the sheet may hold a name beside its number: what was typed there stays good here.
      const kept = field.value.trim() === own.kept.read().blanks[field.name];
      const wrong = kept ? "" : own.fault(field.value), place = document.getElementById(`${field.id}-dit`);
      say(place, wrong);
      field.setAttribute("aria-invalid", String(Boolean(wrong)));
      return !wrong;
    };
    const repaint = () => { paintNumbers(); paintForm(); };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const wrong = fields.find((field) => !good(field));
      if (wrong) {
        wrong.focus();
        say(part("said"), "");
        return;
      }
      const record = own.kept.read();
      for (const { name, value } of fields) {
        if (value.trim()) record.blanks[name] = value.trim();
        else delete record.blanks[name];
      }
      const done = [own.kept.write(record), own.show(true)].every(Boolean);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      repaint();
      say(part("said"), done ? "C’est noté : ces numéros sont sur les pages Urgence de cet appareil." : own.kept.says() || "Ce navigateur ne garde rien.");
    });
    // Told when the form is sent, not when a field is left: a sentence that appears would move the button from under the finger.
    form.addEventListener("input", ({ target }) => { if (target instanceof HTMLInputElement && target.ariaInvalid === "true") good(target); });
    form.addEventListener("click", ({ target }) => {
      const name = target instanceof Element ? target.closest("button")?.dataset.part : "";
      if (name === "open" || name === "hide") own.show(name === "open");
      if (name === "forget" && confirm("Effacer ces numéros de cet appareil ?")) {
        const record = own.kept.read();
        for (const field of fields) delete record.blanks[field.name];
        own.kept.write(record);
        own.show(false);
      }
      if (name && name !== "save") {
        say(part("said"), "");
        repaint();
      }
    });
    own.watch(paintForm);
    paintForm();
  }

  /* All of it, now and as time passes. --------------------------------------------------------------------------------- */

  document.addEventListener("guide:incident", paintHour);
  incident.watch(paintHour);
  own.watch(paintNumbers);
  paintHour();
  paintNumbers();
  setInterval(paintHour, MINUTE / 2);
})();
