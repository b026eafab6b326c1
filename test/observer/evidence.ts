// What an observer may look at: the local cloud's own record of what was called, written and what happened. Never what
// the code under test says of itself.
import type { EcsCore } from '../cloud/ecs/core/core.ts';
import type { CallEntry } from '../cloud/ecs/core/journal.ts';
import type { EventView } from '../cloud/ecs/core/types.ts';
import type { AppliedWrite } from '../cloud/tablestore/core/journal.ts';

/** How many may be down at once. */
export interface Limits {
  /** Of one region. */
  region: number;
  /** Of the instances with the same tag `reboot-planner:group`, within a region. */
  group: number;
}

export interface Evidence {
  ecs: EcsCore;
  writes: readonly AppliedWrite[];
  plansTable: string;
  historyTable: string;
  /** Where calls may be lost on their way: what left the callers. The cloud's record of arrivals unless given. */
  sendings?: readonly Sending[];
  /** Whether the functions could know of an event; they could of every one unless given. */
  couldKnow?: (event: EventView) => boolean;
  /** Most that a caller's clock may be off the cloud's, in milliseconds; 0 unless given. */
  skewMs?: number;
  /** How many may be down at once; not checked unless given. */
  limits?: Limits;
}

/** A row's columns as they stood after a write. */
export type RowState = Readonly<Record<string, unknown>>;

/** One state of one instance's row, and since when. */
export interface RowMoment {
  at: number;
  order: number;
  state: RowState;
  /** False where a person wrote it: every write of a function leaves a token of its own. */
  isOurs: boolean;
}

/** Every state of every row of the plans table, by instance, in order. */
export function rowHistories(evidence: Evidence): Map<string, RowMoment[]> {
  const histories = new Map<string, RowMoment[]>();
  for (const write of evidence.writes) {
    if (write.table !== evidence.plansTable || write.after === undefined) continue;
    const instanceId = String(write.primaryKey['instance_id']);
    const moments = histories.get(instanceId) ?? [];
    const isOurs = write.after['write_token'] !== moments.at(-1)?.state['write_token'];
    moments.push({ at: write.at, order: write.order, state: write.after, isOurs });
    histories.set(instanceId, moments);
  }
  return histories;
}

/** A RebootInstance call that may have had an effect, as far as its sender can know. */
export interface Sending {
  at: number;
  order: number;
  instanceId: string;
  /** True where ECS really restarted the instance for it. */
  isEffective: boolean;
  /** ECS's id of the call, where it arrived. */
  requestId?: string;
}

/** Codes with which ECS says that it did nothing; a server error says nothing. */
const saysNothing = /^(InternalError|ServiceUnavailable|html|OK)/;

/** All RebootInstance calls but dry runs and clean refusals, oldest first. */
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
  return hasAnswer && !saysNothing.test(call.outcome);
}

/** The published events that this project answers. */
export function rebootEvents(ecs: EcsCore): EventView[] {
  return ecs.events().filter((event) => event.type === 'SystemMaintenance.Reboot');
}

/** A JSON array of texts in a row's column; empty where there is none. */
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
