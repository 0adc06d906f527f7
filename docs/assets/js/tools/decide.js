/**
 * « Que faire maintenant ? » : asks the page's own questions one at a time, then leaves only the steps that apply.
 * Without it every question and every step stays on the page, each with its « Si : … ».
 */
(() => {
  "use strict";
  const { all, decision, incident, make, plural, say } = window.guide;

  /** @typedef {{id: string, onlyIf: any[], answers: {id: string, settles: Record<string, string>, short: string, page: string, text: string}[], section: HTMLElement}} Asked */

  /** @param {string | undefined} text */
  const json = (text) => (text ? JSON.parse(text) : undefined);

  /** @param {HTMLElement} root @returns {Asked[]} */
  const readQuestions = (root) => all("[data-question]", root).map((section) => ({
    id: section.dataset.question ?? "",
    onlyIf: json(section.dataset.if) ?? [],
    section,
    answers: all("[data-answer]", section).map((item) => ({
      id: item.dataset.answer ?? "",
      settles: json(item.dataset.settles) ?? {},
      short: item.dataset.short ?? "",
      page: item.dataset.page ?? "",
      text: item.textContent?.trim() ?? "",
    })),
  }));

  /** Answers become buttons; the links they replace come back with the result. @param {Asked[]} questions @param {(question: string, answer: string) => void} answered */
  const addButtons = (questions, answered) => {
    for (const { id, section, answers } of questions) {
      all("[data-answer]", section).forEach((item, rank) => {
        const button = make("button", { type: "button", class: "g-answer" }, answers[rank].text);
        button.addEventListener("click", () => answered(id, answers[rank].id));
        item.replaceChildren(button);
      });
      section.querySelector("ul")?.classList.remove("g-links");
    }
  };

  const root = document.querySelector("[data-decide]");
  if (!(root instanceof HTMLElement)) return;
  const questions = readQuestions(root);
  const order = document.getElementById("ordre");
  const lists = all("ol[data-moment]").map((list) => ({
    heading: /** @type {HTMLElement | null} */ (list.previousElementSibling),
    list,
    steps: all("[data-step]", list).map((item) => ({ item, onlyIf: json(item.dataset.if) ?? [] })),
  }));
  // A link of another page to « Maintenant » shows what it promised.
  let everything = [order, ...lists.map(({ heading }) => heading)].some((each) => each && `#${each.id}` === location.hash);

  const where = make("p", { class: "g-decide__where" });
  const back = make("button", { type: "button", class: "g-button" }, "Question précédente");
  const whole = make("button", { type: "button", class: "g-button" }, "Voir toutes les étapes");
  const steering = make("div", { class: "g-actions" }, back, whole);
  const summary = make("p", { class: "g-decide__summary", role: "status" });
  const follow = make("p", {});
  const again = make("button", { type: "button", class: "g-button" }, "Changer mes réponses");
  const result = make("div", { class: "g-decide__result" }, summary, follow, make("div", { class: "g-actions" }, again));
  root.prepend(where);
  root.append(steering);
  order?.before(result);

  /** @param {Element | null | undefined} target */
  const moveTo = (target) => {
    if (!(target instanceof HTMLElement)) return;
    target.tabIndex = -1;
    target.focus();
  };

  const paint = () => {
    const given = decision.path(questions, incident.read().answers);
    const question = decision.next(questions, given), rank = Object.keys(given).length;
    const known = decision.facts(questions, given);
    root.hidden = !question;
    where.textContent = `Question ${rank + 1}`;
    for (const each of questions) each.section.hidden = each !== question;
    back.hidden = rank === 0;
    whole.hidden = everything;
    const shown = !question || everything;
    let count = 0, first = 0;
    for (const { heading, list, steps } of lists) {
      let here = 0;
      for (const { item, onlyIf } of steps) {
        item.hidden = !question && !decision.applies(onlyIf, known);
        here += Number(!item.hidden);
      }
      list.hidden = !shown || here === 0;
      list.classList.toggle("g-todo--sorted", !question);
      if (heading) heading.hidden = list.hidden;
      if (list === lists[0].list) first = here;
      count += here;
    }
    if (order) order.hidden = !shown;
    result.hidden = Boolean(question);
    const chosen = questions.filter(({ id }) => id in given)
      .map(({ id, answers }) => answers.find((answer) => answer.id === given[id]));
    say(summary, question ? "" : `Vous avez répondu : ${chosen.map((answer) => answer?.short).join(", ")}. `
      + `${plural(count, "étape", "étapes")}, dont ${first} maintenant.`);
    const page = chosen.find((answer) => answer?.page);
    follow.replaceChildren(...(page ? ["La page de cette situation : ", make("a", { href: page.page }, page.text)] : []));
  };

  addButtons(questions, (question, answer) => {
    incident.update((record) => {
      record.answers = decision.path(questions, { ...record.answers, [question]: answer });
    });
    const left = questions.find(({ section }) => !section.hidden);
    moveTo(root.hidden ? order : left?.section.querySelector("h3"));
  });
  back.addEventListener("click", () => {
    incident.update((record) => {
      const given = decision.path(questions, record.answers), last = Object.keys(given).pop();
      if (last) delete given[last];
      record.answers = given;
    });
    moveTo(questions.find(({ section }) => !section.hidden)?.section.querySelector("h3"));
  });
  whole.addEventListener("click", () => { everything = true; paint(); moveTo(order); });
  again.addEventListener("click", () => {
    everything = false;
    incident.update((record) => { record.answers = {}; });
    moveTo(questions[0].section.querySelector("h3"));
  });
  document.addEventListener("guide:incident", paint);
  incident.watch(paint);
  paint();
})();
