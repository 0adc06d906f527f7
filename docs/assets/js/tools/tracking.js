/**
 * The reader's own follow-up: ticks, « sans objet », notes, answers of suppliers, states of play. Pure: no page, no storage.
 * One value, stored and exported in the same shape.
 */
(() => {
  "use strict";
  const { vault } = window.guide;
  const FORMAT = "guide-suivi", VERSION = 1;
  const FORMATS = /^guide(-[a-z]+){1,4}$/; // what earlier versions wrote begins with « guide- » too
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/, DAY = /^\d{4}-\d\d-\d\d$/, MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/;
  const ANSWER = /^(oui|non|je-ne-sais-pas)$/;
  const MOST = 3000, TEXT = 2000;

  /** @returns {Followed} */
  const blank = () => ({ format: FORMAT, version: VERSION, items: {}, seen: {}, replies: {}, surveys: {} });

  /** @param {any} value @param {RegExp} [shape] */
  const text = (value, shape) => {
    if (value === undefined) return "";
    if (typeof value !== "string" || value.length > TEXT) return null;
    return shape && value && !shape.test(value) ? null : value;
  };

  /**
   * Every entry of a table read by `one`, or null when one of them is not what it should be.
   * @template T
   * @param {any} table
   * @param {(value: any) => T | null} one
   * @returns {Record<string, T> | null}
   */
  const each = (table, one) => {
    if (table === undefined) return {};
    if (!table || typeof table !== "object" || Array.isArray(table)) return null;
    const entries = Object.entries(table);
    if (entries.length > MOST) return null;
    /** @type {[string, T][]} */
    const out = [];
    for (const [id, value] of entries) {
      const read = ID.test(id) && id.length <= 80 ? one(value) : null;
      if (read === null) return null;
      out.push([id, read]);
    }
    return Object.fromEntries(out);
  };

  /** @param {any} value @param {Record<string, RegExp | undefined>} fields @returns {any} */
  const record = (value, fields) => {
    if (!value || typeof value !== "object" || Array.isArray(value)) return null;
    const read = Object.entries(fields).map(([name, shape]) => [name, text(value[name], shape)]);
    return read.some(([, found]) => found === null) ? null : Object.fromEntries(read);
  };

  /** A state of play: its answers, what was asked (hashes), who does what by when. @param {any} value @returns {Survey | null} */
  const survey = (value) => {
    const head = record(value, { f: DAY, t: MOMENT });
    if (!head) return null;
    const a = each(value.a, (answer) => text(answer, ANSWER) || null), h = each(value.h, (hash) => text(hash, /^[a-z0-9]{1,12}$/));
    const w = each(value.w, (task) => record(task, { who: undefined, by: DAY }));
    return a && h && w ? { ...head, a, h, w } : null;
  };

  /** The known fields of a stored or imported value, or null when it is damaged. @param {any} value @returns {Followed | null} */
  const clean = (value) => {
    if (typeof value.format !== "string" || !FORMATS.test(value.format)) return null;
    const items = each(value.items, (mark) => record(mark, { s: /^(done|na)$/, d: DAY, why: undefined, note: undefined, t: MOMENT }));
    const seen = each(value.seen, (hash) => text(hash, /^[a-z0-9]{1,12}$/));
    const replies = each(value.replies, (reply) => record(reply, { q: undefined, a: undefined, d: DAY, t: MOMENT }));
    const surveys = each(value.surveys, survey);
    const days = Object.keys(surveys ?? {}).every((day) => DAY.test(day));
    return items && seen && replies && surveys && days ? { format: FORMAT, version: VERSION, items, seen, replies, surveys } : null;
  };

  /** @type {Mark} */
  const EMPTY = { s: "", d: "", why: "", note: "", t: "" };
  const SHAPE = { version: VERSION, clean };

  /**
   * Changes one mark; an empty one is forgotten.
   * @param {Followed} state @param {string} id @param {Partial<Mark>} change @param {string} now ISO moment
   */
  const mark = (state, id, change, now) => {
    const next = { ...EMPTY, ...state.items[id], ...change, t: now };
    if (next.s || next.note || next.why) state.items[id] = next;
    else delete state.items[id];
  };

  /** Marks under their present ids: a renamed point keeps its tick. @param {Followed} state @param {Point[]} points @returns {boolean} */
  const carryOver = (state, points) => {
    let moved = false;
    for (const { id, former } of points) {
      for (const old of former) {
        for (const table of /** @type {Record<string, any>[]} */ ([state.items, state.seen])) {
          if (!Object.hasOwn(table, old)) continue;
          if (!Object.hasOwn(table, id)) table[id] = table[old];
          delete table[old];
          moved = true;
        }
      }
    }
    return moved;
  };

  /** FNV-1a, for « has this text changed », nothing more. @param {string} said */
  const hash = (said) => {
    let value = 0x811c9dc5;
    for (const letter of said.replace(/\s+/g, " ").trim()) value = Math.imul(value ^ /** @type {number} */ (letter.codePointAt(0)), 0x01000193);
    return (value >>> 0).toString(36);
  };

  /** What is new or reworded since the reader last said « vu »; nothing on a first visit. @param {Followed} state @param {Point[]} points */
  const changes = (state, points) =>
    (Object.keys(state.seen).length ? points.filter(({ id, hash: now }) => state.seen[id] !== now) : []).map(({ id }) => id);

  /** @param {Followed} state @param {Point[]} points */
  const acknowledge = (state, points) => { state.seen = Object.fromEntries(points.map(({ id, hash: now }) => [id, now])); };

  /** @param {Followed} state @param {string[]} ids */
  const progress = (state, ids) => {
    const count = (/** @type {string} */ s) => ids.filter((id) => state.items[id]?.s === s).length;
    const na = count("na");
    return { done: count("done"), na, total: ids.length - na };
  };

  /** The later of two records; two different notes are both kept. @param {any} one @param {any} two */
  const later = (one, two) => {
    if (!one || !two) return one ?? two;
    const [old, recent] = (one.t || one.d) <= (two.t || two.d) ? [one, two] : [two, one];
    const out = { ...recent };
    for (const name of ["note", "a"]) {
      if (old[name] && !(out[name] ?? "").includes(old[name])) out[name] = [old[name], out[name]].filter(Boolean).join("\n").slice(0, TEXT);
    }
    return out;
  };

  /** Two follow-ups in one: for each point the later mark. What was seen stays what the first had seen. @param {Followed} mine @param {Followed} other @returns {Followed} */
  const merge = (mine, other) => {
    const out = blank();
    for (const table of /** @type {const} */ (["items", "replies", "surveys"])) {
      for (const id of new Set([...Object.keys(mine[table]), ...Object.keys(other[table])])) {
        /** @type {any} */ (out[table])[id] = later(mine[table][id], other[table][id]);
      }
    }
    out.seen = Object.keys(mine.seen).length ? { ...mine.seen } : { ...other.seen };
    return out;
  };

  /** The exported file. @param {Followed} state @param {string} day */
  const exported = (state, day) => `${JSON.stringify({
    format: FORMAT, version: VERSION, exported: day,
    avertissement: "Ce fichier peut être lu par quiconque l’ouvre. Il ne doit contenir ni mot de passe, ni nom de personne.",
    items: state.items, replies: state.replies, surveys: state.surveys, seen: state.seen,
  }, null, 1)}\n`;

  /** @param {string} file @returns {{state: Followed | null, problem: string}} the follow-up of a file, or what is wrong with it */
  const imported = (file) => {
    const { verdict, value } = vault.judge(file.replace(/^\ufeff/, ""), SHAPE);
    return { state: value, problem: {
      ok: "", empty: "ce fichier est vide", large: "ce fichier est trop gros pour venir du guide",
      damaged: "ce fichier est abîmé, ou ne vient pas du guide", future: "ce fichier vient d’une version plus récente du guide",
    }[verdict] };
  };

  const kept = vault("guide:checklist:1", SHAPE, blank);

  window.guide.tracking = { blank, clean, mark, carryOver, hash, changes, acknowledge, progress, merge, exported, imported, kept };
})();
