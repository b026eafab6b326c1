// The five promises of the README, checked against the evidence. Each violation names the promise, the instance, and what
// happened when.
import type { EventEntry, InstanceEntry } from '../cloud/ecs/core/journal.ts';
import {
  listIn,
  rebootEvents,
  rowHistories,
  sendingsIn,
  type Evidence,
  type RowMoment,
  type RowState,
} from './evidence.ts';
import { sentToManaged } from './auto-scaling.ts';
import { sentPastBreaker } from './breaker.ts';
import { sentWithoutConsent } from './consent.ts';
import { sentWhileOthersDown } from './down-members.ts';
import { leftTooSoon } from './departed.ts';
import { downTogether } from './down-time.ts';
import { promisedTooShort } from './hittable.ts';
import { leftDrained } from './left-drained.ts';
import { sentBeyondLimits } from './limits.ts';
import { sentOutOfWindow } from './out-of-window.ts';
import { passedOver } from './passed-over.ts';
import { sentWithinPause } from './pause.ts';
import { brokenPreparations } from './preparation.ts';
import { sentWhileStopped } from './stopped.ts';
import { toldOtherwise } from './told.ts';
import type { Violation } from './violation.ts';

const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];

/** All promises broken so far. `isOver` means that faults and events have ended, so every plan must have ended, too. */
export function brokenPromises(evidence: Evidence, isOver: boolean): Violation[] {
  const histories = rowHistories(evidence);
  return [
    ...sentTwice(evidence, histories),
    ...sentAtWrongTime(evidence, histories),
    ...sentBeyondLimits(evidence, histories),
    ...sentWithinPause(evidence, histories),
    ...sentWhileOthersDown(evidence, histories),
    ...downTogether(evidence, histories),
    ...sentPastBreaker(evidence, histories),
    ...sentOutOfWindow(evidence, histories),
    ...promisedTooShort(evidence, histories),
    ...leftDrained(evidence, histories, isOver),
    ...sentWithoutConsent(evidence, histories),
    ...sentToManaged(evidence),
    ...sentWhileStopped(evidence),
    ...dropped(evidence, histories, isOver),
    ...leftTooSoon(evidence),
    ...passedOver(evidence, histories),
    ...toldOtherwise(evidence, histories),
    ...claimedWithoutProof(evidence, histories),
    ...sentAgainstTheOwner(evidence),
    ...brokenPreparations(evidence, histories),
  ];
}

/** What the functions had written last. They are not to blame for an edit between their decision and their act. */
function stateAt(moments: readonly RowMoment[] | undefined, order: number): RowState | undefined {
  return moments?.filter((moment) => moment.isOurs && moment.order < order).at(-1)?.state;
}

function sentTwice(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const first = new Map<string, number>();
  const violations: Violation[] = [];
  for (const { at, order, instanceId } of sendingsIn(evidence)) {
    const state = stateAt(histories.get(instanceId), order);
    const plan = `${instanceId} ${String(state?.['plan_id'])}`;
    const before = first.get(plan);
    if (before === undefined) first.set(plan, at);
    else {
      const what = `RebootInstance was sent at ${time(before)} and again at ${time(at)} for one plan`;
      violations.push({ promise: 1, instanceId, what });
    }
    if (state?.['status'] !== 'Rebooting') {
      const what = `RebootInstance was sent at ${time(at)} while its row said ${String(state?.['status'])}, not Rebooting`;
      violations.push({ promise: 1, instanceId, what });
    }
  }
  return violations;
}

function sentAtWrongTime(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const { skewMs = 0 } = evidence;
  return sendingsIn(evidence).flatMap(({ at, order, instanceId }): Violation[] => {
    const state = stateAt(histories.get(instanceId), order);
    const from = Date.parse(String(state?.['execute_at']));
    const until = Date.parse(String(state?.['latest_start']));
    const interval = `${String(state?.['execute_at'])} to ${String(state?.['latest_start'])}`;
    const late = rebootEvents(evidence.ecs).find(
      (event) =>
        event.instanceId === instanceId &&
        event.notBefore + skewMs <= at &&
        listIn(state ?? {}, 'event_ids').includes(event.id) &&
        isOpenAt(evidence, event.id, order),
    );
    return [
      ...(at >= from - skewMs && at <= until + skewMs
        ? []
        : [
            {
              promise: 2 as const,
              instanceId,
              what: `sent at ${time(at)}, outside its interval ${interval}`,
            },
          ]),
      ...(late === undefined
        ? []
        : [{ promise: 2 as const, instanceId, what: `sent at ${time(at)}, after NotBefore of ${late.id}` }]),
    ];
  });
}

function isOpenAt(evidence: Evidence, eventId: string, order: number): boolean {
  const status = lastBefore(evidence.ecs.record.cycleOf(eventId), order)?.to;
  return status === 'Scheduled' || status === 'Executing' || status === 'Inquiring';
}

function dropped(evidence: Evidence, histories: Map<string, RowMoment[]>, isOver: boolean): Violation[] {
  if (!isOver) return [];
  const violations: Violation[] = [];
  for (const event of rebootEvents(evidence.ecs)) {
    const moments = histories.get(event.instanceId) ?? [];
    const isKnown = moments.some(({ state }) =>
      ['event_ids', 'former_event_ids', 'later_event_ids'].some((column) =>
        listIn(state, column).includes(event.id),
      ),
    );
    if (!isKnown && (evidence.couldKnow?.(event) ?? true)) {
      violations.push({
        promise: 3,
        instanceId: event.instanceId,
        what: `event ${event.id} never had a plan row`,
      });
    }
  }
  for (const [instanceId, moments] of histories) {
    const last = moments.at(-1);
    const state = last?.state;
    const status = String(state?.['status']);
    if (!finalStatuses.includes(status)) {
      violations.push({ promise: 3, instanceId, what: `its plan did not end: it is ${status}` });
    }
    if (typeof state?.['reason'] !== 'string' || state['reason'] === '') {
      violations.push({ promise: 3, instanceId, what: `its plan is ${status} without a reason` });
    }
    if (finalStatuses.includes(status) && last?.isOurs === true && state?.['due_at'] !== undefined) {
      violations.push({ promise: 3, instanceId, what: `its plan is ${status} and still due` });
    }
  }
  return violations;
}

function claimedWithoutProof(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const violations: Violation[] = [];
  for (const [instanceId, moments] of histories) {
    for (const [index, { at, order, state }] of moments.entries()) {
      if (state['status'] !== 'Avoided' || moments[index - 1]?.state['status'] === 'Avoided') continue;
      const statuses = listIn(state, 'event_ids').map(
        (id) => lastBefore(evidence.ecs.record.cycleOf(id), order)?.to,
      );
      const isAnswered =
        statuses.includes('Avoided') &&
        statuses.every((status) => status === 'Avoided' || status === 'Canceled');
      if (!wasRunning(evidence, instanceId, { at, order })) {
        const what = `its plan says Avoided at ${time(at)}, its instance was not Running`;
        violations.push({ promise: 4, instanceId, what });
      }
      if (isBooting(evidence, instanceId, { at, order })) {
        const what = `its plan says Avoided at ${time(at)}, its instance was still booting`;
        violations.push({ promise: 4, instanceId, what });
      }
      if (!isAnswered) {
        const what = `its plan says Avoided at ${time(at)}, its events were ${statuses.join(', ')}`;
        violations.push({ promise: 4, instanceId, what });
      }
    }
  }
  return violations;
}

/** Running, or stopped by its owner right before: somebody may stop it between the last look and the write. */
function wasRunning(
  evidence: Evidence,
  instanceId: string,
  { at, order }: { at: number; order: number },
): boolean {
  const changes = evidence.ecs.record.statusesOf(instanceId).filter((entry) => entry.order < order);
  const last = changes.at(-1);
  if (last === undefined) return evidence.ecs.instances().some((instance) => instance.id === instanceId);
  if (last.to === 'Running') return true;
  const stop = changes.findLast(({ from }) => from === 'Running');
  return stop?.cause === 'owner' && last.cause === 'owner' && at - stop.at < lookMs;
}

/** What was looked at is written within this time, also where answers are late. */
const lookMs = 30_000;

/** Running again after our restart, but for less time than its boot takes. Others may restart it right before the write. */
function isBooting(
  evidence: Evidence,
  instanceId: string,
  { at, order }: Pick<RowMoment, 'at' | 'order'>,
): boolean {
  const last = lastBefore(evidence.ecs.record.statusesOf(instanceId), order);
  if (last?.to !== 'Running' || last.cause !== 'api') return false;
  const instance = evidence.ecs.instances().find(({ id }) => id === instanceId);
  return at < last.at + (instance?.nature.bootsForMs ?? 0);
}

function sentAgainstTheOwner(evidence: Evidence): Violation[] {
  const optedOut = evidence.ecs.instances().filter((instance) => {
    const enabled = instance.tags['reboot-planner:enabled'];
    return enabled !== undefined && enabled !== 'true';
  });
  return sendingsIn(evidence)
    .filter(({ instanceId }) => optedOut.some((instance) => instance.id === instanceId))
    .map(({ at, instanceId }) => ({
      promise: 5,
      instanceId,
      what: `restarted at ${time(at)} although its tag does not allow it`,
    }));
}

function lastBefore<T extends EventEntry | InstanceEntry>(
  entries: readonly T[],
  order: number,
): T | undefined {
  return entries.filter((entry) => entry.order < order).at(-1);
}

function time(at: number): string {
  return new Date(at).toISOString();
}
