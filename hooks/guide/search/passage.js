/*
 * What a result shows: its title and a passage, cut into pieces that are marked or not.
 */

/** Blocks of a section that are shown at most, and words that a query may mark. */
const BLOCKS_SHOWN = 2;

/** A piece of text, and whether it is what was looked for. @typedef {[string, boolean]} Piece */

/** The terms to mark in a section: all that stands for a word of the query, but not for a question's own words.
 * @param {Needle[]} needles @param {number} section @returns {Set<string>} */
const termsToMark = (needles, section) => {
  const speaking = needles.filter((needle) => needle.weight > WEAK); // « faire » in « que faire si » is no find
  return new Set((speaking.length ? speaking : needles).flatMap((needle) =>
    needle.evidence.flatMap(({ terms, shown }) => (!shown || shown(section) ? [...terms.keys()] : []))));
};

/** @param {string} text @param {Set<string>} terms @returns {Piece[]} */
const pieces = (text, terms) => {
  /** @type {Piece[]} */
  const made = [];
  for (const chunk of text.split(new RegExp(`(${SEPARATOR.source})`))) {
    const found = termsOf(chunk).some((term) => terms.has(term)), last = made[made.length - 1];
    if (!chunk) continue;
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
