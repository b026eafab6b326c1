// The limit of a group over time, which is part of promise 2: for how long more members were down than may be, by our doing.
// ECS's record of states says it: each restart of ours that begins while enough others are down adds the time until one of
// them is up again.
import type { InstanceEntry } from '../cloud/ecs/core/journal.ts';
import type { InstanceView } from '../cloud/ecs/core/types.ts';
import { isEditedBetween, sendingsIn, type Evidence, type RowMoment } from './evidence.ts';
import { knownAfterMs } from './down-members.ts';
import { groupOf } from './membership.ts';
import { restartOf } from './standing.ts';
import type { Violation } from './violation.ts';

/** Groups in which too many were down because of a restart of ours; none when the evidence has no limits. */
export function downTogether(
  evidence: Evidence,
  histories: ReadonlyMap<string, readonly RowMoment[]>,
): Violation[] {
  const { limits, ecs } = evidence;
  if (limits === undefined) return [];
  const restarts = sendingsIn(evidence).flatMap((sending) => restartOf(ecs, sending) ?? []);
  const until = ecs.settle();
  return groupsIn(ecs.instances()).flatMap(({ group, members }) => {
    const times = members.flatMap((member) => downTimesOf(evidence, member, restarts, until));
    return times.flatMap((own): Violation[] => {
      if (!own.isOurs) return [];
      const others = times.filter((other) => {
        // A person who edits the row of a restarted instance may have said that the others go on.
        const isLetGo = isEditedBetween(histories.get(other.id), other.order, own.order);
        return other.id !== own.id && wasDownBefore({ ...other, isOurs: other.isOurs && !isLetGo }, own);
      });
      // The limit-th of them that comes up again ends the time in which too many are down.
      const ends = others.map((other) => other.until).sort((a, b) => b - a);
      const overlap = Math.min(own.until, ends[limits.group - 1] ?? -Infinity) - own.from;
      if (overlap <= 0) return [];
      const ids = others.map(({ id }) => id).sort();
      const what = `${Math.round(overlap / 1000)} s long from ${time(own.from)} it was down by our restart together with ${ids.join(', ')}: at most ${limits.group} of group ${group} may be down`;
      return [{ promise: 2, instanceId: own.id, others: ids, what }];
    });
  });
}

interface Group {
  group: string;
  members: readonly InstanceView[];
}

function groupsIn(instances: readonly InstanceView[]): Group[] {
  const groups = new Map<string, { group: string; members: InstanceView[] }>();
  for (const instance of instances) {
    const group = groupOf(instance);
    if (group === undefined) continue;
    const key = `${instance.regionId} ${group}`;
    const known = groups.get(key) ?? { group, members: [] };
    groups.set(key, known);
    known.members.push(instance);
  }
  return [...groups.values()];
}

/** A time in which an instance was not Running. */
interface DownTime {
  id: string;
  from: number;
  until: number;
  order: number;
  isOurs: boolean;
}

/** Down at the beginning of another down time, and by our doing or for so long that it could be known. */
function wasDownBefore(other: DownTime, own: DownTime): boolean {
  if (other.order >= own.order || other.until <= own.from) return false;
  return other.isOurs || other.from <= own.from - knownAfterMs;
}

function downTimesOf(
  { ecs }: Evidence,
  { id, status }: InstanceView,
  restarts: readonly InstanceEntry[],
  until: number,
): DownTime[] {
  const times: DownTime[] = [];
  const changes = ecs.record.statusesOf(id);
  const first = changes[0]?.from ?? status;
  let open: Omit<DownTime, 'until'> | undefined =
    first === 'Running' || first === 'Released'
      ? undefined
      : { id, from: -Infinity, order: -1, isOurs: false };
  for (const change of changes) {
    const isDown = change.to !== 'Running' && change.to !== 'Released';
    if (isDown) open ??= { id, from: change.at, order: change.order, isOurs: restarts.includes(change) };
    else if (open !== undefined) {
      times.push({ ...open, until: change.at });
      open = undefined;
    }
  }
  return open === undefined ? times : [...times, { ...open, until }];
}

function time(at: number): string {
  return new Date(at).toISOString();
}
