// A record that a test writes by hand, without code of the product: what the cloud would hold if the functions had done it.
import { VirtualClock } from '../cloud/clock.ts';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import { EcsError } from '../cloud/ecs/core/ecs-errors.ts';
import { moveOn } from '../cloud/ecs/test-ecs.ts';
import { newSequence } from '../cloud/sequence.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { rowHistories, type Evidence, type Execution, type Limits, type OperatorEdit } from './evidence.ts';
import { brokenPromises } from './promises.ts';

export const start = Date.parse('2026-12-01T18:00:00Z');
export const minute = 60_000;

type Tags = Readonly<Record<string, string>>;
type Columns = Readonly<Record<string, ColumnValue | undefined>>;

/**
 * One account with instance i-1 and its event e-1, due in a day. The interval of its plan begins now. Each method is about
 * i-1 unless it gets another instance.
 */
export class HandMade {
  readonly clock = new VirtualClock(start);
  readonly #sequence = newSequence();
  readonly #regions = new Map<string, string>();
  readonly #edits: OperatorEdit[] = [];
  #writes = 0;
  /** More of the evidence: the settings, the runs of plan. */
  more: Partial<Evidence> = {};
  readonly ecs = new EcsCore({
    now: () => this.clock.now(),
    options: { jitter: 0 },
    sequence: this.#sequence,
  });
  readonly #tables = new TablestoreCore({ now: () => this.clock.now(), sequence: this.#sequence });

  constructor(tags: Tags = {}) {
    this.#tables.createTable({
      tableName: 'plans',
      primaryKey: [
        { name: 'region_id', type: 'STRING' },
        { name: 'instance_id', type: 'STRING' },
      ],
      options: { timeToLive: -1, maxVersions: 1 },
    });
    this.#tables.createTable({
      tableName: 'history',
      primaryKey: [
        { name: 'instance_id', type: 'STRING' },
        { name: 'plan_id', type: 'STRING' },
      ],
      options: { timeToLive: -1, maxVersions: 1 },
    });
    this.affected('1', tags);
  }

  /** Adds an instance and its event, due in a day: `i-2` and `e-2` for the id 2. */
  affected(id: string, tags: Tags = {}, regionId = 'cn-hangzhou'): void {
    this.#regions.set(`i-${id}`, regionId);
    this.ecs.addInstance({ id: `i-${id}`, regionId, tags });
    this.ecs.addEvent({ id: `e-${id}`, instanceId: `i-${id}`, notBefore: start + 1_440 * minute });
  }

  /** Sets columns of the row as a function does, with a new token; undefined removes a column. */
  row(columns: Columns, instanceId = 'i-1'): void {
    this.#writes += 1;
    this.#set({ ...columns, write_token: `token-${this.#writes}` }, instanceId);
  }

  /** Sets columns of the row as a person does. */
  edit(columns: Columns, instanceId = 'i-1'): void {
    const saw = rowHistories(this.evidence()).get(instanceId)?.at(-1)?.state ?? {};
    this.#set(columns, instanceId);
    const order = this.#tables.record.at(-1)?.order ?? 0;
    this.#edits.push({ at: this.clock.now(), order, instanceId, wrote: columns, saw });
  }

  /** Writes the row that stops all, or this region; undefined deletes it. */
  stop(columns: Columns | undefined, place = '*'): void {
    if (columns !== undefined) return this.#write(columns, ['*', place]);
    const condition = { rowExistence: 'IGNORE' } as const;
    this.#tables.deleteRow({ tableName: 'plans', primaryKey: keyOf('*', place), condition });
  }

  /** Copies the row to the history, with other values in some columns. */
  copy(changes: Columns = {}, instanceId = 'i-1'): void {
    const state = rowHistories(this.evidence()).get(instanceId)?.at(-1)?.state ?? {};
    const { plan_id: planId, ...columns } = { ...state, ...changes } as Record<string, ColumnValue>;
    this.#tables.putRow({
      tableName: 'history',
      primaryKey: [
        { name: 'instance_id', value: instanceId },
        { name: 'plan_id', value: String(planId) },
      ],
      condition: { rowExistence: 'IGNORE' },
      columns: Object.entries(columns).map(([name, value]) => ({ name, value })),
    });
  }

  /** Takes the row out of the plans table. */
  leave(instanceId = 'i-1'): void {
    const primaryKey = keyOf(this.#regions.get(instanceId) ?? '', instanceId);
    this.#tables.deleteRow({ tableName: 'plans', primaryKey, condition: { rowExistence: 'IGNORE' } });
  }

  #set(columns: Columns, instanceId: string): void {
    this.#write(columns, [this.#regions.get(instanceId) ?? '', instanceId]);
  }

  #write(columns: Columns, key: [regionId: string, instanceId: string]): void {
    this.#tables.updateRow({
      tableName: 'plans',
      primaryKey: keyOf(...key),
      condition: { rowExistence: 'IGNORE' },
      changes: Object.entries(columns).map(([name, value]) =>
        value === undefined ? { type: 'DELETE_ALL', name } : { type: 'PUT', name, value },
      ),
    });
  }

  /** Writes the row as it is right before RebootInstance may be sent. */
  intend(columns: Columns = {}, instanceId = 'i-1'): void {
    const eventId = instanceId.replace('i', 'e');
    const standing = {
      status: 'Rebooting',
      reason: 'RebootInstance is being sent.',
      plan_id: eventId,
      event_ids: JSON.stringify([eventId]),
      execute_at: '2026-12-01T18:00:00Z',
      latest_start: '2026-12-01T20:45:00Z',
      due_at: BigInt(start),
    };
    this.row({ ...standing, ...columns }, instanceId);
  }

  /** Sends RebootInstance; `fault` happens to its answer. */
  send(fault?: string, instanceId = 'i-1'): void {
    this.ecs.call('RebootInstance', { InstanceId: instanceId }, fault);
  }

  /** Sends a RebootInstance that does not reach ECS. */
  sendInto(fault: string, code = fault): void {
    const error = new EcsError(403, code, 'No.');
    this.ecs.refuse('RebootInstance', { InstanceId: 'i-1' }, error, fault);
  }

  pass(ms: number): void {
    moveOn(this.clock, ms);
    this.ecs.settle();
  }

  end(status: string, columns: Columns = {}, instanceId = 'i-1'): void {
    this.row({ status, reason: 'The end.', due_at: undefined, ...columns }, instanceId);
  }

  /** The record as an observer may see it. */
  evidence(): Evidence {
    const tables = { writes: this.#tables.record, plansTable: 'plans', historyTable: 'history' };
    return { ecs: this.ecs, ...tables, edits: this.#edits, ...this.more };
  }

  /** The broken promises, as `promise instance what`. Limits and executions are checked when they are given. */
  broken(isOver = true, limits?: Limits, executions: readonly Execution[] = []): string[] {
    const evidence = { ...this.evidence(), ...(limits === undefined ? {} : { limits }), executions };
    return brokenPromises(evidence, isOver).map(
      ({ promise, instanceId, what }) => `${promise} ${instanceId} ${what}`,
    );
  }
}

function keyOf(regionId: string, instanceId: string): { name: string; value: string }[] {
  return [
    { name: 'region_id', value: regionId },
    { name: 'instance_id', value: instanceId },
  ];
}
