// The writes of rows, and the condition of each: what must not have changed since the row was read.
import { iso, type Instant } from '../../plan/calendar/instant.ts';
import type { Plan } from '../../plan/plan.ts';
import type { UnreadablePlan } from '../../ports.ts';
import type { Language } from '../../wording/languages.ts';
import type { Cells, Condition, Key, RowDelete, RowWrite } from './api.ts';
import { encodePlan } from './plan-row.ts';
import type { EscalationCells } from './statement-cells.ts';
import { exactIso } from './time-cells.ts';
import { unchanged } from './unchanged.ts';

/** A column that a person may write. All others are the functions'. */
export type HandColumn =
  | 'status'
  | 'hold'
  | 'approval'
  | 'approved_events'
  | 'approved_decision'
  | 'pinned'
  | 'execute_at'
  | 'latest_start'
  | 'acknowledged'
  | 'retry'
  | 'edited_by';

/** What a person changes in a row. */
export interface HandEdit {
  put: Readonly<Partial<Record<HandColumn, string>>>;
  remove?: readonly HandColumn[];
}

/** The first row of an instance: only where there is none. */
export function creation(cells: Cells): Omit<RowWrite, 'key'> {
  return { kind: 'put', put: cells, condition: { row: 'must-not-exist' } };
}

/** Columns that the decision to write rests on. A person may change one without touching `version`. */
const fencedColumns = [
  'version', // nobody wrote since the read
  'status', // nobody changed the status by hand
  'owner', // the lease is still ours, where we hold one
  'plan_id', // the row is still about the same plan
  'event_ids', // and the same events
  'execute_at', // the interval is the one that was judged
  'latest_start',
  'not_before',
] as const;

/**
 * Wishes of persons. Until the intent, nobody may have taken an approval back, or set a hold, since the read, even where the
 * row had no such column. After the intent nothing rests on them, and what came of the restart must be written.
 */
const fencedWishes = [
  'pinned',
  'hold',
  'approval',
  'approved_events',
  'approved_decision',
  'approval_asked_by',
] as const;

/** The next version of a row: only the columns that change, and only if no fenced column changed since the read. */
export function succession(before: Cells, next: Cells): Omit<RowWrite, 'key'> {
  const wishes = before['intent_at'] === undefined ? fencedWishes : [];
  // The mark is written with news: somebody may have told the earlier news, and taken it away, since the read.
  const hasNews = before['news'] !== next['news'];
  const own = new Set([...Object.keys(next), ...optionalColumns]);
  return {
    kind: 'update',
    // due_at is always written: a person may have removed it, and the row must not be forgotten.
    put: Object.fromEntries(
      Object.entries(next).filter(
        ([name, cell]) => before[name] !== cell || name === 'due_at' || (name === 'untold_since' && hasNews),
      ),
    ),
    remove: Object.keys(before).filter((name) => own.has(name) && next[name] === undefined),
    condition: asRead(before, wishes),
  };
}

/** The row as it was read: the columns that decide, where it had them, and these wishes of persons, even where it had none. */
function asRead(seen: Cells, wishes: readonly string[]): Condition {
  const deciding = fencedColumns.flatMap((name) => {
    const cell = seen[name];
    return cell === undefined ? [] : [[name, cell] as const];
  });
  const { equals, absent } = unchanged(seen, wishes);
  return { row: 'must-exist', equals: { ...Object.fromEntries(deciding), ...equals }, absent };
}

/** What a person's decision rests on, beside what a function's does: the other words of persons. */
const fencedWords = ['acknowledged', 'retry', 'edited_by', 'intent_at'] as const;

/** A person's edit of the row that the person saw. It is lost where anything of that changed since. */
export function handEdit(seen: Cells, edit: HandEdit): Omit<RowWrite, 'key'> {
  return {
    kind: 'update',
    put: edit.put,
    remove: (edit.remove ?? []).filter((name) => seen[name] !== undefined),
    condition: unchanged(seen, [...fencedColumns, ...fencedWishes, ...fencedWords]),
  };
}

/** Columns that a plan may lose. Columns that are not the planner's are a person's, and stay. */
const optionalColumns = [
  'instance_name',
  'not_before',
  'execute_at',
  'latest_start',
  'not_before_local',
  'execute_at_local',
  'latest_start_local',
  'due_at',
  'due_at_utc',
  'rules',
  'decision',
  'group',
  'ecs_window',
  'runbook',
  'steps',
  'drained_since',
  'cause',
  'wait_until',
  'owner',
  'lease_until',
  'intent_at',
  'intent_outcome',
  'health_before',
  'started_before',
  'seen_down_at',
  'avoided_seen_at',
  'sent_event_ids',
  'next_look',
  'verify_until',
  'finished_at',
  'updated_at',
  'acknowledged',
  'retry',
  'unproven',
  'former_ended_at',
  'former_event_ids',
  'later_event_ids',
  // Not untold_since: only who told everything takes it away.
  'news',
  'approved_events',
  'approved_decision',
  'approval_asked_by',
  'edited_by',
  'last_written',
] as const;

/** Sets an unreadable row to Escalated, with this reason. Its other columns stay as they are. */
export function escalation(
  row: UnreadablePlan,
  { cells, at, token }: { cells: EscalationCells; at: Instant; token: string },
): Omit<RowWrite, 'key'> {
  const { version, status, intentAt } = row.seen;
  return {
    kind: 'update',
    put: {
      status: 'Escalated',
      ...cells,
      version: nextVersion(version),
      // A person may set the row back to Planned later: the intent must not be forgotten.
      ...(row.mayHaveSent && intentAt === undefined ? { intent_at: iso(at) } : {}),
      escalated_at: exactIso(at),
      updated_at: exactIso(at),
      write_token: token,
    },
    // What a person does to the row from now on is no edit of what was written there before.
    remove: ['due_at', 'due_at_utc', 'last_written'],
    condition: {
      row: 'must-exist',
      equals: {
        ...(version === undefined ? {} : { version }),
        ...(status === undefined ? {} : { status }),
      },
    },
  };
}

/** A version that no plan can have counts from the beginning. */
function nextVersion(version: bigint | undefined): bigint {
  const isCount = version !== undefined && version > 0n && version < BigInt(Number.MAX_SAFE_INTEGER);
  return isCount ? version + 1n : 1n;
}

/**
 * Takes the row of a finished plan away, where it is as it was read: no function wrote it since, and no person wishes anything of
 * it. Their columns are fenced even where the row had none.
 */
export function removal(key: Key, seen: Cells): RowDelete {
  return { key, condition: asRead(seen, keptWishes) };
}

/** Wishes for a next plan, or about the one that ended. */
const keptWishes = [
  'hold',
  'approval',
  'approval_asked_by',
  'retry',
  'acknowledged',
  'untold_since',
] as const;

/** A finished plan under the key of the history. A whole row, so that a repetition changes nothing. */
export function archival(plan: Plan, token: string, language: Language): RowWrite & { token: string } {
  return {
    kind: 'put',
    key: { instance_id: plan.instanceId, plan_id: plan.planId },
    put: withoutKey({ ...encodePlan(withoutNews(plan), token, language), region_id: plan.regionId }),
    condition: { row: 'any' },
    token,
  };
}

/** The row of the plan, or of the one that replaces it, tells its news. */
function withoutNews(plan: Plan): Plan {
  const rest = { ...plan };
  delete rest.news;
  return rest;
}

function withoutKey(cells: Cells): Cells {
  return Object.fromEntries(Object.entries(cells).filter(([name]) => name !== 'plan_id'));
}
