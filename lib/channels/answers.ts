// What an answer means, as far as receivers agree. A status of 2xx proves nothing: success is in the body, and each receiver
// says so in its own words.
import { earliest, isBefore, plus, type Instant, type Milliseconds } from '../plan/calendar/instant.ts';
import { Temporal } from 'temporal-polyfill';
import type { DeliveryOutcome, DeliveryProblemCode } from '../plan/notice.ts';

/** An answer of a receiver, and when it came. */
export interface Answer {
  status: number;
  body: string;
  retryAfter?: string;
  at: Instant;
}

/** The pause where the receiver names none. The next run of the execute function comes after a minute, too. */
const shortPauseMs: Milliseconds = 60_000;

/** A longer pause than this is not believed: nobody would hear anything any more. */
const longestPauseMs: Milliseconds = 86_400_000;

/** Not told; again after a pause. */
export function later(
  at: Instant,
  code: DeliveryProblemCode,
  answer?: string,
  pauseMs = shortPauseMs,
): DeliveryOutcome {
  return { kind: 'later', until: plus(at, pauseMs), problem: problemOf(code, answer) };
}

/** Not told, and again would not help. */
export function refusal(
  kind: 'needs-person' | 'gone' | 'our-fault',
  code: DeliveryProblemCode,
  answer?: string,
): DeliveryOutcome {
  return { kind, problem: problemOf(code, answer) };
}

function problemOf(
  code: DeliveryProblemCode,
  answer?: string,
): { code: DeliveryProblemCode; answer?: string } {
  return { code, ...(answer === undefined ? {} : { answer }) };
}

/** The fields of an answer in JSON; none where it is no JSON object. */
export function fieldsOf({ body }: Answer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The meaning of the status alone, for an answer whose body says neither yes nor no. */
export function meaningOfStatus(answer: Answer): DeliveryOutcome {
  const { status, at } = answer;
  const word = `HTTP ${status}`;
  if (status === 429) return paused(answer, 'throttled');
  if (status === 408 || status >= 500) return paused(answer, 'busy');
  if (status >= 300 && status < 400) return refusal('needs-person', 'redirected', word);
  if (status === 410) return refusal('gone', 'gone', word);
  if (status === 413) return refusal('our-fault', 'too-long', word);
  if (status >= 400) return refusal('needs-person', status === 404 ? 'unknown-url' : 'refused', word);
  return later(at, 'unreadable-answer', word);
}

/** Again when the receiver says, or after a short pause. */
function paused(answer: Answer, code: DeliveryProblemCode): DeliveryOutcome {
  const { at, status } = answer;
  const problem = problemOf(code, `HTTP ${status}`);
  return { kind: 'later', until: retryAt(answer) ?? plus(at, shortPauseMs), problem };
}

/** The time that Retry-After names, in seconds or as a date. Undefined where it names none, or one in the past. */
function retryAt({ retryAfter = '', at }: Answer): Instant | undefined {
  const seconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  const dated = Date.parse(retryAfter);
  if (seconds === undefined && Number.isNaN(dated)) return undefined;
  const named =
    seconds === undefined ? Temporal.Instant.fromEpochMilliseconds(dated) : plus(at, seconds * 1000);
  return isBefore(named, at) ? undefined : earliest(named, plus(at, longestPauseMs));
}
