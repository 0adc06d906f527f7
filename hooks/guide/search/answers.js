/*
 * The answer itself, before any page: what data/answers.yml says to the words of an emergency.
 */

/** Letters of an unfinished word from which it counts as the word. */
const BEGUN = 5;

/**
 * @typedef {{words: string[], unless?: string[], title: string, text: string, page: string, more: string,
 *   call?: [string, string], visit?: [string, string], source: string}} Answer
 *   `words`: expressions of words that may stand in any order, each a choice written with bars; `call`: label and number;
 *   `visit`: label and address
 * @typedef {string[][]} Expression for each of its words, the words that may stand for it, and their stems
 */

/** @param {string} written « eteindre pc/ordinateur » @returns {Expression} */
const expressionOf = (written) => written.split(/\s+/)
  .map((choice) => choice.split("/").flatMap((word) => wordsOf(word).slice(-1)).filter((word) => !STOP_WORDS.has(word)))
  .filter((words) => words.length).map((words) => [...new Set(words.flatMap((word) => [word, stem(word)]))]);

class Answers {
  /** @param {Answer[]} all in the order in which they are preferred */
  constructor(all) {
    this.all = all.map((answer) => ({
      answer, expressions: answer.words.map(expressionOf), unless: (answer.unless ?? []).map(expressionOf),
    }));
    /** Words that must be recognised as typed. */
    this.words = new Set(this.all.flatMap(({ expressions }) => expressions.flat(2)));
  }

  /**
   * The answer to a query: the one of which most words were typed.
   * @param {Needle[]} needles
   * @returns {Answer | undefined}
   */
  to(needles) {
    const typed = new Set(needles.flatMap((needle) => needle.spellings.flatMap((word) => [stem(word), word])));
    const begun = needles[needles.length - 1]?.text ?? "", subjects = needles.filter((needle) => needle.weight === 1).length;
    let best, most = 0;
    for (const { answer, expressions, unless } of this.all) {
      if (unless.some((expression) => heard(expression, typed, ""))) continue;
      for (const expression of expressions) {
        // A single word answers only when nothing else is asked.
        if (expression.length <= most || (expression.length === 1 && subjects > 1) || !heard(expression, typed, begun)) continue;
        [best, most] = [answer, expression.length];
      }
    }
    return best;
  }
}

/** Whether each word of an expression was typed, the last one perhaps unfinished.
 * @param {Expression} expression @param {Set<string>} typed @param {string} begun */
const heard = (expression, typed, begun) => expression.length > 0 && expression.every((words) => words.some((word) =>
  typed.has(word) || (begun.length >= BEGUN && word.startsWith(begun))));
