/**
 * Hours on a clock and hours that pass. Pure: no page, no storage.
 *
 * Legal limits count elapsed hours: start + hours × 3,600 s, whatever the clocks on the wall do meanwhile. A local time
 * that exists twice (clocks put back) is the earlier instant; one that does not exist (clocks put forward) too.
 */
(() => {
  "use strict";
  const HOUR = 3600e3, DAY = 24 * HOUR;
  const NBSP = "\u00a0"; // an hour is not cut at the end of a line

  /** @type {Map<string, Intl.DateTimeFormat>} */
  const formats = new Map();
  /** @param {string} zone */
  const format = (zone) => {
    let found = formats.get(zone);
    if (!found) {
      found = new Intl.DateTimeFormat("fr-FR", {
        timeZone: zone, hourCycle: "h23", weekday: "long", year: "numeric", month: "numeric", day: "numeric",
        hour: "numeric", minute: "numeric", second: "numeric",
      });
      formats.set(zone, found);
    }
    return found;
  };

  /** @param {number} instant milliseconds @param {string} zone @returns {Record<string, string>} */
  const parts = (instant, zone) =>
    Object.fromEntries(format(zone).formatToParts(instant).map(({ type, value }) => [type, value]));

  /** @param {string} zone @returns {boolean} whether this browser knows the zone */
  const known = (zone) => {
    try {
      format(zone);
      return true;
    } catch {
      return false;
    }
  };

  /** @returns {string} zone of this device */
  const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "Europe/Paris";

  /**
   * @param {number} instant
   * @param {string} zone
   * @returns {number} milliseconds ahead of Greenwich at that instant
   */
  const offset = (instant, zone) => {
    const p = parts(instant, zone);
    return Date.UTC(+p.year, +p.month - 1, +p.day, +p.hour, +p.minute, +p.second) - Math.floor(instant / 1000) * 1000;
  };

  /**
   * The instant of a local time.
   * @param {string} local value of a datetime-local field, YYYY-MM-DDTHH:MM
   * @param {string} zone
   * @returns {{instant: number, kind: "sure" | "twice" | "never"} | null} null when it is not a time
   */
  const instantOf = (local, zone) => {
    const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local);
    if (!match || !known(zone)) return null;
    const [year, month, day, hour, minute] = match.slice(1).map(Number);
    const naive = Date.UTC(year, month - 1, day, hour, minute);
    if (new Date(naive).toISOString().slice(0, 16) !== match[0]) return null; // the 30th of February, 25 o’clock
    const offsets = [...new Set([offset(naive - DAY, zone), offset(naive + DAY, zone)])];
    const candidates = offsets.map((each) => naive - each).sort((a, b) => a - b);
    const real = candidates.filter((each) => each + offset(each, zone) === naive);
    if (!real.length) return { instant: candidates[0], kind: "never" };
    return { instant: real[0], kind: real.length > 1 ? "twice" : "sure" };
  };

  /** @param {number} instant @param {string} zone @returns {string} value of a datetime-local field */
  const localOf = (instant, zone) => new Date(instant + offset(instant, zone)).toISOString().slice(0, 16);

  /** @param {number} instant @param {string} zone @returns {string} « mercredi 28 octobre 2026 à 1 h 30 » */
  const inWords = (instant, zone) => {
    const p = parts(instant, zone);
    const month = new Intl.DateTimeFormat("fr-FR", { timeZone: zone, month: "long" }).format(instant);
    const hour = [+p.hour, "h", ...(+p.minute ? [p.minute.padStart(2, "0")] : [])].join(NBSP);
    return `${p.weekday} ${+p.day === 1 ? "1er" : +p.day} ${month} ${p.year} à ${hour}`;
  };

  /**
   * « avant le passage à l’heure d’hiver » when the clock shows this time twice, empty otherwise.
   * @param {number} instant
   * @param {string} zone
   */
  const which = (instant, zone) => {
    const found = instantOf(localOf(instant, zone), zone);
    if (found?.kind !== "twice") return "";
    return Math.floor(found.instant / 60e3) === Math.floor(instant / 60e3)
      ? "avant le changement d’heure" : "après le changement d’heure";
  };

  /**
   * A limit of `hours` elapsed hours.
   * @param {number} start
   * @param {number} hours
   * @param {number} now
   * @param {string} zone
   */
  const limit = (start, hours, now, zone) => {
    const due = start + hours * HOUR, rest = due - now;
    const minutes = Math.floor(Math.abs(rest) / 60e3);
    return {
      due,
      late: rest <= 0,
      left: [Math.floor(minutes / 60), "h", String(minutes % 60).padStart(2, "0")].join(NBSP),
      words: inWords(due, zone) + (which(due, zone) && `, ${which(due, zone)}`),
      shifted: offset(start, zone) !== offset(due, zone),
    };
  };

  window.guide.time = { deviceZone, known, offset, instantOf, localOf, inWords, limit, HOUR, DAY };
})();
