// A row as people see it, also one that cannot be read: what is known of it, and whether it needs a person.
import type { Cell } from '../../../alibaba/tablestore/api.ts';
import type { HandRow } from '../../../alibaba/tablestore/hand-edits.ts';
import { parseInstant, type Instant } from '../../../plan/calendar/instant.ts';
import { isLeftToPerson } from '../../../plan/draining.ts';
import { unprovenOf, type Plan } from '../../../plan/plan.ts';
import type { Voice } from '../words/voice.ts';
import { visible } from '../words/visible.ts';

/** What every command shows of a row. */
export interface PlanView {
  row: HandRow;
  regionId: string;
  instanceId: string;
  name: string | undefined;
  group: string | undefined;
  status: string;
  reason: string;
  timeZone: string;
  executeAt: Instant | undefined;
  latestStart: Instant | undefined;
  notBefore: Instant | undefined;
  hold: string | undefined;
  needsPerson: boolean;
  /** What is wrong with the row; empty where it can be read. */
  faults: readonly string[];
}

/** The view of a row. `timeZone` is for rows that name none. */
export function viewOf(row: HandRow, timeZone: string, voice: Voice): PlanView {
  const { read, regionId, instanceId, cells } = row;
  const common = { row, regionId, instanceId };
  if (read.kind === 'plan') return seen({ ...common, ...ofPlan(read.plan, timeZone, voice) });
  const newer = voice.say('newer-row', { format: String(cells['format']) });
  return seen({
    ...common,
    name: textOf(cells['instance_name']),
    group: textOf(cells['group']),
    status: textOf(cells['status']) ?? '?',
    reason: visible(textOf(cells['reason']) ?? ''),
    timeZone,
    executeAt: timeOf(cells['execute_at']),
    latestStart: timeOf(cells['latest_start']),
    notBefore: timeOf(cells['not_before']),
    hold: textOf(cells['hold']),
    needsPerson: true,
    faults: read.kind === 'newer' ? [newer] : read.faults.map((fault) => voice.faults([fault])),
  });
}

/** The ids stay as they are: they say which row it is. */
function seen(view: PlanView): PlanView {
  const { name, group, hold } = view;
  return {
    ...view,
    name: name && visible(name),
    group: group && visible(group),
    status: visible(view.status),
    hold: hold && visible(hold),
  };
}

type OfPlan = Omit<PlanView, 'row' | 'regionId' | 'instanceId'>;

function ofPlan(plan: Plan, timeZone: string, voice: Voice): OfPlan {
  return {
    name: plan.instanceName,
    group: plan.group,
    status: plan.status,
    reason: voice.statement(plan.reason),
    timeZone: plan.rules?.timeZone ?? timeZone,
    executeAt: plan.executeAt,
    latestStart: plan.latestStart,
    notBefore: plan.notBefore,
    hold: plan.hold,
    needsPerson: needsPerson(plan),
    faults: [],
  };
}

/** It waits for an approval, it needs somebody to look, its restart is not proven, or a pre-command is to be undone. */
function needsPerson(plan: Plan): boolean {
  if (plan.status === 'AwaitingApproval' || isLeftToPerson(plan)) return true;
  if (plan.acknowledged !== undefined) return false;
  return plan.status === 'Escalated' || unprovenOf(plan) !== undefined;
}

function textOf(cell: Cell | undefined): string | undefined {
  return typeof cell === 'string' && cell.trim() !== '' ? cell.trim() : undefined;
}

function timeOf(cell: Cell | undefined): Instant | undefined {
  return typeof cell === 'string' ? parseInstant(cell) : undefined;
}

/** `i-1 (web-1)`. */
export function titleOf({ instanceId, name }: Pick<PlanView, 'instanceId' | 'name'>): string {
  const id = visible(instanceId);
  return name === undefined ? id : `${id} (${name})`;
}
