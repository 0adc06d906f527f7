/*
 * The index of the site: which term stands where, and how much a set of terms says about each page and section.
 */

/** Where a term can stand: title of a page, heading in it, its keywords, the documents that it cites, its text. */
const TITLE = 0, HEADING = 1, KEYWORDS = 2, CITED = 3, TEXT = 4;

/** How much one occurrence in each place is worth, and how soon more of them stop counting (BM25's k). */
const WORTH = [5.5, 1.5, 6, 1.4, 1.8], PATIENCE = [0.3, 0.6, 0.4, 1, 1.6];

/** The same for a section: the title of its page says little about an introduction. */
const WORTH_IN_SECTION = [1.5, 1.5, 0, 0, 1.8];

/** Share of the length of a text in its patience (BM25's b): long pages must say a word more often. */
const LENGTH_SHARE = 0.6;

/** Occurrences that an unseen word stands for: it is kept once for a whole page. */
const UNSEEN = 1.5;

/** Material packs block and token into one number; neighbours in one block are consecutive. */
const BLOCK = 20;

/**
 * @typedef {{section: number, place: number, at: number[], times: number, share: number}} Hit
 *   one term in one field of one section; `at` is empty where the reader does not see the term
 * @typedef {{ref: string, page: number, isPage: boolean}} Section a document of Material's index
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
    /** @type {string[]} page addresses, as `pageOf` writes them */
    this.pages = [];
    /** @type {Map<string, number>} */
    this.pageNumbers = new Map();
    /** @type {Map<string, Hit[]>} */
    this.postings = new Map();
    /** @type {Map<string, string>} term → spelling of a word that is not shown */
    this.written = new Map();
    /** @type {number[]} words of text by page */
    this.lengths = [];
  }

  /**
   * The address of a page without what differs between a server and a folder: « urgence/decider ».
   * @param {string} location
   */
  static pageOf(location) {
    return location.split("#")[0].replace(/(?:^|\/)index\.html$|\.html$|\/$/, "");
  }

  /**
   * @param {string} ref address of the section
   * @param {{str: string, metadata: {position: number}}[][]} fields tokens of the title, then of the text
   */
  add(ref, [title, text]) {
    const address = FrenchIndex.pageOf(ref), isPage = !ref.includes("#");
    const page = this.pageNumbers.get(address) ?? this.pages.push(address) - 1;
    this.pageNumbers.set(address, page);
    const section = this.sections.push({ ref, page, isPage }) - 1;
    const share = shareOf(title.map((token) => token.str)) ** 0.5;
    for (const token of title) this.place(token.str, section, isPage ? TITLE : HEADING, token.metadata.position, share);
    for (const token of text) this.place(token.str, section, TEXT, token.metadata.position);
    this.lengths[page] = (this.lengths[page] ?? 0) + text.length;
    return section;
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
   * @param {number} section @param {string} word as it is written there
   */
  addUnseen(section, word) {
    const term = fold(word), hits = this.postings.get(term), hit = { section, place: TEXT, at: [], times: UNSEEN, share: 1 };
    if (hits) hits.push(hit);
    else this.postings.set(term, [hit]);
    this.written.set(term, word);
    this.lengths[this.sections[section].page] += UNSEEN;
  }

  /** The words among some terms that a text says without showing them. @param {Map<string, number>} terms
   * @param {number} section */
  unseen(terms, section) {
    return [...terms.keys()].filter((term) => this.postings.get(term)?.some((hit) => hit.section === section && !hit.at.length))
      .map((term) => this.written.get(term) ?? term);
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
