// Reads the tokens of one item of windows: days and ranges of times, `Mon-Fri 02:00-03:00, 13:00-14:00`. Days after a comma
// begin the next clause. Times without days are daily.
import { misread, type Misreading, type Parsed } from './parsed.ts';
import type { Token } from './window-tokens.ts';
import { minutesADay, type DayRange } from './windows.ts';

/** Days with their ranges of times. */
export interface Clause {
  hasDays: boolean;
  ranges: DayRange[];
  /** The clause as written. */
  at: string;
}

type Kind = Token['kind'];

/** Reads one item. Its first fault ends it, except that both ends of a range are checked. */
export function readItem(tokens: readonly Token[], text: string, expected: string): Parsed<Clause[]> {
  const reader = new ItemReader(tokens, text, expected);
  try {
    return { ok: true, value: reader.clauses() };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return misread(thrown.first, ...thrown.others);
    throw thrown;
  }
}

class Unreadable extends Error {
  readonly first: Misreading;
  readonly others: readonly Misreading[];

  constructor(first: Misreading, others: readonly Misreading[] = []) {
    super(first.expected);
    this.first = first;
    this.others = others;
  }
}

const daysExpected = 'daily, or days of the week as in Mon-Fri or Sat,Sun';
const timesExpected = 'times as in 02:00-05:00';

class ItemReader {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  readonly #expected: string;
  #next = 0;

  constructor(tokens: readonly Token[], text: string, expected: string) {
    this.#tokens = tokens;
    this.#text = text;
    this.#expected = expected;
  }

  clauses(): Clause[] {
    const clauses: Clause[] = [];
    for (this.#skip(','); this.#peek() !== undefined; this.#skip(',')) clauses.push(this.#clause());
    return clauses;
  }

  #clause(): Clause {
    const begin = this.#next;
    const days = this.#days();
    if (days !== undefined) this.#skip(',', ':');
    const ranges: DayRange[] = [];
    let end = this.#next;
    while (this.#peek() === 'time') {
      ranges.push(this.#range(days));
      end = this.#next;
      this.#skip(',');
    }
    if (ranges.length === 0) this.#fail(this.#expected, begin, this.#tokens.length);
    return { hasDays: days !== undefined, ranges, at: this.#slice(begin, end) };
  }

  /** Undefined where the clause begins with no day. */
  #days(): Set<number> | undefined {
    const begin = this.#next;
    const days = new Set<number>();
    const everyDay: number[] = [];
    let items = 0;
    for (;;) {
      const token = this.#take('day', 'days');
      if (token === undefined) break;
      items += 1;
      if (token.kind === 'days' && token.days.length === 7) everyDay.push(this.#next - 1);
      for (const day of token.kind === 'day' ? this.#run(token.day) : token.days) days.add(day);
      if (this.#peek() === '-') this.#fail(daysExpected, begin, this.#next + 1);
      const separator = this.#next;
      this.#skip(',');
      if (this.#peek() !== 'day' && this.#peek() !== 'days') {
        this.#next = separator;
        break;
      }
    }
    const [daily] = everyDay;
    if (daily !== undefined && items > 1) this.#fail(daysExpected, daily, daily + 1);
    return items === 0 ? undefined : days;
  }

  /** The days from this one to the day after a dash, also over the end of the week. */
  #run(first: number): number[] {
    const begin = this.#next - 1;
    if (this.#take('-') === undefined) return [first];
    const last = this.#take('day');
    if (last === undefined) this.#fail(daysExpected, begin, this.#next + 1);
    const days = [first];
    for (let day = first; day !== last.day;) days.push((day = (day % 7) + 1));
    return days;
  }

  #range(days: ReadonlySet<number> | undefined): DayRange {
    const begin = this.#next;
    const start = this.#take('time');
    const dash = this.#take('-');
    const endDay = this.#take('day');
    const nextDay = this.#take('next-day');
    const end = this.#take('time');
    const hasTwoDays = endDay !== undefined && nextDay !== undefined;
    if (start === undefined || dash === undefined || end === undefined || hasTwoDays)
      this.#fail(timesExpected, begin, this.#next);
    const times = this.#times(start, end);
    const follows = this.#peek();
    if (follows !== undefined && follows !== ',') {
      if (follows === '-') this.#fail(timesExpected, begin, this.#next + 2);
      this.#fail('a comma or a semicolon between two ranges', begin, this.#next + 1);
    }
    const fail = (expected: string): never => this.#fail(expected, begin, this.#next);
    if (endDay !== undefined) return overDays(days, times, endDay.day, fail);
    const range = { days: days ?? new Set([1, 2, 3, 4, 5, 6, 7]), ...times };
    if (nextDay === undefined) {
      return times.start === times.end
        ? fail('a range that is not empty; a whole day is 00:00-24:00')
        : range;
    }
    return times.end > times.start ? fail('a range of at most a day') : { ...range, daysLater: 1 };
  }

  /** Both times, or the faults of both. */
  #times(start: Token & { kind: 'time' }, end: Token & { kind: 'time' }): { start: number; end: number } {
    const faults: Misreading[] = [];
    const check = (token: Token, isRight: boolean, expected: string): void => {
      if (!isRight) faults.push({ expected, at: this.#text.slice(token.from, token.to) });
    };
    const { minutes: from = minutesADay } = start;
    check(start, from < minutesADay, 'a start between 00:00 and 23:59');
    check(end, end.minutes !== undefined, 'an end between 00:00 and 24:00');
    const [first, ...others] = faults;
    if (first !== undefined) throw new Unreadable(first, others);
    return { start: from, end: end.minutes ?? 0 };
  }

  #peek(): Kind | undefined {
    return this.#tokens[this.#next]?.kind;
  }

  #take<K extends Kind>(...kinds: K[]): (Token & { kind: K }) | undefined {
    const token = this.#tokens[this.#next];
    if (token === undefined || !(kinds as Kind[]).includes(token.kind)) return undefined;
    this.#next += 1;
    return token as Token & { kind: K };
  }

  #skip(...kinds: Kind[]): void {
    while (this.#take(...kinds) !== undefined);
  }

  #slice(begin: number, end: number): string {
    const tokens = this.#tokens.slice(begin, end);
    return this.#text.slice(tokens[0]?.from, tokens.at(-1)?.to);
  }

  #fail(expected: string, begin: number, end: number): never {
    throw new Unreadable({ expected, at: this.#slice(begin, end) });
  }
}

/** A range such as `Fri 22:00-Mon 06:00`. It needs one day to start on, and ends before its week is over. */
function overDays(
  days: ReadonlySet<number> | undefined,
  { start, end }: { start: number; end: number },
  endDay: number,
  fail: (expected: string) => never,
): DayRange {
  const [startDay] = days ?? [];
  if (days?.size !== 1 || startDay === undefined) {
    return fail('one day in front of a range over days, as in Fri 22:00-Mon 06:00');
  }
  const daysLater = (endDay - startDay + 7) % 7;
  if (daysLater === 0 && end <= start) {
    return fail('a range that ends within a week; the whole week is always');
  }
  return { days, start, end, daysLater };
}
