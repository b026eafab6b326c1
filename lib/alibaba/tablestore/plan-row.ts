// Plan ↔ row of `reboot_plans`. Rows are for people first: strings and integers, ISO times, JSON for lists. People edit
// them, so that reading trusts nothing: what cannot be read becomes a fault.
import { intervalKinds } from '../../plan/approval.ts';
import { ecsWindowText, parseEcsWindow } from '../../plan/calendar/ecs-window.ts';
import { iso } from '../../plan/calendar/instant.ts';
import { causes } from '../../plan/cause.ts';
import { drainedSince } from '../../plan/draining.ts';
import { dueAt, unprovens, type Plan } from '../../plan/plan.ts';
import type { RulesRecord } from '../../plan/rules.ts';
import type { Statement } from '../../plan/statement.ts';
import type { PlanRead } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import type { Cell, Cells, Row } from './api.ts';
import * as v from 'valibot';
import { CellReader, parseJson } from './cell-reader.ts';
import { asEdited } from './edited-plan.ts';
import { decodeLastWritten, encodeLastWritten } from './last-written.ts';
import { decodeNews, encodeNews } from './news-cell.ts';
import { decodeRules, decodeRulesOfFormatOne, encodeRules } from './rules-cell.ts';
import { decodeReason, decodeTimeline, encodeReason, encodeTimeline } from './statement-cells.ts';
import { decodeRunbook, decodeSteps, encodeRunbook, encodeSteps } from './runbook-cells.ts';
import { contradictions } from './contradictions.ts';
import { readName, readWords } from './person-cells.ts';
import { localCells, readExact, timesForPeople } from './time-cells.ts';
import { beginningOf, forgottenStep } from './unread-cells.ts';

/**
 * The format that this version writes, in the column `format`. Format 1, without the column, has no reason_code and keeps
 * the rules as text. Format 2 knows no hold, no events of an approval and no undo: its version would restart what is held, and
 * forget what is to be undone. Both are read, and the next write upgrades the row.
 */
const rowFormat = 3;

/**
 * The columns of a plan. `write_token` distinguishes a write of ours from any other.
 * @param language of the sentences in `reason` and `timeline`
 */
export function encodePlan(plan: Plan, writeToken: string, language: Language = 'en'): Cells {
  const due = dueAt(plan);
  const drained = drainedSince(plan);
  const cells: Record<string, Cell | undefined> = {
    status: plan.status,
    ...encodeReason(plan.reason, language),
    format: BigInt(rowFormat),
    instance_name: plan.instanceName,
    plan_id: plan.planId,
    event_ids: JSON.stringify(plan.eventIds),
    not_before: plan.notBefore && iso(plan.notBefore),
    execute_at: plan.executeAt && iso(plan.executeAt),
    latest_start: plan.latestStart && iso(plan.latestStart),
    ...timesForPeople(plan),
    due_at: due && BigInt(due.epochMilliseconds),
    due_at_utc: due && iso(due),
    rules: plan.rules && encodeRules(plan.rules),
    decision: plan.decision,
    runbook: plan.runbook && encodeRunbook(plan.runbook),
    steps: plan.steps && encodeSteps(plan.steps),
    // For people, and so that the row is found while its instance counts in the limits.
    drained_since: drained && iso(drained),
    group: plan.group,
    ecs_window: plan.ecsWindow && ecsWindowText(plan.ecsWindow),
    pinned: String(plan.pinned),
    hold: plan.hold ?? '',
    approval: plan.approval,
    approved_events: plan.approvedEvents && JSON.stringify(plan.approvedEvents),
    approved_decision: plan.approvedDecision,
    approval_asked_by: plan.approvalAskedBy,
    edited_by: plan.editedBy,
    last_written: encodeLastWritten(plan),
    cause: plan.cause,
    wait_until: plan.waitUntil && iso(plan.waitUntil),
    owner: plan.lease?.owner,
    lease_until: plan.lease && iso(plan.lease.until),
    intent_at: plan.intent && iso(plan.intent.at),
    intent_outcome: plan.intent?.outcome,
    health_before: plan.healthBefore,
    started_before: plan.startedBefore && iso(plan.startedBefore),
    seen_down_at: plan.seenDownAt && iso(plan.seenDownAt),
    avoided_seen_at: plan.avoidedSeenAt && iso(plan.avoidedSeenAt),
    sent_event_ids: plan.sentEventIds && JSON.stringify(plan.sentEventIds),
    next_look: plan.nextLook && iso(plan.nextLook),
    verify_until: plan.verifyUntil && iso(plan.verifyUntil),
    acknowledged: plan.acknowledged,
    retry: plan.retry,
    unproven: plan.unproven,
    former_ended_at: plan.formerEndedAt && iso(plan.formerEndedAt),
    former_event_ids: plan.formerEventIds.length > 0 ? JSON.stringify(plan.formerEventIds) : undefined,
    later_event_ids: plan.laterEventIds.length > 0 ? JSON.stringify(plan.laterEventIds) : undefined,
    ...encodeNews(plan.news),
    version: BigInt(plan.version),
    timeline: encodeTimeline(plan.timeline, language),
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
  const { status, version, group, intent_at: intentAt } = row.cells;
  const reader = new CellReader(row.cells);
  const format = reader.count('format') ?? 1;
  const unread = {
    regionId,
    instanceId,
    ...beginningOf(row.cells),
    ...(typeof status === 'string' ? { status } : {}),
    ...(typeof group === 'string' ? { group } : {}),
    ...present('acknowledged', reader.yes('acknowledged')),
  };
  if (format > rowFormat) return { kind: 'newer', ...unread, format };
  const plan = asEdited(readPlan(reader, { regionId, instanceId, format }), {
    last: decodeLastWritten(reader.anyText('last_written')),
    format,
    dueAt: row.cells['due_at'],
    lacksApproval: row.cells['approval'] === undefined,
    acknowledged: readWords(reader, 'acknowledged'),
    local: localCells(row.cells),
  });
  const against = reader.faults.length === 0 ? [...contradictions(plan), ...forgottenStep(row.cells)] : [];
  const faults = [...reader.faults, ...against];
  if (faults.length > 0) {
    const seen = {
      ...(typeof status === 'string' ? { status } : {}),
      ...(typeof version === 'bigint' ? { version } : {}),
      ...(typeof intentAt === 'string' ? { intentAt } : {}),
    };
    const isTold = !faults.some(({ what }) => what === 'Column timeline');
    const timeline = isTold ? { timeline: plan.timeline } : {};
    const news = { planId: plan.planId, ...present('news', plan.news) };
    return { kind: 'unreadable', ...unread, faults, reason: plan.reason, ...timeline, ...news, seen };
  }
  const due = dueAt(plan);
  const dueCell = due === undefined ? undefined : BigInt(due.epochMilliseconds);
  return { kind: 'plan', plan, isDueAtRight: row.cells['due_at'] === dueCell };
}

const ids = v.array(v.string());

function readIds(json: unknown): string[] | undefined {
  const parsed = v.safeParse(ids, json);
  return parsed.success ? parsed.output : undefined;
}

const idsExpected = 'a JSON array of texts';

/** Whose row it is, and how it was written. */
interface RowHead {
  regionId: string;
  instanceId: string;
  format: number;
}

function readPlan(cells: CellReader, { regionId, instanceId, format }: RowHead): Plan {
  const status = cells.status();
  const approval =
    cells.oneOf('approval', ['not-required', 'required', 'granted'] as const) ?? 'not-required';
  const rules = readRules(cells);
  const leaseUntil = cells.instant('lease_until');
  const owner = cells.text('owner');
  const intentAt = cells.instant('intent_at');
  const outcome = cells.oneOf('intent_outcome', ['accepted', 'unknown'] as const);
  const eventIds = cells.required('event_ids', cells.json('event_ids', readIds, idsExpected)) ?? [];
  const sentEventIds =
    cells.json('sent_event_ids', readIds, idsExpected) ??
    // Format 1 had no such column.
    (format === 1 && intentAt !== undefined ? eventIds : undefined);
  return {
    regionId,
    instanceId,
    ...present('instanceName', cells.text('instance_name')),
    planId: cells.required('plan_id', cells.text('plan_id')) ?? '',
    status,
    reason: readReason(cells),
    eventIds,
    formerEventIds: cells.json('former_event_ids', readIds, idsExpected) ?? [],
    laterEventIds: cells.json('later_event_ids', readIds, idsExpected) ?? [],
    ...present('notBefore', cells.instant('not_before')),
    ...present('executeAt', cells.wallTime('execute_at', rules?.timeZone)),
    ...present('latestStart', cells.wallTime('latest_start', rules?.timeZone)),
    ...present('decision', cells.oneOf('decision', ['window', 'last-resort', 'soonest'] as const)),
    ...present('group', cells.text('group')),
    ...present('ecsWindow', cells.parsed('ecs_window', parseEcsWindow)),
    ...present('runbook', cells.json('runbook', decodeRunbook, 'a runbook as the planner writes it')),
    ...present('steps', cells.json('steps', decodeSteps, 'a JSON array of steps as the planner writes it')),
    ...present('rules', rules),
    pinned: cells.yesOrNo('pinned') ?? false,
    ...present('hold', readWords(cells, 'hold')),
    approval,
    ...present('approvedEvents', cells.json('approved_events', readIds, idsExpected)),
    ...present('approvedDecision', cells.oneOf('approved_decision', intervalKinds)),
    ...present('approvalAskedBy', cells.text('approval_asked_by')),
    ...present('editedBy', readName(cells)),
    ...present('cause', cells.oneOf('cause', causes)),
    ...present('waitUntil', cells.instant('wait_until')),
    ...present('lease', owner !== undefined && leaseUntil ? { owner, until: leaseUntil } : undefined),
    ...present('intent', intentAt && { at: intentAt, ...present('outcome', outcome) }),
    ...readLooks(cells),
    ...present('sentEventIds', sentEventIds),
    ...present('nextLook', cells.instant('next_look')),
    ...present('verifyUntil', cells.instant('verify_until')),
    ...present('finishedAt', cells.instant('finished_at')),
    ...present('updatedAt', readExact(cells.anyText('updated_at'))),
    ...present('acknowledged', cells.yes('acknowledged')),
    ...present('retry', readWords(cells, 'retry')),
    ...present('unproven', cells.oneOf('unproven', unprovens)),
    ...present('formerEndedAt', cells.instant('former_ended_at')),
    ...present('news', readNews(cells)),
    version: cells.required('version', cells.count('version')) ?? 0,
    timeline: cells.json('timeline', decodeTimeline, timelineExpected) ?? [],
  };
}

/** What was seen of the instance before and after its restart. */
function readLooks(
  cells: CellReader,
): Pick<Plan, 'healthBefore' | 'startedBefore' | 'seenDownAt' | 'avoidedSeenAt'> {
  return {
    ...present('healthBefore', cells.text('health_before')),
    ...present('startedBefore', cells.instant('started_before')),
    ...present('seenDownAt', cells.instant('seen_down_at')),
    ...present('avoidedSeenAt', cells.instant('avoided_seen_at')),
  };
}

const timelineExpected = 'a JSON array of {at, by, what, requestId?} with ISO 8601 times';

/** The reason decides nothing: a code or values that cannot be read are no fault. */
function readReason(cells: CellReader): Statement {
  const values = parseJson(cells.anyText('reason_values') ?? '{}');
  return decodeReason(cells.text('reason'), cells.anyText('reason_code'), values);
}

/** Without the mark all of it was told. News decides nothing: what cannot be read is no fault. */
function readNews(cells: CellReader): Plan['news'] {
  return cells.any('untold_since') === undefined ? undefined : decodeNews(cells.any('news'));
}

/** Rules that cannot be read are missing: the plan is planned again. */
function readRules(cells: CellReader): RulesRecord | undefined {
  const text = cells.text('rules') ?? '';
  return decodeRules(parseJson(text)) ?? decodeRulesOfFormatOne(text);
}

function present<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : String(cell);
}
