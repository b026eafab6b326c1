// Reads ECS's answers about windows. Like all of them they are not trusted: a window with a missing or odd field becomes a
// problem in words and disturbs no other.
import * as v from 'valibot';
import {
  instanceWindow,
  planMaintenanceWindow,
  type EcsRange,
  type EcsWindow,
} from '../../plan/calendar/ecs-window.ts';
import type { Parsed } from '../../plan/calendar/parsed.ts';
import { fault, fieldsOf, nextOf, readPage, textOf, token, type Page } from './answers.ts';

/** Instances' own windows by instance, and a sentence for each that cannot be read. */
export interface OwnWindows {
  windows: ReadonlyMap<string, EcsWindow>;
  problems: readonly string[];
}

/** An O&M window that is enabled and for reboots. */
export interface PlanWindow {
  /** Empty where ECS names none. */
  id: string;
  /** Absent where it cannot be read. */
  target?: Target;
  /** The window, or the sentence that says why there is none. */
  read: { window: EcsWindow } | { problem: string };
}

/** The instances to which an O&M window applies: those with all of the tags, or those of the resource group. */
export type Target = { tags: readonly (readonly [string, string])[] } | { resourceGroupId: string };

/** What was read, or what is wrong with it. */
type FieldRead<T> = { value: T } | { fault: string };

const attributesPage = v.object({
  MaintenanceAttributes: v.object({ MaintenanceAttribute: v.array(v.unknown()) }),
});

const planWindowsPage = v.object({
  PlanMaintenanceWindowList: v.array(v.unknown()),
  NextToken: token,
});

/**
 * Reads an answer of DescribeInstanceMaintenanceAttributes.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readOwnWindows(body: unknown): OwnWindows {
  const page = readPage(attributesPage, body, 'DescribeInstanceMaintenanceAttributes');
  const windows = new Map<string, EcsWindow>();
  const problems: string[] = [];
  for (const item of page.MaintenanceAttributes.MaintenanceAttribute) {
    const { InstanceId, MaintenanceWindows } = fieldsOf(item);
    const instanceId = textOf(InstanceId);
    const read = readOwnWindow(MaintenanceWindows);
    if (instanceId === undefined || 'fault' in read) {
      const why = 'fault' in read ? read.fault : fault('InstanceId', InstanceId, 'an id');
      const whose = instanceId === undefined ? 'an instance without an id' : `instance ${instanceId}`;
      problems.push(`The maintenance window of ${whose} in ECS cannot be read: ${why}.`);
    } else if (read.value !== undefined) windows.set(instanceId, read.value);
  }
  return { windows, problems };
}

/**
 * Reads a page of DescribePlanMaintenanceWindows. Windows that are disabled, or not for reboots, are left out.
 * @throws EcsReadFailed where the answer as a whole is not one
 */
export function readPlanWindowPage(body: unknown): Page<PlanWindow[]> {
  const page = readPage(planWindowsPage, body, 'DescribePlanMaintenanceWindows');
  const items = page.PlanMaintenanceWindowList.map(fieldsOf).filter(
    (fields) => fields['Enable'] !== false && isForReboots(fields['SupportMaintenanceAction']),
  );
  return { items: items.map(readPlanWindow), ...nextOf(page.NextToken) };
}

/** An instance that never had a window may have an empty list, or none. */
function readOwnWindow(value: unknown): FieldRead<EcsWindow | undefined> {
  if (isAbsent(value)) return { value: undefined };
  if (typeof value !== 'object' || Array.isArray(value)) {
    return { fault: fault('MaintenanceWindows', value, 'an object with a list MaintenanceWindow') };
  }
  const ranges = readRanges('MaintenanceWindows.MaintenanceWindow', fieldsOf(value)['MaintenanceWindow']);
  if ('fault' in ranges) return ranges;
  return ranges.value.length === 0 ? { value: undefined } : windowOf(instanceWindow(ranges.value));
}

/** A window that names no action, or its actions in a form that nobody foresaw, may be for reboots. */
function isForReboots(action: unknown): boolean {
  if (typeof action !== 'string' || action === '') return true;
  return action.split(/[^A-Za-z]+/).includes('Reboot');
}

function readPlanWindow(fields: Readonly<Record<string, unknown>>): PlanWindow {
  const { PlanWindowId, Enable, SupportMaintenanceAction, TargetResource, TimePeriod } = fields;
  const id = textOf(PlanWindowId) ?? '';
  const target = readTarget(fieldsOf(TargetResource));
  const window = readPeriod(fieldsOf(TimePeriod));
  const faults = [
    ...(id === '' ? [fault('PlanWindowId', PlanWindowId, 'an id')] : []),
    ...(Enable === true ? [] : [fault('Enable', Enable, 'true or false')]),
    ...(isAbsent(SupportMaintenanceAction) || typeof SupportMaintenanceAction === 'string'
      ? []
      : [fault('SupportMaintenanceAction', SupportMaintenanceAction, 'a text')]),
    ...('fault' in target ? [target.fault] : []),
    ...('fault' in window ? [window.fault] : []),
  ];
  const name = id === '' ? 'An O&M window without an id' : `O&M window ${id}`;
  return {
    id,
    ...('fault' in target ? {} : { target: target.value }),
    read:
      faults.length > 0 || 'fault' in window
        ? { problem: `${name} of ECS cannot be read: ${faults.join('; ')}.` }
        : { window: window.value },
  };
}

/** A window without tags or group would apply to every instance, which nobody can have meant. */
function readTarget({ Scope, Tags, ResourceGroupId }: Readonly<Record<string, unknown>>): FieldRead<Target> {
  const field = (name: string): string => `TargetResource.${name}`;
  if (Scope === 'ResourceGroup') {
    const resourceGroupId = textOf(ResourceGroupId);
    return resourceGroupId === undefined
      ? { fault: fault(field('ResourceGroupId'), ResourceGroupId, 'an id') }
      : { value: { resourceGroupId } };
  }
  if (Scope !== 'Tag') return { fault: fault(field('Scope'), Scope, 'Tag or ResourceGroup') };
  const items: readonly unknown[] = Array.isArray(Tags) ? Tags : [];
  const tags = items.map((tag) => {
    const { Key, Value } = fieldsOf(tag);
    const key = textOf(Key);
    const value = isAbsent(Value) ? '' : Value;
    return key !== undefined && typeof value === 'string' ? ([key, value] as const) : undefined;
  });
  const read = tags.filter((tag) => tag !== undefined);
  return read.length === 0 || read.length < tags.length
    ? { fault: fault(field('Tags'), Tags, 'a list of tags') }
    : { value: { tags: read } };
}

function readPeriod({ PeriodUnit, RangeList }: Readonly<Record<string, unknown>>): FieldRead<EcsWindow> {
  const unit = textOf(PeriodUnit);
  if (unit === undefined) return { fault: fault('TimePeriod.PeriodUnit', PeriodUnit, 'Daily or Weekly') };
  const ranges = readRanges('TimePeriod.RangeList', RangeList);
  return 'fault' in ranges ? ranges : windowOf(planMaintenanceWindow(unit, ranges.value));
}

function readRanges(field: string, list: unknown): FieldRead<EcsRange[]> {
  if (isAbsent(list)) return { value: [] };
  if (!Array.isArray(list)) return { fault: fault(field, list, 'a list') };
  const ranges: EcsRange[] = [];
  for (const item of list) {
    const { StartTime, EndTime } = fieldsOf(item);
    if (typeof StartTime !== 'string') return { fault: fault(`${field}.StartTime`, StartTime, 'a time') };
    if (typeof EndTime !== 'string') return { fault: fault(`${field}.EndTime`, EndTime, 'a time') };
    ranges.push({ start: StartTime, end: EndTime });
  }
  return { value: ranges };
}

function windowOf(parsed: Parsed<EcsWindow>): FieldRead<EcsWindow> {
  if (parsed.ok) return { value: parsed.value };
  const where = parsed.at === undefined ? '' : `at ${JSON.stringify(parsed.at)}, `;
  return { fault: `${where}expected ${parsed.expected}` };
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
