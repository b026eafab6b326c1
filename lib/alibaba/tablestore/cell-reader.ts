// Reads single columns of a row, and collects a fault for each that cannot be read.
import { halfWidth } from '../../plan/calendar/half-width.ts';
import { parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import { misreadingsOf, type Parsed } from '../../plan/calendar/parsed.ts';
import { expectedAtChange, parseWallTime } from '../../plan/calendar/wall-time.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import { activeStatuses, finalStatuses, type PlanStatus } from '../../plan/status.ts';
import type { Cell, Cells } from './api.ts';

/** Times that a row may hold: of the years 2000 to 2199. */
const first = Date.UTC(2000, 0);
const last = Date.UTC(2200, 0);

/** Reads the columns of one row. */
export class CellReader {
  readonly faults: Fault[] = [];
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** Undefined where the column is missing. A fault where it is not text. */
  text(column: string): string | undefined {
    const cell = this.#cells[column];
    if (cell === undefined || typeof cell === 'string') return cell;
    return this.#fault(column, 'text');
  }

  /** The cell as it stands. */
  any(column: string): Cell | undefined {
    return this.#cells[column];
  }

  /** Undefined where the column is missing or not text. For columns that decide nothing. */
  anyText(column: string): string | undefined {
    const cell = this.#cells[column];
    return typeof cell === 'string' ? cell : undefined;
  }

  /**
   * What a person wrote as a yes, with the words after it; undefined where the column is missing or begins otherwise. "Not
   * yet" and "wait for Li" are no yes, and there are more of these than a list could hold.
   */
  yes(column: string): string | undefined {
    const cell = this.#cells[column];
    const text = typeof cell === 'boolean' || typeof cell === 'string' ? String(cell).trim() : '';
    const [first = ''] = asWord(text).split(/[^\p{L}\p{N}]+/u);
    return ['yes', 'y', 'true', 'ok', '是', '好', '好的'].includes(first) ? text : undefined;
  }

  instant(column: string): Instant | undefined {
    return this.#instant(column, parseInstant);
  }

  /** A time that a person may have written: also a wall time, in the zone that it names or in this one. */
  wallTime(column: string, timeZone: string | undefined): Instant | undefined {
    const text = this.anyText(column);
    const expected = text === undefined ? undefined : expectedAtChange(text, timeZone);
    if (expected !== undefined) return this.#fault(column, expected);
    return this.#instant(column, (written) => parseWallTime(written, timeZone));
  }

  #instant(column: string, read: (text: string) => Instant | undefined): Instant | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const instant = read(text);
    // Far from now, arithmetic with times leaves the range of Temporal.
    const isNear =
      instant !== undefined && instant.epochMilliseconds >= first && instant.epochMilliseconds < last;
    return isNear ? instant : this.#fault(column, 'an ISO 8601 time as in 2026-12-01T18:00:00Z');
  }

  /** A whole number of at least 1 in an INTEGER column. */
  count(column: string): number | undefined {
    const cell = this.#cells[column];
    if (cell === undefined) return undefined;
    const isCount = typeof cell === 'bigint' && cell > 0n && cell <= BigInt(Number.MAX_SAFE_INTEGER);
    return isCount ? Number(cell) : this.#fault(column, 'an INTEGER of at least 1');
  }

  yesOrNo(column: string): boolean | undefined {
    const cell = this.#cells[column];
    if (cell === undefined || typeof cell === 'boolean') return cell;
    const text = typeof cell === 'string' ? asWord(cell) : '';
    if (text === 'true' || text === 'false') return text === 'true';
    return this.#fault(column, 'true or false');
  }

  oneOf<T extends string>(column: string, words: readonly T[]): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    // People do not mind capital letters.
    return (
      words.find((word) => word.toLowerCase() === asWord(text)) ??
      this.#fault(column, `one of ${words.join(', ')}`)
    );
  }

  /** Text in a form of its own. */
  parsed<T>(column: string, read: (text: string) => Parsed<T>): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = read(text);
    if (parsed.ok) return parsed.value;
    for (const { expected, at } of misreadingsOf(parsed)) this.#fault(column, expected, at);
    return undefined;
  }

  /** JSON in a form of its own. `read` returns undefined for any other. */
  json<T>(column: string, read: (json: unknown) => T | undefined, expected: string): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    return read(parseJson(text)) ?? this.#fault(column, expected);
  }

  status(): PlanStatus {
    const statuses = [...activeStatuses, ...finalStatuses];
    return this.required('status', this.oneOf('status', statuses)) ?? 'Escalated';
  }

  /** Reports the column as missing where it is. */
  required<T>(column: string, value: T | undefined): T | undefined {
    if (value === undefined && this.#cells[column] === undefined) {
      this.faults.push({ what: `Column ${column}`, expected: 'a value' });
    }
    return value;
  }

  #fault(column: string, expected: string, at?: string): undefined {
    const value = quoted(this.#cells[column]);
    this.faults.push({ what: `Column ${column}`, value, expected, ...(at === undefined ? {} : { at }) });
    return undefined;
  }
}

/** The text as words are compared: without blanks around it, and in small letters. */
function asWord(text: string): string {
  return halfWidth(text).trim().toLowerCase();
}

function quoted(cell: Cell | undefined): string {
  if (cell instanceof Uint8Array) return `${cell.length} bytes`;
  return typeof cell === 'bigint' ? String(cell) : shown(cell);
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
