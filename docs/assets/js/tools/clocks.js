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
  const clocks = all(".g-clock[data-clock]");
  const voice = document.querySelector(".g-clock__say");
  for (const tool of all("[data-tool=clocks], [data-tool=clock-actions]")) tool.hidden = false;
  addDevice(place);

  const read = () => {
    const { start, zone } = incident.read();
    place.value = zone;
    if (!place.value) place.value = time.deviceZone();
    if (field.value !== start) field.value = start;
    return { found: time.instantOf(field.value, place.value), words: place.selectedOptions[0]?.dataset.words ?? "" };
  };
  /** @param {HTMLElement} clock @param {number} start */
  const limitOf = (clock, start) => time.limit(start, Number(clock.dataset.hours), Date.now(), place.value);

  const paint = () => {
    const { found, words } = read();
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
      for (const step of dues) {
        if (!step.querySelector(".g-steps__due")) step.querySelector(".g-steps__text")?.after(make("span", { class: "g-steps__due" }));
        say(step.querySelector(".g-steps__due"), `${limit.late ? "La limite était" : "Avant le"} ${limit.words}`);
      }
      if (limit.shifted) said = " L’heure change entre-temps : les heures écoulées comptent, pas celles de la pendule.";
    }
    say(voice, found ? `Su le ${time.inWords(found.instant, place.value)}, ${words}.${caution(found.kind)}${said}` : incident.says());
  };

  const keep = () => {
    const start = field.value, zone = place.value;
    incident.update((record) => { Object.assign(record, { start, zone, mark: record.mark || incident.newMark() }); });
    paint();
  };
  field.addEventListener("input", keep);
  place.addEventListener("change", keep);
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
    document.dispatchEvent(new CustomEvent("guide:incident"));
    paint();
  });
  incident.watch(paint);
  paint();
  setInterval(paint, 30e3);
})();
