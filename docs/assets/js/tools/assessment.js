/**
 * The state of play: what a set of answers calls for, what has changed since the last one. Pure: no page, no storage.
 * The data say what each answer counts; a measure that an answer calls done is never proposed.
 */
(() => {
  "use strict";
  const YES = "oui", UNSURE = "je-ne-sais-pas";

  /** Points of a question that was not answered « oui ». @param {Asking} asking @param {Answered} given @param {StateQuestion} question */
  const points = ({ points: worth, rules }, given, question) => rules
    .filter((rule) => rule.questions.includes(question.id)
      && Object.entries(rule.when).every(([id, answers]) => answers.includes(given[id])))
    .reduce((sum, rule) => sum + rule.points, question.weight * worth[given[question.id]]);

  /** Measures that the answers call done. @param {Asking} asking @param {Answered} given */
  const done = ({ questions }, given) => new Set(questions
    .filter(({ id }) => given[id] === YES).flatMap(({ measure, also }) => [measure, ...also]));

  /**
   * Every measure that the answers call for, the most pressing first; those that complete a short plan have no question.
   * @param {Asking} asking
   * @param {Answered} given
   * @returns {Proposed[]}
   */
  const proposed = (asking, given) => {
    const { questions, order, further } = asking, finished = done(asking, given);
    /** @type {Map<string, Proposed & {points: number}>} */
    const found = new Map();
    for (const question of questions) {
      const answer = given[question.id];
      if (!Object.hasOwn(asking.points, answer ?? "")) continue; // « oui », or not answered
      const instead = answer === UNSURE && question.unsure && !finished.has(question.unsure);
      const measure = instead ? question.unsure : question.measure;
      const worth = points(asking, given, question), known = found.get(measure);
      if (!known || known.points < worth) found.set(measure, { measure, question: question.id, points: worth });
    }
    const sorted = [...found.values()].sort((one, two) => two.points - one.points
      || order.indexOf(one.measure) - order.indexOf(two.measure));
    const more = further.filter((measure) => !finished.has(measure) && !found.has(measure));
    return [...sorted.map(({ measure, question }) => ({ measure, question })), ...more.map((measure) => ({ measure, question: "" }))];
  };

  /** The plan, and what comes after it. @param {Asking} asking @param {Answered} given */
  const plan = (asking, given) => {
    const all = proposed(asking, given), size = asking.days.length;
    return { first: all.slice(0, size), then: all.slice(size).filter(({ question }) => question) };
  };

  /** What an earlier set of answers does not know yet: new questions, and those that read otherwise. @param {Asking} asking @param {Survey} survey */
  const news = ({ questions }, { a, h }) => ({
    fresh: questions.filter(({ id }) => !(id in a)).map(({ id }) => id),
    reworded: questions.filter(({ id, hash }) => id in a && h[id] !== hash).map(({ id }) => id),
  });

  /** Questions whose answer is better or worse than last time. @param {Asking} asking @param {Answered} now @param {Answered} before */
  const compare = ({ questions }, now, before) => {
    const both = questions.map(({ id }) => id).filter((id) => now[id] && before[id] && now[id] !== before[id]);
    return { won: both.filter((id) => now[id] === YES), lost: both.filter((id) => before[id] === YES) };
  };

  /** Answers under the present ids: a renamed question or measure keeps what was said of it. @param {Asking} asking @param {Survey} survey */
  const carryOver = ({ questions, former }, survey) => {
    /** @param {Record<string, any>} table @param {string} id @param {string[]} olds */
    const move = (table, id, olds) => {
      for (const old of olds.filter((each) => Object.hasOwn(table, each))) {
        if (!Object.hasOwn(table, id)) table[id] = table[old];
        delete table[old];
      }
    };
    for (const { id, former: olds } of questions) {
      move(survey.a, id, olds);
      move(survey.h, id, olds);
    }
    for (const [id, olds] of Object.entries(former)) move(survey.w, id, olds);
  };

  /** @param {string} day YYYY-MM-DD @param {number} days @returns {string} that many days later */
  const later = (day, days) => {
    const date = new Date(`${day}T12:00Z`);
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
  };

  window.guide.assessment = { YES, UNSURE, done, proposed, plan, news, compare, carryOver, later };
})();
