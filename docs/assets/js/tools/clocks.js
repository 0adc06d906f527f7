/**
 * The two limits: from the hour when the practice knew, what is left and until when, in the chosen place's own time.
 * The hour stays on this device. The arithmetic is in time.js.
 */
(() => {
  "use strict";
  const { all, download, ics, incident, make, say, time } = window.guide;

  /** The place of this device, added to the list when it is not one of ours. @param {HTMLSelectElement} field */
  const addDevice = (field) => {
    const zone = time.deviceZone();
    if ([...field.options].some((option) => option.value === zone)) return;
    field.prepend(make("option", { value: zone, "data-words": `heure de cet appareil (${zone})` }, `Cet appareil (${zone})`));
  };

  /** @param {"sure" | "twice" | "never"} kind */
  const caution = (kind) => ({
    sure: "",
    twice: " Ce jour-là, cette heure existe deux fois : nous prenons la première.",
    never: " Ce jour-là, cette heure n’existe pas : nous prenons l’heure d’avant.",
  })[kind];

  const field = document.getElementById("g-start"), place = document.getElementById("g-zone");
  if (!(field instanceof HTMLInputElement) || !(place instanceof HTMLSelectElement)) return;
  const wrong = document.getElementById("g-start-dit");
  let refused = false;
  const clocks = all(".g-clock[data-clock]");
  const voice = document.querySelector(".g-clock__say");
  for (const tool of all("[data-tool=clocks], [data-tool=clock-actions]")) tool.hidden = false;
  addDevice(place);

  const read = () => {
    const { start, zone: kept } = incident.read();
    if (!refused) { // what is typed and refused stays in its field, beside the hour that was kept
      place.value = kept;
      if (!place.value) place.value = time.deviceZone();
      if (field.value !== start) field.value = start;
    }
    const zone = kept || place.value;
    const words = [...place.options].find((option) => option.value === zone)?.dataset.words ?? "";
    return { found: time.instantOf(start, zone), zone, words };
  };

  /** What is wrong with the hour in the field, in words for the reader; empty when nothing is. */
  const fault = () => {
    if (field.validity.badInput) return "Cette heure est incomplète : donnez le jour, le mois, l’année, l’heure et les minutes.";
    const found = time.instantOf(field.value, place.value);
    if (!field.value) return "";
    if (!found || field.value < "2000") return "Cette date n’existe pas ou remonte trop loin : vérifiez l’année.";
    return found.instant > Date.now() + 60e3 ? "Cette heure n’est pas encore passée : vérifiez le jour et l’heure." : "";
  };
  /** @param {HTMLElement} clock @param {number} start */
  const limitOf = (clock, start) => time.limit(start, Number(clock.dataset.hours), Date.now(), read().zone);

  const paint = () => {
    const { found, words, zone } = read();
    let said = "";
    for (const clock of clocks) {
      const left = clock.querySelector(".g-clock__left"), end = clock.querySelector(".g-clock__end");
      const dues = all(`[data-step][data-clock=${clock.dataset.clock}]`);
      if (!found) {
        say(left, `${clock.dataset.hours} heures`);
        if (clock.dataset.plain !== undefined) say(end, clock.dataset.plain);
        clock.dataset.state = "";
        for (const step of dues) step.querySelector(".g-steps__due")?.remove();
        continue;
      }
      clock.dataset.plain ??= end?.textContent ?? "";
      const limit = limitOf(clock, found.instant);
      say(left, limit.late ? `Dépassé de ${limit.left}` : `Il reste ${limit.left}`);
      say(end, `${limit.late ? "La limite était" : "Avant le"} ${limit.words}, ${words}`);
      clock.dataset.state = limit.late ? "late" : "running";
      const law = clock.querySelector("details");
      if (limit.late && law) law.open = true; // it says what to do when one is late
      for (const step of dues) {
        if (!step.querySelector(".g-steps__due")) step.querySelector(".g-steps__text")?.after(make("span", { class: "g-steps__due" }));
        say(step.querySelector(".g-steps__due"), `${limit.late ? "La limite était" : "Avant le"} ${limit.words}`);
      }
      if (limit.shifted) said = " L’heure change entre-temps : les heures écoulées comptent, pas celles de la pendule.";
    }
    say(voice, [found ? `Su le ${time.inWords(found.instant, zone)}, ${words}.${caution(found.kind)}${said}` : "", incident.says()].filter(Boolean).join(" "));
  };

  /** @param {boolean} done the reader has left the field: what is half typed is not wrong yet */
  const tell = (done) => {
    say(wrong, done ? fault() : "");
    field.setAttribute("aria-invalid", String(Boolean(wrong?.textContent)));
  };
  const keep = () => {
    refused = fault() !== "";
    tell(false);
    if (refused) return;
    const start = field.value, zone = place.value;
    incident.update((record) => { Object.assign(record, { start, zone, mark: record.mark || incident.newMark() }); });
  };
  field.addEventListener("input", keep);
  place.addEventListener("change", () => { keep(); tell(true); });
  for (const moment of ["change", "blur"]) field.addEventListener(moment, () => tell(true));
  document.getElementById("g-now")?.addEventListener("click", () => { field.value = time.localOf(Date.now(), place.value); keep(); });

  document.querySelector("[data-do=ics]")?.addEventListener("click", () => {
    const { found } = read();
    if (!found) {
      say(voice, "Indiquez d’abord l’heure où vous l’avez su.");
      field.focus();
      return;
    }
    const { mark } = incident.read(), now = Date.now();
    download("delais.ics", "text/calendar", ics.calendar("Délais après une attaque", clocks.map((clock) => {
      const limit = limitOf(clock, found.instant), title = clock.querySelector("h3")?.textContent?.trim() ?? "";
      const facts = all("dt", clock).map((name) => `${name.textContent} : ${name.nextElementSibling?.textContent?.trim()}`);
      return {
        uid: `delai-${clock.dataset.clock}-${mark}@guide-numerique`,
        start: limit.due,
        summary: `LIMITE : ${title}`,
        description: [`Avant le ${limit.words}.`, ...facts].join("\n"),
        alarms: ["-PT48H", "-PT24H", "-PT4H"],
        category: "Urgence",
      };
    }), now));
  });
  document.querySelector("[data-do=forget]")?.addEventListener("click", () => {
    if (!confirm("Effacer de cet appareil l’heure, les réponses et le journal de l’incident ?")) return;
    incident.clear();
    field.value = "";
    refused = false;
    tell(true);
    document.dispatchEvent(new CustomEvent("guide:incident"));
  });
  document.addEventListener("guide:incident", paint); // also when « Noter l’heure » was touched
  incident.watch(paint);
  paint();
  setInterval(paint, 30e3);
})();
