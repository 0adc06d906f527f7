/**
 * The state of play in the page: asks its questions one at a time, then shows the plan, the picture by subject, what has
 * changed since last time and the letter. Kept and exported with the ticks. Without it every question shows its measure.
 */
(() => {
  "use strict";
  const { all, assessment, dayInWords, make, plural, printOnly, say, today, tracking } = window.guide;
  const { kept } = tracking;
  const REPLIES = [["oui", "Oui", "✓"], ["non", "Non", "–"], [assessment.UNSURE, "Je ne sais pas", "?"]];
  /** @type {Survey} */
  const EMPTY = { f: "", t: "", a: {}, h: {}, w: {} };

  const root = document.querySelector("[data-survey]"), section = document.querySelector("[data-tool=plan]");
  const where = document.querySelector("[data-tool=survey]"), box = document.querySelector("[data-tool=new]");
  const title = document.getElementById("questions"), letter = document.querySelector("[data-letter]");
  if (!(root instanceof HTMLElement) || !(section instanceof HTMLElement) || !(where instanceof HTMLElement) || !(box instanceof HTMLElement)) return;
  const words = (/** @type {string | undefined} */ text) => (text ?? "").split(" ").filter(Boolean);
  const sections = Object.fromEntries(all("[data-question]", root).map((each) => [each.dataset.question ?? "", each]));
  const measures = Object.fromEntries(all("[data-proposal]").map((each) => [each.dataset.proposal ?? "", each]));
  const subjects = all("[data-subject]", root).map((each) => ({
    label: each.dataset.label ?? "", ids: all("[data-question]", each).map(({ dataset }) => dataset.question ?? ""),
  }));
  /** @param {string} id */
  const textOf = (id) => sections[id].querySelector(".g-question__text")?.textContent ?? "";

  /** @type {Asking} */
  const asking = {
    questions: Object.entries(sections).map(([id, { dataset }]) => ({
      id, measure: dataset.measure ?? "", also: words(dataset.also), unsure: dataset.unsure ?? "",
      weight: Number(dataset.weight), former: words(dataset.former), hash: tracking.hash(textOf(id)),
    })),
    points: JSON.parse(root.dataset.points ?? "{}"),
    rules: JSON.parse(root.dataset.rules ?? "[]"),
    days: JSON.parse(root.dataset.days ?? "[]"),
    order: Object.keys(measures),
    further: Object.keys(measures).filter((id) => "further" in measures[id].dataset),
    former: Object.fromEntries(Object.entries(measures).map(([id, { dataset }]) => [id, words(dataset.former)])),
  };
  const every = asking.questions.map(({ id }) => id);

  /** Questions to pass, and which one is shown; past the last one the plan shows. */
  let queue = every, at = 0;

  /** The state of play at hand and the last finished one before it. */
  const read = () => {
    const { surveys } = kept.read(), days = Object.keys(surveys).sort(), day = days.pop() ?? "";
    for (const survey of Object.values(surveys)) assessment.carryOver(asking, survey);
    const before = days.reverse().find((each) => surveys[each].f);
    return { day, survey: surveys[day] ?? structuredClone(EMPTY), before: before ? surveys[before] : null };
  };
  /** @param {(survey: Survey) => void} change @param {string} [day] */
  const update = (change, day = read().day || today()) => {
    const state = kept.read();
    const survey = state.surveys[day] ??= structuredClone(EMPTY);
    assessment.carryOver(asking, survey);
    change(survey);
    survey.t = new Date().toISOString();
    kept.write(state);
    say(document.querySelector("[data-tool=trouble]"), kept.says());
  };

  /** Where a visit begins: at the plan, or at the first question without answer. */
  const begin = () => {
    const { survey } = read();
    queue = every;
    at = survey.f ? every.length : every.findIndex((id) => !survey.a[id]);
    if (at < 0) at = every.length;
  };
  /** @param {Element | null | undefined} target */
  const moveTo = (target) => {
    if (!(target instanceof HTMLElement)) return;
    target.tabIndex = -1;
    target.focus();
  };
  const arrive = () => {
    paint();
    moveTo(at < queue.length ? sections[queue[at]].querySelector("h3") : section.querySelector("h2"));
  };
  /** @param {string} label @param {() => void} act @param {boolean} [main] */
  const button = (label, act, main = false) => {
    const made = make("button", { type: "button", class: `g-button${main ? " g-button--main" : ""}` }, label);
    made.addEventListener("click", act);
    return made;
  };

  /** @param {string} id @param {string} answer */
  const answered = (id, answer) => {
    update((survey) => {
      survey.a[id] = answer;
      survey.h[id] = asking.questions.find((each) => each.id === id)?.hash ?? "";
      if (at + 1 >= queue.length && every.every((each) => survey.a[each])) survey.f ||= today();
    });
    at += 1;
    arrive();
  };
  for (const [id, each] of Object.entries(sections)) {
    const list = make("ul", { class: "g-list g-answers" }, ...REPLIES.map(([answer, label]) => {
      const reply = make("button", { type: "button", class: "g-answer", "data-reply-to": answer }, label);
      reply.addEventListener("click", () => answered(id, answer));
      return make("li", {}, reply);
    }));
    each.querySelector(".g-question__then")?.before(list);
  }
  const back = button("Question précédente", () => { at -= 1; arrive(); });
  const leave = button("Revenir au plan", () => { queue = every; at = every.length; arrive(); });
  root.append(make("div", { class: "g-actions" }, back, leave));

  /** @param {Answered} given @param {string[]} ids */
  const counts = (given, ids) => REPLIES.map(([answer]) => ids.filter((id) => given[id] === answer).length);
  /** @param {Answered} given @param {string[]} ids */
  const inWords = (given, ids) => {
    const [yes, no, unsure] = counts(given, ids);
    return [`${yes} oui`, no && `${no} non`, unsure && `${unsure} à vérifier`].filter(Boolean).join(", ");
  };

  /** One line a subject: a sign for each question, and the same in words. @param {Answered} given @param {Survey | null} before */
  const picture = (given, before) => make("ul", { class: "g-list g-state" }, ...subjects.map(({ label, ids }) => {
    const cells = ids.map((id) => make("span", { "data-answer": given[id] ?? "" }, REPLIES.find(([answer]) => answer === given[id])?.[2] ?? ""));
    const old = before ? `, la dernière fois ${counts(before.a, ids)[0]} oui` : "";
    return make("li", {}, make("b", {}, label), make("span", { class: "g-state__cells", "aria-hidden": "true" }, ...cells),
      make("span", { class: "g-state__words" }, `${inWords(given, ids)}${old}`));
  }));

  /** @param {Answered} given @param {Survey | null} before */
  const comparison = (given, before) => {
    if (!before) return [];
    const { won, lost } = assessment.compare(asking, given, before.a);
    /** @param {string} name @param {string[]} ids */
    const list = (name, ids) => (ids.length ? [make("p", {}, make("b", {}, name)), make("ul", {}, ...ids.map((id) => make("li", {}, textOf(id))))] : []);
    return [make("div", { class: "g-plan__since" }, make("h3", {}, `Depuis le ${dayInWords(before.f)}`),
      make("p", {}, `${plural(won.length, "« oui » de plus", "« oui » de plus")}, ${plural(lost.length, "« oui » perdu", "« oui » perdus")}.`),
      ...list("C’est gagné :", won), ...list("C’est à reprendre :", lost))];
  };

  /** What the plan says of one measure, with its name and its day. @param {Proposed} proposal @param {number} rank @param {Survey} survey */
  const line = ({ measure, question }, rank, survey) => {
    const { dataset } = measures[measure], link = measures[measure].querySelector("a"), task = survey.w[measure];
    const why = question ? sections[question].querySelector(".g-question__why") : measures[measure].querySelector("[data-because]");
    const answer = REPLIES.find(([each]) => each === survey.a[question])?.[1];
    const mark = kept.read().items[measure];
    const state = mark?.s === "done" ? ` Cochée dans la checklist le ${dayInWords(mark.d)} : à revoir.` : mark?.s === "na" ? " Sans objet dans la checklist : à revoir." : "";
    /** @param {"who" | "by"} name @param {string} label @param {Record<string, any>} set */
    const field = (name, label, set) => {
      const input = /** @type {HTMLInputElement} */ (make("input", { id: `${name}-${measure}`, autocomplete: "off", ...set }));
      input.addEventListener("input", () => update(({ w }) => {
        w[measure] = { ...(w[measure] ?? { who: start.who, by: start.by }), [name]: input.value };
      }));
      return make("div", { class: "g-field" }, make("label", { htmlFor: input.id }, label, make("span", { class: "g-vh" }, ` : ${link?.textContent}`)), input);
    };
    const start = { who: dataset.who ?? "", by: assessment.later(survey.f || today(), asking.days[rank]) };
    return make("li", {},
      make("span", { class: "g-steps__text" }, make("a", { href: link?.getAttribute("href") ?? "" }, link?.textContent ?? "")),
      make("span", { class: "g-steps__why" }, why?.textContent ?? ""),
      make("span", { class: "g-steps__who" }, make("b", {}, "Coût :"), ` ${dataset.cost}. `, make("b", {}, "Temps :"), ` ${dataset.effort}.`,
        answer ? ` Votre réponse : ${answer.toLowerCase()}.` : " Pour compléter le plan.", state),
      make("span", { class: "g-plan__task" },
        field("who", "Qui", { type: "text", maxLength: 60, value: task?.who ?? start.who }),
        field("by", "Pour le", { type: "date", value: task?.by ?? start.by }),
        make("span", { class: "g-plan__done", "aria-hidden": "true" }, "Fait le")));
  };

  const paintPlan = () => {
    const { day, survey, before } = read(), { first, then } = assessment.plan(asking, survey.a);
    const actions = make("div", { class: "g-actions" }, button("Imprimer le plan (une page)", () => printOnly("plan"), true),
      button("Changer mes réponses", () => { queue = every; at = 0; arrive(); }));
    if (day !== today()) actions.append(button("Refaire l’état des lieux", () => { update(() => {}, today()); begin(); arrive(); }));
    section.replaceChildren(/** @type {HTMLElement} */ (section.querySelector("h2")),
      make("p", { class: "g-plan__day" }, `État des lieux du ${dayInWords(survey.f || day)} : ${inWords(survey.a, every)}.`),
      make("ol", { class: "g-list g-steps g-plan__list" }, ...first.map((each, rank) => line(each, rank, survey))),
      actions,
      ...(then.length ? [make("details", { class: "g-more g-plan__then" }, make("summary", {}, `Ensuite, ${plural(then.length, "autre mesure", "autres mesures")}`),
        make("ol", {}, ...then.map(({ measure }) => make("li", {}, make("a", { href: measures[measure].querySelector("a")?.getAttribute("href") ?? "" }, measures[measure].querySelector("a")?.textContent ?? "")))))] : []),
      make("h3", {}, "L’état, sujet par sujet"),
      make("p", { class: "g-plan__legend" }, "oui ✓, non –, je ne sais pas ?"),
      picture(survey.a, before), ...comparison(survey.a, before));
  };

  const paintNew = () => {
    const { survey } = read(), { fresh, reworded } = assessment.news(asking, survey);
    const shown = survey.f && at >= queue.length ? [...fresh, ...reworded] : [];
    box.hidden = !shown.length;
    if (!shown.length) return;
    const said = [fresh.length && plural(fresh.length, "question est nouvelle", "questions sont nouvelles"),
      reworded.length && plural(reworded.length, "question est écrite autrement", "questions sont écrites autrement")].filter(Boolean);
    say(box.querySelector("p"), `Depuis votre état des lieux du ${dayInWords(survey.f)}, ${said.join(" et ")}.`);
    box.querySelector("ul")?.replaceChildren(...shown.map((id) => make("li", {}, textOf(id))));
  };
  box.querySelector("button")?.addEventListener("click", () => {
    const { fresh, reworded } = assessment.news(asking, read().survey);
    queue = [...fresh, ...reworded];
    at = 0;
    arrive();
  });

  const paint = () => {
    const { survey } = read(), planned = at >= queue.length, id = queue[at];
    root.hidden = planned;
    where.hidden = false;
    section.hidden = !planned;
    for (const [name, each] of Object.entries(sections)) each.hidden = name !== id;
    for (const each of all("[data-reply-to]", sections[id] ?? section)) each.setAttribute("aria-pressed", String(each.dataset.replyTo === survey.a[id]));
    back.hidden = at === 0;
    leave.hidden = !survey.f;
    say(where.querySelector("p"), planned ? "" : `Question ${at + 1} sur ${queue.length}`);
    Object.assign(where.querySelector("progress") ?? {}, { max: queue.length, value: at });
    if (planned) paintPlan();
    paintNew();
    if (letter instanceof HTMLElement) {
      const asked = all("[data-for]", letter);
      for (const each of asked) each.hidden = planned && survey.a[each.dataset.for ?? ""] === assessment.YES;
      letter.hidden = asked.every((each) => each.hidden);
    }
    say(document.querySelector("[data-tool=trouble]"), kept.says());
  };

  root.prepend(where);
  root.classList.add("g-survey--asked");
  title?.classList.add("g-vh"); // the question is the title, on a phone above all
  for (const tool of all("[data-tool=keep]")) tool.hidden = false;
  const again = () => { begin(); paint(); };
  document.addEventListener("guide:tracking", again);
  kept.watch(again);
  again();
})();
