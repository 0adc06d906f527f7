/*
 * The words that the site and the thesaurus know, and which of them a typed word may stand for.
 * A « reach » is a Map of index terms to weights between 0 and 1.
 */

/** Weights of a reach, from the very word to its cousin. */
const SAME_STEM = 0.9, SAME_ROOT = 0.5, COMPLETED = 0.8;

/** Words that a misspelt one may stand for at once. */
const MOST_CORRECTIONS = 4;

/** What is left of the weight of its family when the word itself is in the site. */
const BESIDE_ITSELF = 0.6;

/**
 * @param {string} key @param {string} value @param {Map<string, string[]>} map
 */
const file = (map, key, value) => {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
};

/** A set of letters as bits: one typing error changes two bits at most. @param {string} word */
const letters = (word) => {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
};

/** @param {number} bits */
const count = (bits) => {
  let sum = 0;
  for (let rest = bits; rest; rest &= rest - 1) sum++;
  return sum;
};

/** Under this length one letter makes another word: only what a hand or an ear gets wrong is a misspelling. */
const SHORT = 6;

/** Neighbours on a French keyboard, and vowels, which spelling confuses. */
const CONFUSED = [
  ...["azertyuiop", "qsdfghjklm", "wxcvbn"].flatMap((row) => [...row].slice(1).map((key, place) => row[place] + key)),
  ..."aq qw zs sx ed dc rf fv tg gb yh hn uj ik ol pm".split(" "),
];

/** @param {string} one @param {string} other */
const confused = (one, other) => CONFUSED.includes(one + other) || CONFUSED.includes(other + one) || ("aeiouy".includes(one) && "aeiouy".includes(other));

/** Whether one slip leads from a word to what was typed: a letter left out, doubled, swapped or taken for its neighbour.
 * @param {string} typed @param {string} word */
const slipped = (typed, word) => {
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at++;
  if (typed.length < word.length) return true;
  if (typed.length > word.length) return [typed[at - 1], typed[at + 1]].some((beside) => beside === typed[at] || (beside && confused(beside, typed[at])));
  return typed[at] === word[at + 1] || confused(typed[at], word[at]);
};

class Vocabulary {
  /**
   * @param {Iterable<string>} indexed terms of the index
   * @param {Iterable<string>} heard words that only the thesaurus knows: recognised, completed, never searched
   */
  constructor(indexed, heard) {
    /** @type {Set<string>} */
    this.indexed = new Set(indexed);
    /** @type {Map<string, string[]>} */
    this.stems = new Map();
    /** @type {Map<string, string[]>} */
    this.roots = new Map();
    for (const term of this.indexed) {
      if (STOP_WORDS.has(term) || WEAK_WORDS.has(term)) continue; // « son » is no singular of « SONS »
      file(this.stems, stem(term), term);
      if (root(term)) file(this.roots, root(term), term);
    }
    this.heard = new Set([...heard].flatMap((word) => [word, stem(word)]));
    // Words without digits only: a wrong digit makes another number, not a spelling.
    this.words = [...new Set([...this.indexed, ...heard])].filter((word) => word.length > 2 && !/\d/.test(word))
      .map((word) => ({ word, letters: letters(word), sound: sound(word), heard: letters(sound(word)) }));
    this.sorted = [...this.indexed].sort();
  }

  /** Whether a word is right as typed, so that nothing corrects it. @param {string} word */
  knows(word) {
    return this.indexed.has(word) || this.stems.has(stem(word)) || this.heard.has(word) || this.heard.has(stem(word));
  }

  /** The word, its other forms and its family. @param {string} word */
  formsOf(word) {
    /** @type {Map<string, number>} */
    const reach = new Map();
    const same = this.stems.get(stem(word)) ?? [];
    for (const term of this.roots.get(root(word)) ?? []) reach.set(term, SAME_ROOT * (same.length ? BESIDE_ITSELF : 1));
    for (const term of same) reach.set(term, SAME_STEM);
    if (this.indexed.has(word)) reach.set(word, 1);
    return reach;
  }

  /** The terms that begin with an unfinished word, the longer the weaker. @param {string} start */
  completionsOf(start) {
    /** @type {Map<string, number>} */
    const reach = new Map();
    let low = 0, high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sorted[middle] < start) low = middle + 1;
      else high = middle;
    }
    for (; low < this.sorted.length && this.sorted[low].startsWith(start); low++) {
      const term = this.sorted[low];
      if (term !== start) reach.set(term, COMPLETED * Math.sqrt(start.length / term.length));
    }
    return reach;
  }

  /**
   * Known words that an unknown one was probably meant to be, nearest first; at most four.
   * Half an error is granted to what sounds alike (« ransongiciel »).
   * @param {string} typed
   */
  correctionsOf(typed) {
    if (typed.length < 4 || /\d/.test(typed)) return [];
    const allowed = typed.length < 6 ? 1 : typed.length < 9 ? 2 : 3;
    const seen = letters(typed), spoken = sound(typed), heard = letters(spoken), misheard = Math.min(allowed, 2);
    /** @type {{word: string, cost: number}[]} */
    const found = [];
    for (const each of this.words) {
      // Counting letters rules nearly every word out before their order is compared.
      const eye = count(each.letters ^ seen) > 2 * allowed ? allowed + 1 : distance(typed, each.word, allowed);
      const ear = spoken.length < 3 || count(each.heard ^ heard) > 2 * misheard ? misheard + 1 : distance(spoken, each.sound, misheard);
      // Among equals, the word that begins alike.
      const cost = Math.min(eye, ear > misheard ? eye : ear + 0.5) + (each.word[0] === typed[0] ? 0 : 0.25);
      if (typed.length < SHORT && ear && !slipped(typed, each.word)) continue; // « carie » is no misspelt « carte »
      if (cost <= allowed + 0.25) found.push({ word: each.word, cost });
    }
    found.sort((a, b) => a.cost - b.cost);
    return found.filter((each) => each.cost <= found[0].cost + 0.25).slice(0, MOST_CORRECTIONS).map((each) => each.word);
  }
}
