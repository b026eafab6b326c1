// The breaker, which is part of promise 2: after a restart whose proof failed, nothing more is restarted in its group until
// the instance is Running and has booted, or until a person says go on. After several in a region, nothing in the region.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { InstanceEntry } from '../cloud/ecs/core/journal.ts';
import { knownAfterMs } from './down-members.ts';
import { lastBefore, sendingsIn, type Evidence, type RowMoment } from './evidence.ts';
import { groupOf } from './membership.ts';
import { stepIn } from './runbook-columns.ts';
import { restartOf, standingAt, wellAgainAt } from './standing.ts';
import type { Violation } from './violation.ts';

type Histories = ReadonlyMap<string, readonly RowMoment[]>;

/** Sendings although a breaker was open; none when the evidence has no limits. */
export function sentPastBreaker(evidence: Evidence, histories: Histories): Violation[] {
  const { limits, ecs } = evidence;
  if (limits === undefined) return [];
  const instances = ecs.instances();
  const sendings = sendingsIn(evidence);
  const restarts = sendings.flatMap((sending) => restartOf(ecs, sending) ?? []);
  return sendings.flatMap(({ at, order, instanceId }): Violation[] => {
    const own = instances.find(({ id }) => id === instanceId);
    const failed = restarts.filter((restart) => {
      const other = instances.find(({ id }) => id === restart.instanceId);
      const isNear = restart.instanceId !== instanceId && other?.regionId === own?.regionId;
      return isNear && restart.order < order && isFailed(evidence, histories, restart, { at, order });
    });
    const group = own && groupOf(own);
    const mates = failed.filter(({ instanceId: id }) => {
      const other = instances.find((instance) => instance.id === id);
      return group !== undefined && other !== undefined && groupOf(other) === group;
    });
    const past = (of: string, some: readonly InstanceEntry[], limit: number): Violation[] => {
      if (some.length < limit) return [];
      const others = [...new Set(some.map((restart) => restart.instanceId))].sort();
      const what = `sent at ${time(at)} although ${of} stands still: failed proof of ${others.join(', ')}`;
      return [{ promise: 2, instanceId, others, what }];
    };
    return [
      ...past(`group ${group ?? ''}`, mates, 1),
      ...past(`region ${own?.regionId ?? ''}`, failed, limits.failedProofs ?? Infinity),
    ];
  });
}

interface Then {
  at: number;
  order: number;
}

/** The plan of this restart had ended otherwise than Avoided, the instance was not well, and no person had said go on. */
function isFailed(
  evidence: Evidence,
  histories: Histories,
  restart: InstanceEntry,
  { at, order }: Then,
): boolean {
  const moments = histories.get(restart.instanceId) ?? [];
  const end = moments.find(
    (moment) => moment.isOurs && moment.order > restart.order && isEndWithoutProof(moment),
  );
  if (end === undefined || end.order > order) return false;
  if (saidGoOn(evidence, restart.instanceId, end.order, order)) return false;
  const { ecs } = evidence;
  const { status, since } = standingAt(ecs, restart.instanceId, order);
  const wellAgain = wellAgainAt(ecs, restart) ?? Infinity;
  // It was well, and has gone down again so shortly before that the sender could not know.
  const isUnknown = wellAgain <= since && since > at - knownAfterMs;
  // One that Auto Scaling has released since never comes back.
  const isUp = status === 'Running' || (isUnknown && status !== 'Released');
  return !isUp || wellAgain > at || hasFailedPostCommand(ecs, end);
}

function isEndWithoutProof({ state }: RowMoment): boolean {
  return ['Cleared', 'Missed', 'Escalated'].includes(String(state['status']));
}

/** ECS knows nothing of the owner's own check. Only a person can say that it does not matter. */
function hasFailedPostCommand(ecs: EcsCore, { state, order }: RowMoment): boolean {
  const ids = stepIn(state, 'post-command')?.ids ?? [];
  const runs = ecs.record.entries().filter((entry) => entry.kind === 'run');
  const last = lastBefore(
    runs.filter(({ invokeId }) => ids.includes(invokeId)),
    order,
  );
  return last !== undefined && ['Failed', 'Error', 'Timeout'].includes(last.to);
}

/** A person acknowledged the end, or decided what the plan is. */
function saidGoOn({ edits = [] }: Evidence, instanceId: string, from: number, until: number): boolean {
  return edits.some(
    ({ instanceId: id, order, wrote }) =>
      id === instanceId && order > from && order < until && ('acknowledged' in wrote || 'status' in wrote),
  );
}

function time(at: number): string {
  return new Date(at).toISOString();
}
