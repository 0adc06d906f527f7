/**
 * The decision tree: which question comes next, which steps apply. Pure; the same rules as guide.data.model.decision, where
 * every path is tried at each build.
 */
(() => {
  "use strict";

  /**
   * @typedef {Record<string, string[]>} Condition every question named has one of these answers
   * @typedef {{id: string, settles: Record<string, string>}} Answer
   * @typedef {{id: string, onlyIf: Condition[], answers: Answer[]}} Question
   * @typedef {Record<string, string>} Answers question → answer
   */

  /** @param {Condition[]} conditions @param {Answers} known */
  const applies = (conditions, known) => !conditions.length
    || conditions.some((condition) => Object.entries(condition).every(([name, values]) => values.includes(known[name])));

  /**
   * The given answers with all that they settle; what was said first wins. Unknown questions and answers are dropped.
   * @param {Question[]} questions
   * @param {Answers} given
   * @returns {Answers}
   */
  const facts = (questions, given) => {
    /** @type {Answers} */
    const known = {};
    for (const { id, answers } of questions) {
      const chosen = answers.find((answer) => answer.id === given[id]);
      if (!chosen) continue;
      for (const [name, value] of [[id, chosen.id], ...Object.entries(chosen.settles)]) known[name] ??= value;
    }
    return known;
  };

  /** @param {Question[]} questions @param {Answers} given @returns {Question | null} */
  const next = (questions, given) => {
    const known = facts(questions, given);
    return questions.find(({ id, onlyIf }) => !(id in known) && applies(onlyIf, known)) ?? null;
  };

  /** The answers that still count, in the order of the questions. @param {Question[]} questions @param {Answers} given */
  const path = (questions, given) => {
    /** @type {Answers} */
    const kept = {};
    for (;;) {
      const question = next(questions, kept);
      if (!question || !question.answers.some(({ id }) => id === given[question.id])) return kept;
      kept[question.id] = given[question.id];
    }
  };

  /** Every complete set of answers. @param {Question[]} questions @returns {Answers[]} */
  const paths = (questions) => {
    const done = [], waiting = [{}];
    while (waiting.length) {
      const given = /** @type {Answers} */ (waiting.pop());
      const question = next(questions, given);
      if (!question) done.push(given);
      else for (const { id } of question.answers) waiting.push({ ...given, [question.id]: id });
    }
    return done;
  };

  Object.assign(window.guide, { decision: { applies, facts, next, path, paths } });
})();
