// The limits, which are part of promise 2, by what ECS shows: at each sending, who else was down. The rows play no part in
// it. A member counts that is not Running, whoever stopped it, and one that we restarted and that is not well again.
import type { InstanceView } from '../cloud/ecs/core/types.ts';
import {
  isEditedBetween,
  lastBefore,
  sendingsIn,
  type Evidence,
  type RowMoment,
  type Sending,
} from './evidence.ts';
import { groupOf } from './membership.ts';
import { restartOf, standingAt, wellAgainAt } from './standing.ts';
import type { Violation } from './violation.ts';

/**
 * How long ago an instance must have gone down so that the sender could know. The facts before an intent are at most 15 s
 * old, the intent at most 10 s, and the answers take some time.
 */
export const knownAfterMs = 30_000;

/** Sendings while ECS showed too many others down; none when the evidence has no limits. */
export function sentWhileOthersDown(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): Violation[] {
  const { limits, ecs } = evidence;
  if (limits === undefined) return [];
  const instances = ecs.instances();
  const downAt = whyDown(evidence, histories);
  return sendingsIn(evidence).flatMap((sending): Violation[] => {
    const own = instances.find(({ id }) => id === sending.instanceId);
    const neighbours = instances.filter(({ id, regionId }) => id !== own?.id && regionId === own?.regionId);
    const group = own && groupOf(own);
    const inGroup = group === undefined ? [] : neighbours.filter((other) => groupOf(other) === group);
    const planned = neighbours.filter(({ id }) =>
      countsInRegion(evidence, id, histories.get(id) ?? [], sending),
    );
    return [
      ...beyond(sending, `group ${group ?? ''}`, down(inGroup, sending), limits.group),
      ...beyond(sending, `region ${own?.regionId ?? ''}`, down(planned, sending), limits.region),
    ];
  });

  function down(others: readonly InstanceView[], sending: Sending): Down[] {
    return others.flatMap(({ id }) => {
      const why = downAt(id, sending);
      return why === undefined ? [] : [{ id, why }];
    });
  }
}

const finalStatuses = ['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'];

/**
 * The region's limit is about what the planner has to do with: instances whose plan has not ended, or for whose plan a restart
 * was sent. An instance that its owner stopped for years would stop the region otherwise.
 */
function countsInRegion(
  evidence: Evidence,
  instanceId: string,
  moments: readonly RowMoment[],
  { at, order }: Sending,
): boolean {
  // A week after its plan the planner has nothing to do with an instance: departed.ts judges when a row may leave.
  if (hasLeft(evidence, instanceId, order)) return false;
  const now = lastBefore(moments, order)?.state;
  const known = moments.filter((moment) => moment.at <= at - knownAfterMs).at(-1)?.state;
  const isSent = sendingsIn(evidence).some((one) => {
    const state = lastBefore(moments, one.order)?.state;
    return one.instanceId === instanceId && one.order < order && state?.['plan_id'] === now?.['plan_id'];
  });
  const isOpen = [now, known].every(
    (state) => state !== undefined && !finalStatuses.includes(String(state['status'])),
  );
  return isSent || isOpen;
}

function hasLeft({ writes, plansTable }: Evidence, instanceId: string, order: number): boolean {
  const last = writes.findLast(
    (write) =>
      write.table === plansTable && write.order < order && write.primaryKey['instance_id'] === instanceId,
  );
  return last?.operation === 'DeleteRow';
}

interface Down {
  id: string;
  why: string;
}

function beyond({ at, instanceId }: Sending, of: string, downs: readonly Down[], limit: number): Violation[] {
  if (downs.length < limit) return [];
  const list = downs.map(({ id, why }) => `${id} ${why}`).join(', ');
  const what = `sent at ${time(at)} while ECS showed others of ${of} down (${list}): at most ${limit} may be`;
  return [{ promise: 2, instanceId, others: downs.map(({ id }) => id), what }];
}

/** Answers why an instance counted as down at a sending; undefined where it did not. */
function whyDown(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): (instanceId: string, sending: Sending) => string | undefined {
  const { ecs } = evidence;
  const ours = sendingsIn(evidence).flatMap((sending) => {
    const restart = restartOf(ecs, sending);
    return restart === undefined ? [] : [{ sending, restart }];
  });
  return (instanceId, { at, order }) => {
    const { status, since } = standingAt(ecs, instanceId, order);
    // What ECS does not list any more belongs to no group.
    if (status === 'Released') return undefined;
    const last = ours
      .filter(({ restart }) => restart.instanceId === instanceId && restart.order < order)
      .at(-1);
    const isNotWell = last !== undefined && (wellAgainAt(ecs, last.restart) ?? Infinity) > at;
    // A person who edits the row of a restarted instance may have said that the others go on.
    const isLetGo = isEditedBetween(histories.get(instanceId), last?.restart.order ?? 0, order);
    if (isNotWell && !isLetGo) {
      return `restarted at ${time(last.restart.at)} and not well since`;
    }
    const isKnown = since <= at - knownAfterMs;
    return status !== 'Running' && isKnown ? `${status} since ${time(since)}` : undefined;
  };
}

function time(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : 'always';
}
