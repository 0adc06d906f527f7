/**
 * The decision tree: which question comes next, which steps apply. Pure; the same rules as guide.data.model.decision, where
 * every path is tried at each build.
 */
(() => {
  "use strict";

  /** @param {Condition[]} conditions @param {Answered} known */
  const applies = (conditions, known) => !conditions.length
    || conditions.some((condition) => Object.entries(condition).every(([name, values]) => values.includes(known[name])));

  /**
   * The given answers with all that they settle; what was said first wins. Unknown questions and answers are dropped.
   * @param {Question[]} questions
   * @param {Answered} given
   * @returns {Answered}
   */
  const facts = (questions, given) => {
    /** @type {Answered} */
    const known = {};
    for (const { id, answers } of questions) {
      const chosen = answers.find((answer) => answer.id === given[id]);
      if (!chosen) continue;
      for (const [name, value] of [[id, chosen.id], ...Object.entries(chosen.settles)]) known[name] ??= value;
    }
    return known;
  };

  /** @template {Question} Q @param {Q[]} questions @param {Answered} given @returns {Q | null} */
  const next = (questions, given) => {
    const known = facts(questions, given);
    return questions.find(({ id, onlyIf }) => !(id in known) && applies(onlyIf, known)) ?? null;
  };

  /** The answers that still count, in the order of the questions. @param {Question[]} questions @param {Answered} given */
  const path = (questions, given) => {
    /** @type {Answered} */
    const kept = {};
    for (;;) {
      const question = next(questions, kept);
      if (!question || !question.answers.some(({ id }) => id === given[question.id])) return kept;
      kept[question.id] = given[question.id];
    }
  };

  /** Every complete set of answers. @param {Question[]} questions @returns {Answered[]} */
  const paths = (questions) => {
    const done = [], waiting = [{}];
    while (waiting.length) {
      const given = /** @type {Answered} */ (waiting.pop());
      const question = next(questions, given);
      if (!question) done.push(given);
      else for (const { id } of question.answers) waiting.push({ ...given, [question.id]: id });
    }
    return done;
  };

  window.guide.decision = { applies, facts, next, path, paths };
})();
