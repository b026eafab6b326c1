// Part of promise 3: what a plan began and could not finish is undone or reported. A pre-command takes a service down. By
// Cloud Assistant's record of runs, a restart, an undo or a problem must follow it soon after the last moment at which its
// restart was allowed to begin.
import type { InvocationView } from '../cloud/ecs/core/commands.ts';
import type { RunEntry } from '../cloud/ecs/core/journal.ts';
import {
  isEditedBetween,
  lastBefore,
  sendingsIn,
  type Evidence,
  type Execution,
  type RowMoment,
  type RowState,
} from './evidence.ts';
import { undoneRuns } from './undone.ts';
import type { Violation } from './violation.ts';

const preCommandTag = 'reboot-planner:pre-command';

type Histories = ReadonlyMap<string, readonly RowMoment[]>;

/** A pre-command that has reached its instance, and what the row said then. */
interface Begun {
  run: InvocationView;
  /** When it was asked for. */
  askedOrder: number;
  /** When it reached its instance. */
  order: number;
  at: number;
  /** When it ended, the last moment of its interval, or the end of the proof of an intent after it, whichever is latest. */
  overAt: number;
  /** The order of the write that says that a restart may be sent from now on; undefined where there is none. */
  intendedOrder: number | undefined;
  /** Whether a person has changed the row since: then its interval may be another. */
  isEdited: boolean;
}

/**
 * Services that were left drained: `isOver` means that everything must have been answered by now. Before that, two undisturbed
 * runs of execute and one of plan may pass.
 */
export function leftDrained(evidence: Evidence, histories: Histories, isOver: boolean): Violation[] {
  const { executions = [], planRuns = [] } = evidence;
  return begunRuns(evidence, histories).flatMap((begun): Violation[] => {
    const answer = answeredAt(evidence, begun, histories);
    const { instanceId, commandId } = begun.run;
    const calm = [
      nth(undisturbed(executions, evidence, begun), 2),
      nth(undisturbed(planRuns, evidence, begun), 1),
    ];
    const known = calm.some((end) => end === undefined) ? Infinity : Math.max(...calm.map((end) => end ?? 0));
    const until = begun.isEdited ? Infinity : known;
    if (answer !== undefined && answer <= until) return [];
    if (answer === undefined && until === Infinity && !isOver) return [];
    const then = until === Infinity ? 'to the end' : `until ${time(until)}`;
    const what = `${commandId} had begun at ${time(begun.at)}, and ${then} there was neither a restart, nor an undo, nor a problem`;
    return [{ promise: 3, instanceId, what }];
  });
}

function begunRuns(evidence: Evidence, histories: Histories): Begun[] {
  const { ecs } = evidence;
  const commandOf = new Map(ecs.instances().map(({ id, tags }) => [id, tags[preCommandTag]?.trim()]));
  const changes = ecs.record.entries().filter((entry) => entry.kind === 'run');
  const sendings = sendingsIn(evidence);
  return ecs.invocations().flatMap((run): Begun[] => {
    if (run.commandId !== commandOf.get(run.instanceId)) return [];
    const own = changes.filter(
      ({ invokeId, instanceId }) => invokeId === run.invokeId && instanceId === run.instanceId,
    );
    const reached = own.find(({ to }) => to === 'Running');
    if (reached === undefined) return [];
    // One command may be the check after the restart, too.
    const isAfter = sendings.some(
      ({ instanceId, order }) => instanceId === run.instanceId && order < reached.order,
    );
    return isAfter ? [] : [begunBy(run, own, reached, evidence, histories)];
  });
}

function begunBy(
  run: InvocationView,
  changes: readonly RunEntry[],
  { order, at }: RunEntry,
  { verifyMs = 0 }: Evidence,
  histories: Histories,
): Begun {
  const moments = histories.get(run.instanceId);
  const latestStart = lastOfInterval(moments, order);
  const ended = changes.find(({ to }) => to !== 'Pending' && to !== 'Running')?.at ?? at;
  const isEdited = isEditedBetween(moments, order, Infinity);
  const askedOrder = changes[0]?.order ?? order;
  const intent = moments?.find(
    (moment) => moment.order > order && moment.isOurs && moment.state['status'] === 'Rebooting',
  );
  const intervalEnds = Math.max(ended, Number.isNaN(latestStart) ? at : latestStart);
  const isInTime = intent !== undefined && intent.at <= intervalEnds;
  const overAt = isInTime ? Math.max(intervalEnds, intent.at + verifyMs) : intervalEnds;
  return { run, askedOrder, order, at, overAt, intendedOrder: intent?.order, isEdited };
}

/**
 * The last moment of the interval in which the command was asked for. An interval that is written anew before it is over, and in
 * which the plan stays due, goes on: the service is down already.
 */
function lastOfInterval(moments: readonly RowMoment[] | undefined, order: number): number {
  let end = latestStartOf(lastBefore(moments, order));
  for (const moment of moments ?? []) {
    const isDue = Date.parse(String(moment.state['execute_at'])) <= moment.at;
    if (moment.order > order && moment.isOurs && moment.at <= end && isDue) end = latestStartOf(moment);
  }
  return end;
}

function latestStartOf(moment: RowMoment | undefined): number {
  return Date.parse(String(moment?.state['latest_start']));
}

/**
 * The first restart, successful undo or problem after the command had begun. A row that ends and names the command tells of it,
 * too: its write may arrive after the run that could have reported it, or before a command whose start is unknown begins.
 */
function answeredAt(
  evidence: Evidence,
  { run, askedOrder, order, at, intendedOrder }: Begun,
  histories: Histories,
): number | undefined {
  const { ecs, executions = [], planRuns = [] } = evidence;
  const { instanceId } = run;
  const undone = undoneRuns(evidence, instanceId).find((run) => run.order > order);
  const sent = sendingsIn(evidence).find((one) => one.instanceId === instanceId && one.order > order);
  // What was reported before says nothing about the command.
  const all = [...executions, ...planRuns];
  const isNews = (code: string | undefined): boolean =>
    !all.some(
      (earlier) => earlier.end < at && earlier.problems.some((one) => isFor(one) && one.code === code),
    );
  // That the undo-command follows is a promise, and no answer.
  const isFor = (problem: Execution['problems'][number]): boolean =>
    problem.instanceId === instanceId && problem.code !== 'undo-owed';
  const reported = all.filter(
    ({ end, problems }) => end > at && problems.some((problem) => isFor(problem) && isNews(problem.code)),
  );
  const moments = histories.get(instanceId);
  // A request may arrive long after its sender has given up, and has said so.
  const told = [lastBefore(moments, askedOrder), ...(moments ?? []).filter((one) => one.order > askedOrder)]
    .filter((moment) => moment !== undefined)
    .find(
      (moment) =>
        finalStatuses.includes(String(moment.state['status'])) && tellsOf(moment.state, run.commandId),
    );
  // Where ours may have been sent, nobody can tell it from the restart by ECS, and any of them brings the service back.
  const struck = ecs.record
    .entries()
    .find(
      (entry) =>
        entry.kind === 'instance' &&
        entry.instanceId === instanceId &&
        entry.to === 'Starting' &&
        entry.order > (intendedOrder ?? Infinity),
    );
  // Nothing is to be undone on an instance that is gone.
  const released = ecs.record
    .entries()
    .find((entry) => entry.kind === 'instance' && entry.instanceId === instanceId && entry.to === 'Released');
  const times = [
    undone?.at,
    sent?.at,
    struck?.at,
    released?.at,
    told?.at,
    ...reported.map(({ end }) => end),
  ].filter((one) => one !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

const finalStatuses = ['Cleared', 'Skipped', 'Missed', 'Escalated'];

/** The reason names the command, and does not say that its undo-command follows, or was a success. */
function tellsOf(state: RowState, commandId: string): boolean {
  const isClaimed = /"undo-owed"|"undone"/.test(String(state['reason_values']));
  return String(state['reason']).includes(commandId) && !isClaimed;
}

/**
 * Runs that began after the command was over and its interval had passed, that nothing went wrong around, and without a problem in
 * the region as a whole.
 */
function undisturbed(
  runs: readonly Execution[],
  { skewMs = 0 }: Evidence,
  { run, overAt }: Begun,
): Execution[] {
  return runs.filter(
    ({ begin, problems, disturbed }) =>
      begin > overAt + minute + skewMs &&
      disturbed !== 'elsewhere' &&
      !problems.some(({ regionId, instanceId }) => instanceId === undefined && regionId === run.regionId),
  );
}

const minute = 60_000;

/** When the n-th of these runs had ended; undefined where there are not so many. */
function nth(runs: readonly Execution[], n: number): number | undefined {
  return [...runs].sort((a, b) => a.end - b.end)[n - 1]?.end;
}

function time(at: number): string {
  return new Date(at).toISOString();
}
