// The instances of a world, their events, and what happens to both without the functions. Some worlds have a crew: a group
// of instances whose events come together.
import { EcsCore } from '../cloud/ecs/core/core.ts';
import type { Nature } from '../cloud/ecs/core/nature.ts';
import type { Happening } from '../cloud/ecs/core/types.ts';
import type { Course } from './course.ts';
import { addOperationsWindow, drawOwnWindow, drawTags, groupTag } from './owners.ts';
import type { OwnerWays } from './owner-ways.ts';
import type { Preparations } from './preparations.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

export const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

/** Every NotBefore lies within this time from the start. */
export const lastNotBefore = 5 * hour + 20 * minute;

export interface Inhabitant {
  regionId: string;
  instanceId: string;
}

/** What the instances of a world are drawn from. */
export interface Census {
  core: EcsCore;
  random: Random;
  course: Course;
  start: number;
  preparations: Preparations;
  ways: OwnerWays;
  /** How an instance is inconvenient. Called only for an instance that the world has. */
  natureOf: (instanceId: string) => Nature;
  /** The share of events that ECS lists in an odd form. */
  oddEvents: number;
  /** Collects the events that ECS lists without an id of their own or of their instance. */
  unnamed: Set<string>;
}

/** When an event is published, and its NotBefore. */
interface Notice {
  publishAt: number;
  notBefore: number;
}

/**
 * Adds instances and events by chance. An instance that the course leaves out is drawn like the others and put into a
 * cloud that nobody looks at.
 */
export function populate(census: Census): Inhabitant[] {
  const { core, random, course, start } = census;
  const elsewhere = { ...census, core: new EcsCore({ now: () => start }), natureOf: () => ({}) };
  addOperationsWindow(core, random, start);
  const inhabitants: Inhabitant[] = [];
  const settle = (regionId: string, tags: Record<string, string>, notices: readonly Notice[]): void => {
    const number = inhabitants.length + 1;
    const home = course.has(`instance i-${number}`) ? census : elsewhere;
    const instanceId = addInstance(home, number, regionId, tags);
    for (const [index, notice] of notices.entries()) {
      addEvent(home, instanceId, `e-${number}-${index + 1}`, notice);
    }
    scheduleFate(home, instanceId);
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
  census.ways.addSurroundings(census);
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
  { core, random, course, start, preparations, natureOf, ways }: Census,
  number: number,
  regionId: string,
  tags: Record<string, string>,
): string {
  const id = `i-${number}`;
  const { tags: more = {}, ...belongings } = preparations.drawBelongings(core, id) ?? {};
  const { later = [], commands = [], ...way } = ways.draw(course, id);
  for (const command of commands) core.addCommand(command);
  core.addInstance({
    id,
    regionId,
    name: `name-${number}`,
    ...belongings,
    status: random.chance(0.05) ? 'Stopped' : 'Running',
    startTime: start - 240 * hour,
    ...(random.chance(0.03) ? { operationLocks: ['security'] } : {}),
    ...drawOwnWindow(random),
    ...way,
    tags: { ...tags, ...more, ...way.tags },
    nature: { ...natureOf(id), ...way.nature },
  });
  for (const { afterMs, kind } of later) core.schedule(start + afterMs, { kind, instanceId: id });
  preparations.drawFailures({ core, course, start }, id);
  return id;
}

/** NotBefore is at least 20 minutes after the publication, and within the hours of the world. */
function drawNotice(random: Random, start: number): Notice {
  const publishAt = start + random.whole(0, 2 * hour);
  return { publishAt, notBefore: publishAt + random.whole(20 * minute, 3 * hour) };
}

function addEvent(census: Census, instanceId: string, id: string, { publishAt, notBefore }: Notice): void {
  const { core, random, course, oddEvents, unnamed } = census;
  const drawn = random.chance(oddEvents) ? drawOddity(random) : undefined;
  const oddity = drawn !== undefined && course.has(`event ${id}: oddEvent`) ? drawn : undefined;
  if (oddity !== undefined && ('EventId' in oddity || 'InstanceId' in oddity)) unnamed.add(id);
  const event = {
    id,
    instanceId,
    publishAt,
    notBefore,
    neverAvoided: random.chance(0.06),
    avoidedAfterMs: random.chance(0.9) ? random.whole(1_000, 20_000) : random.whole(1, 8) * minute,
    type: random.chance(0.95) ? 'SystemMaintenance.Reboot' : 'SystemMaintenance.Redeploy',
    status: random.chance(0.04) ? 'Inquiring' : 'Scheduled',
    ...(oddity === undefined ? {} : { override: oddity }),
  } as const;
  const at = publishAt + random.whole(minute, 2 * hour);
  const change = drawChange(random, id, at);
  if (!course.has(`event ${id}`)) return;
  core.addEvent(event);
  if (change !== undefined && course.has(`event ${id}: ${change.kind}`)) core.schedule(at, change);
}

/** What ECS or the owner does with an event; undefined when nothing. */
function drawChange(random: Random, eventId: string, at: number): Happening | undefined {
  const fate = random.fraction();
  if (fate < 0.08) return { kind: 'event-ended', eventId, status: 'Canceled' };
  if (fate < 0.16) {
    return { kind: 'event-moved', eventId, notBefore: at + random.whole(minute, 2 * hour) };
  }
  return fate < 0.6 ? { kind: 'event-accepted', eventId } : undefined;
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

/** Somebody else restarts, stops, releases or starts the instance. */
function scheduleFate({ core, random, course, start }: Census, instanceId: string): void {
  const schedule = (at: number, change: Happening): void => {
    if (course.has(`instance ${instanceId}: ${change.kind}`)) core.schedule(at, change);
  };
  const at = start + random.whole(0, 4 * hour);
  const fate = random.fraction();
  if (fate < 0.06) schedule(at, { kind: 'instance-restarted', instanceId, through: 'api' });
  else if (fate < 0.09) schedule(at, { kind: 'instance-restarted', instanceId, through: 'guest' });
  else if (fate < 0.13) schedule(at, { kind: 'instance-stopped', instanceId });
  else if (fate < 0.16) schedule(at, { kind: 'instance-released', instanceId });
  if (random.chance(0.1)) schedule(at + hour, { kind: 'instance-started', instanceId });
}
