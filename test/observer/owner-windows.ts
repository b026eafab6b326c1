// When the owner of an instance allows a restart, by the tags and the windows in ECS: the tags first, then the instance's own
// window, then the O&M windows that apply to it, then the settings.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { InstanceView, PlanMaintenanceWindowView } from '../cloud/ecs/core/types.ts';
import type { Evidence, Execution, HouseRules } from './evidence.ts';
import { dailyRanges, readRanges, wallMinute, weeklyRange, type WeekRange } from './week-ranges.ts';

/** Windows, and who set them. */
export interface Windows {
  kind: 'windows';
  source: 'tags' | 'ecs' | 'settings';
  ranges: readonly WeekRange[];
  timeZone: string;
}

/** The windows of an owner at one moment. */
export type OwnerWindows =
  | Windows
  /** A tag that cannot be read: nobody knows what the owner wants. `instead`: with the settings in its place. */
  | { kind: 'unreadable'; tag: string; instead: Windows }
  /** The owner wants no restart. */
  | { kind: 'none' };

const windowTag = 'reboot-planner:window';
const zoneTag = 'reboot-planner:time-zone';
const never = ['none', 'never', 'off', 'no'];

/** The windows of the owner at that time. */
export function ownerWindows(
  ecs: EcsCore,
  house: HouseRules,
  instance: InstanceView,
  at: number,
): OwnerWindows {
  const { [windowTag]: windowText, [zoneTag]: zoneText } = instance.tags;
  if (windowText !== undefined && never.includes(windowText.trim().toLowerCase())) return { kind: 'none' };
  if (windowText === undefined && zoneText === undefined) {
    return windowsInEcs(ecs, instance, at) ?? settled(house);
  }
  const ranges = readRanges(windowText ?? house.windows);
  const zone = zoneText?.trim() ?? house.timeZone;
  const isZone = wallMinute(at, zone) !== undefined;
  const instead = settled(house);
  const timeZone = isZone ? zone : house.timeZone;
  if (ranges === undefined) return { kind: 'unreadable', tag: windowTag, instead: { ...instead, timeZone } };
  if (!isZone) return { kind: 'unreadable', tag: zoneTag, instead: { ...instead, ranges } };
  return { kind: 'windows', source: 'tags', ranges, timeZone };
}

/** The windows of the settings. */
export function settled(house: HouseRules): Windows {
  return {
    kind: 'windows',
    source: 'settings',
    ranges: readRanges(house.windows) ?? [],
    timeZone: house.timeZone,
  };
}

function windowsInEcs(
  ecs: EcsCore,
  { maintenanceWindow, tags }: InstanceView,
  at: number,
): OwnerWindows | undefined {
  if (maintenanceWindow !== undefined) {
    const ranges = dailyRanges(maintenanceWindow);
    return { kind: 'windows', source: 'ecs', ranges, timeZone: 'Asia/Shanghai' };
  }
  const ranges = ecs
    .planMaintenanceWindows()
    .filter((window) => isFor(window, tags) && wasOn(window, at))
    .flatMap(({ period }) =>
      period.unit === 'Daily' ? period.ranges.flatMap(dailyRanges) : period.ranges.map(weeklyRange),
    );
  return ranges.length === 0 ? undefined : { kind: 'windows', source: 'ecs', ranges, timeZone: 'UTC' };
}

function isFor({ target }: PlanMaintenanceWindowView, tags: InstanceView['tags']): boolean {
  return 'tags' in target && Object.entries(target.tags).every(([key, value]) => tags[key] === value);
}

/** Windows are only switched off in this cloud, and once. */
function wasOn({ enable, modifiedTime }: PlanMaintenanceWindowView, at: number): boolean {
  return enable || at < modifiedTime;
}

/**
 * When a run of plan that ended well had last read the windows of the instance in ECS, of those that ended in this time;
 * undefined where none had. A run that told of a problem with the instance, or with its whole region, may not have got as far
 * as the row. O&M windows are not needed where the instance has a window of its own.
 */
export function windowsReadAt(
  { ecs, planRuns = [] }: Evidence,
  { id, regionId, maintenanceWindow }: InstanceView,
  { from, until }: { from: number; until: number },
): number | undefined {
  const own = readTimes(ecs, 'DescribeInstanceMaintenanceAttributes').filter(
    ({ region, params }) => region === regionId && Object.values(params).includes(id),
  );
  const shared = readTimes(ecs, 'DescribePlanMaintenanceWindows').filter(({ region }) => region === regionId);
  const within = (reads: readonly { at: number }[], { begin, end }: Execution): boolean =>
    reads.some(({ at }) => at >= begin && at <= end);
  return planRuns.findLast(
    (run) =>
      run.end >= from &&
      run.end < until &&
      !run.problems.some(
        ({ code, regionId: where, instanceId }) =>
          where === regionId && (instanceId === id || code === 'region-failed'),
      ) &&
      within(own, run) &&
      (maintenanceWindow !== undefined || within(shared, run)),
  )?.begin;
}

/** True where anybody may have read the windows in this time: also a run that did not end. */
export function mayHaveRead(
  { ecs }: Evidence,
  { regionId }: InstanceView,
  { from, until }: { from: number; until: number },
): boolean {
  return readTimes(ecs, 'DescribeInstanceMaintenanceAttributes').some(
    ({ region, at }) => region === regionId && at >= from && at < until,
  );
}

function readTimes(ecs: EcsCore, action: string): ReturnType<EcsCore['record']['calls']> {
  const isRead = ({
    reached,
    outcome,
    fault,
  }: {
    reached: boolean;
    outcome: string;
    fault?: string | undefined;
  }): boolean => reached && outcome === 'OK' && (fault === undefined || fault.startsWith('delay'));
  return ecs.record.calls(action).filter(isRead);
}
