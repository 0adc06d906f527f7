/** What each script of docs/assets/js gives the others, under `window.guide`; what the build writes for them. */

interface Window {
  guide: Guide;
}

interface Helpers {
  all(selector: string, root?: ParentNode): HTMLElement[];
  plural(count: number, one: string, many: string): string;
  fold(text: string): string;
  make(tag: string, set?: Record<string, any>, ...children: (Node | string)[]): HTMLElement;
  download(name: string, type: string, text: string): void;
  printOnly(what: string): void;
  say(where: Element | null | undefined, text: string): void;
  today(): string;
  dayInWords(day: string): string;
}

interface Guide extends Helpers {
  vault: Vault;
  tracking: Tracking;
  assessment: {
    YES: string;
    UNSURE: string;
    done(asking: Asking, given: Answered): Set<string>;
    proposed(asking: Asking, given: Answered): Proposed[];
    plan(asking: Asking, given: Answered): { first: Proposed[]; then: Proposed[] };
    news(asking: Asking, survey: Survey): { fresh: string[]; reworded: string[] };
    compare(asking: Asking, now: Answered, before: Answered): { won: string[]; lost: string[] };
    carryOver(asking: Asking, survey: Survey): void;
    later(day: string, days: number): string;
  };
  incident: Kept<Incident> & {
    update(change: (incident: Incident) => void): void;
    clean(value: any): Incident | null;
    blank(): Incident;
  };
  time: {
    HOUR: number;
    DAY: number;
    deviceZone(): string;
    known(zone: string): boolean;
    offset(instant: number, zone: string): number;
    instantOf(local: string, zone: string): { instant: number; kind: "sure" | "twice" | "never" } | null;
    localOf(instant: number, zone: string): string;
    inWords(instant: number, zone: string): string;
    limit(start: number, hours: number, now: number, zone: string):
      { due: number; late: boolean; left: string; words: string; shifted: boolean };
  };
  ics: {
    escape(text: string): string;
    fold(line: string): string;
    calendar(name: string, events: CalendarEvent[], now: number): string;
  };
  routine: {
    RHYTHMS: Record<string, Rhythm>;
    DAYS: string[];
    firstDay(month: string, later: number, rhythm: Rhythm): string;
    events(
      tasks: Task[],
      choice: { month: string; roles: string[]; daily: boolean; names: Record<string, string>; address: string },
    ): CalendarEvent[];
  };
  decision: {
    applies(conditions: Condition[], known: Answered): boolean;
    facts(questions: Question[], given: Answered): Answered;
    next<Q extends Question>(questions: Q[], given: Answered): Q | null;
    path(questions: Question[], given: Answered): Answered;
    paths(questions: Question[]): Answered[];
  };
  catalogue: { fits(row: Row, want: Want): boolean; order(by: string): (a: Row, b: Row) => number };
  sections(sections: [string, string][][]): void;
  found(words: string[], link: HTMLAnchorElement): void;
  search: { begin(parts: any): Promise<void> };
  /** Written by the build: labels and addresses of Urgence and the themes. */
  names: { entries: [string, string][] } & Record<string, any>;
  searchIndex: any;
}

/** A record of this device. `says`: in words, for the reader; empty when all is well. */
interface Kept<T> {
  read(): T;
  write(value: T): boolean;
  clear(): void;
  aside(): string[];
  says(): string;
  watch(changed: () => void): void;
}

type Judged<T> =
  | { verdict: "ok"; value: T }
  | { verdict: "empty" | "damaged" | "large" | "future"; value: null };

interface Shape<T> {
  version: number;
  /** The value with known fields only, or null. */
  clean(value: any): T | null;
}

interface Vault {
  <T>(key: string, shape: Shape<T>, blank: () => T): Kept<T>;
  judge<T>(text: string | null, shape: Shape<T>, limit?: number): Judged<T>;
  LIMIT: number;
}

/** State, day, reason, note, last change. */
interface Mark { s: "" | "done" | "na"; d: string; why: string; note: string; t: string }
/** Question as it was asked, answer, day, last change. */
interface Reply { q: string; a: string; d: string; t: string }
interface Followed {
  format: string;
  version: number;
  items: Record<string, Mark>;
  seen: Record<string, string>;
  replies: Record<string, Reply>;
  /** By the day it was begun. */
  surveys: Record<string, Survey>;
}
/** Day it was finished, last change, answers, what was asked (hashes), who does which measure by when. */
interface Survey {
  f: string;
  t: string;
  a: Answered;
  h: Record<string, string>;
  w: Record<string, { who: string; by: string }>;
}
interface StateQuestion {
  id: string; measure: string; also: string[];
  /** Measure for those who do not know, or empty. */
  unsure: string;
  weight: number; hash: string; former: string[];
}
/** The questionnaire as the page holds it. `order`: every measure, the most pressing first. */
interface Asking {
  questions: StateQuestion[];
  points: Record<string, number>;
  rules: { when: Record<string, string[]>; questions: string[]; points: number }[];
  order: string[];
  further: string[];
  former: Record<string, string[]>;
  days: number[];
}
/** A measure and the question that calls for it; none where it completes a short plan. */
interface Proposed { measure: string; question: string }
interface Point { id: string; former: string[]; hash: string }

interface Tracking {
  blank(): Followed;
  clean(value: any): Followed | null;
  mark(state: Followed, id: string, change: Partial<Mark>, now: string): void;
  carryOver(state: Followed, points: Point[]): boolean;
  hash(said: string): string;
  changes(state: Followed, points: Point[]): string[];
  acknowledge(state: Followed, points: Point[]): void;
  progress(state: Followed, ids: string[]): { done: number; na: number; total: number };
  merge(mine: Followed, other: Followed): Followed;
  exported(state: Followed, day: string): string;
  imported(file: string): { state: Followed | null; problem: string };
  kept: Kept<Followed>;
}

interface Incident {
  version: 1;
  answers: Answered;
  start: string;
  zone: string;
  mark: string;
  log: Record<string, string>;
  lines: number;
}

/** Every question named has one of these answers. */
type Condition = Record<string, string[]>;
/** Question → answer. */
type Answered = Record<string, string>;
interface Question { id: string; onlyIf: Condition[]; answers: { id: string; settles: Record<string, string> }[] }

interface Task { id: string; label: string; roles: string[]; group: string; subject: string; frequency: string }
/** `week`: which one of the month, 0 for none. */
interface Rhythm { rule: string; week: number; day: number; every: number; words: string }

interface CalendarEvent {
  /** Stable: the same one replaces the event at the next import. */
  uid: string;
  /** Instant in milliseconds, or a day YYYY-MM-DD. */
  start: number | string;
  summary: string;
  description?: string;
  /** RRULE. */
  rule?: string;
  /** Durations before (-PT24H) or after (PT9H) the start. */
  alarms?: string[];
  category?: string;
}

interface Row {
  topic: string; kind: string; status: string; roles: string[]; watch: boolean;
  /** Folded. */
  text: string;
  title: string; publisher: string; published: string;
}
interface Want { text?: string; topic?: string; role?: string; kind?: string; status?: string }

/* What program.py puts before the scripts of the search. */
declare const STOP: string, WEAK_WORDS_OF_QUESTIONS: string, GUIDE: Record<string, any>;
