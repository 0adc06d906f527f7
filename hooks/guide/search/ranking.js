/*
 * From what was typed to pages in order: words, their spellings, the thesaurus, and the weight of it all.
 */

/**
 * Weight of what stands in for a typed word: an unfinished word, a correction, an expression of the thesaurus, and the
 * same when the site itself uses the typed words.
 */
const UNFINISHED = 0.75, CORRECTED = 0.8, TRANSLATED = 0.8, SPOKEN = 0.5;

/** Weight of a question's own words (« comment », « faut ») beside the others, and of words common to all the guide. */
const WEAK = 0.2, COMMON = 0.4;

/** A worse page than this share of the best one is not shown. */
const LEAST_PAGE = 0.03, LEAST_SECTION = 0.3;

/** How far apart, stop words included, two words still make one expression (« mot de passe »). */
const NEAR = 3;

/** What is read of a query, so that no text, however long, makes the page wait: letters, words, words corrected. */
const MOST_LETTERS = 300, MOST_WORDS = 12, MOST_CORRECTED = 4;

/** Up to so many words, each misspelt one is read in every way that it may stand for. */
const FEW_WORDS = 6;

/** How much more a page counts that answers an emergency, when the query tells what has just happened. */
const HURRIED = 1.7;

/** Words whose evidence is kept from one key to the next. */
const MOST_KEPT = 200;

/**
 * @typedef {{text: string, weight: number, spellings: string[], corrected: boolean, evidence: Evidence[],
 *   pages: Float64Array, sections: Float64Array}} Needle
 *   One word of the query. `evidence`: every set of terms that may stand for it. `pages`, `sections`: its best score.
 * @typedef {{page: number, score: number, sections: {section: number, score: number}[]}} Found
 */

class Search {
  /**
   * @param {FrenchIndex} index
   * @param {Thesaurus} thesaurus
   * @param {Iterable<string>} heard words that the answers listen to
   * @param {string[]} common words that tell little in this guide: its own name, its profession
   */
  constructor(index, thesaurus, heard, common) {
    this.common = new Set(common.map(stem));
    this.index = index;
    this.thesaurus = thesaurus;
    this.vocabulary = new Vocabulary(index.postings.keys(), [...thesaurus.words, ...thesaurus.joined.keys(), ...heard]);
    /** @type {Map<string, Needle>} */
    this.kept = new Map();
    /** @type {Map<string, Evidence>} */
    this.weighedWords = new Map();
  }

  /**
   * @param {string} query
   * @returns {{needles: Needle[], found: Found[]}} pages, best first, each with its sections, best first
   */
  run(query) {
    const read = query.slice(0, MOST_LETTERS), needles = this.needlesOf(read);
    if (!needles.length) return { needles, found: [] };
    this.translate(needles);
    const sections = this.sumSections(needles), pages = this.sumPages(needles, sections, tellsTrouble(read));
    const best = Math.max(...pages);
    if (!(best > 0)) return { needles, found: [] };
    const found = [...pages.keys()].filter((page) => pages[page] >= best * LEAST_PAGE)
      .map((page) => ({ page, score: pages[page], sections: this.bestSections(page, sections) }))
      .sort((a, b) => b.score - a.score);
    return { needles, found: this.readersFirst(found, needles) };
  }

  /**
   * A page for whoever runs the site comes after each page for readers that says as much of what was typed.
   * @param {Found[]} found @param {Needle[]} needles
   */
  readersFirst(found, needles) {
    /** @param {Found} each */
    const said = ({ page }) => needles.reduce((sum, needle) => sum + (needle.pages[page] > 0 ? needle.weight : 0), 0);
    const readers = found.filter(({ page }) => !this.index.pages[page].site);
    const last = found.filter(({ page }) => this.index.pages[page].site);
    for (const each of last) {
      const after = readers.reduce((place, other, number) => (said(other) >= said(each) ? number + 1 : place), 0);
      const place = readers.findIndex((other, number) => number >= after && other.score < each.score);
      readers.splice(place < 0 ? readers.length : place, 0, each);
    }
    return readers;
  }

  /** @param {string} query @returns {Needle[]} */
  needlesOf(query) {
    const all = chunksOf(query).flatMap((chunk) => this.wordsIn(chunk)).map((word) => this.withoutElision(word));
    const content = all.filter((word) => !STOP_WORDS.has(word)).slice(0, MOST_WORDS);
    const words = content.length ? content : all.slice(0, MOST_WORDS), last = words.length - 1;
    let unknown = 0;
    const needles = words.map((word, number) => {
      const corrected = !this.vocabulary.knows(word) && ++unknown <= MOST_CORRECTED;
      return this.needle(word, number === last, WEAK_WORDS.has(word) && content.length > 1, corrected);
    });
    const telling = needles.filter((needle) => needle.weight === 1 && !this.common.has(stem(needle.text)));
    if (telling.length) for (const needle of needles) if (this.common.has(stem(needle.text))) needle.weight *= COMMON;
    return needles;
  }

  /** A compound is one word when the site knows it as one (« e-mail »), else its parts. @param {string} chunk */
  wordsIn(chunk) {
    const [whole, ...parts] = termsOf(chunk);
    const empty = parts.every((part) => STOP_WORDS.has(part) || WEAK_WORDS.has(part)); // « est-ce », « dois-je »
    return parts.length && (empty || !this.vocabulary.knows(whole)) ? parts : [whole];
  }

  /**
   * What a word of the query says by itself; kept, since most words stay the same from one key to the next.
   * @param {string} word @param {boolean} unfinished @param {boolean} weak @param {boolean} corrected
   * @returns {Needle}
   */
  needle(word, unfinished, weak, corrected) {
    const key = `${Number(unfinished)}${Number(weak)}${Number(corrected)}${word}`;
    let kept = this.kept.get(key);
    if (!kept) {
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(key, (kept = this.weighed(word, unfinished, weak, corrected)));
    }
    return { ...kept, evidence: [...kept.evidence], pages: kept.pages.slice(), sections: kept.sections.slice() };
  }

  /** @param {string} word @param {boolean} unfinished @param {boolean} weak @param {boolean} corrected @returns {Needle} */
  weighed(word, unfinished, weak, corrected) {
    const { vocabulary } = this, known = vocabulary.knows(word);
    /** @type {Needle} */
    const needle = {
      text: word, weight: weak ? WEAK : 1, spellings: [word], corrected: false, evidence: [],
      pages: new Float64Array(this.index.pages.length), sections: new Float64Array(this.index.sections.length),
    };
    this.support(needle, vocabulary.formsOf(word), 1);
    const completions = (unfinished && word.length > 1) || (!known && word.length > 3)
      ? vocabulary.completionsOf(word) : new Map();
    if (completions.size) this.support(needle, completions, UNFINISHED * (known ? 0.3 : 1));
    if (!corrected || weak || (unfinished && completions.size)) return needle;
    const corrections = vocabulary.correctionsOf(word);
    for (const correction of corrections) this.support(needle, vocabulary.formsOf(correction), CORRECTED);
    if (corrections.length) Object.assign(needle, { spellings: corrections, corrected: true });
    return needle;
  }

  /** « lhameçonnage » is « l’hameçonnage », « jpeux » is « je peux »: the word without what was swallowed. @param {string} word */
  withoutElision(word) {
    if (this.vocabulary.knows(word) || STOP_WORDS.has(word) || WEAK_WORDS.has(word)) return word;
    const rest = word.replace(/^(?:qu|[cdjlmnst])(?=.{2})/, "");
    if (STOP_WORDS.has(rest) || WEAK_WORDS.has(rest)) return rest;
    return rest.length > 3 && /^[aeiouyh]/.test(rest) && this.vocabulary.knows(rest) ? rest : word;
  }

  /** What a word of the guide says, with its forms; kept, since the same expressions come back at each key.
   * @param {string} word @returns {Evidence} */
  evidenceOf(word) {
    let kept = this.weighedWords.get(word);
    if (!kept) {
      if (this.weighedWords.size >= MOST_KEPT) this.weighedWords.clear();
      this.weighedWords.set(word, (kept = this.index.weigh(this.vocabulary.formsOf(word))));
    }
    return { ...kept };
  }

  /** Adds a set of terms to what may stand for a word. @param {Needle} needle @param {Map<string, number>} terms
   * @param {number} weight */
  support(needle, terms, weight) {
    if (!terms.size) return;
    const evidence = this.index.weigh(terms);
    needle.evidence.push(evidence);
    raise(needle.pages, evidence.pages, weight);
    raise(needle.sections, evidence.sections, weight);
  }

  /** Expressions of the thesaurus, and words that the site writes as one (« pare feu », « ms santé »). */
  translate(/** @type {Needle[]} */ needles) {
    const readings = needles.length > FEW_WORDS ? 1 : MOST_CORRECTIONS;
    for (const lead of this.thesaurus.read(needles.map((needle) => needle.spellings.slice(0, readings)))) {
      const spoken = lead.needles.every((each) => this.index.postings.has(needles[each].spellings[0]));
      const weight = lead.weight * (spoken ? SPOKEN : TRANSLATED) * (lead.needles.length > 1 ? 1.15 : 1);
      for (const phrase of lead.leadsTo) this.standIn(lead.needles.map((each) => needles[each]), phrase, weight);
    }
    for (let start = 0; start < needles.length; start++) {
      for (let end = start + 2; end <= Math.min(needles.length, start + 4); end++) {
        const joined = needles.slice(start, end), word = joined.map((needle) => needle.text).join("");
        if (this.index.postings.has(word)) this.standIn(joined, [word], 1);
      }
    }
  }

  /** Lets a phrase stand for some words of the query. @param {Needle[]} needles @param {string[]} phrase
   * @param {number} weight */
  standIn(needles, phrase, weight) {
    const parts = phrase.map((word) => this.evidenceOf(word));
    const together = this.together(parts.map((part) => part.terms)), alone = parts.length === 1;
    /** @param {"pages" | "sections"} unit */
    const mean = (unit) => parts[0][unit].map((_, number) => {
      const sum = parts.reduce((total, part) => total + part[unit][number], 0);
      return (sum / parts.length) * (alone ? 1 : together[unit][number] ** 2);
    });
    const sections = mean("sections"), pages = mean("pages");
    // The words of an expression mean something else when they stand apart.
    if (!alone) for (const part of parts) part.shown = (section) => together.sections[section] > 0.3;
    for (const needle of needles) {
      needle.evidence.push(...parts);
      raise(needle.pages, pages, weight);
      raise(needle.sections, sections, weight);
    }
  }

  /**
   * For each section and page, the largest share of the words that stand side by side in one field there.
   * @param {Map<string, number>[]} words
   */
  together(words) {
    const pages = new Float64Array(this.index.pages.length), sections = new Float64Array(this.index.sections.length);
    if (words.length < 2) return { pages, sections };
    const located = words.map((terms) => this.index.locate(terms));
    const every = new Set(located.flatMap((each) => [...each.keys()]));
    for (const section of every) {
      let most = 0;
      for (let place = 0; place < WORTH.length; place++) {
        let pairs = 0;
        for (let word = 1; word < words.length; word++) {
          const before = located[word - 1].get(section)?.[place], after = located[word].get(section)?.[place];
          if (before && after && follows(before, after)) pairs++;
        }
        most = Math.max(most, (pairs / (words.length - 1)) * (place === TEXT ? 0.8 : 1));
      }
      sections[section] = most;
      const { page } = this.index.sections[section];
      pages[page] = Math.max(pages[page], most);
    }
    return { pages, sections };
  }

  /** @param {Needle[]} needles */
  sumSections(needles) {
    return new Float64Array(this.index.sections.length).map((_, section) =>
      needles.reduce((sum, needle) => sum + needle.weight * needle.sections[section], 0));
  }

  /** @param {Needle[]} needles @param {Float64Array} sections @param {boolean} trouble */
  sumPages(needles, sections, trouble) {
    const together = this.together(needles.map((needle) => needle.evidence[0]?.terms ?? new Map()));
    const best = new Float64Array(this.index.pages.length);
    this.index.sections.forEach(({ page }, section) => { best[page] = Math.max(best[page], sections[section]); });
    const weight = needles.map((needle) => needle.weight * Math.max(1, ...needle.evidence.map((each) => each.rarity)));
    const whole = weight.reduce((sum, each) => sum + each, 0);
    return best.map((section, page) => {
      const sum = needles.reduce((total, needle) => total + needle.weight * needle.pages[page], 0);
      const covered = needles.reduce((total, needle, each) => total + (needle.pages[page] > 0 ? weight[each] : 0), 0) / whole;
      return (sum + 0.5 * section) * (0.2 + 0.8 * covered) * (1 + 0.8 * together.pages[page]) * this.standing(page, trouble);
    });
  }

  /** How far a page is trusted. @param {number} page @param {boolean} trouble */
  standing(page, trouble) {
    const { weight } = this.index.pages[page];
    return weight * (trouble && weight > 1 ? HURRIED : 1);
  }

  /** @param {number} page @param {Float64Array} scores */
  bestSections(page, scores) {
    const own = this.index.sectionsOf[page];
    const best = Math.max(...own.map((section) => scores[section]));
    // Found by its keywords only: its introduction speaks for it.
    if (!(best > 0)) return [{ section: own[0], score: 1 }];
    return own.filter((section) => scores[section] >= best * LEAST_SECTION)
      .map((section) => ({ section, score: scores[section] / best })).sort((a, b) => b.score - a.score);
  }
}

/** Keeps the larger of two scores, unit by unit. @param {Float64Array} kept @param {Float64Array} other
 * @param {number} weight */
const raise = (kept, other, weight) => {
  for (let number = 0; number < kept.length; number++) kept[number] = Math.max(kept[number], weight * other[number]);
};

/** Whether one of the positions `after` comes shortly after one of `before`; both ascending.
 * @param {number[]} before @param {number[]} after */
const follows = (before, after) => {
  let next = 0;
  for (const position of before) {
    while (next < after.length && after[next] <= position) next++;
    if (next < after.length && after[next] - position <= NEAR) return true;
  }
  return false;
};
