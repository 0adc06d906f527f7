/*
 * The index of the site: which term stands where, and how much a set of terms says about each page and section.
 */

/** Where a term can stand: title of a page, heading in it, its keywords, the documents that it cites, its text. */
const TITLE = 0, HEADING = 1, KEYWORDS = 2, CITED = 3, TEXT = 4;

/** How much one occurrence in each place is worth, and how soon more of them stop counting (BM25's k). */
const WORTH = [7, 1.5, 6, 2, 1.3], PATIENCE = [0.3, 0.6, 0.4, 1, 1.6];

/** The same for a section: the title of its page says little about an introduction. */
const WORTH_IN_SECTION = [1.5, 1.5, 0, 0, 1.8];

/** Share of the length of a text in its patience (BM25's b): long pages must say a word more often. */
const LENGTH_SHARE = 0.6;

/** Occurrences that an unseen word stands for: it is kept once for a whole page. */
const UNSEEN = 1;

/** Position of a token: its block and its place there in one number; neighbours in one block are consecutive. */
const BLOCK = 20;

/** How long the index is built in one go, in milliseconds, before the page may draw and answer. */
const SLICE = 12;

/**
 * @typedef {{section: number, place: number, at: number[], times: number, share: number}} Hit
 *   one term in one field of one section; `at` is empty where the reader does not see the term
 * @typedef {{address: string, kind: string, weight: number, site: boolean, listed: boolean, entry: string}} Page
 *   `site`: for whoever runs the site; `listed`: its entries are results of their own, labelled `entry`
 * @typedef {{page: number, anchor: string, title: string, blocks: string[], isEntry: boolean}} Section
 * @typedef {{a: string, k?: string, w?: number, s?: 1, l?: 1, e?: string, t?: string[], c?: number[],
 *   n: [string, string, string[], (1 | 2)?][]}} PackedPage a page as index.py writes it
 * @typedef {{terms: Map<string, number>, rarity: number, pages: Float64Array, sections: Float64Array,
 *   shown?: (section: number) => boolean}} Evidence what some terms say; `shown`: where they are highlighted
 */

/** What one word is of a phrase: all of « sauvegarde », less of « serveur en panne ». @param {string[]} chunks */
const shareOf = (chunks) => 1 / Math.sqrt(Math.max(1, chunks.filter((chunk) => !STOP_WORDS.has(bare(chunk))).length));

/** How often, and how surely, some terms occur in each unit (pages or sections). */
class Tally {
  /** @param {number} units */
  constructor(units) {
    this.surest = new Float64Array(units);
    this.total = new Float64Array(units);
  }

  /** @param {number} unit @param {number} weight @param {number} times */
  count(unit, weight, times) {
    this.surest[unit] = Math.max(this.surest[unit], weight);
    this.total[unit] += weight * times;
  }

  /** Between 0 and 1: never more than the surest term allows, however often it occurs. @param {number} unit
   * @param {number} patience */
  score(unit, patience) {
    const surest = this.surest[unit];
    return surest ? (surest * this.total[unit]) / (this.total[unit] + patience * surest) : 0;
  }
}

class FrenchIndex {
  constructor() {
    /** @type {Section[]} */
    this.sections = [];
    /** @type {Page[]} */
    this.pages = [];
    /** @type {Map<string, Hit[]>} */
    this.postings = new Map();
    /** @type {number[]} words of text by page */
    this.lengths = [];
    this.meanLength = 1;
    /** @type {number[][]} the sections of each page */
    this.sectionsOf = [];
    /** @type {[string, string][]} each acronym with what it stands for */
    this.acronyms = [];
  }

  /**
   * The index of a whole site, built in slices so that the page never waits.
   * @param {{pages: PackedPage[], unseen: string}} packed
   * @returns {Promise<FrenchIndex>}
   */
  static async of({ pages, unseen }) {
    const index = new FrenchIndex();
    let start = performance.now();
    const breathe = async () => {
      if (performance.now() - start < SLICE) return;
      await new Promise((done) => setTimeout(done));
      start = performance.now();
    };
    for (const page of pages) {
      index.addPage(page);
      await breathe();
    }
    for (const [page, { t: keywords = [], c: cited = [] }] of pages.entries()) {
      const [first] = index.sectionsOf[page];
      index.addHidden(first, KEYWORDS, keywords);
      index.addHidden(first, CITED, cited.map((number) => index.sections[number].title));
      await breathe();
    }
    for (const [word, sections] of unpack(unseen)) {
      for (const section of sections) index.addUnseen(section, word);
      await breathe();
    }
    index.finish();
    return index;
  }

  /** @param {PackedPage} packed */
  addPage({ a: address, k: kind = "", w: weight = 1, s: site, l: listed, e: entry = "", n: sections }) {
    const page = this.pages.push({ address, kind, weight, site: !!site, listed: !!listed, entry }) - 1;
    this.lengths[page] = 0;
    this.sectionsOf[page] = [];
    for (const [anchor, title, blocks, isEntry] of sections) {
      const section = this.sections.push({ page, anchor, title, blocks, isEntry: !!isEntry }) - 1;
      this.sectionsOf[page].push(section);
      if (isEntry === 2) this.acronyms.push([title, blocks[0]]);
      const words = chunksOf(title), share = shareOf(words) ** 0.5;
      words.forEach((chunk, token) => this.place(chunk, section, anchor ? HEADING : TITLE, token, share));
      blocks.forEach((text, block) => {
        const chunks = chunksOf(text);
        chunks.forEach((chunk, token) => this.place(chunk, section, TEXT, (block << BLOCK) + token));
        this.lengths[page] += chunks.length;
      });
    }
  }

  /**
   * Words that a page answers to without showing them.
   * @param {number} section
   * @param {number} place KEYWORDS or CITED
   * @param {readonly string[]} phrases each is a block of its own
   */
  addHidden(section, place, phrases) {
    phrases.forEach((phrase, block) => {
      const chunks = chunksOf(phrase), share = shareOf(chunks);
      chunks.forEach((chunk, token) => this.place(chunk, section, place, (block << BLOCK) + token, share));
    });
  }

  /** @param {string} chunk @param {number} section @param {number} place @param {number} position
   * @param {number} [share] how much of its title or keyword the chunk is */
  place(chunk, section, place, position, share = 1) {
    for (const term of termsOf(chunk)) {
      let hits = this.postings.get(term);
      if (!hits) this.postings.set(term, (hits = []));
      const last = hits[hits.length - 1];
      if (last?.section === section && last.place === place) {
        last.at.push(position);
        last.times++;
        last.share = Math.max(last.share, share);
      } else hits.push({ section, place, at: [position], times: 1, share });
    }
  }

  /**
   * A word that a text says further on than what is shown of it.
   * @param {number} section @param {string} term
   */
  addUnseen(section, term) {
    const hits = this.postings.get(term), hit = { section, place: TEXT, at: [], times: UNSEEN, share: 1 };
    if (hits) hits.push(hit);
    else this.postings.set(term, [hit]);
    this.lengths[this.sections[section].page] += UNSEEN;
  }

  /** To be called once, after the last section. */
  finish() {
    this.meanLength = this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, this.lengths.length) || 1;
  }

  /**
   * What a set of terms that stand for one word says about every page and section.
   * @param {Map<string, number>} terms
   * @returns {Evidence}
   */
  weigh(terms) {
    const pages = WORTH.map(() => new Tally(this.pages.length));
    const sections = WORTH.map(() => new Tally(this.sections.length));
    const bearing = new Set();
    for (const [term, weight] of terms) {
      for (const { section, place, times, share } of this.postings.get(term) ?? []) {
        const { page } = this.sections[section];
        if (weight > 0.6) bearing.add(page);
        pages[place].count(page, weight * share, times);
        sections[place].count(section, weight * share, times);
      }
    }
    const rarity = Math.log(1 + (this.pages.length - bearing.size + 0.5) / (bearing.size + 0.5));
    /** @param {Tally[]} tallies @param {number[]} worth @param {number} number @param {number} longer */
    const score = (tallies, worth, number, longer) => rarity * tallies.reduce((sum, tally, place) =>
      sum + worth[place] * tally.score(number, PATIENCE[place] * (place === TEXT ? longer : 1)), 0);
    return {
      terms,
      rarity,
      pages: new Float64Array(this.pages.length).map((_, page) =>
        score(pages, WORTH, page, 1 - LENGTH_SHARE + (LENGTH_SHARE * this.lengths[page]) / this.meanLength)),
      sections: new Float64Array(this.sections.length).map((_, section) => score(sections, WORTH_IN_SECTION, section, 1)),
    };
  }

  /**
   * Positions of a set of terms: section → place → positions, ascending.
   * @param {Map<string, number>} terms
   * @param {(section: number) => boolean} [shown]
   */
  locate(terms, shown) {
    /** @type {Map<number, number[][]>} */
    const found = new Map();
    for (const term of terms.keys()) {
      for (const hit of this.postings.get(term) ?? []) {
        if (shown && !shown(hit.section)) continue;
        let places = found.get(hit.section);
        if (!places) found.set(hit.section, (places = WORTH.map(() => [])));
        places[hit.place].push(...hit.at);
      }
    }
    for (const places of found.values()) for (const at of places) at.sort((a, b) => a - b);
    return found;
  }
}

/**
 * What `pack` of shorten.py wrote: every unseen word, and the numbers of the texts that say it.
 * @param {string} packed
 * @returns {[string, number[]][]}
 */
const unpack = (packed) => {
  const [words, texts] = packed.split("\n").map((line) => line.split(" ").filter(Boolean));
  return words.map((word, each) => {
    let number = -1;
    return [word, [...texts[each]].map((letter) => {
      const code = letter.charCodeAt(0);
      return (number += 1 + code - (code < 0x100 ? 0x23 : 0x100));
    })];
  });
};
