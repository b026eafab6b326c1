// Who lives in a world: instances, their events, and what happens to them whatever the functions do. Some are on their
// own, and some worlds have a crew: a group of instances whose events come together.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import { addOperationsWindow, drawOwnWindow, drawTags, groupTag } from './owners.ts';
import type { Preparations } from './preparations.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

export const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

/** All events are due within this time from the start. */
export const lastNotBefore = 5 * hour + 20 * minute;

export interface Inhabitant {
  regionId: string;
  instanceId: string;
}

/** What a world's inhabitants are drawn from. */
export interface Census {
  core: EcsCore;
  random: Random;
  start: number;
  preparations: Preparations;
  /** The share of events that ECS tells of in an odd way. */
  oddEvents: number;
  /** Gets the events that nobody can place. */
  unnamed: Set<string>;
}

/** When an event is published, and when it is due. */
interface Notice {
  publishAt: number;
  notBefore: number;
}

/** Adds instances and events by chance. */
export function populate(census: Census): Inhabitant[] {
  const { core, random, start } = census;
  addOperationsWindow(core, random, start);
  const inhabitants: Inhabitant[] = [];
  const settle = (regionId: string, tags: Record<string, string>, notices: readonly Notice[]): void => {
    const number = inhabitants.length + 1;
    const instanceId = addInstance(census, number, regionId, tags);
    for (const [index, notice] of notices.entries()) {
      addEvent(census, instanceId, `e-${number}-${index + 1}`, notice);
    }
    scheduleFate(core, random, start, instanceId);
    inhabitants.push({ regionId, instanceId });
  };
  const hasCrew = random.chance(0.2);
  const groupShare = random.chance(0.4) ? 0.6 : 0;
  const singles = hasCrew ? random.whole(0, 1) : random.whole(1, 4);
  for (let count = 0; count < singles; count += 1) {
    const events = random.chance(0.75) ? 1 : random.whole(2, 3);
    const group = random.chance(groupShare) ? groupTag(random, random.pick(['web', 'web', 'db'])) : {};
    const notices = Array.from({ length: events }, () => drawNotice(random, start));
    settle(random.pick(regions), { ...drawTags(random), ...group }, notices);
  }
  if (hasCrew) addCrew(census, settle);
  return inhabitants;
}

function addCrew(
  { random, start }: Census,
  settle: (regionId: string, tags: Record<string, string>, notices: readonly Notice[]) => void,
): void {
  const size = random.whole(5, 6);
  const regionId = random.pick(regions);
  const { publishAt, notBefore } = drawNotice(random, start);
  for (let count = 0; count < size; count += 1) {
    const notice = {
      publishAt: publishAt + random.whole(0, 5 * minute),
      notBefore: notBefore + random.whole(0, 20 * minute),
    };
    settle(regionId, { ...drawTags(random), ...groupTag(random, 'web') }, [notice]);
  }
}

function addInstance(
  { core, random, start, preparations }: Census,
  number: number,
  regionId: string,
  tags: Record<string, string>,
): string {
  const id = `i-${number}`;
  const { tags: more = {}, ...belongings } = preparations.drawBelongings(core, id) ?? {};
  core.addInstance({
    id,
    regionId,
    name: `name-${number}`,
    tags: { ...tags, ...more },
    ...belongings,
    status: random.chance(0.05) ? 'Stopped' : 'Running',
    startTime: start - 240 * hour,
    ...(random.chance(0.03) ? { operationLocks: ['security'] } : {}),
    ...drawOwnWindow(random),
  });
  preparations.drawFailures(core, id, start);
  return id;
}

/** At least 20 minutes ahead, and due within the world's hours. */
function drawNotice(random: Random, start: number): Notice {
  const publishAt = start + random.whole(0, 2 * hour);
  return { publishAt, notBefore: publishAt + random.whole(20 * minute, 3 * hour) };
}

function addEvent(census: Census, instanceId: string, id: string, { publishAt, notBefore }: Notice): void {
  const { core, random, oddEvents, unnamed } = census;
  const oddity = random.chance(oddEvents) ? drawOddity(random) : undefined;
  if (oddity !== undefined && ('EventId' in oddity || 'InstanceId' in oddity)) unnamed.add(id);
  core.addEvent({
    id,
    instanceId,
    publishAt,
    notBefore,
    neverAvoided: random.chance(0.06),
    avoidedAfterMs: random.chance(0.9) ? random.whole(1_000, 20_000) : random.whole(1, 8) * minute,
    type: random.chance(0.95) ? 'SystemMaintenance.Reboot' : 'SystemMaintenance.Redeploy',
    status: random.chance(0.04) ? 'Inquiring' : 'Scheduled',
    ...(oddity === undefined ? {} : { override: oddity }),
  });
  const at = publishAt + random.whole(minute, 2 * hour);
  const fate = random.fraction();
  if (fate < 0.08) core.schedule(at, { kind: 'event-ended', eventId: id, status: 'Canceled' });
  else if (fate < 0.16) {
    core.schedule(at, { kind: 'event-moved', eventId: id, notBefore: at + random.whole(minute, 2 * hour) });
  } else if (fate < 0.6) core.schedule(at, { kind: 'event-accepted', eventId: id });
}

function drawOddity(random: Random): Record<string, unknown> {
  return random.pick<Record<string, unknown>>([
    { NotBefore: undefined },
    { NotBefore: 'soon' },
    { EventCycleStatus: { Name: 'Pondering' } },
    { EventType: undefined },
    { EventId: undefined },
    { InstanceId: undefined },
  ]);
}

function scheduleFate(core: EcsCore, random: Random, start: number, instanceId: string): void {
  const at = start + random.whole(0, 4 * hour);
  const fate = random.fraction();
  if (fate < 0.06) core.schedule(at, { kind: 'instance-restarted', instanceId, through: 'api' });
  else if (fate < 0.09) core.schedule(at, { kind: 'instance-restarted', instanceId, through: 'guest' });
  else if (fate < 0.13) core.schedule(at, { kind: 'instance-stopped', instanceId });
  else if (fate < 0.16) core.schedule(at, { kind: 'instance-released', instanceId });
  if (random.chance(0.1)) core.schedule(at + hour, { kind: 'instance-started', instanceId });
}
