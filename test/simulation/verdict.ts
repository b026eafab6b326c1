// What must hold in every world, judged by the records of its services and the results of its executions: the five promises,
// true timelines, and a reported problem for each escalation.
import {
  rowHistories,
  type Evidence,
  type Execution,
  type HouseRules,
  type RowMoment,
} from '../observer/evidence.ts';
import type { EventView } from '../cloud/ecs/core/types.ts';
import { brokenPromises } from '../observer/promises.ts';
import type { Violation } from '../observer/violation.ts';
import { isOfNotices } from './receivers.ts';
import type { FunctionName, World } from './world.ts';

/** Every broken promise in a world that has ended. */
export function violationsIn(world: World, skewMs: number): Violation[] {
  const evidence: Evidence = {
    ...evidenceOf(world),
    sendings: world.network.sendings.filter((sending) => !sending.isRefused),
    skewMs,
    limits: world.settings.limits,
    executions: runsOf(world, 'execute'),
    planRuns: runsOf(world, 'plan'),
    edits: world.edits,
    verifyMs: world.settings.verifyTimeout,
    keepFinishedMs: world.settings.keepFinished,
    house: houseOf(world),
    ...(world.receivers === undefined ? {} : { audience: world.receivers.audience }),
    couldKnow: (event) => wasShown(world, event, histories.get(event.instanceId) ?? []),
  };
  const histories = rowHistories(evidence);
  return [
    ...brokenPromises(evidence, true),
    ...sentOnStaleFacts(world, histories),
    ...untrueTimelines(world, histories),
    ...unreported(world, histories),
    ...withoutDueAt(histories),
  ];
}

/** The runs of a function that ended well. */
function runsOf({ runs }: World, which: FunctionName): Execution[] {
  return runs.flatMap(({ functionName, name, begin, end, problems, failure, disturbances }) =>
    functionName === which && failure === undefined && end !== undefined
      ? [{ name, begin, end, problems, ...disturbedBy(disturbances) }]
      : [],
  );
}

function disturbedBy(disturbances: readonly string[]): Pick<Execution, 'disturbed'> {
  if (disturbances.length === 0) return {};
  return { disturbed: disturbances.some(isOfNotices) ? 'in-telling' : 'elsewhere' };
}

function houseOf({ settings, blackouts }: World): HouseRules {
  const { mode, rules } = settings;
  const { windowText, calendar, noWindow, lastResortLead, safetyMargin, slot, startRoom } = rules;
  const times = { windows: windowText, timeZone: calendar.timeZone, blackouts };
  return { mode, ...times, noWindow, lastResortLead, safetyMargin, slot, startRoom };
}

/** The records of the world's services. */
export function evidenceOf(world: World): Evidence {
  return {
    ecs: world.ecs,
    writes: world.tablestore.record,
    plansTable: world.tables.plans,
    historyTable: world.tables.history,
  };
}

/**
 * Whether some run of plan had to see the event. Such a run began after the publication, ended before the event was over
 * and reported no problem with the region or the instance. ECS listed the event with both ids. A run does not count if
 * somebody else wrote the row during it: the run lost its own write then, which is no fault. The next run sees the event.
 */
function wasShown(world: World, event: EventView, moments: readonly RowMoment[]): boolean {
  if (world.unnamed.has(event.id)) return false;
  return world.runs.some(
    (run) =>
      run.functionName === 'plan' &&
      run.end !== undefined &&
      run.failure === undefined &&
      run.begin > event.publishTime + 1_000 &&
      run.end < (event.finishTime ?? Infinity) &&
      !run.problems.some(
        ({ regionId, instanceId }) =>
          regionId === event.regionId && (instanceId === undefined || instanceId === event.instanceId),
      ) &&
      !moments.some(
        (moment) =>
          moment.at >= run.begin && moment.at <= (run.end ?? Infinity) && writerOf(moment) !== run.name,
      ),
  );
}

/** An intent allows a restart for this long. After that, the facts read before it are too old: design, step 3. */
const intentHoldsMs = 10_000;

function sentOnStaleFacts(world: World, histories: Map<string, RowMoment[]>): Violation[] {
  return world.network.sendings.flatMap(({ at, order, instanceId, by }): Violation[] => {
    const intent = lastBefore(histories.get(instanceId) ?? [], order);
    if (intent?.state['status'] !== 'Rebooting' || at - intent.at <= intentHoldsMs) return [];
    const waited = Math.round((at - intent.at) / 1000);
    return [
      { promise: 2, instanceId, what: `${by} sent RebootInstance ${waited} s after its intent was recorded` },
    ];
  });
}

/** Timelines that claim something that did not happen, or omit a restart that did. */
function untrueTimelines(world: World, histories: Map<string, RowMoment[]>): Violation[] {
  const accepted = new Set(
    world.ecs.record
      .calls('RebootInstance')
      .filter((call) => call.reached && call.outcome === 'OK')
      .map((call) => `${call.params['InstanceId']} ${call.requestId}`),
  );
  const violations: Violation[] = [];
  for (const [instanceId, moments] of histories) {
    if (isSpoilt(moments)) continue;
    const last = moments.filter((moment) => moment.isOurs).at(-1);
    const entries = timelineOf(last);
    for (const { code, requestId } of entries) {
      if (code === 'accepted' && !accepted.has(`${instanceId} ${requestId}`)) {
        violations.push({
          promise: 3,
          instanceId,
          what: `its timeline has an acceptance that ECS never gave (${requestId})`,
        });
      }
    }
    const planId = last?.state['plan_id'];
    const sent = world.network.sendings.find(
      (sending) => sending.isEffective && sending.instanceId === instanceId,
    );
    const ofThisPlan = sent !== undefined && lastBefore(moments, sent.order)?.state['plan_id'] === planId;
    if (ofThisPlan && !entries.some(({ code }) => code === 'sending')) {
      violations.push({
        promise: 3,
        instanceId,
        what: 'its timeline does not contain the restart that was sent',
      });
    }
  }
  return violations;
}

/** True when a person wrote into the timeline. Then it is no longer the work of the functions. */
function isSpoilt(moments: readonly RowMoment[]): boolean {
  return moments.some(
    ({ isOurs, state }, index) => !isOurs && state['timeline'] !== moments[index - 1]?.state['timeline'],
  );
}

/** The execution that wrote a moment; undefined for a person. */
function writerOf({ isOurs, state }: RowMoment): string | undefined {
  const token = state['write_token'];
  return isOurs && typeof token === 'string' ? token.replace(/-\d+$/, '') : undefined;
}

function lastBefore(moments: readonly RowMoment[], order: number): RowMoment | undefined {
  return moments.filter((moment) => moment.isOurs && moment.order < order).at(-1);
}

interface Entry {
  code?: string;
  requestId?: string;
}

/** The entries of a row's timeline; empty when it cannot be read. */
function timelineOf(moment: RowMoment | undefined): Entry[] {
  const text = moment?.state['timeline'];
  try {
    const parsed: unknown = JSON.parse(typeof text === 'string' ? text : '[]');
    return Array.isArray(parsed) ? (parsed as Entry[]) : [];
  } catch {
    return [];
  }
}

/** Escalations that were not reported: an execution that sets Escalated and ends must name the instance in a problem. */
function unreported(world: World, histories: Map<string, RowMoment[]>): Violation[] {
  const runs = new Map(world.runs.map((run) => [run.name, run]));
  const violations: Violation[] = [];
  for (const [instanceId, moments] of histories) {
    for (const [index, moment] of moments.entries()) {
      const { state, isOurs } = moment;
      const isNew = state['status'] === 'Escalated' && moments[index - 1]?.state['status'] !== 'Escalated';
      if (!isOurs || !isNew) continue;
      const run = runs.get(writerOf(moment) ?? '');
      if (run?.end === undefined || run.failure !== undefined) continue;
      if (!run.problems.some((problem) => problem.instanceId === instanceId)) {
        violations.push({
          promise: 5,
          instanceId,
          what: `${run.name} set it to Escalated and reported no problem`,
        });
      }
    }
  }
  return violations;
}

/** Unfinished rows that a function wrote without `due_at`. */
function withoutDueAt(histories: Map<string, RowMoment[]>): Violation[] {
  const active = ['Planned', 'AwaitingApproval', 'Preparing', 'Rebooting', 'Verifying'];
  const violations: Violation[] = [];
  for (const [instanceId, moments] of histories) {
    for (const { at, state, isOurs } of moments) {
      if (!isOurs || !active.includes(String(state['status'])) || typeof state['due_at'] === 'bigint')
        continue;
      const what = `it was written as ${String(state['status'])} at ${new Date(at).toISOString()} without due_at`;
      violations.push({ promise: 3, instanceId, what });
    }
  }
  return violations;
}
