// A record made by hand, with no code of the product: what an account's cloud would hold if the functions had done this.
import { VirtualClock } from '../cloud/clock.ts';
import { EcsCore } from '../cloud/ecs/core/core.ts';
import { EcsError } from '../cloud/ecs/core/ecs-errors.ts';
import { moveOn } from '../cloud/ecs/test-ecs.ts';
import { newSequence } from '../cloud/sequence.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import type { Limits } from './evidence.ts';
import { brokenPromises } from './promises.ts';

export const start = Date.parse('2026-12-01T18:00:00Z');
export const minute = 60_000;

type Tags = Readonly<Record<string, string>>;
type Columns = Readonly<Record<string, ColumnValue | undefined>>;

/**
 * One account with instance i-1 and its event e-1, due in a day, at the moment at which its plan's interval begins. All
 * is about i-1 unless another instance is named.
 */
export class HandMade {
  readonly clock = new VirtualClock(start);
  readonly #sequence = newSequence();
  readonly #regions = new Map<string, string>();
  #writes = 0;
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
    this.affected('1', tags);
  }

  /** An instance and its event, due in a day: `i-1` and `e-1`. */
  affected(id: string, tags: Tags = {}, regionId = 'cn-hangzhou'): void {
    this.#regions.set(`i-${id}`, regionId);
    this.ecs.addInstance({ id: `i-${id}`, regionId, tags });
    this.ecs.addEvent({ id: `e-${id}`, instanceId: `i-${id}`, notBefore: start + 1_440 * minute });
  }

  /** Sets columns of the row as a function does, with a token of its own; undefined removes one. */
  row(columns: Columns, instanceId = 'i-1'): void {
    this.#writes += 1;
    this.edit({ ...columns, write_token: `token-${this.#writes}` }, instanceId);
  }

  /** Sets columns of the row as a person does. */
  edit(columns: Columns, instanceId = 'i-1'): void {
    this.#tables.updateRow({
      tableName: 'plans',
      primaryKey: [
        { name: 'region_id', value: this.#regions.get(instanceId) ?? '' },
        { name: 'instance_id', value: instanceId },
      ],
      condition: { rowExistence: 'IGNORE' },
      changes: Object.entries(columns).map(([name, value]) =>
        value === undefined ? { type: 'DELETE_ALL', name } : { type: 'PUT', name, value },
      ),
    });
  }

  /** The row as it stands right before RebootInstance may be sent. */
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

  /** Sends RebootInstance, with the fault that befalls its answer. */
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
    this.row({ status, reason: 'As it ended.', due_at: undefined, ...columns }, instanceId);
  }

  /** What was broken: promise, instance, and what. Limits are checked where they are given. */
  broken(isOver = true, limits?: Limits): string[] {
    const evidence = {
      ecs: this.ecs,
      writes: this.#tables.record,
      plansTable: 'plans',
      historyTable: 'history',
      ...(limits === undefined ? {} : { limits }),
    };
    return brokenPromises(evidence, isOver).map(
      ({ promise, instanceId, what }) => `${promise} ${instanceId} ${what}`,
    );
  }
}
