// What an observer may look at: the local cloud's own record of calls, writes and changes. An observer never believes what
// the code under test says about itself.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { CallEntry } from '../cloud/ecs/core/journal.ts';
import type { EventView } from '../cloud/ecs/core/types.ts';
import type { AppliedWrite } from '../cloud/tablestore/core/journal.ts';

/** How many instances may be down at the same time. */
export interface Limits {
  /** Per region. */
  region: number;
  /** Per group: the instances of a region with the same tag `reboot-planner:group`. */
  group: number;
  /** From the proof of one instance of a group to the next restart in it, in milliseconds; 0 unless given. */
  groupPause?: number;
  /** After so many restarts in a region whose proof failed, nothing more is restarted there; not checked unless given. */
  failedProofs?: number;
}

/** A run of a function that ended without an error. */
export interface Execution {
  name: string;
  /** Epoch milliseconds. */
  begin: number;
  end: number;
  /** What it reported. A problem without an instance is one of the whole region. */
  problems: readonly { regionId: string; instanceId?: string; code?: string }[];
  /** What went wrong around it: it was frozen, or a call of its failed. Nothing unless given. */
  disturbed?: 'in-telling' | 'elsewhere';
}

/** An end of a plan, as a digest said it to a receiver. */
export interface ToldEnd {
  instanceId: string;
  planId: string;
  status: 'Escalated' | 'Missed' | 'Avoided';
  /** When it happened, as the digest said. Epoch milliseconds. */
  since: number;
}

/** One message that reached a receiver, or would have. */
export interface DigestTry {
  at: number;
  /** The run that sent it. */
  by: string;
  ends: readonly ToldEnd[];
  /** True where people could read it from then on. */
  isTaken: boolean;
  /** What the run heard. */
  answer: 'yes' | 'later' | 'needs-person' | 'none';
  /** With `later`: before this the receiver takes nothing. */
  until?: number;
}

/** What one receiver keeps of what it got, oldest first. */
export interface Receiver {
  name: string;
  tries: readonly DigestTry[];
}

/** Who is told, and of which ends. */
export interface Audience {
  receivers: readonly Receiver[];
  statuses: readonly string[];
}

/** What one person wrote into a row in the console, and what the row had shown them. */
export interface OperatorEdit {
  at: number;
  order: number;
  instanceId: string;
  /** The columns that they set; undefined removes a column. */
  wrote: RowState;
  saw: RowState;
}

/** What the people who set up the functions want, in the words of the settings. Durations in milliseconds. */
export interface HouseRules {
  mode: 'auto' | 'approval' | 'observe';
  /** MAINTENANCE_WINDOWS and TIME_ZONE. */
  windows: string;
  timeZone: string;
  /** BLACKOUT_DATES, as epoch milliseconds. */
  blackouts: readonly { from: number; until: number }[];
  noWindow: 'last-resort' | 'soonest' | 'leave';
  lastResortLead: number;
  safetyMargin: number;
  slot: number;
  startRoom: number;
}

export interface Evidence {
  ecs: EcsCore;
  writes: readonly AppliedWrite[];
  plansTable: string;
  historyTable: string;
  /** What the callers sent, where requests can get lost. The cloud's record of arrivals unless given. */
  sendings?: readonly Sending[];
  /** Whether the functions could know an event. They could know every event unless given. */
  couldKnow?: (event: EventView) => boolean;
  /** By how many milliseconds the clock of a caller may be off at most; 0 unless given. */
  skewMs?: number;
  /** How many instances may be down at the same time; not checked unless given. */
  limits?: Limits;
  /** The runs of the execute function; what they passed over is not checked unless given. */
  executions?: readonly Execution[];
  /** The runs of the plan function. */
  planRuns?: readonly Execution[];
  /** What people wrote into rows, oldest first. */
  edits?: readonly OperatorEdit[];
  /** Who is told of ends; not checked unless given. */
  audience?: Audience;
  /** VERIFY_TIMEOUT, in milliseconds: so long a restart that may have been sent is watched. 0 unless given. */
  verifyMs?: number;
  /** KEEP_FINISHED, in milliseconds; rows that leave the plans table are not checked unless given. */
  keepFinishedMs?: number;
  /** Windows, blackouts and the mode are not checked unless given. */
  house?: HouseRules;
}

/** The columns of a row after a write. */
export type RowState = Readonly<Record<string, unknown>>;

/** One state of the row of an instance, and when it was written. */
export interface RowMoment {
  at: number;
  order: number;
  state: RowState;
  /** False when a person wrote it: each write of a function has a token of its own. */
  isOurs: boolean;
}

/** All states of each row in the plans table, by instance, in order. */
export function rowHistories(evidence: Evidence): Map<string, RowMoment[]> {
  const histories = new Map<string, RowMoment[]>();
  for (const write of evidence.writes) {
    if (write.table !== evidence.plansTable || write.after === undefined) continue;
    // The emergency stop is no plan.
    if (write.primaryKey['region_id'] === '*' || isRecordOfTelling(write)) continue;
    const instanceId = String(write.primaryKey['instance_id']);
    const moments = histories.get(instanceId) ?? [];
    const isOurs = write.after['write_token'] !== moments.at(-1)?.state['write_token'];
    moments.push({ at: write.at, order: write.order, state: write.after, isOurs });
    histories.set(instanceId, moments);
  }
  return histories;
}

/** Who was told what stands in the row, too. It changes nothing of the plan, and has no token of its own. */
function isRecordOfTelling({ before, after }: AppliedWrite): boolean {
  if (before === undefined || after?.['told'] === undefined) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every(
    (name) => name === 'told' || name === 'untold_since' || before[name] === after[name],
  );
}

/** The last state of a row before that place in the order of everything. */
export function lastBefore<T extends { order: number }>(
  moments: readonly T[] | undefined,
  order: number,
): T | undefined {
  return moments?.filter((moment) => moment.order < order).at(-1);
}

/** True where a person wrote the row between two places in the order of everything. */
export function isEditedBetween(
  moments: readonly RowMoment[] | undefined,
  from: number,
  until: number,
): boolean {
  return moments?.some(({ order, isOurs }) => !isOurs && order > from && order < until) ?? false;
}

/**
 * The record of the intent to send: the last moment at which the functions could learn of an edit. People may edit the row
 * between it and the sending.
 */
export function intentOf(
  moments: readonly RowMoment[] | undefined,
  { order }: Sending,
): RowMoment | undefined {
  const ours = moments?.filter((moment) => moment.isOurs);
  const last = lastBefore(ours, order);
  return last?.state['status'] === 'Rebooting' ? last : undefined;
}

/** A RebootInstance call that had an effect, or that may have had one as far as its sender knows. */
export interface Sending {
  at: number;
  order: number;
  instanceId: string;
  /** True when ECS restarted the instance for it. */
  isEffective: boolean;
  /** The id that ECS gave to the call; absent when the call did not arrive. */
  requestId?: string;
}

/** Outcomes that leave open whether ECS did something. All other codes mean that it did nothing. */
const leavesOpen = /^(InternalError|ServiceUnavailable|html|OK)/;

/** All RebootInstance calls except dry runs and clean refusals, oldest first. */
export function sendingsIn({ ecs, sendings }: Evidence): readonly Sending[] {
  return sendings ?? arrivals(ecs);
}

function arrivals(ecs: EcsCore): Sending[] {
  return ecs.record
    .calls('RebootInstance')
    .filter((call) => call.params['DryRun'] !== 'true' && !isCleanRefusal(call))
    .map((call) => ({
      at: call.at,
      order: call.order,
      instanceId: call.params['InstanceId'] ?? '',
      isEffective: call.reached && call.outcome === 'OK',
      requestId: call.requestId,
    }));
}

function isCleanRefusal(call: Readonly<CallEntry>): boolean {
  const hasAnswer = call.fault === undefined || call.fault === 'error' || call.fault === 'delay';
  return hasAnswer && !leavesOpen.test(call.outcome);
}

/** The published events that this project answers. */
export function rebootEvents(ecs: EcsCore): EventView[] {
  return ecs.events().filter((event) => event.type === 'SystemMaintenance.Reboot');
}

/** The JSON array of texts in a column of a row; empty when there is none. */
export function listIn(state: RowState, column: string): string[] {
  const text = state[column];
  if (typeof text !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}
