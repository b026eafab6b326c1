// Part of promise 3: people are told of each end of a plan, and not over and over. What a receiver took is judged by the record of
// the rows. A receiver that does not take a digest is tried again after a pause that grows.
import type { DigestTry, Evidence, Execution, Receiver, RowMoment, RowState, ToldEnd } from './evidence.ts';
import type { Violation } from './violation.ts';

const minute = 60_000;

/** The longest pause after so many refusals in a row, in minutes. The last one repeats. */
const pausesInMinutes = {
  later: [1, 5, 15, 30, 60],
  none: [1, 5, 15, 30, 60],
  'needs-person': [15, 60, 180, 360],
} as const;

/** Two runs side by side may wait for the same third one. */
const apartMs = 2 * minute;

/** A receiver that says nothing is known as silent after this time. */
const answerMs = 10_000;

/** A run that took longer had no time left to tell. */
const longRunMs = 60_000;

/** An end of a plan that a function wrote. */
interface End {
  instanceId: string;
  planId: string;
  status: string;
  at: number;
  /** When the plan ended in the same way before; -Infinity where it did not. */
  before: number;
}

/** Ends that a receiver was not told, or was told twice, or that never were; none when the evidence has no audience. */
export function toldOtherwise(evidence: Evidence, histories: ReadonlyMap<string, RowMoment[]>): Violation[] {
  const { audience, skewMs = 0 } = evidence;
  if (audience === undefined) return [];
  const ends = endsIn(histories).filter(({ status }) => audience.statuses.includes(status));
  return audience.receivers.flatMap((receiver) => [
    ...ends.flatMap((end) => untold(evidence, receiver, end)),
    ...toldTwice(evidence, receiver, skewMs),
    ...toldOfNothing(receiver, histories),
  ]);
}

function endsIn(histories: ReadonlyMap<string, RowMoment[]>): End[] {
  return [...histories].flatMap(([instanceId, moments]) => {
    const last = new Map<string, number>();
    return moments.flatMap(({ at, state, isOurs }, index): End[] => {
      const before = moments[index - 1]?.state;
      const [planId, status] = [String(state['plan_id']), String(state['status'])];
      if (!isOurs || isSameEnd(before, state)) return [];
      const end = { instanceId, planId, status, at, before: last.get(`${planId} ${status}`) ?? -Infinity };
      last.set(`${planId} ${status}`, at);
      return [end];
    });
  });
}

function isSameEnd(before: RowState | undefined, state: RowState): boolean {
  return before?.['status'] === state['status'] && before?.['plan_id'] === state['plan_id'];
}

/** Two runs of plan that nothing disturbed, and at which the receiver was not to be left alone, told it to nobody. */
function untold(evidence: Evidence, receiver: Receiver, end: End): Violation[] {
  const { planRuns = [], skewMs = 0 } = evidence;
  const good = planRuns.filter((run) => run.begin > end.at && couldTell(run, receiver, evidence));
  const [first] = good;
  const second = good.find(({ begin }) => first !== undefined && begin > first.end + apartMs);
  if (first === undefined || second === undefined) return [];
  const isTold = receiver.tries.some(
    ({ at, isTaken, ends }) =>
      isTaken && at >= end.at && at <= second.end && ends.some((told) => isAbout(told, end, skewMs)),
  );
  if (isTold) return [];
  const { instanceId, planId, status } = end;
  const what = `${receiver.name} was not told that plan ${planId} is ${status} since ${time(end.at)}, although ${first.name} and ${second.name} ran undisturbed`;
  return [{ promise: 3, instanceId, what }];
}

/** A plan that ended so again before anybody was told of the first time is told once, with its last reason. */
function isAbout({ instanceId, planId, status, since }: ToldEnd, end: End, skewMs: number): boolean {
  return (
    instanceId === end.instanceId &&
    planId === end.planId &&
    status === end.status &&
    since >= end.before - skewMs
  );
}

function couldTell(
  { begin, end, disturbed }: Execution,
  { tries }: Receiver,
  { executions = [], planRuns = [], skewMs = 0 }: Evidence,
): boolean {
  if (disturbed !== undefined || end - begin > longRunMs) return false;
  const calm = [...executions, ...planRuns].filter((run) => run.disturbed !== 'in-telling');
  const heard = tries
    .filter(({ at }) => at < end)
    .map((each) => ({ ...each, isRecorded: calm.some(({ name }) => name === each.by) }));
  return pausedUntil(heard) + 2 * skewMs < begin;
}

/**
 * Until when the receiver may be left alone after these tries. A run that stood still or died records nothing of what it heard:
 * it may have tried in the pause of another, and then the longer pause counts, and its yes ends no pause.
 */
function pausedUntil(tries: readonly (DigestTry & { isRecorded: boolean })[]): number {
  let [refusals, until] = [0, -Infinity];
  for (const each of tries) {
    if (each.answer === 'yes') {
      if (each.isRecorded) [refusals, until] = [0, -Infinity];
      continue;
    }
    refusals += 1;
    const pauses = pausesInMinutes[each.answer];
    const pause = pauses[Math.min(refusals, pauses.length) - 1] ?? 0;
    until = Math.max(until, each.at + answerMs + pause * minute, each.until ?? 0);
  }
  return until;
}

/** The same end in two messages, although the first run heard the yes, and nothing kept it from recording that. */
function toldTwice(
  { executions = [], planRuns = [] }: Evidence,
  { name, tries }: Receiver,
  skewMs: number,
): Violation[] {
  const first = new Map<string, DigestTry>();
  const runs = new Map([...executions, ...planRuns].map((run) => [run.name, run]));
  return tries
    .filter(({ isTaken }) => isTaken)
    .flatMap((each) =>
      each.ends.flatMap(({ instanceId, planId, status, since }): Violation[] => {
        const key = `${instanceId} ${planId} ${status} ${since}`;
        const before = first.get(key);
        first.set(key, each);
        if (before?.answer !== 'yes') return [];
        const run = runs.get(before.by);
        // A clock that is ahead sees the claim of another run end early.
        if (run === undefined || run.disturbed === 'in-telling' || each.at - before.at < 2 * skewMs)
          return [];
        // One that stood still while it told sends what it had read before.
        const later = runs.get(each.by);
        if (later === undefined || later.disturbed === 'in-telling') return [];
        const what = `${name} was told at ${time(before.at)} by ${before.by} and again at ${time(each.at)} by ${each.by} that plan ${planId} is ${status}`;
        return [{ promise: 3, instanceId, what }];
      }),
    );
}

/** An end that no row ever said. */
function toldOfNothing({ name, tries }: Receiver, histories: ReadonlyMap<string, RowMoment[]>): Violation[] {
  return tries.flatMap(({ at, ends }) =>
    ends.flatMap(({ instanceId, planId, status }): Violation[] => {
      const isSaid = histories
        .get(instanceId)
        ?.some(
          (moment) =>
            moment.at <= at && moment.state['plan_id'] === planId && moment.state['status'] === status,
        );
      if (isSaid === true) return [];
      const what = `${name} was told at ${time(at)} that plan ${planId} is ${status}, and no row said so`;
      return [{ promise: 3, instanceId, what }];
    }),
  );
}

function time(at: number): string {
  return new Date(at).toISOString();
}
