/*
 * French words as people type them: spelling laid flat, elisions, compounds, light stems, sounds, typing errors.
 * Pure functions on strings; nothing here knows of the index.
 */

/** Never looked for, unless nothing else was typed; and words of questions: looked for, but they weigh little. Folded. */
const STOP_WORDS = new Set(STOP.split(" ")), WEAK_WORDS = new Set(WEAK_WORDS_OF_QUESTIONS.split(" "));

/** Where a word ends: also at an apostrophe; not at a hyphen (« e-mail », « 3-2-1 ») nor at a dot inside (« 17cyber.gouv.fr »). */
const SEPARATOR = /(?:[\s\u200b'’ʼ‘`´"“”«»(),;:!?/…•]|\.(?!\w))+/;

/**
 * The spelling that is compared: small letters, no accent, œ in two letters, one kind of apostrophe and of dash.
 * @param {string} text
 */
const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
  .normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "")
  .replace(/[’ʼ‘`´]/g, "'").replace(/[\u2010-\u2015·]/g, "-");

/**
 * One chunk of text without its outer punctuation and without a leading « l' », « qu' »…
 * @param {string} chunk
 */
const bare = (chunk) => fold(chunk).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
  .replace(/^(?:qu|jusqu|lorsqu|puisqu|quelqu|[cdjlmnst])'(?=.)/, "");

/**
 * The terms under which a chunk is indexed, the whole first: « e-mail » gives email, mail; « 3-2-1 » gives 321.
 * @param {string} chunk
 * @returns {string[]}
 */
const termsOf = (chunk) => {
  const parts = bare(chunk).split(/[^a-z0-9]+/).filter(Boolean);
  if (parts.length < 2) return parts;
  return [...new Set([parts.join(""), ...parts.filter((part) => part.length > 1)])];
};

/**
 * A text cut where words end; hyphens and dots inside a word stay.
 * @param {string} text
 */
const chunksOf = (text) => fold(text).split(SEPARATOR).filter((chunk) => bare(chunk));

/**
 * The words of a phrase, in order, each under its whole form only.
 * @param {string} text
 * @returns {string[]}
 */
const wordsOf = (text) => chunksOf(text).flatMap((chunk) => termsOf(chunk).slice(0, 1));

/**
 * What singular, plural, feminine and the common verb forms of a word share. Longer than two letters.
 * @param {string} word
 */
const stem = (word) => {
  let short = STEMS.get(word);
  if (short === undefined) {
    if (STEMS.size > MOST_STEMS) STEMS.clear();
    STEMS.set(word, (short = stemmed(word)));
  }
  return short;
};

/** Stems already found: the same words come back at each key. @type {Map<string, string>} */
const STEMS = new Map(), MOST_STEMS = 20_000;

/** @param {string} word */
const stemmed = (word) => {
  if (word.length < 4 || /\d/.test(word)) return word;
  if (/^donnees?$/.test(word)) return "donnee"; // « donner » is another word
  const short = word.replace(/eaux$/, "eau").replace(/aux$/, "al")
    .replace(/(?:ees?|es?|s|x|er|ez)$/, "").replace(/(?<=...)([a-z])\1$/, "$1"); // « sonne » is no « son »
  return short.length < 3 ? word : short;
};

/** Endings of the nouns and adjectives that are made from a verb, longest first. */
const SUFFIX = /(?:ifications?|ations?|issements?|ements?|antes?|ants?|ances?|eurs?|euses?|rices?|ages?|ives?|ifs?|ites?|ables?|ibles?)$/;

/**
 * What a verb and its noun share (« chiffrer », « chiffrement »), « cyber » aside (« cyberattaque »), or "" when the
 * word is too short to tell.
 * @param {string} word
 */
const root = (word) => {
  if (word.length < 5 || /\d/.test(word)) return "";
  const cut = word.replace(/^cyber(?=.{5})/, "").replace(SUFFIX, (ending) => (ending.startsWith("ific") ? "ifi" : ""));
  const short = stem(cut).replace(/([a-z])\1$/, "$1");
  return short.length < 4 ? "" : short;
};

/**
 * How a word sounds, roughly: words that a French ear confuses get the same key.
 * @param {string} word
 */
const sound = (word) => word.replace(/ph/g, "f").replace(/qu|k|c(?![eiy])/g, "k").replace(/c/g, "s").replace(/[hw]/g, "")
  .replace(/y/g, "i").replace(/eau|au/g, "o").replace(/ai|ei/g, "e").replace(/[ae][mn](?![aeiouymn])/g, "an")
  .replace(/([a-z])\1+/g, "$1").replace(/(?:es?|s|x|t|er|ez)$/, "");

/**
 * Typing errors between two words (optimal string alignment: swapped neighbours count once); `limit` + 1 when more.
 * @param {string} left
 * @param {string} right
 * @param {number} limit
 */
const distance = (left, right, limit) => {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  /** @type {number[]} */
  let before = [], row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    let best = i;
    for (let j = 1; j <= right.length; j++) {
      let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + Number(left[i - 1] !== right[j - 1]));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      next[j] = cost;
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = row;
    row = next;
  }
  return row[right.length];
};

/** What people write of something that has just happened to them, rather than of what they want to know. Folded. */
const TROUBLE = new RegExp("(?:^|[^a-z])(?:" + [
  "j ?ai", "jai", "on a(?! quoi)", "on est", "on (?:s )?(?:est fait|m a)", "m a", "m ont", "nous a", "nous ont", "nous avons",
  "(?:ils?|elles?) (?:a|ont|veulent|demandent?)", "(?:a|ont|ai|as) ete", "s est", "quelqu ?un",
  "ma (?:secretaire|collegue|remplacante)", "mon (?:assistante|collegue|remplacant)",
  "plus rien", "plus d[e ]", "ne? [a-z]+ (?:pas|plus)", "s [a-z]+ (?:pas|plus)", "(?:marche|repond|ouvre|fonctionne|demarre)(?:nt)? (?:pas|plus)", "impossible",
  "au secours", "vite", "sos", "urgent", "aidez", "help",
].join("|") + ")(?:$|[^a-z])");

/** Whether a query tells of an accident: « j'ai cliqué », « plus rien ne s'ouvre ». @param {string} query */
const tellsTrouble = (query) => TROUBLE.test(fold(query).replace(/[^a-z0-9]+/g, " "));
