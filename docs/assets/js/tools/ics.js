/** iCalendar files (RFC 5545): escaped, folded at 75 octets, CRLF. Pure: no page, no storage. */
(() => {
  "use strict";

  /** Text value (RFC 5545, 3.3.11). @param {string} text */
  const escape = (text) => text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\r\n|\r|\n/g, "\\n");

  /** @param {string} character @returns {number} octets in UTF-8 */
  const octets = (character) => {
    const code = /** @type {number} */ (character.codePointAt(0));
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  };

  /** A content line in pieces of at most 75 octets, never inside a character (RFC 5545, 3.1). @param {string} line */
  const fold = (line) => {
    let out = "", width = 0;
    for (const character of line) {
      const size = octets(character);
      if (width + size > 75) {
        out += "\r\n ";
        width = 1;
      }
      out += character;
      width += size;
    }
    return out;
  };

  /** @param {number} instant */
  const utc = (instant) => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

  /** Grows at each export, so that a later file replaces an earlier one. @param {number} now */
  const sequence = (now) => Math.max(0, Math.floor((now - Date.UTC(2026, 0, 1)) / 60e3));

  /** @param {CalendarEvent} event @param {number} now */
  const lines = (event, now) => {
    const day = typeof event.start === "string";
    const out = [
      "BEGIN:VEVENT",
      `UID:${event.uid}`,
      `DTSTAMP:${utc(now)}`,
      `SEQUENCE:${sequence(now)}`,
      day ? `DTSTART;VALUE=DATE:${String(event.start).replace(/-/g, "")}` : `DTSTART:${utc(Number(event.start))}`,
    ];
    if (!day) out.push("DURATION:PT15M");
    if (event.rule) out.push(`RRULE:${event.rule}`);
    out.push(`SUMMARY:${escape(event.summary)}`);
    if (event.description) out.push(`DESCRIPTION:${escape(event.description)}`);
    if (event.category) out.push(`CATEGORIES:${escape(event.category)}`);
    out.push("TRANSP:TRANSPARENT");
    for (const alarm of event.alarms ?? []) {
      out.push("BEGIN:VALARM", "ACTION:DISPLAY", `TRIGGER:${alarm}`, `DESCRIPTION:${escape(event.summary)}`, "END:VALARM");
    }
    out.push("END:VEVENT");
    return out;
  };

  /**
   * @param {string} name shown by calendars that know X-WR-CALNAME
   * @param {CalendarEvent[]} events
   * @param {number} now
   * @returns {string} the file
   */
  const calendar = (name, events, now) => [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Guide numerique//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    `X-WR-CALNAME:${escape(name)}`,
    ...events.flatMap((event) => lines(event, now)),
    "END:VCALENDAR",
  ].map(fold).join("\r\n") + "\r\n";

  window.guide.ics = { escape, fold, calendar };
})();
