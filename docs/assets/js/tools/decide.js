/**
 * « Que faire maintenant ? » : asks the page's own questions one at a time, then leaves only the steps that apply.
 * Without it every question and every step stays on the page, each with its « Si : … ».
 *
 * The page opens blank: what is kept on the device may be another person's, or of another day, and is only offered.
 */
(() => {
  "use strict";
  const { all, decision, incident, make, plural, say, time } = window.guide;

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

  /** What the reader has answered since the page opened. @type {Answered} */
  let answers = {};

  const again = make("button", { type: "button", class: "g-button" }, "Reprendre");
  const offered = make("p", {});
  const offer = make("div", { class: "g-decide__last" }, offered, again);
  const where = make("p", { class: "g-decide__where" });
  const back = make("button", { type: "button", class: "g-button" }, "Question précédente");
  const whole = make("button", { type: "button", class: "g-button" }, "Voir toutes les étapes");
  const steering = make("div", { class: "g-actions" }, back, whole);
  const summary = make("p", { class: "g-decide__summary", role: "status" });
  const change = make("button", { type: "button", class: "g-button", "aria-label": "Changer mes réponses" }, "Changer");
  const result = make("div", { class: "g-decide__result" }, summary, change);
  const follow = make("p", { class: "g-decide__follow" });
  const hour = root.nextElementSibling?.matches(".g-decide__hour") ? /** @type {HTMLElement} */ (root.nextElementSibling) : null;
  root.prepend(offer, where);
  root.append(steering);
  root.after(result);
  lists.at(-1)?.list.after(follow);

  /** The focus, and the top of the window: a heading already in sight at the bottom would stay there. @param {Element | null | undefined} target */
  const moveTo = (target) => {
    if (!(target instanceof HTMLElement)) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start" });
  };

  /** The short words of a set of answers. @param {Answered} given */
  const inShort = (given) => questions.filter(({ id }) => id in given)
    .map(({ id, answers: all }) => all.find((answer) => answer.id === given[id])?.short).join(", ");

  /** Remembers the answers of this page, on this device too. @param {Answered} given */
  const keep = (given) => {
    answers = decision.path(questions, given);
    incident.update((record) => {
      record.answers = answers;
      record.answered = Object.keys(answers).length ? time.localOf(Date.now(), time.deviceZone()) : "";
    });
  };

  const paint = () => {
    const given = decision.path(questions, answers);
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
    if (hour) hour.hidden = Boolean(question);
    document.documentElement.classList.toggle("decided", !question);
    const words = inShort(given);
    say(summary, question ? "" : `${words.charAt(0).toUpperCase()}${words.slice(1)} : ${plural(count, "étape", "étapes")}, dont ${first} maintenant.`);
    const page = questions.flatMap(({ id, answers: all }) => all.filter((answer) => answer.id === given[id])).find((answer) => answer.page);
    follow.hidden = Boolean(question);
    follow.replaceChildren(`Vos réponses : ${words}.`, ...(page ? [" La page de cette situation : ", make("a", { href: page.page }, page.text)] : []));
    const kept = incident.read(), last = decision.path(questions, kept.answers);
    offer.hidden = rank > 0 || !Object.keys(last).length;
    const at = kept.answered && time.instantOf(kept.answered, time.deviceZone());
    const day = at ? `, ${time.inWords(at.instant, time.deviceZone())}` : "";
    say(offered, offer.hidden ? "" : `Dernières réponses sur cet appareil${day} : ${inShort(last)}.`);
  };

  const moveOn = () => moveTo(root.hidden ? result : questions.find(({ section }) => !section.hidden)?.section.querySelector("h3"));
  addButtons(questions, (question, answer) => { keep({ ...answers, [question]: answer }); moveOn(); });
  again.addEventListener("click", () => { keep(incident.read().answers); moveOn(); });
  back.addEventListener("click", () => {
    const last = Object.keys(answers).pop();
    keep(Object.fromEntries(Object.entries(answers).filter(([question]) => question !== last)));
    moveOn();
  });
  whole.addEventListener("click", () => { everything = true; paint(); moveTo(order); });
  change.addEventListener("click", () => { everything = false; answers = {}; paint(); moveOn(); });
  // « Effacer l’heure et les réponses » forgets those of this page too.
  document.addEventListener("guide:incident", () => {
    if (!Object.keys(incident.read().answers).length) answers = {};
    paint();
  });
  incident.watch(paint);
  paint();
})();
