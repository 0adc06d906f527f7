/*
 * The list under the field: an answer first, then pages, each with its kind, its title and a passage.
 */

/** Pages that are drawn at once, and places named inside one page. */
const PAGES_SHOWN = 12, PLACES_SHOWN = 2;

/** Sections of a page, best first, among which one is looked for that shows the words. */
const SECTIONS_READ = 6;

const { make, say, plural } = window.guide;

/**
 * @typedef {{box: HTMLDialogElement, field: HTMLInputElement, state: Element, found: Element,
 *   at: (address: string) => string, wayOn: () => Node[]}} Parts of the page, from search.js
 */

/** @param {Piece[]} cut @returns {(Node | string)[]} */
const drawn = (cut) => cut.map(([text, found]) => (found ? make("mark", {}, text) : text));

/** @param {(Node | string)[]} title @param {string} kind @param {string} address @param {string} [level] */
const heading = (title, kind, address, level = "b") => make("a", { href: address, class: "g-search__link" },
  ...(kind ? [make("span", { class: kind === URGENT ? "g-search__kind is-urgent" : "g-search__kind" }, kind), " "] : []), make(level, {}, ...title));

/** The kind of the pages for an emergency, the first section of the guide. */
const URGENT = "Urgence";

/** @param {Answer} answer @param {(address: string) => string} at */
const answered = ({ title, text, page, more, call, visit, source }, at) => make("section", { class: "g-search__answer", "aria-label": "Réponse" },
  make("p", { class: "g-search__title" }, make("b", {}, title)),
  make("p", {}, text),
  make("p", { class: "g-search__do" },
    ...(call ? [make("a", { class: "g-button g-button--urgent", href: `tel:${call[1]}` }, call[0])] : []),
    ...(visit ? [make("a", { class: "g-button g-button--urgent", href: visit[1] }, visit[0])] : []),
    make("a", { class: "g-button", href: at(page) }, `Lire la suite : ${more}`)),
  make("p", { class: "g-search__source" }, `Source : ${source}`));

class Box {
  /** @param {Parts} parts @param {FrenchIndex} index @param {Answers} answers @param {Search} search */
  constructor(parts, index, answers, search) {
    this.index = index;
    this.answers = answers;
    this.search = search;
    this.parts = parts;
    this.all = false;
  }

  /** Draws what the field says. */
  draw() {
    const { field, state, found, at, wayOn } = this.parts;
    if (field.value.length > MOST_LETTERS) field.value = field.value.slice(0, MOST_LETTERS); // to lay out more takes longer than to search
    const typed = field.value.trim();
    if (!typed) {
      say(state, "");
      found.replaceChildren(...this.beginning());
      return;
    }
    const { needles, found: pages } = this.search.run(typed), answer = this.answers.to(needles);
    if (!pages.length && !answer) {
      say(state, `Aucune page ne dit « ${typed.slice(0, 60)} ». Essayez un autre mot, ou ouvrez :`);
      found.replaceChildren(...wayOn());
      return;
    }
    const corrected = needles.filter((needle) => needle.corrected && needle.spellings[0] !== needle.text).map((needle) => `« ${needle.spellings[0]} »`);
    say(state, (answer ? `Réponse : ${answer.title} ` : "") + plural(pages.length, "page", "pages") + (corrected.length ? ` pour ${corrected.slice(0, 3).join(", ")}` : ""));
    const terms = termsToMark(needles), shown = this.all ? pages : pages.slice(0, PAGES_SHOWN), rest = pages.length - shown.length;
    found.replaceChildren(
      ...(answer ? [answered(answer, at)] : []),
      make("ul", { class: "g-search__list" }, ...shown.map((each) => this.result(each, terms))),
      ...(rest ? [make("button", { type: "button", class: "g-button", onclick: () => this.more() }, `Voir ${plural(rest, "autre page", "autres pages")}`)] : []));
  }

  /** Every page found, the keyboard on the first new one. */
  more() {
    this.all = true;
    this.draw();
    this.links()[PAGES_SHOWN]?.focus();
  }

  /** @param {Found} result @param {(section: number) => Set<string>} terms those to mark in a section */
  result({ page, sections }, terms) {
    const { index } = this, { kind, listed, entry, address } = index.pages[page];
    /** @param {number} number @param {string} label @param {string} [level] */
    const link = (number, label, level) => {
      const { anchor, title } = index.sections[number];
      return heading(drawn(pieces(title, terms(number))), label, this.parts.at(address + (anchor && `#${anchor}`)), level);
    };
    const [best] = sections, [first] = index.sectionsOf[page];
    const alone = listed && index.sections[best.section].isEntry; // a term of the lexicon is a result of its own
    const places = sections.filter(({ section }) => section !== first && !(alone && section === best.section)).slice(0, PLACES_SHOWN);
    const text = this.text(sections, terms);
    return make("li", {}, alone ? link(best.section, entry) : link(first, kind),
      ...text.map((cut) => make("p", {}, ...drawn(cut))),
      ...(places.length ? [make("ul", {}, ...places.map(({ section }) =>
        make("li", {}, link(section, index.sections[section].isEntry ? entry : "", "span"))))] : []));
  }

  /** The passage of the best section that shows a word looked for; of the best one when none does.
   * @param {Found["sections"]} sections @param {(section: number) => Set<string>} terms */
  text(sections, terms) {
    /** @type {Piece[][] | undefined} */
    let first;
    for (const { section } of sections.slice(0, SECTIONS_READ)) {
      const blocks = passage(this.index.sections[section].blocks, terms(section));
      if (blocks.some((block) => block.some(([, found]) => found))) return blocks;
      first ??= blocks;
    }
    return first ?? [];
  }

  /** What an empty field offers: the emergencies, then the last pages of this visit. */
  beginning() {
    const { at } = this.parts;
    /** @param {string} title @param {[string, string][]} pages label and address */
    const list = (title, pages) => (pages.length ? [make("p", { class: "g-search__title" }, make("b", {}, title)),
      make("ul", { class: "g-search__ways" }, ...pages.map(([label, address]) => make("li", {}, make("a", { href: at(address) }, label))))] : []);
    return [...list("Une urgence ?", GUIDE.start), ...list("Vos dernières pages", visited())];
  }

  /** @returns {HTMLElement[]} */
  links() {
    return /** @type {HTMLElement[]} */ ([...this.parts.found.querySelectorAll("a, button")]);
  }

  /** Arrows move through what is listed, Enter opens the first; letters go to the field. @param {KeyboardEvent} event */
  move(event) {
    const { field } = this.parts, links = this.links(), now = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = now + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      (next < 0 ? field : links[Math.min(next, links.length - 1)])?.focus();
    } else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      (/** @type {HTMLElement | null} */ (this.parts.found.querySelector(".g-search__list a")) ?? links[0])?.click();
    }
  }

  /** The words marked in what is followed are marked in the page. @param {Event} event */
  follow(event) {
    const link = event.target instanceof Element && event.target.closest("a");
    if (!link) return;
    const marks = [...(link.closest(".g-search__list > li") ?? link).querySelectorAll("mark")].map((mark) => mark.textContent ?? "");
    const typed = chunksOf(this.parts.field.value).filter((word) => word.length > 3 && !STOP_WORDS.has(word) && !WEAK_WORDS.has(word));
    window.guide.found([...marks, ...typed], link);
    this.parts.box.close();
  }
}

/** @returns {[string, string][]} title and address of the last pages of this visit, without this one */
const visited = () => {
  try {
    return JSON.parse(sessionStorage.getItem("guide:pages-lues") ?? "[]").slice(1)
      .map((/** @type {[string, string]} */ [address, title]) => [title, address.replace(/index\.html$/, "")]);
  } catch {
    return [];
  }
};

window.guide.search = {
  /** @param {Parts} parts */
  begin: async (parts) => {
    const index = await FrenchIndex.of(window.guide.searchIndex), answers = new Answers(window.guide.searchIndex.answers);
    const box = new Box(parts, index, answers, new Search(index, new Thesaurus(GUIDE.synonyms, index.acronyms), answers.words, GUIDE.common));
    parts.field.addEventListener("input", () => { box.all = false; box.draw(); });
    parts.box.addEventListener("keydown", (event) => box.move(event));
    parts.found.addEventListener("click", (event) => box.follow(event));
    box.draw();
  },
};
