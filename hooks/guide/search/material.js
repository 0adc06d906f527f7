/*
 * Puts the French search in the place of lunr's inside Material's search worker.
 *
 * The worker loads this file as the French module of lunr, calls `lunr.fr` while it builds the index, then asks the
 * index for results, highlights the positions that come with them and multiplies the scores (see `class U` there).
 * Measured on Material 9.8.1; tests/search drives the real search box and fails when any of this changes.
 */

/** Material shows at most this many blocks of a section. */
const BLOCKS_SHOWN = 2;

/** The query that the worker has built, « mot* passe* », as words. @param {string} text */
const typedWords = (text) => text.split(/\s+/).map((chunk) => chunk.replace(/^[+-]+|(?:[~^]\d*|\*)+$/g, "")).filter(Boolean);

/** Words that a result names when it shows none of those that it was found by. */
const MOST_NAMED = 2;

/** What Material's `lunr(…)` gets instead of an index of lunr. */
class MaterialIndex {
  /** @param {Search} search @param {string[]} fields @param {Record<string, any>[]} docs the worker's own entries */
  constructor(search, fields, docs) {
    this.engine = search;
    this.docs = docs;
    this.texts = docs.map((doc) => doc.text);
    this.fields = fields;
    this.invertedIndex = {}; // the worker looks Chinese words up in it
  }

  /** @param {string} text @returns {{ref: string, score: number, matchData: {metadata: Record<string, any>}}[]} */
  search(text) {
    const typed = [...new Set(typedWords(text))], { index } = this.engine;
    const { needles, found } = this.engine.run(typed.join(" "));
    const speaking = needles.filter((needle) => needle.weight > WEAK); // « faire » in « que faire si » is no find
    const heard = speaking.length ? speaking : needles;
    const located = heard.map((needle) => needle.evidence.map(({ terms, shown }) => index.locate(terms, shown)));
    return found.flatMap(({ page, sections }, rank) => {
      const missing = new Set(needles.filter((needle) => !(needle.pages[page] > 0)).map((needle) => needle.text));
      const present = typed.filter((word) => !wordsOf(word).some((each) => missing.has(each)));
      // The worker multiplies by 1 + (share of the words found + 1 for a page)²: undone, so that our order stays.
      const counted = typed.filter((word) => present.includes(word) || lunr.stopWordFilter(word));
      return sections.map(({ section, score }) => {
        const { ref, isPage } = index.sections[section];
        const share = present.length / Math.max(1, counted.length) + Number(isPage);
        const title = this.marked(located, section, TITLE, HEADING), snippet = this.snippet(located, section);
        this.docs[section].text = this.texts[section] + (title.length || snippet.length ? "" : this.named(heard, section));
        return { ref, score: (2 * (found.length - rank) + score) / (1 + share ** 2), matchData: { metadata: {
          ...Object.fromEntries(present.map((word) => [word, {}])),
          "": { title: { position: title }, text: { position: snippet } },
        } } };
      });
    });
  }

  /** Positions to highlight in a title, each once. @param {Map<number, number[][]>[][]} located
   * @param {number} section @param {number[]} places */
  marked(located, section, ...places) {
    return [...new Set(located.flat().flatMap((each) => places.flatMap((place) => each.get(section)?.[place] ?? [])))];
  }

  /** Positions to highlight in a text, in the blocks where most of the words are. @param {Map<number, number[][]>[][]} located
   * @param {number} section */
  snippet(located, section) {
    /** @type {Map<number, Set<number>>} block → words of the query found there */
    const blocks = new Map();
    located.forEach((evidence, needle) => {
      for (const position of this.marked([evidence], section, TEXT)) {
        const block = position >>> BLOCK;
        blocks.set(block, (blocks.get(block) ?? new Set()).add(needle));
      }
    });
    const shown = new Set([...blocks].sort((a, b) => b[1].size - a[1].size || a[0] - b[0]).slice(0, BLOCKS_SHOWN).map(([block]) => block));
    return this.marked(located, section, TEXT).filter((position) => shown.has(position >>> BLOCK));
  }

  /** « … rançongiciel … »: what a text says further on than it shows. @param {Needle[]} needles @param {number} section */
  named(needles, section) {
    const words = needles.flatMap((needle) => {
      const [first] = needle.evidence.flatMap(({ terms, shown }) => (!shown || shown(section) ? this.engine.index.unseen(terms, section) : []));
      return first ? [first] : [];
    });
    return words.length ? `<p>… ${[...new Set(words)].slice(0, MOST_NAMED).map((word) => "<mark>" + word + "</mark>").join(" … ")} …</p>` : "";
  }

  /** Suggestions of the search box, which the guide does not use. */
  query() {
    return [];
  }
}

/**
 * What `pack` of shorten.py wrote: every unseen word, and the numbers of the texts that say it.
 * @param {string} packed
 * @returns {[string, number[]][]}
 */
const unpack = (packed) => {
  const [words, texts] = packed.split("\n").map((line) => line.split(" "));
  return words.map((word, each) => {
    let number = -1;
    return [word, [...texts[each]].map((letter) => {
      const code = letter.charCodeAt(0);
      return (number += 1 + code - (code < 0x100 ? 0x23 : 0x100));
    })];
  });
};

/** The plugin that the worker applies to lunr's builder. */
lunr.fr = /** @this {any} */ function () {
  const builder = this, index = new FrenchIndex();
  /** @type {Record<string, any>[]} */
  const docs = [], cited = new Map();
  let words = "";
  builder.add = (/** @type {Record<string, any>} */ doc) => {
    const tokens = ["title", "text"].map((name) => {
      const { extractor } = builder._fields[name];
      return builder.tokenizer(extractor ? extractor(doc) : doc[name]);
    });
    index.add(doc.location, /** @type {any} */ (tokens));
    words += doc.words ?? "";
    if (doc.cites) cited.set(docs.length, doc.cites);
    docs.push(doc);
    delete doc.words; // the worker sends a copy of the entry with each result
    delete doc.cites;
  };
  builder.build = () => {
    docs.forEach(({ location }, section) => {
      if (location.includes("#")) return;
      index.addHidden(section, KEYWORDS, GUIDE.keywords[FrenchIndex.pageOf(location)] ?? []);
      index.addHidden(section, CITED, (cited.get(section) ?? []).map((/** @type {number} */ number) => docs[number].title));
    });
    for (const [word, sections] of words ? unpack(words) : []) {
      for (const section of sections) index.addUnseen(section, word);
    }
    index.finish();
    const search = new Search(index, new Thesaurus(GUIDE.synonyms), (page) => GUIDE.standing[page] ?? 1);
    return new MaterialIndex(search, Object.keys(builder._fields), docs);
  };
};

/* Material removes these from a pipeline that no longer runs. */
lunr.fr.trimmer = lunr.fr.stopWordFilter = lunr.fr.stemmer = (/** @type {any} */ token) => token;

/* A stop word or a word of questions is not announced as missing. */
lunr.stopWordFilter = (/** @type {string} */ word) =>
  (wordsOf(word).every((each) => STOP_WORDS.has(each) || WEAK_WORDS.has(each)) ? undefined : word);
lunr.Pipeline.registerFunction(lunr.stopWordFilter, "frenchStopWordFilter");

/* Nobody here types operators, but people do type « 3-2-1 », « l'e-mail : », « 72 h ? »: take every chunk as a word. */
lunr.QueryLexer.prototype.run = /** @this {any} */ function () {
  this.lexemes = [{ type: lunr.QueryLexer.TERM, str: this.str, start: 0, end: this.str.length }];
};
lunr.QueryParser.prototype.parse = /** @this {any} */ function () {
  for (const term of new Set(typedWords(this.lexer.str))) this.query.clause({ term });
  return this.query;
};
