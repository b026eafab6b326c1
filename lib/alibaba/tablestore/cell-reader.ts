// Reads single columns of a row and collects what could not be read, each as one sentence.
import { Temporal } from 'temporal-polyfill';
import * as v from 'valibot';
import { parseInstant, type Instant } from '../../plan/calendar/instant.ts';
import type { Parsed } from '../../plan/calendar/parsed.ts';
import {
  activeStatuses,
  causes,
  finalStatuses,
  type Cause,
  type PlanStatus,
  type TimelineEntry,
} from '../../plan/plan.ts';
import type { Cell, Cells } from './api.ts';

const timelineSchema = v.array(
  v.object({
    at: v.pipe(v.string(), v.transform(parseInstant), v.instance(Temporal.Instant)),
    by: v.string(),
    what: v.string(),
    requestId: v.exactOptional(v.string()),
  }),
);

/** Longest value that a fault quotes; a reason in a row must stay readable. */
const quoteLimit = 80;

export class CellReader {
  readonly faults: string[] = [];
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** Undefined where the column is missing; a fault where it is no text. */
  text(column: string): string | undefined {
    const cell = this.#cells[column];
    if (cell === undefined || typeof cell === 'string') return cell;
    return this.#fault(column, 'text');
  }

  instant(column: string): Instant | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    return parseInstant(text) ?? this.#fault(column, 'an ISO 8601 time as in 2026-12-01T18:00:00Z');
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
    const text = typeof cell === 'string' ? cell.trim().toLowerCase() : '';
    if (text === 'true' || text === 'false') return text === 'true';
    return this.#fault(column, 'true or false');
  }

  oneOf<T extends string>(column: string, words: readonly T[]): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    return words.find((word) => word === text) ?? this.#fault(column, `one of ${words.join(', ')}`);
  }

  strings(column: string): string[] | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = v.safeParse(v.array(v.string()), parseJson(text));
    return parsed.success ? parsed.output : this.#fault(column, 'a JSON array of texts');
  }

  /** Text in a form of its own. */
  parsed<T>(column: string, read: (text: string) => Parsed<T>): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const parsed = read(text);
    return parsed.ok ? parsed.value : this.#fault(column, parsed.expected);
  }

  /** JSON in a form of its own; `read` gives undefined for any other. */
  json<T>(column: string, read: (json: unknown) => T | undefined, expected: string): T | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    return read(parseJson(text)) ?? this.#fault(column, expected);
  }

  status(): PlanStatus {
    const statuses = [...activeStatuses, ...finalStatuses];
    return this.required('status', this.oneOf('status', statuses)) ?? 'Escalated';
  }

  cause(): Cause | undefined {
    return this.oneOf('cause', causes);
  }

  /** What happened so far; empty where the column is missing. */
  timeline(): readonly TimelineEntry[] {
    const cell = this.#cells['timeline'];
    if (cell === undefined) return [];
    const parsed = v.safeParse(timelineSchema, parseJson(typeof cell === 'string' ? cell : ''));
    if (!parsed.success) {
      this.#fault('timeline', 'a JSON array of {at, by, what, requestId?} with ISO 8601 times');
      return [];
    }
    return parsed.output;
  }

  /** Reports the column as missing where `value` is undefined and nothing was reported of it yet. */
  required<T>(column: string, value: T | undefined): T | undefined {
    if (value === undefined && this.#cells[column] === undefined) {
      this.faults.push(`Column ${column} is missing.`);
    }
    return value;
  }

  #fault(column: string, expected: string): undefined {
    this.faults.push(`Column ${column} is ${quote(this.#cells[column])}, expected ${expected}.`);
    return undefined;
  }
}

function quote(cell: Cell | undefined): string {
  const text = cell instanceof Uint8Array ? `${cell.length} bytes` : String(cell);
  return `"${text.length > quoteLimit ? `${text.slice(0, quoteLimit)}…` : text}"`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
