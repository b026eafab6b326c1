// Whether the functions still run: what each of them recorded at the end of its runs, and what its timer should have started
// since. Another function says it, because a function that does not run says nothing.
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

/** The timers of the functions. Without its own nobody watches the review. */
export interface Timers {
  readonly plan: Timer;
  readonly execute: Timer;
  readonly review?: Timer;
}

/** What is known of the runs of a function in one region. */
export interface RunRecord {
  functionName: FunctionName;
  regionId: string;
  /** The end of its first run; absent where that is not known. */
  firstAt?: Instant;
  /** Since when another function waits for its first run. */
  awaitedSince?: Instant;
  /** The beginning of its last run. */
  beganAt?: Instant;
  /** The end of its last run that went well. */
  endedAt?: Instant;
  /** Why its last run failed; absent where it went well. */
  failure?: string;
  /** How many problems its last run had. */
  problems?: number;
}

/**
 * The functions that a run of this one watches. Nobody depends on a review that runs once a week, so it watches none. Plan alone
 * watches it: it runs anyway, reads these records anyway, and one voice is enough.
 */
export function watchedBy(functionName: FunctionName, timers: Timers): readonly FunctionName[] {
  switch (functionName) {
    case 'plan':
      return timers.review === undefined ? ['execute'] : ['execute', 'review'];
    case 'execute':
      return ['plan'];
    case 'review':
      return [];
  }
}

/** What is asked about one function in one region. */
export interface SilenceQuestion {
  functionName: FunctionName;
  regionId: string;
  records: readonly RunRecord[];
  timers: Timers;
  now: Instant;
  /** How long one run of plan or execute may last. A run that goes on is not silent. */
  longestRunMs: Milliseconds;
  timeZone: string;
}

/**
 * Says that the function missed its ticks, or failed in them: three of plan or execute, one of review. Where plan or execute never
 * ran, the first run of the other one counts, because both are deployed together. Review may come with an upgrade: where it never
 * ran, the time counts since which it is awaited. Undefined where it is not silent, or where nothing ran yet.
 */
export function silenceOf(question: SilenceQuestion): Statement<'function-silent'> | undefined {
  const { functionName, regionId, records, now, longestRunMs, timeZone } = question;
  const recordOf = (name: FunctionName): RunRecord | undefined =>
    records.find((one) => one.functionName === name && one.regionId === regionId);
  const own = recordOf(functionName);
  // A time ahead was edited, and would hide the silence.
  const endedAt = own?.endedAt && !isAfter(own.endedAt, plus(now, longestRunMs)) ? own.endedAt : undefined;
  const since =
    endedAt ??
    (functionName === 'review'
      ? earliestOf([own?.firstAt, own?.awaitedSince])
      : earliestOf([recordOf('plan')?.firstAt, recordOf('execute')?.firstAt]));
  const missed = missedTick(question);
  if (since === undefined || missed === undefined || !isBefore(since, missed)) return undefined;
  return state('function-silent', {
    functionName,
    ...(endedAt === undefined ? {} : { endedAt: iso(endedAt) }),
    ...(own?.failure === undefined || own.beganAt === undefined ? {} : { beganAt: iso(own.beganAt) }),
    ...(own?.failure === undefined ? {} : { failure: own.failure }),
    timeZone,
  });
}

/** A function without a good run since this tick is silent. Undefined where its timer fired less often, or is not known. */
export function missedTick({
  functionName,
  timers,
  now,
  longestRunMs,
}: Pick<SilenceQuestion, 'functionName' | 'timers' | 'now' | 'longestRunMs'>): Instant | undefined {
  const { ticks, longestMs } =
    functionName === 'review' ? ofReview : { ticks: missedTicks, longestMs: longestRunMs };
  return timers[functionName]?.lastTicks(plus(now, -longestMs), ticks).at(ticks - 1);
}

/** One tick may be lost, and one refused because a run takes long. Three are no accident. */
const missedTicks = 3;

/**
 * Three ticks of a weekly timer would be three weeks, and ECS forgets after 30 days. s.yaml lets Function Compute repeat a failed
 * review for an hour; the rest is for a tick that comes late.
 */
const ofReview = { ticks: 1, longestMs: 2 * 3_600_000 };

function earliestOf(times: readonly (Instant | undefined)[]): Instant | undefined {
  return times.reduce(
    (first, time) => (first === undefined || time === undefined ? (first ?? time) : earliest(first, time)),
    undefined,
  );
}
