/** The routine of the year as calendar events: one reminder a rhythm and a role, the yearly ones spread over the months. Pure. */
(() => {
  "use strict";
  const DAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

  /** The weekday-of-month stays the same whatever the start: same reminder, same identifier. @type {Record<string, Rhythm>} */
  const RHYTHMS = {
    quotidien: { rule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", week: 0, day: -1, every: 0, words: "gestes du jour" },
    hebdomadaire: { rule: "FREQ=WEEKLY;BYDAY=MO", week: 0, day: 1, every: 0, words: "contrôles de la semaine" },
    mensuel: { rule: "FREQ=MONTHLY;BYDAY=1TU", week: 1, day: 2, every: 1, words: "contrôles du mois" },
    trimestriel: { rule: "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU", week: 2, day: 2, every: 3, words: "contrôles du trimestre" },
    semestriel: { rule: "FREQ=MONTHLY;INTERVAL=6;BYDAY=3TU", week: 3, day: 2, every: 6, words: "contrôles du semestre" },
    annuel: { rule: "FREQ=MONTHLY;INTERVAL=12;BYDAY=3TH", week: 3, day: 4, every: 12, words: "à faire cette année" },
  };

  /**
   * The first day of a rhythm on or after the first of a month.
   * @param {string} month YYYY-MM
   * @param {number} later months to add
   * @param {Rhythm} rhythm
   */
  const firstDay = (month, later, rhythm) => {
    const [year, number] = month.split("-").map(Number);
    const date = new Date(Date.UTC(year, number - 1 + later, 1));
    if (rhythm.day < 0) while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
    else {
      while (date.getUTCDay() !== rhythm.day) date.setUTCDate(date.getUTCDate() + 1);
      date.setUTCDate(date.getUTCDate() + 7 * Math.max(0, rhythm.week - 1));
    }
    return date.toISOString().slice(0, 10);
  };

  /**
   * The events of the chosen roles. A task goes to the first of its roles that is chosen.
   * @param {Task[]} tasks
   * @param {{month: string, roles: string[], daily: boolean, names: Record<string, string>, address: string}} choice
   */
  const events = (tasks, { month, roles, daily, names, address }) => {
    /** @type {Map<string, {frequency: string, role: string, subject: string, group: string, labels: string[]}>} */
    const packs = new Map();
    const groups = [...new Set(tasks.filter(({ frequency }) => frequency === "annuel").map(({ group }) => group))];
    for (const task of tasks) {
      const role = task.roles.find((each) => roles.includes(each));
      if (!role || !RHYTHMS[task.frequency] || (task.frequency === "quotidien" && !daily)) continue;
      const group = task.frequency === "annuel" ? task.group : "";
      const key = [task.frequency, group, role].filter(Boolean).join("-");
      if (!packs.has(key)) packs.set(key, { frequency: task.frequency, role, group, subject: task.subject, labels: [] });
      packs.get(key)?.labels.push(task.label);
    }
    return [...packs].map(([key, { frequency, role, group, subject, labels }]) => {
      const rhythm = RHYTHMS[frequency];
      const later = group ? Math.floor((groups.indexOf(group) * 12) / groups.length) : 0;
      return {
        uid: `routine-${key}@guide-numerique`,
        start: firstDay(month, later, rhythm),
        rule: rhythm.rule,
        summary: `Sécurité informatique, ${names[role] ?? role} : ${group ? subject + ", " : ""}${rhythm.words}`,
        description: [...labels.map((label) => `– ${label}`), ...(address ? [address] : [])].join("\n"),
        alarms: frequency === "quotidien" ? [] : ["PT9H"],
        category: "Sécurité informatique",
      };
    });
  };

  window.guide.routine = { RHYTHMS, DAYS, firstDay, events };
})();
