/** Quiz: a choice is marked right or wrong where it stands, and explained at once; a phone shows one question at a time.
    Nothing is kept. Without it every question shows, and its answer unfolds. */
(() => {
  "use strict";
  const { all, make, plural } = window.guide;

  /** @param {HTMLElement} item @param {string} kind @param {string} words said under a choice, in place */
  const mark = (item, kind, words) => {
    const label = item.querySelector(".g-quiz__choice");
    label?.classList.add(`g-quiz__choice--${kind}`);
    label?.append(make("span", { class: "g-quiz__mark" }, words));
  };

  /** @param {HTMLElement} section takes away what an earlier choice left */
  const clear = (section) => {
    for (const each of all(".g-quiz__mark", section)) each.remove();
    for (const each of all(".g-quiz__choice", section)) each.className = "g-quiz__choice";
  };

  /** @param {HTMLElement} section @param {() => void} answered */
  const prepare = (section, answered) => {
    const list = section.querySelector(".g-quiz__choices"), fold = section.querySelector("details");
    const right = Number(section.dataset.right), title = section.querySelector("h3");
    if (!(list instanceof HTMLElement) || !(fold instanceof HTMLDetailsElement) || !title) return;
    section.classList.add("g-quiz--asked");
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-labelledby", title.id);
    const verdict = make("p", { class: "g-quiz__verdict", role: "status" }), items = all("li", list);
    list.after(verdict);
    const answer = items[right]?.textContent?.trim() ?? "";
    items.forEach((item, rank) => {
      const field = make("input", { type: "radio", name: `choix-${section.id}`, value: String(rank) });
      item.setAttribute("role", "presentation");
      item.replaceChildren(make("label", { class: "g-quiz__choice" }, field, make("span", {}, ...item.childNodes)));
      field.addEventListener("change", () => {
        clear(section);
        section.dataset.given = String(rank);
        section.dataset.verdict = rank === right ? "right" : "wrong";
        if (rank !== right) mark(item, "wrong", "Votre réponse");
        mark(items[right], "right", "La bonne réponse");
        verdict.replaceChildren(...(rank === right ? ["Juste."]
          : ["Non. La bonne réponse", make("span", { class: "g-vh" }, `, ${answer},`), " est marquée."]));
        fold.open = true;
        answered();
      });
    });
  };

  const tool = document.querySelector("[data-tool=quiz]"), sections = all(".g-quiz[data-right]");
  if (!(tool instanceof HTMLElement) || !sections.length) return;
  tool.hidden = false;
  const score = tool.querySelector("[role=status]"), start = score?.textContent ?? "";
  const paint = () => {
    const given = sections.filter(({ dataset }) => dataset.given !== undefined);
    const right = given.filter(({ dataset }) => dataset.verdict === "right").length;
    if (score) {
      score.textContent = given.length
        ? `${plural(right, "réponse juste", "réponses justes")} sur ${given.length}, ${sections.length - given.length} à venir` : start;
    }
  };

  /* One at a time, on a phone only (quiz.css): which one is a matter of the page, not of its width. --------------------- */

  const topics = [...new Set(sections.map(({ dataset }) => dataset.topic))].map((id) => document.getElementById(`quiz-${id}`));
  /** @param {HTMLElement} section */
  const show = (section) => {
    for (const each of sections) each.toggleAttribute("data-now", each === section);
    for (const each of topics) each?.toggleAttribute("data-now", each.id === `quiz-${section.dataset.topic}`);
  };
  /** @param {HTMLElement} section */
  const go = (section) => {
    show(section);
    const title = section.querySelector("h3");
    if (title) title.tabIndex = -1;
    document.getElementById(`quiz-${section.dataset.topic}`)?.scrollIntoView();
    title?.focus({ preventScroll: true });
  };
  /** A link to a question, or to the first of a topic. */
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1)), aimed = id ? document.getElementById(id) : null;
    const found = sections.find((each) => each === aimed || each.contains(aimed) || `quiz-${each.dataset.topic}` === id);
    if (!found || !aimed) return;
    show(found);
    aimed.scrollIntoView();
  };
  sections.forEach((section, rank) => {
    prepare(section, paint);
    /** @param {string} words @param {number} step */
    const turn = (words, step) => {
      const other = sections[rank + step], button = make("button", { type: "button", class: "g-button" }, words);
      button.addEventListener("click", () => go(other));
      return other ? [button] : [];
    };
    section.append(make("div", { class: "g-quiz__next" }, make("p", {}, `Question ${rank + 1} sur ${sections.length}`),
      ...turn("Précédente", -1), ...turn("Question suivante", 1)));
  });
  for (const each of topics) each?.classList.add("g-quiz__topic");
  show(sections[0]);
  follow();
  addEventListener("hashchange", follow);

  tool.querySelector("[data-do=quiz-again]")?.addEventListener("click", () => {
    for (const section of sections) {
      delete section.dataset.given;
      delete section.dataset.verdict;
      clear(section);
      for (const field of /** @type {HTMLInputElement[]} */ (all("input", section))) field.checked = false;
      const verdict = section.querySelector(".g-quiz__verdict"), fold = section.querySelector("details");
      if (verdict) verdict.textContent = "";
      if (fold) fold.open = false;
    }
    paint();
    show(sections[0]);
    sections[0].scrollIntoView();
  });
})();
