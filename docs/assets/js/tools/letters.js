/** Letters to suppliers: copy, print, note the answer and its day. Kept with the ticks. Without it the letters can be read. */
(() => {
  "use strict";
  const { all, make, printOnly, say, tracking } = window.guide;
  const { kept } = tracking;

  /** The wording is the identity of a question: an answer belongs to what was asked. @param {HTMLElement} letter @param {string} question */
  const key = (letter, question) => `${letter.dataset.letter}-${tracking.hash(question)}`;

  /** @param {HTMLElement} letter @returns {string} plain text, to paste into a message */
  const asText = (letter) => all(".g-ask__title, .g-ask__lead, .g-ask__heading, [data-ask]:not([hidden]), .g-ask__end", letter).map((part) => {
    const text = (part.querySelector(".g-ask__question") ?? part).textContent?.replace(/\s+/g, " ").trim() ?? "";
    return "ask" in part.dataset ? `- ${text}` : part.matches(".g-ask__heading") ? `\n${text}` : `${text}\n`;
  }).join("\n").replace(/\n{3,}/g, "\n\n").trim();

  /** The clipboard where the browser allows it, a selection otherwise. @param {string} text @returns {Promise<boolean>} */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = /** @type {HTMLTextAreaElement} */ (make("textarea", { class: "g-vh", readOnly: true, value: text }));
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  /** @param {HTMLElement} letter */
  const addFields = (letter) => {
    if ("ready" in letter.dataset) return;
    letter.dataset.ready = "";
    for (const item of all("[data-ask]", letter)) {
      const question = item.textContent?.trim() ?? "", id = key(letter, question);
      const answer = make("textarea", { rows: 1, maxLength: 2000, class: "g-letter__answer", id: `a-${id}`, autocomplete: "off", "data-reply": "a" });
      const day = make("input", { type: "date", id: `d-${id}`, autocomplete: "off", "data-reply": "d" });
      /** @param {string} name @param {HTMLElement} field */
      const row = (name, field) => make("div", { class: "g-field" },
        make("label", { htmlFor: field.id }, name, make("span", { class: "g-vh" }, ` : ${question}`)), field);
      item.dataset.key = id;
      item.replaceChildren(make("span", { class: "g-ask__question" }, question),
        make("div", { class: "g-ask__reply" }, row("Réponse", answer), row("Reçue le", day)));
    }
    letter.append(make("p", { role: "status", class: "g-ask__says" }), make("div", { class: "g-actions" },
      make("button", { type: "button", class: "g-button", "data-do": "copy-letter" }, "Copier la lettre"),
      make("button", { type: "button", class: "g-button", "data-do": "print-letter" }, "Imprimer la lettre")));
    paint(letter);
  };

  /** @param {HTMLElement} letter */
  const paint = (letter) => {
    const { replies } = kept.read();
    for (const item of all("[data-key]", letter)) {
      for (const field of /** @type {HTMLInputElement[]} */ (all("[data-reply]", item))) {
        if (field !== document.activeElement) field.value = replies[item.dataset.key ?? ""]?.[field.dataset.reply === "d" ? "d" : "a"] ?? "";
      }
    }
    say(letter.querySelector(".g-ask__says"), kept.says());
  };

  document.addEventListener("toggle", (event) => {
    if (event.target instanceof HTMLDetailsElement && event.target.open && event.target.matches("[data-letter]")) addFields(event.target);
  }, true);
  document.addEventListener("input", (event) => {
    const field = event.target, item = field instanceof Element ? field.closest("[data-key]") : null;
    if (!(item instanceof HTMLElement) || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    const state = kept.read(), id = item.dataset.key ?? "";
    const reply = state.replies[id] ?? { q: item.querySelector(".g-ask__question")?.textContent ?? "", a: "", d: "", t: "" };
    reply[field.dataset.reply === "d" ? "d" : "a"] = field.value;
    reply.t = new Date().toISOString();
    if (reply.a || reply.d) state.replies[id] = reply;
    else delete state.replies[id];
    kept.write(state);
  });
  document.addEventListener("click", async (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const letter = button?.closest("[data-letter]");
    if (!(letter instanceof HTMLElement)) return;
    if (button?.dataset.do === "copy-letter") {
      const done = await copy(asText(letter));
      say(letter.querySelector(".g-ask__says"), done ? "Lettre copiée." : "Ce navigateur refuse la copie : sélectionnez le texte à la main.");
    }
    if (button?.dataset.do === "print-letter") {
      for (const other of all("[data-letter]")) other.toggleAttribute("data-chosen", other === letter);
      printOnly("letter");
    }
  });
  kept.watch(() => all("[data-letter][data-ready]").forEach(paint));
  for (const tool of all("[data-tool=letters]")) tool.hidden = false;
})();
