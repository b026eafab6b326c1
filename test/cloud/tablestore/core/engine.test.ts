// What only the engine shows, and no client: key order, the journal, request ids, readiness, limits and index
// creation.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../clock.ts';
import { advance, START } from '../testing/subject.ts';
import { compareKeys, type Key } from './key.ts';
import { RowStore } from './row-store.ts';
import type { CreateTableRequest, GetRangeRequest } from './requests.ts';
import { TablestoreCore, type CoreOptions } from './tablestore-core.ts';
import { compareStrings, INF_MAX, INF_MIN } from './values.ts';

const TABLE: CreateTableRequest = {
  tableName: 't',
  primaryKey: [{ name: 'id', type: 'INTEGER' }],
  definedColumns: [{ name: 'due', type: 'INTEGER' }],
  options: { timeToLive: -1, maxVersions: 1 },
};

function started(options: Partial<CoreOptions> = {}): { core: TablestoreCore; clock: VirtualClock } {
  const clock = new VirtualClock(START);
  const core = new TablestoreCore({ now: () => clock.now(), ...options });
  core.createTable(TABLE);
  return { core, clock };
}

const id = (value: bigint): { name: string; value: bigint }[] => [{ name: 'id', value }];
const IGNORE = { rowExistence: 'IGNORE' } as const;

const everything = (more: Partial<GetRangeRequest> = {}): GetRangeRequest => ({
  tableName: 't',
  direction: 'FORWARD',
  start: [{ name: 'id', value: INF_MIN }],
  end: [{ name: 'id', value: INF_MAX }],
  maxVersions: 1,
  ...more,
});

describe('the order of keys', () => {
  it('is the order of the UTF-8 bytes', () => {
    const any = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(any, any, (a, b) => {
        expect(Math.sign(compareStrings(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is kept in a store after any writes, in both directions', () => {
    const key: fc.Arbitrary<Key> = fc.tuple(fc.bigInt({ min: 0n, max: 5n }), fc.constantFrom('', 'a', 'b'));
    const write = fc.tuple(key, fc.boolean());
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), key, key, (writes, from, to) => {
        const store = new RowStore();
        const model = new Map<string, Key>();
        for (const [written, stays] of writes) {
          if (stays) store.set({ key: written, cells: new Map() });
          else store.delete(written);
          if (stays) model.set(written.join('/'), written);
          else model.delete(written.join('/'));
        }
        const sorted = [...model.values()].sort(compareKeys);
        const inRange = (k: Key): boolean => compareKeys(k, from) >= 0 && compareKeys(k, to) < 0;
        expect([...store.forward(from, to)].map((row) => row.key)).toEqual(sorted.filter(inRange));
        const backward = sorted.filter((k) => compareKeys(k, from) <= 0 && compareKeys(k, to) > 0);
        expect([...store.backward(from, to)].map((row) => row.key)).toEqual(backward.reverse());
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('the journal', () => {
  it('lists each applied write with the attributes before and after, and no refused write', () => {
    const { core, clock } = started();
    core.putRow({
      tableName: 't',
      primaryKey: id(1n),
      condition: IGNORE,
      columns: [{ name: 'a', value: 'x' }],
    });
    advance(clock, 1000);
    const refused = { rowExistence: 'EXPECT_NOT_EXIST' } as const;
    expect(() =>
      core.putRow({ tableName: 't', primaryKey: id(1n), condition: refused, columns: [] }),
    ).toThrow('Condition check failed.');
    core.updateRow({
      tableName: 't',
      primaryKey: id(1n),
      condition: IGNORE,
      changes: [{ type: 'INCREMENT', name: 'n', value: 2n }],
    });
    core.deleteRow({ tableName: 't', primaryKey: id(1n), condition: IGNORE });
    const common = { table: 't', primaryKey: { id: 1n } };
    expect(core.record).toEqual([
      { ...common, order: 1, at: START, operation: 'PutRow', before: undefined, after: { a: 'x' } },
      {
        ...common,
        order: 2,
        at: START + 1000,
        operation: 'UpdateRow',
        before: { a: 'x' },
        after: { a: 'x', n: 2n },
      },
      {
        ...common,
        order: 3,
        at: START + 1000,
        operation: 'DeleteRow',
        before: { a: 'x', n: 2n },
        after: undefined,
      },
    ]);
  });

  it('does not change when the caller changes the written bytes', () => {
    const { core } = started();
    const bytes = Uint8Array.of(1);
    core.putRow({
      tableName: 't',
      primaryKey: id(1n),
      condition: IGNORE,
      columns: [{ name: 'a', value: bytes }],
    });
    bytes[0] = 9;
    expect(core.record[0]?.after).toEqual({ a: Uint8Array.of(1) });
  });
});

describe('the core', () => {
  it('counts request ids in the format of real ones', () => {
    const { core } = started();
    expect([core.nextRequestId(), core.nextRequestId()]).toEqual([
      '00050000-0000-0000-0001-0a0b0c0d0e0f',
      '00050000-0000-0000-0002-0a0b0c0d0e0f',
    ]);
  });

  it('keeps a table loading for the time in the settings', () => {
    const { core, clock } = started({ tableReadyAfterMs: 60_000 });
    advance(clock, 59_999);
    expect(core.describeTable({ tableName: 't' }).status).toBe('LOADING');
    expect(() => core.getRange(everything())).toThrow('The table is not ready.');
    advance(clock, 1);
    expect(core.describeTable({ tableName: 't' }).status).toBe('ACTIVE');
    expect(core.getRange(everything()).rows).toEqual([]);
  });

  it('refuses to read a local index while it is being built, but not its table', () => {
    const { core, clock } = started({ indexReadyAfterMs: 60_000 });
    const local = {
      primaryKey: ['id', 'due'],
      definedColumns: [],
      type: 'LOCAL',
      updateMode: 'SYNC',
    } as const;
    core.createIndex({ tableName: 't', index: { ...local, name: 'built' }, includeBaseData: true });
    const bound = (value: typeof INF_MIN | typeof INF_MAX): GetRangeRequest['start'] => [
      { name: 'id', value },
      { name: 'due', value },
    ];
    const read = (): unknown =>
      core.getRange(everything({ tableName: 'built', start: bound(INF_MIN), end: bound(INF_MAX) })).rows;
    const isBuilding = (): unknown => core.describeTable({ tableName: 't' }).indexes[0]?.isBuilding;
    const columns = [{ name: 'due', value: 5n }];
    core.putRow({ tableName: 't', primaryKey: id(1n), condition: IGNORE, columns });
    advance(clock, 59_999);
    expect(isBuilding()).toBe(true);
    expect(read).toThrow('Disallow read local index');
    expect(core.getRange(everything()).rows).toHaveLength(1);
    advance(clock, 1);
    expect(isBuilding()).toBe(false);
    expect(read()).toHaveLength(1);
  });

  it('scans at most 5,000 rows per GetRange', () => {
    const { core } = started();
    for (let i = 0n; i < 5001n; i++) {
      core.putRow({ tableName: 't', primaryKey: id(i), condition: IGNORE, columns: [] });
    }
    const { rows, next } = core.getRange(everything());
    expect(rows.length).toBe(5000);
    expect(next).toEqual(id(5000n));
  });

  it('scans at most 4 MB per GetRange', () => {
    const { core } = started();
    const columns = [{ name: 'a', value: 'x'.repeat(1_500_000) }];
    for (const i of [1n, 2n, 3n])
      core.putRow({ tableName: 't', primaryKey: id(i), condition: IGNORE, columns });
    const { rows, next, consumed } = core.getRange(everything());
    expect(rows.length).toBe(2);
    expect(next).toEqual(id(3n));
    // Twice 1,500,011 bytes are 732.4 times 4,096.
    expect(consumed).toEqual({ read: 733, write: 0 });
  });

  it('charges a filtered scan for the rows that it read', () => {
    const { core } = started();
    const columns = [{ name: 'a', value: 'x'.repeat(5000) }];
    core.putRow({ tableName: 't', primaryKey: id(1n), condition: IGNORE, columns });
    const filter = {
      type: 'SINGLE',
      column: 'b',
      comparator: 'EQUAL',
      value: 1n,
      passIfMissing: false,
    } as const;
    expect(core.getRange(everything({ filter }))).toEqual({ consumed: { read: 2, write: 0 }, rows: [] });
  });

  it('fills an index from existing rows only with includeBaseData, and drops it', () => {
    const { core } = started();
    const columns = [{ name: 'due', value: 5n }];
    core.putRow({ tableName: 't', primaryKey: id(1n), condition: IGNORE, columns });
    const index = {
      primaryKey: ['id', 'due'],
      definedColumns: [],
      type: 'LOCAL',
      updateMode: 'SYNC',
    } as const;
    core.createIndex({ tableName: 't', index: { ...index, name: 'full' }, includeBaseData: true });
    core.createIndex({ tableName: 't', index: { ...index, name: 'fresh' } });
    const rowsOf = (tableName: string): number =>
      core.getRange(
        everything({
          tableName,
          start: [
            { name: 'id', value: INF_MIN },
            { name: 'due', value: INF_MIN },
          ],
          end: [
            { name: 'id', value: INF_MAX },
            { name: 'due', value: INF_MAX },
          ],
        }),
      ).rows.length;
    expect([rowsOf('full'), rowsOf('fresh')]).toEqual([1, 0]);
    core.dropIndex({ tableName: 't', indexName: 'full' });
    expect(() => rowsOf('full')).toThrow('Requested table does not exist.');
    expect(() => core.dropIndex({ tableName: 't', indexName: 'full' })).toThrow(
      'Requested table does not exist.',
    );
  });
});
