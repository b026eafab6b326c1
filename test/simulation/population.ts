// Who lives in a world: instances, their events, and what happens to them whatever the functions do.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const hour = 60 * minute;

export const regions = ['cn-hangzhou', 'cn-shanghai'] as const;

/** All events are due within this time from the start. */
export const lastNotBefore = 5 * hour;

export interface Inhabitant {
  regionId: string;
  instanceId: string;
}

/** Adds instances and events by chance; `oddEvents` is the share of events that ECS tells of in an odd way, `unnamed` gets those that nobody can place. */
export function populate(
  core: EcsCore,
  random: Random,
  start: number,
  oddEvents: number,
  unnamed: Set<string>,
): Inhabitant[] {
  const count = random.whole(1, 4);
  return Array.from({ length: count }, (_, index) => {
    const regionId = random.pick(regions);
    const instanceId = core.addInstance({
      id: `i-${index + 1}`,
      regionId,
      name: `name-${index + 1}`,
      tags: drawTags(random),
      status: random.chance(0.05) ? 'Stopped' : 'Running',
      startTime: start - 240 * hour,
      ...(random.chance(0.03) ? { operationLocks: ['security'] } : {}),
    });
    const events = random.chance(0.75) ? 1 : random.whole(2, 3);
    for (let number = 1; number <= events; number += 1) {
      const id = `e-${index + 1}-${number}`;
      const oddity = random.chance(oddEvents) ? drawOddity(random) : undefined;
      if (oddity !== undefined && ('EventId' in oddity || 'InstanceId' in oddity)) unnamed.add(id);
      addEvent(core, random, start, oddity, instanceId, id);
    }
    scheduleFate(core, random, start, instanceId);
    return { regionId, instanceId };
  });
}

function drawTags(random: Random): Record<string, string> {
  if (random.chance(0.06)) return { 'reboot-planner:enabled': random.pick(['false', 'flase']) };
  if (random.chance(0.05)) return { 'reboot-planner:approval': 'required' };
  return random.chance(0.02) ? { 'reboot-planner:enable': 'true' } : {};
}

function addEvent(
  core: EcsCore,
  random: Random,
  start: number,
  oddity: Record<string, unknown> | undefined,
  instanceId: string,
  id: string,
): void {
  const publishAt = start + random.whole(0, 2 * hour);
  const notBefore = publishAt + random.whole(20 * minute, 3 * hour);
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
