/*
 * What a result shows: its title and a passage, cut into pieces that are marked or not.
 */

/** Blocks of a section that are shown at most. */
const BLOCKS_SHOWN = 2;

/** A piece of text, and whether it is what was looked for. @typedef {[string, boolean]} Piece */

/** The terms to mark in each section: all that stands for a word of the query, but not for a question's own words.
 * @param {Needle[]} needles @returns {(section: number) => Set<string>} */
const termsToMark = (needles) => {
  const speaking = needles.filter((needle) => needle.weight > WEAK); // « faire » in « que faire si » is no find
  const evidence = (speaking.length ? speaking : needles).flatMap((needle) => needle.evidence);
  /** @param {Evidence[]} some */
  const terms = (some) => some.flatMap((each) => [...each.terms.keys()]);
  const always = new Set(terms(evidence.filter((each) => !each.shown))), sometimes = evidence.filter((each) => each.shown);
  return (section) => {
    const here = sometimes.filter((each) => each.shown?.(section));
    return here.length ? new Set([...always, ...terms(here)]) : always;
  };
};

/** The separators of a text stay beside its words. */
const CUT = new RegExp(`(${SEPARATOR.source})`);

/** The terms of words already met in results. @type {Map<string, string[]>} */
const MET = new Map(), MOST_MET = 5_000;

/** @param {string} chunk */
const termsMet = (chunk) => {
  let terms = MET.get(chunk);
  if (!terms) {
    if (MET.size > MOST_MET) MET.clear();
    MET.set(chunk, (terms = termsOf(chunk)));
  }
  return terms;
};

/** @param {string} text @param {Set<string>} terms @returns {Piece[]} */
const pieces = (text, terms) => {
  /** @type {Piece[]} */
  const made = [];
  for (const chunk of text.split(CUT)) {
    if (!chunk) continue;
    const found = termsMet(chunk).some((term) => terms.has(term)), last = made[made.length - 1];
    if (last && !last[1] && !found) last[0] += chunk;
    else made.push([chunk, found]);
  }
  return made;
};

/** The blocks in which most of the terms stand, in the order of the text; the first one when none has any.
 * @param {string[]} blocks @param {Set<string>} terms @returns {Piece[][]} */
const passage = (blocks, terms) => {
  const cut = blocks.map((block) => pieces(block, terms));
  const marks = cut.map((block) => new Set(block.filter(([, found]) => found).map(([text]) => fold(text))).size);
  const best = [...cut.keys()].filter((block) => marks[block]).sort((a, b) => marks[b] - marks[a] || a - b).slice(0, BLOCKS_SHOWN);
  return (best.length ? best.sort((a, b) => a - b) : [0]).flatMap((block) => (cut[block] ? [cut[block]] : []));
};
