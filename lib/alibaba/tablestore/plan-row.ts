// Plan ↔ row of `reboot_plans`. Rows are for people first: strings and integers, ISO times, JSON for lists. People edit
// them, so reading trusts nothing: whatever cannot be read is named, with its value and what was expected.
import { ecsWindowText, parseEcsWindow } from '../../plan/calendar/ecs-window.ts';
import { iso } from '../../plan/calendar/instant.ts';
import { dueAt, isFinal, statusesOfCause, type Plan } from '../../plan/plan.ts';
import type { PlanRead } from '../../ports.ts';
import type { Cell, Cells, Row } from './api.ts';
import { CellReader } from './cell-reader.ts';
import { decodeRunbook, decodeSteps, encodeRunbook, encodeSteps } from './runbook-cells.ts';
import { contradictions } from './contradictions.ts';

/** The columns of a plan. `write_token` tells a write of ours from anybody else's. */
export function encodePlan(plan: Plan, writeToken: string): Cells {
  const due = dueAt(plan);
  const cells: Record<string, Cell | undefined> = {
    status: plan.status,
    reason: plan.reason,
    instance_name: plan.instanceName,
    plan_id: plan.planId,
    event_ids: JSON.stringify(plan.eventIds),
    not_before: plan.notBefore && iso(plan.notBefore),
    execute_at: plan.executeAt && iso(plan.executeAt),
    latest_start: plan.latestStart && iso(plan.latestStart),
    due_at: due && BigInt(due.epochMilliseconds),
    due_at_utc: due && iso(due),
    rules: plan.rules,
    decision: plan.decision,
    runbook: plan.runbook && encodeRunbook(plan.runbook),
    steps: plan.steps && encodeSteps(plan.steps),
    group: plan.group,
    ecs_window: plan.ecsWindow && ecsWindowText(plan.ecsWindow),
    pinned: String(plan.pinned),
    approval: plan.approval,
    cause: plan.cause,
    wait_until: plan.waitUntil && iso(plan.waitUntil),
    owner: plan.lease?.owner,
    lease_until: plan.lease && iso(plan.lease.until),
    intent_at: plan.intent && iso(plan.intent.at),
    intent_outcome: plan.intent?.outcome,
    next_look: plan.nextLook && iso(plan.nextLook),
    verify_until: plan.verifyUntil && iso(plan.verifyUntil),
    former_event_ids: plan.formerEventIds.length > 0 ? JSON.stringify(plan.formerEventIds) : undefined,
    later_event_ids: plan.laterEventIds.length > 0 ? JSON.stringify(plan.laterEventIds) : undefined,
    version: BigInt(plan.version),
    timeline: JSON.stringify(plan.timeline.map((entry) => ({ ...entry, at: iso(entry.at) }))),
    write_token: writeToken,
  };
  return Object.fromEntries(
    Object.entries(cells).filter((entry): entry is [string, Cell] => entry[1] !== undefined),
  );
}

/** Reads a row, whatever is in it. */
export function decodePlan(row: Row): PlanRead {
  const regionId = textOf(row.key['region_id']);
  const instanceId = textOf(row.key['instance_id']);
  const reader = new CellReader(row.cells);
  const plan = asEdited(readPlan(reader, regionId, instanceId), row.cells['due_at']);
  const faults = [...reader.faults, ...(reader.faults.length === 0 ? contradictions(plan) : [])];
  if (faults.length > 0) {
    const { status, version, group } = row.cells;
    return {
      kind: 'unreadable',
      regionId,
      instanceId,
      faults,
      mayHaveSent: row.cells['intent_at'] !== undefined,
      ...(typeof status === 'string' ? { status } : {}),
      ...(typeof group === 'string' ? { group } : {}),
      seen: {
        ...(typeof status === 'string' ? { status } : {}),
        ...(typeof version === 'bigint' ? { version: Number(version) } : {}),
      },
    };
  }
  const due = dueAt(plan);
  const isDueAtRight =
    row.cells['due_at'] === (due === undefined ? undefined : BigInt(due.epochMilliseconds));
  return { kind: 'plan', plan, isDueAtRight };
}

function readPlan(cells: CellReader, regionId: string, instanceId: string): Plan {
  const status = cells.status();
  const approval =
    cells.oneOf('approval', ['not-required', 'required', 'granted'] as const) ?? 'not-required';
  const leaseUntil = cells.instant('lease_until');
  const owner = cells.text('owner');
  const intentAt = cells.instant('intent_at');
  const outcome = cells.oneOf('intent_outcome', ['accepted', 'unknown'] as const);
  return {
    regionId,
    instanceId,
    ...present('instanceName', cells.text('instance_name')),
    planId: cells.required('plan_id', cells.text('plan_id')) ?? '',
    status,
    reason: cells.text('reason') ?? '',
    eventIds: cells.required('event_ids', cells.strings('event_ids')) ?? [],
    formerEventIds: cells.strings('former_event_ids') ?? [],
    laterEventIds: cells.strings('later_event_ids') ?? [],
    ...present('notBefore', cells.instant('not_before')),
    ...present('executeAt', cells.instant('execute_at')),
    ...present('latestStart', cells.instant('latest_start')),
    ...present('decision', cells.oneOf('decision', ['window', 'last-resort', 'soonest'] as const)),
    ...present('group', cells.text('group')),
    ...present('ecsWindow', cells.parsed('ecs_window', parseEcsWindow)),
    ...present('runbook', cells.json('runbook', decodeRunbook, 'a runbook as the planner writes it')),
    ...present('steps', cells.json('steps', decodeSteps, 'a JSON array of steps as the planner writes it')),
    rules: cells.text('rules') ?? '',
    pinned: cells.yesOrNo('pinned') ?? false,
    approval,
    ...present('cause', cells.cause()),
    ...present('waitUntil', cells.instant('wait_until')),
    ...present('lease', owner !== undefined && leaseUntil ? { owner, until: leaseUntil } : undefined),
    ...present('intent', intentAt && { at: intentAt, ...present('outcome', outcome) }),
    ...present('nextLook', cells.instant('next_look')),
    ...present('verifyUntil', cells.instant('verify_until')),
    version: cells.required('version', cells.count('version')) ?? 0,
    timeline: cells.timeline(),
  };
}

/** What an edit by hand means where it changes one column and leaves its companions. */
function asEdited(plan: Plan, dueAtCell: Cell | undefined): Plan {
  const { status, approval, cause, latestStart } = plan;
  if (status === 'AwaitingApproval' && approval === 'granted') return { ...plan, status: 'Planned' };
  if (status === 'Planned' && approval === 'required') {
    // A plan that waited for approval is still due at its latest start: setting it to Planned approves it. Any other one
    // was Planned, and somebody demanded an approval.
    const waited = latestStart !== undefined && dueAtCell === BigInt(latestStart.epochMilliseconds);
    return waited ? { ...plan, approval: 'granted' } : { ...plan, status: 'AwaitingApproval' };
  }
  // A final status that the recorded cause does not lead to was set by a person, and stays.
  const isFinalByHand = isFinal(status) && cause !== undefined && !statusesOfCause[cause].includes(status);
  return isFinalByHand ? { ...plan, cause: 'operator' } : plan;
}

function present<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : String(cell);
}
