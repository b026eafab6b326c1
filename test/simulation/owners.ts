// What owners set on their instances: tags, some of which cannot be read, and windows in ECS.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { PlanMaintenanceWindowSpec, TimeRange } from '../cloud/ecs/core/types.ts';
import type { Random } from './random.ts';

const hour = 3_600_000;

/** Draws the tags of one instance. */
export function drawTags(random: Random): Record<string, string> {
  return { ...drawPermission(random), ...drawWindowTags(random), ...(random.chance(0.2) ? blue : {}) };
}

/** The tag of a group as a person may write it. Spaces around the name do not belong to it. */
export function groupTag(random: Random, name: string): Record<string, string> {
  return { 'reboot-planner:group': random.chance(0.1) ? ` ${name} ` : name };
}

function drawPermission(random: Random): Record<string, string> {
  if (random.chance(0.06)) return { 'reboot-planner:enabled': random.pick(['false', 'flase']) };
  if (random.chance(0.05)) return { 'reboot-planner:approval': 'required' };
  return random.chance(0.02) ? { 'reboot-planner:enable': 'true' } : {};
}

function drawWindowTags(random: Random): Record<string, string> {
  if (!random.chance(0.15)) return {};
  const window = random.pick([
    'always',
    'daily 00:30-02:00',
    'daily 09:00-12:00; Tue 08:00-08:30',
    'nightly',
  ]);
  const zone = random.pick(['UTC', 'Asia/Shanghai', 'Asia/Kathmandu', 'Mars/Olympus']);
  return {
    ...(random.chance(0.8) ? { 'reboot-planner:window': window } : {}),
    ...(random.chance(0.5) ? { 'reboot-planner:time-zone': zone } : {}),
  };
}

/** Draws a maintenance window of the instance in ECS. It is in UTC+8, where the world begins at 08:00. */
export function drawOwnWindow(random: Random): { maintenanceWindow?: TimeRange } {
  if (!random.chance(0.1)) return {};
  const start = random.whole(8, 12);
  const clock = (hours: number): string => `${String(hours).padStart(2, '0')}:00:00`;
  return { maintenanceWindow: { start: clock(start), end: clock(start + random.whole(1, 3)) } };
}

const blue = { team: 'blue' };

/** Adds an O&M window for the instances of one team to some worlds. It may be switched off later. */
export function addOperationsWindow(core: EcsCore, random: Random, start: number): void {
  if (!random.chance(0.15)) return;
  const period = random.pick<PlanMaintenanceWindowSpec['period']>([
    { unit: 'Daily', ranges: [{ start: '01:00', end: '03:00' }] },
    { unit: 'Weekly', ranges: [{ start: 'Tuesday,02:00', end: 'Wednesday,02:00' }] },
    { unit: 'Weekly', ranges: [{ start: 'Sunday,22:00', end: 'Sunday,23:00' }] },
  ]);
  const planWindowId = core.addPlanMaintenanceWindow({ target: { tags: blue }, period });
  if (random.chance(0.3)) {
    const at = start + random.whole(0, 3 * hour);
    core.schedule(at, { kind: 'plan-window-switched', planWindowId, enable: false });
  }
}
