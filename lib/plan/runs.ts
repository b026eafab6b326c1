// Whether the functions still run: what each of them recorded at the end of its runs, and what its timer should have started
// since. Each function says it of the other one, because a function that does not run says nothing.
import {
  earliest,
  isAfter,
  isBefore,
  iso,
  plus,
  type Instant,
  type Milliseconds,
} from './calendar/instant.ts';
import type { FunctionName } from './run-values.ts';
import { state, type Statement } from './statement.ts';

/** When a timer fires. */
export interface Timer {
  /** As it is written in s.yaml. */
  text: string;
  /** The last times at which it fired, at this time or before it, the latest first. */
  lastTicks: (before: Instant, count: number) => readonly Instant[];
}

/** The timers of both functions. */
export type Timers = Readonly<Record<FunctionName, Timer>>;

/** What is known of the runs of a function in one region. */
export interface RunRecord {
  functionName: FunctionName;
  regionId: string;
  /** The end of its first run; absent where that is not known. */
  firstAt?: Instant;
  /** The beginning of its last run. */
  beganAt?: Instant;
  /** The end of its last run that went well. */
  endedAt?: Instant;
  /** Why its last run failed; absent where it went well. */
  failure?: string;
  /** How many problems its last run had. */
  problems?: number;
}

/** The other function. */
export function otherThan(functionName: FunctionName): FunctionName {
  return functionName === 'plan' ? 'execute' : 'plan';
}

/** What is asked about one function in one region. */
export interface SilenceQuestion {
  functionName: FunctionName;
  regionId: string;
  records: readonly RunRecord[];
  timers: Timers;
  now: Instant;
  /** How long one run may last. A run that goes on is not silent. */
  longestRunMs: Milliseconds;
  timeZone: string;
}

/**
 * Says that the function missed three ticks, or failed in them. Where it never ran, the first run of the other function counts:
 * both are deployed together. Undefined where it is not silent, or where nothing ran yet.
 */
export function silenceOf(question: SilenceQuestion): Statement<'function-silent'> | undefined {
  const { functionName, regionId, records, timers, now, longestRunMs, timeZone } = question;
  const recordOf = (name: FunctionName): RunRecord | undefined =>
    records.find((one) => one.functionName === name && one.regionId === regionId);
  const own = recordOf(functionName);
  // A time ahead was edited, and would hide the silence.
  const endedAt = own?.endedAt && !isAfter(own.endedAt, plus(now, longestRunMs)) ? own.endedAt : undefined;
  const since = endedAt ?? firstOf(own, recordOf(otherThan(functionName)));
  const third = timers[functionName].lastTicks(plus(now, -longestRunMs), missedTicks).at(missedTicks - 1);
  if (since === undefined || third === undefined || !isBefore(since, third)) return undefined;
  return state('function-silent', {
    functionName,
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    ...(own?.failure === undefined || own.beganAt === undefined ? {} : { beganAt: iso(own.beganAt) }),
    ...(own?.failure === undefined ? {} : { failure: own.failure }),
    timeZone,
  });
}

/** One tick may be lost, and one refused because a run takes long. Three are no accident. */
const missedTicks = 3;

function firstOf(...records: readonly (RunRecord | undefined)[]): Instant | undefined {
  const times = records.flatMap((one) => one?.firstAt ?? []);
  return times.reduce<Instant | undefined>(
    (first, time) => (first === undefined ? time : earliest(first, time)),
    undefined,
  );
}
