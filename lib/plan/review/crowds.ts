// Groups of which more were down at once than their limit allows, whoever took them down: restarts of ours, and what ECS carried
// out. Restarts and stops of an owner leave no record, so that they cannot be seen here.
import type { PlansByEvent } from './joined.ts';
import { isFailure, type EpochMs, type RecordedEvent, type ReviewedPlan } from './records.ts';

/** Who took an instance down. */
export type DownBy = 'us' | 'ecs' | 'failure';

/** One stretch in which more of a group were down than its limit allows. */
export interface Crowd {
  regionId: string;
  group: string;
  limit: number;
  /** How many were down at once at most. */
  most: number;
  from: EpochMs;
  until: EpochMs;
  members: readonly { instanceId: string; by: DownBy }[];
}

/** One instance that was down. */
interface Stretch {
  instanceId: string;
  by: DownBy;
  from: EpochMs;
  until: EpochMs;
}

/** Events that take an instance down when ECS carries them out. */
const downTypes = /\.(Reboot|Redeploy|Stop|Migrate|RebootAndIsolateErrorDisk|RebootAndReInitErrorDisk)$/;

/** True where ECS took the instance down for the event, from a known time to a known time. */
export function tookDown(event: RecordedEvent): boolean {
  return event.status === 'Executed' && downTypes.test(event.type) && stretchOf(event) !== undefined;
}

/** What is compared. */
export interface CrowdParts {
  regionId: string;
  events: readonly RecordedEvent[];
  /** The plans of the region that sent a restart in the period. */
  sent: readonly ReviewedPlan[];
  byEvent: PlansByEvent;
  /** The group of each instance today, as far as it is known. A plan knows the group of its time. */
  groups: ReadonlyMap<string, string>;
  /** GROUP_LIMIT. */
  limit: number;
}

/** The stretches, the earliest first. */
export function crowdsOf({ regionId, events, sent, byEvent, groups, limit }: CrowdParts): Crowd[] {
  const byGroup = new Map<string, Stretch[]>();
  const add = (stretch: Stretch | undefined, plans: readonly ReviewedPlan[]): void => {
    if (stretch === undefined) return;
    const { instanceId } = stretch;
    const group = newestGroups(plans).get(instanceId) ?? groups.get(instanceId);
    if (group !== undefined) byGroup.set(group, [...(byGroup.get(group) ?? []), stretch]);
  };
  for (const event of events) if (tookDown(event)) add(stretchOf(event), byEvent.get(event.eventId) ?? []);
  for (const plan of sent) add(stretchOfRestart(plan), [plan]);
  return [...byGroup]
    .flatMap(([group, stretches]) =>
      crowdsIn(stretches, limit).map((crowd) => ({ regionId, group, limit, ...crowd })),
    )
    .sort((a, b) => a.from - b.from || (a.group < b.group ? -1 : 1));
}

/** The group that the newest plan of each instance names. Plans come from two tables, in any order. */
export function newestGroups(plans: readonly ReviewedPlan[]): Map<string, string> {
  const newest = new Map<string, { group: string; at: EpochMs }>();
  for (const { instanceId, group, finishedAt: at = Infinity } of plans) {
    const known = newest.get(instanceId);
    if (group !== undefined && (known === undefined || at > known.at)) newest.set(instanceId, { group, at });
  }
  return new Map([...newest].map(([instanceId, { group }]) => [instanceId, group]));
}

/** ECS says when an event was over, and not when it began: a failure when it was published, other events at NotBefore. */
function stretchOf(event: RecordedEvent): Stretch | undefined {
  const { instanceId, publishedAt, notBefore, finishedAt: until } = event;
  const isStruck = isFailure(event);
  const from = isStruck ? (publishedAt ?? notBefore) : notBefore;
  if (from === undefined || until === undefined || from >= until) return undefined;
  return { instanceId, by: isStruck ? 'failure' : 'ecs', from, until };
}

/** A restart lasts until a look showed the instance Running, at most: it ran before that. */
function stretchOfRestart({
  instanceId,
  sentAt,
  avoidedSeenAt,
  finishedAt,
}: ReviewedPlan): Stretch | undefined {
  const until = avoidedSeenAt ?? finishedAt;
  if (sentAt === undefined || until === undefined || sentAt >= until) return undefined;
  return { instanceId, by: 'us', from: sentAt, until };
}

/** Goes through the beginnings and ends in their order. An end comes before a beginning at the same time. */
function crowdsIn(
  stretches: readonly Stretch[],
  limit: number,
): Omit<Crowd, 'regionId' | 'group' | 'limit'>[] {
  const turns = stretches
    .flatMap((stretch) => [
      { at: stretch.from, step: 1, stretch },
      { at: stretch.until, step: -1, stretch },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step);
  const down = new Map<string, number>();
  const crowds: { most: number; from: EpochMs; until: EpochMs; members: Map<string, DownBy> }[] = [];
  let open: (typeof crowds)[number] | undefined;
  let now: readonly Stretch[] = [];
  for (const { at, step, stretch } of turns) {
    const { instanceId } = stretch;
    const count = (down.get(instanceId) ?? 0) + step;
    if (count > 0) down.set(instanceId, count);
    else down.delete(instanceId);
    now = step > 0 ? [...now, stretch] : now.filter((one) => one !== stretch);
    if (down.size > limit) {
      open ??= { most: 0, from: at, until: at, members: new Map() };
      open.most = Math.max(open.most, down.size);
      for (const one of now) if (!open.members.has(one.instanceId)) open.members.set(one.instanceId, one.by);
    } else if (open !== undefined) {
      crowds.push({ ...open, until: at });
      open = undefined;
    }
  }
  return crowds.map(({ members, ...crowd }) => ({
    ...crowd,
    members: [...members]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([instanceId, by]) => ({ instanceId, by })),
  }));
}
