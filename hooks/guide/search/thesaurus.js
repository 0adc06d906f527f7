/*
 * From the words of the practice to the words of the guide: « backup » leads to « sauvegarde ».
 */

/**
 * @typedef {{needles: number[], leadsTo: string[][], weight: number}} Lead
 * Words of the query (by index) that make an expression, and the phrases to look for in their place.
 */

class Thesaurus {
  /**
   * @param {string} rows one a line: everyday expressions > expressions of the guide, each with commas
   * @param {[string, string][]} acronyms each with what it stands for
   */
  constructor(rows, acronyms) {
    /** @type {Map<string, string[][]>} expression (stems, sorted) → phrases */
    this.phrases = new Map();
    /** @type {Map<string, string[][]>} expression written as one word → its words, for each that reads so */
    this.joined = new Map();
    /** @type {Set<string>} */
    this.words = new Set();
    this.longest = 1;
    const read = rows.split("\n").map((row) => row.split(">").map((side) => side.split(",")));
    for (const [short, full] of acronyms) read.push([[short], [full]], [[full], [short]]);
    for (const [typed, meant] of read) {
      const phrases = meant.map((phrase) => this.contentOf(wordsOf(phrase)));
      for (const expression of typed) this.learn(wordsOf(expression), phrases);
    }
  }

  /** @param {string[]} all @param {string[][]} phrases */
  learn(all, phrases) {
    const words = this.contentOf(all);
    this.longest = Math.max(this.longest, words.length);
    for (const whole of new Set([all.join(""), words.join("")])) {
      const readings = this.joined.get(whole) ?? [];
      if (!readings.some((other) => this.keyOf(other) === this.keyOf(words))) this.joined.set(whole, [...readings, words]);
    }
    for (const word of words) this.words.add(word);
    const key = this.keyOf(words), known = this.phrases.get(key);
    if (known) known.push(...phrases);
    else this.phrases.set(key, [...phrases]);
  }

  /** Without stop words, unless there is nothing else. @param {string[]} words */
  contentOf(words) {
    const content = words.filter((word) => !STOP_WORDS.has(word));
    return content.length ? content : words;
  }

  /** @param {string[]} words */
  keyOf(words) {
    return words.map(stem).sort().join(" ");
  }

  /**
   * The expressions found in a query. An expression inside a longer one is dropped: « mot de passe oublié » is not
   * about anything forgotten.
   * @param {string[][]} spellings for each word of the query, the spellings that it may stand for
   * @returns {Lead[]}
   */
  read(spellings) {
    /** @type {Lead[]} */
    const found = [];
    for (let start = 0; start < spellings.length; start++) {
      // One more word than the expression may stand inside it: « dossier [complet] envoyé ».
      for (let end = start + 1; end <= Math.min(spellings.length, start + this.longest + 1); end++) {
        const span = Array.from({ length: end - start }, (_, offset) => start + offset);
        this.match(span, spellings, 1, found);
        for (let skipped = 1; skipped < span.length - 1; skipped++) {
          this.match(span.filter((_, offset) => offset !== skipped), spellings, 0.8, found);
        }
      }
    }
    return found.filter((lead) => !found.some((other) => other.needles.length > lead.needles.length &&
      lead.needles.every((needle) => other.needles.includes(needle))));
  }

  /** @param {number[]} needles @param {string[][]} spellings @param {number} weight @param {Lead[]} found */
  match(needles, spellings, weight, found) {
    for (const words of choices(needles.map((needle) => spellings[needle]))) {
      const typed = this.keyOf(words), readings = this.joined.get(words.join("")) ?? [];
      for (const expression of [words, ...readings.filter((each) => this.keyOf(each) !== typed)]) {
        const leadsTo = [...(this.phrases.get(this.keyOf(expression)) ?? [])];
        if (expression !== words) leadsTo.push(expression); // « prosanteconnect » is first of all « Pro Santé Connect »
        if (leadsTo.length) found.push({ needles, leadsTo, weight });
      }
    }
  }
}

/**
 * Every way to take one spelling for each word; sixteen at most.
 * @param {string[][]} spellings
 * @returns {string[][]}
 */
const choices = (spellings) => spellings.reduce(
  (/** @type {string[][]} */ made, options) => made.flatMap((words) => options.map((word) => [...words, word])).slice(0, 16),
  [[]],
);
