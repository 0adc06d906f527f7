/** Quiz: one answer chosen, told right or wrong in words, explained at once. Nothing is kept. Without it the answer unfolds. */
(() => {
  "use strict";
  const { all, make, plural } = window.guide;

  /** @param {HTMLElement} section @param {() => void} answered */
  const prepare = (section, answered) => {
    const list = section.querySelector(".g-quiz__choices"), fold = section.querySelector("details");
    const right = Number(section.dataset.right), title = section.querySelector("h3");
    if (!(list instanceof HTMLElement) || !(fold instanceof HTMLDetailsElement) || !title) return;
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-labelledby", title.id);
    const answer = list.children[right]?.textContent?.trim() ?? "";
    const verdict = make("p", { class: "g-quiz__verdict", role: "status" });
    list.after(verdict);
    all("li", list).forEach((item, rank) => {
      const field = make("input", { type: "radio", name: `choix-${section.id}`, value: String(rank) });
      item.setAttribute("role", "presentation");
      item.replaceChildren(make("label", { class: "g-quiz__choice" }, field, make("span", {}, ...item.childNodes)));
      field.addEventListener("change", () => {
        section.dataset.given = String(rank);
        verdict.textContent = rank === right ? "Juste." : `Non. La bonne réponse : ${answer}`;
        section.dataset.verdict = rank === right ? "right" : "wrong";
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
  for (const section of sections) prepare(section, paint);
  tool.querySelector("[data-do=quiz-again]")?.addEventListener("click", () => {
    for (const section of sections) {
      delete section.dataset.given;
      delete section.dataset.verdict;
      for (const field of /** @type {HTMLInputElement[]} */ (all("input", section))) field.checked = false;
      const verdict = section.querySelector(".g-quiz__verdict"), fold = section.querySelector("details");
      if (verdict) verdict.textContent = "";
      if (fold) fold.open = false;
    }
    paint();
    sections[0].scrollIntoView();
  });
})();
