// The pause of a group, which is part of promise 2: from the proof of one instance to the next restart in its group. ECS's
// record says when the events of the first one were Avoided. Its proof cannot be earlier. Only groups in which one instance may
// be down are judged: elsewhere others may begin beside the one that pauses.
import type { EventEntry } from '../cloud/ecs/core/journal.ts';
import { rebootEvents, sendingsIn, type Evidence, type RowMoment } from './evidence.ts';
import { groupOf } from './membership.ts';
import type { Violation } from './violation.ts';

/** Sendings too soon after the proof of a mate; none where the evidence has no pause. */
export function sentWithinPause(evidence: Evidence, histories: Map<string, RowMoment[]>): Violation[] {
  const { limits, ecs, skewMs = 0 } = evidence;
  const pause = limits?.groupPause ?? 0;
  if (pause === 0 || limits?.group !== 1) return [];
  const places = new Map(
    ecs.instances().map((instance) => [instance.id, `${instance.regionId} ${groupOf(instance) ?? ''}`]),
  );
  const isGrouped = (id: string): boolean => places.get(id)?.endsWith(' ') === false;
  const proofs = provenByUs(evidence, histories);
  return sendingsIn(evidence).flatMap(({ at, order, instanceId }): Violation[] => {
    if (!isGrouped(instanceId)) return [];
    return proofs
      .filter(
        (proof) =>
          proof.instanceId !== instanceId &&
          places.get(proof.instanceId) === places.get(instanceId) &&
          proof.order < order &&
          at - proof.at < pause - 2 * skewMs,
      )
      .map((proof) => ({
        promise: 2,
        instanceId,
        others: [proof.instanceId],
        what: `sent at ${time(at)}, ${Math.round((at - proof.at) / 1000)} s after the event of ${proof.instanceId} was Avoided: GROUP_PAUSE is ${pause / 1000} s`,
      }));
  });
}

/** The moments at which events were Avoided whose plans then say so, and that no person touched afterwards. */
function provenByUs(
  evidence: Evidence,
  histories: Map<string, RowMoment[]>,
): { instanceId: string; at: number; order: number }[] {
  const owners = new Map(rebootEvents(evidence.ecs).map(({ id, instanceId }) => [id, instanceId]));
  const avoided = evidence.ecs.record
    .entries()
    .filter((entry): entry is EventEntry => entry.kind === 'event' && entry.to === 'Avoided');
  return avoided.flatMap(({ eventId, at, order }) => {
    const instanceId = owners.get(eventId);
    if (instanceId === undefined) return [];
    const later = (histories.get(instanceId) ?? []).filter((moment) => moment.order > order);
    const proof = later.find(({ state }) => state['status'] === 'Avoided');
    const isOurs = later.every((moment) => moment.isOurs);
    return proof !== undefined && isOurs ? [{ instanceId, at, order: proof.order }] : [];
  });
}

function time(at: number): string {
  return new Date(at).toISOString();
}
