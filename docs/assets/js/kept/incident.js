/** What the reader says of the incident under way: answers, hour, place, log. Kept on this device, apart from the rest. */
(() => {
  "use strict";
  const { vault } = window.guide;
  const TEXT = 2000, CELLS = 600;

  /** @returns {Incident} */
  const blank = () => ({ version: 1, answers: {}, answered: "", start: "", zone: "", mark: "", log: {}, lines: 0 });

  /**
   * Only short texts under well-formed names, or null.
   * @param {any} value
   * @param {RegExp} name
   * @returns {Record<string, string> | null}
   */
  const texts = (value, name) => {
    if (value === undefined) return {};
    if (!value || typeof value !== "object" || Array.isArray(value)) return null;
    const entries = Object.entries(value);
    const good = entries.length <= CELLS
      && entries.every(([key, text]) => name.test(key) && typeof text === "string" && text.length <= TEXT);
    return good ? Object.fromEntries(entries) : null;
  };

  /** @param {any} value @param {RegExp} shape */
  const short = (value, shape) => (typeof value === "string" && shape.test(value) ? value : "");

  /** @param {any} value @returns {Incident | null} */
  const clean = (value) => {
    const answers = texts(value.answers, /^[a-z-]{1,40}$/), log = texts(value.log, /^\d{1,3}-\d$/);
    if (!answers || !log) return null;
    return {
      version: 1, answers, log,
      answered: short(value.answered, /^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
      start: short(value.start, /^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
      zone: short(value.zone, /^[A-Za-z_]+(\/[A-Za-z_+-]+){0,2}$/),
      mark: short(value.mark, /^[a-z0-9]{1,20}$/),
      lines: Number.isInteger(value.lines) && value.lines >= 0 && value.lines <= 60 ? value.lines : 0,
    };
  };

  const kept = vault("guide:incident:1", { version: 1, clean }, blank);

  /** Changes the record in place and keeps it. @param {(incident: Incident) => void} change */
  const update = (change) => {
    const incident = kept.read();
    change(incident);
    kept.write(incident);
    document.dispatchEvent(new CustomEvent("guide:incident"));
  };

  /** A few letters that stay with the incident, so that a second calendar file replaces the first. */
  const newMark = () => Math.floor(Math.random() * 36 ** 6).toString(36);

  window.guide.incident = { ...kept, update, clean, blank, newMark };
})();
