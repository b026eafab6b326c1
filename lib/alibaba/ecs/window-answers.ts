// Reads ECS's answers about windows. A window with a missing or odd field is reported with its faults. It is not known, which is
// not the same as none.
import * as v from 'valibot';
import {
  instanceWindow,
  planMaintenanceWindow,
  type EcsRange,
  type EcsWindow,
} from '../../plan/calendar/ecs-window.ts';
import { misreadingsOf, type Parsed } from '../../plan/calendar/parsed.ts';
import { shown, type Fault } from '../../plan/fault.ts';
import {
  asObject,
  faultsOf,
  nextOf,
  readPage,
  text,
  textIfAny,
  token,
  type Expectations,
  type Page,
} from './answers.ts';

/** Instances' own windows, as one answer has them. */
export interface OwnWindows {
  /** By instance; `unread` where the window has a fault. */
  windows: ReadonlyMap<string, EcsWindow | 'unread' | 'none'>;
  /** True where an item does not say whose it is: it may be that of any instance which the answer does not name. */
  hasNameless: boolean;
  faults: readonly Fault[];
}

/** An O&M window that is enabled and for reboots. */
export interface PlanWindow {
  /** Empty if ECS names none. */
  id: string;
  /** Absent if it cannot be read. */
  target?: Target;
  /** The window, or why there is none. */
  read: { window: EcsWindow } | { faults: readonly Fault[] };
}

/** The instances to which an O&M window applies: those with all of the tags, or those of the resource group. */
export type Target = { tags: readonly (readonly [string, string])[] } | { resourceGroupId: string };

const attributesPage = v.object({
  MaintenanceAttributes: v.object({ MaintenanceAttribute: v.array(v.unknown()) }),
});

const planWindowsPage = v.object({
  PlanMaintenanceWindowList: v.array(v.unknown()),
  NextToken: token,
});

/** An object, and no list. */
const isRecord = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const ranges = v.nullish(
  v.pipe(
    v.array(v.object({ StartTime: v.string(), EndTime: v.string() })),
    v.transform((list) =>
      list.map(({ StartTime, EndTime }): EcsRange => ({ start: StartTime, end: EndTime })),
    ),
  ),
  [],
);

/** An instance that never had a window may have an empty list of windows, or none. */
const ownWindow = v.object({
  InstanceId: text,
  MaintenanceWindows: v.nullish(v.pipe(isRecord, v.object({ MaintenanceWindow: ranges }))),
});

const ownExpectations: Expectations = {
  InstanceId: 'an id',
  MaintenanceWindows: 'an object with a list MaintenanceWindow',
  'MaintenanceWindows.MaintenanceWindow': 'a list of ranges',
  'MaintenanceWindows.MaintenanceWindow.StartTime': 'a time',
  'MaintenanceWindows.MaintenanceWindow.EndTime': 'a time',
};

const tag = v.pipe(
  v.object({ Key: text, Value: v.nullish(v.string(), '') }),
  v.transform(({ Key, Value }): readonly [string, string] => [Key, Value]),
);

/** A window without tags or group would apply to every instance, which nobody can have meant. */
const target = v.pipe(
  v.variant('Scope', [
    v.object({ Scope: v.literal('Tag'), Tags: v.pipe(v.array(tag), v.nonEmpty()) }),
    v.object({ Scope: v.literal('ResourceGroup'), ResourceGroupId: text }),
  ]),
  v.transform((read): Target =>
    read.Scope === 'Tag' ? { tags: read.Tags } : { resourceGroupId: read.ResourceGroupId },
  ),
);

const planWindow = v.object({
  PlanWindowId: text,
  Enable: v.literal(true),
  SupportMaintenanceAction: v.nullish(v.string()),
  TargetResource: target,
  TimePeriod: v.object({ PeriodUnit: v.picklist(['Daily', 'Weekly']), RangeList: ranges }),
});

const planExpectations: Expectations = {
  PlanWindowId: 'an id',
  Enable: 'true or false',
  SupportMaintenanceAction: 'a text',
  'TargetResource.Scope': 'Tag or ResourceGroup',
  'TargetResource.ResourceGroupId': 'an id',
  'TargetResource.Tags': 'a list of tags',
  'TimePeriod.PeriodUnit': 'Daily or Weekly',
  'TimePeriod.RangeList': 'a list of ranges',
  'TimePeriod.RangeList.StartTime': 'a time',
  'TimePeriod.RangeList.EndTime': 'a time',
};

/** What decides whether an O&M window matters at all, read before the rest. */
const use = v.fallback(
  v.object({ Enable: v.optional(v.unknown()), SupportMaintenanceAction: v.optional(v.unknown()) }),
  {},
);

/** What can still be read of an O&M window with faults. */
const remains = v.fallback(
  v.object({ PlanWindowId: textIfAny, TargetResource: v.fallback(v.optional(target), undefined) }),
  {},
);

/**
 * Reads an answer of DescribeInstanceMaintenanceAttributes.
 * @throws EcsReadFailed if the answer as a whole is not such an answer
 */
export function readOwnWindows(body: unknown): OwnWindows {
  const page = readPage(attributesPage, body, 'DescribeInstanceMaintenanceAttributes');
  const windows = new Map<string, EcsWindow | 'unread' | 'none'>();
  const faults: Fault[] = [];
  let hasNameless = false;
  for (const item of page.MaintenanceAttributes.MaintenanceAttribute) {
    const owner = v.safeParse(v.object({ InstanceId: text }), item);
    const read = readOwnWindow(item);
    if ('faults' in read) faults.push(...read.faults);
    if (owner.success) windows.set(owner.output.InstanceId, 'faults' in read ? 'unread' : read.window);
    else hasNameless = true;
  }
  return { windows, hasNameless, faults };
}

function readOwnWindow(item: unknown): { window: EcsWindow | 'none' } | { faults: readonly Fault[] } {
  const parsed = v.safeParse(ownWindow, asObject(item));
  if (!parsed.success) return { faults: faultsOf(parsed.issues, ownExpectations, ownerOf(item)) };
  const list = parsed.output.MaintenanceWindows?.MaintenanceWindow ?? [];
  if (list.length === 0) return { window: 'none' };
  const what = `MaintenanceWindows.MaintenanceWindow of ${ownerOf(item)}`;
  return windowOf(instanceWindow(list), list, what);
}

/**
 * Reads a page of DescribePlanMaintenanceWindows. Windows that are disabled, or not for reboots, are left out.
 * @throws EcsReadFailed if the answer as a whole is not such a page
 */
export function readPlanWindowPage(body: unknown): Page<PlanWindow[]> {
  const page = readPage(planWindowsPage, body, 'DescribePlanMaintenanceWindows');
  const used = page.PlanMaintenanceWindowList.filter((item) => {
    const { Enable, SupportMaintenanceAction } = v.parse(use, item);
    return Enable !== false && mayBeForReboots(SupportMaintenanceAction);
  });
  return { items: used.map(readPlanWindow), ...nextOf(page.NextToken) };
}

/** A window that names no action, or has its actions in an unknown form, may be for reboots. */
function mayBeForReboots(action: unknown): boolean {
  if (typeof action !== 'string' || action === '') return true;
  return action.split(/[^A-Za-z]+/).includes('Reboot');
}

function readPlanWindow(item: unknown): PlanWindow {
  const { PlanWindowId: id = '', TargetResource } = v.parse(remains, item);
  const whose = id === '' ? 'an O&M window without an id' : `O&M window ${id}`;
  const parsed = v.safeParse(planWindow, asObject(item));
  const read = parsed.success
    ? periodOf(parsed.output.TimePeriod, whose)
    : { faults: faultsOf(parsed.issues, planExpectations, whose) };
  return { id, ...(TargetResource === undefined ? {} : { target: TargetResource }), read };
}

function periodOf(
  { PeriodUnit, RangeList }: v.InferOutput<typeof planWindow>['TimePeriod'],
  whose: string,
): PlanWindow['read'] {
  return windowOf(
    planMaintenanceWindow(PeriodUnit, RangeList),
    RangeList,
    `TimePeriod.RangeList of ${whose}`,
  );
}

/** The window that these ranges make, or what is wrong with them. */
function windowOf(parsed: Parsed<EcsWindow>, list: readonly EcsRange[], what: string): PlanWindow['read'] {
  if (parsed.ok) return { window: parsed.value };
  const value = shown(list.map(({ start, end }) => ({ StartTime: start, EndTime: end })));
  return { faults: misreadingsOf(parsed).map((misreading) => ({ what, value, ...misreading })) };
}

function ownerOf(item: unknown): string {
  const parsed = v.safeParse(v.object({ InstanceId: text }), item);
  return parsed.success ? `instance ${parsed.output.InstanceId}` : 'a maintenance window';
}
