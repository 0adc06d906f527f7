/** Export, import, merge, print with the details, clear: the follow-up leaves and comes back as one file. */
(() => {
  "use strict";
  const { all, download, plural, today, tracking } = window.guide;
  const { kept } = tracking;

  /** @type {any} the follow-up read from the chosen files, until the reader decides */
  let waiting = null;

  /** @param {string} text */
  const tell = (text) => {
    const voice = document.querySelector(".g-keep__says");
    if (voice) voice.textContent = text;
  };

  /** @param {any} state */
  const settle = (state) => {
    waiting = state;
    const choice = document.querySelector("[data-tool=imported]");
    if (choice instanceof HTMLElement) choice.hidden = !state;
  };

  /** @param {any} state @returns {boolean} */
  const keep = (state) => {
    const done = kept.write(state);
    document.dispatchEvent(new CustomEvent("guide:tracking"));
    return done;
  };

  /** Every file or none. @param {File[]} files */
  const read = async (files) => {
    settle(null);
    /** @type {Followed | null} */
    let found = null;
    let count = 0;
    for (const file of files) {
      const text = file.size > window.guide.vault.LIMIT * 4 ? "x".repeat(window.guide.vault.LIMIT + 1) : await file.text();
      const { state, problem } = tracking.imported(text);
      if (!state) {
        tell(`${file.name} : ${problem}. Rien n’a été changé.`);
        return;
      }
      found = found ? tracking.merge(found, state) : state;
      count += 1;
    }
    if (!found) return;
    const marks = Object.values(found.items).filter(({ s }) => s).length;
    const surveys = Object.keys(found.surveys).length, said = plural(surveys, "état des lieux", "états des lieux");
    tell(`${plural(count, "fichier lu", "fichiers lus")} : ${plural(marks, "point coché ou sans objet", "points cochés ou sans objet")}`
      + `${surveys ? ", " + said : ""}. Que faire ?`);
    settle(found);
    /** @type {HTMLElement | null} */ (document.querySelector("[data-do=merge]"))?.focus();
  };

  /** Opens every shown point for paper, then folds them again. */
  const printAll = () => {
    const folds = /** @type {HTMLDetailsElement[]} */ (all(".g-check:not([hidden]) details:not([open])"));
    for (const fold of folds) fold.open = true;
    addEventListener("afterprint", () => { for (const fold of folds) fold.open = false; }, { once: true });
    print();
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    export: () => {
      download(`checklist-${today()}.json`, "application/json", tracking.exported(kept.read(), today()));
      tell("Fichier exporté. Quiconque l’ouvre peut le lire : rangez-le comme un papier confidentiel.");
    },
    merge: () => { tell(keep(tracking.merge(kept.read(), waiting)) ? "C’est réuni." : kept.says()); settle(null); },
    replace: () => { tell(keep(waiting) ? "C’est remplacé par le contenu du fichier." : kept.says()); settle(null); },
    cancel: () => { settle(null); tell("Rien n’a été changé."); },
    "print-all": printAll,
    clear: () => {
      if (!confirm("Effacer de cet appareil les coches, les notes, les états des lieux et les réponses des prestataires ?")) return;
      kept.clear();
      document.dispatchEvent(new CustomEvent("guide:tracking"));
      tell("Tout est effacé de cet appareil.");
    },
    aside: () => kept.aside().forEach((text, rank) => download(`mis-de-cote-${rank + 1}.txt`, "text/plain", text)),
  };

  document.addEventListener("click", (event) => {
    const name = event.target instanceof Element ? event.target.closest("button")?.dataset.do : undefined;
    if (name && document.querySelector("[data-tool=keep]") && Object.hasOwn(actions, name)) actions[name]();
  });
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.dataset.do !== "import") return;
    const files = [...(field.files ?? [])];
    field.value = "";
    void read(files);
  });
  settle(null);
  const tools = document.querySelector("[data-tool=keep] .g-actions");
  if (tools && kept.aside().length && !tools.querySelector("[data-do=aside]")) {
    tools.append(window.guide.make("button", { type: "button", class: "g-button", "data-do": "aside" }, "Télécharger ce qui a été mis de côté"));
  }
})();
