// One suite for both ways to the local Tablestore: Alibaba's client over a socket, and no socket at all. What the
// simulation meets is what the wire shows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  infMax,
  infMin,
  sortWriteFault,
  TablestoreFault,
  type Cell,
  type Cells,
  type Condition,
  type KeyBound,
  type RowWrite,
  type Tablestore,
} from '../../lib/alibaba/tablestore/api.ts';
import { openClient, tablestoreOf } from '../../lib/alibaba/tablestore/sdk-api.ts';
import { realClock } from '../cloud/clock.ts';
import { Faults, type Fault } from '../cloud/faults.ts';
import { planFor } from '../cloud/tablestore/fault-plan.ts';
import { TablestoreCore } from '../cloud/tablestore/core/tablestore-core.ts';
import { startTablestore } from '../cloud/tablestore/server.ts';
import { inProcessTablestore } from './tablestore.ts';

interface World {
  tablestore: Tablestore;
  faults: Faults;
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function core(): TablestoreCore {
  const made = new TablestoreCore({ now: () => realClock.now() });
  made.createTable({
    tableName: 't',
    primaryKey: [
      { name: 'p', type: 'STRING' },
      { name: 'k', type: 'STRING' },
    ],
    definedColumns: [{ name: 'due', type: 'INTEGER' }],
    options: { timeToLive: -1, maxVersions: 1 },
    indexes: [
      { name: 't_due', primaryKey: ['p', 'due', 'k'], definedColumns: [], type: 'LOCAL', updateMode: 'SYNC' },
    ],
  });
  return made;
}

async function overASocket(): Promise<World> {
  const faults = new Faults();
  const credentials = (id: string): { secret: string } | undefined =>
    id === 'key' ? { secret: 'secret' } : undefined;
  const server = await startTablestore({
    core: core(),
    clock: realClock,
    faults,
    credentials,
    instance: 'local',
  });
  closing.push(() => server.close());
  const client = openClient(server, { accessKeyId: 'key', accessKeySecret: 'secret' });
  return { faults, tablestore: tablestoreOf(client) };
}

function inProcess(): Promise<World> {
  const faults = new Faults();
  const tablestore = inProcessTablestore(core(), async (operation, work) => {
    await Promise.resolve();
    const { doesWork, outcome } = planFor(faults.take(operation, undefined));
    if (outcome.kind === 'error') throw new TablestoreFault(outcome.error.message, outcome.error.code);
    if (!doesWork) throw new TablestoreFault('no answer', undefined);
    const result = work();
    if (outcome.kind !== 'result') throw new TablestoreFault('no answer', undefined);
    return result;
  });
  return Promise.resolve({ faults, tablestore });
}

const key = (k: string): { p: string; k: string } => ({ p: 'a', k });

const putting = (k: string, put: Cells, condition: Condition = { row: 'any' }): RowWrite => ({
  kind: 'put',
  key: key(k),
  put,
  condition,
});

const updating = (k: string, put: Cells, condition: Condition, remove: string[] = []): RowWrite => ({
  kind: 'update',
  key: key(k),
  put,
  remove,
  condition,
});

const all: { from: KeyBound; to: KeyBound } = { from: { p: 'a', k: infMin }, to: { p: 'a', k: infMax } };

describe.each([
  ['over a socket', overASocket],
  ['in process', inProcess],
])('Tablestore %s', (_, open) => {
  let tablestore: Tablestore;
  let faults: Faults;

  beforeEach(async () => {
    ({ tablestore, faults } = await open());
  });

  const cellsOf = async (k: string): Promise<Cells | undefined> =>
    (await tablestore.batchGet('t', [key(k)]))[0]?.cells;

  /** The fault's code, and how a writer takes it; `applied` where there is none. */
  const faultOf = async (write: RowWrite): Promise<string> => {
    try {
      await tablestore.write('t', write);
      return 'applied';
    } catch (thrown) {
      if (!(thrown instanceof TablestoreFault)) throw thrown;
      return `${thrown.code ?? 'no code'} ${sortWriteFault(thrown.code)}`;
    }
  };

  it.each<[string, Cell]>([
    ['a STRING', 'läuft 在'],
    ['an empty STRING', ''],
    ['an INTEGER', 7n],
    ['an INTEGER beyond what a number holds', 9_007_199_254_740_993n],
    ['a negative INTEGER', -1n],
    ['a DOUBLE', 3.5],
    ['a DOUBLE without a fraction', 3],
    ['a BOOLEAN', true],
    ['BINARY', Uint8Array.of(0, 255)],
  ])('keeps %s as it is', async (_name, cell) => {
    await tablestore.write('t', putting('1', { c: cell }));
    const read = (await cellsOf('1'))?.['c'];
    expect(read instanceof Uint8Array ? Uint8Array.from(read) : read).toEqual(cell);
  });

  it('puts and removes single columns, and leaves the others', async () => {
    await tablestore.write('t', putting('1', { a: 'x', b: 'y', c: 'z' }));
    await tablestore.write('t', updating('1', { a: 'X' }, { row: 'must-exist' }, ['b']));
    expect(await cellsOf('1')).toEqual({ a: 'X', c: 'z' });
    await tablestore.write('t', putting('1', { d: 'only' }));
    expect(await cellsOf('1')).toEqual({ d: 'only' });
  });

  it('looks at the row’s existence first', async () => {
    expect(await faultOf(updating('1', { a: 'x' }, { row: 'must-exist' }))).toBe(
      'OTSConditionCheckFail lost',
    );
    expect(await faultOf(putting('1', { a: 'x' }, { row: 'must-not-exist' }))).toBe('applied');
    expect(await faultOf(putting('1', { a: 'x' }, { row: 'must-not-exist' }))).toBe(
      'OTSConditionCheckFail lost',
    );
    expect(await faultOf(updating('1', { a: 'y' }, { row: 'must-exist' }))).toBe('applied');
  });

  it.each<[string, Cells, string]>([
    ['every column equals', { s: 'x', i: 7n, b: false, d: 0.5 }, 'applied'],
    ['one text differs', { s: 'y', i: 7n }, 'OTSConditionCheckFail lost'],
    ['one integer differs', { s: 'x', i: 8n }, 'OTSConditionCheckFail lost'],
    ['an integer is compared with a double', { i: 7 }, 'OTSConditionCheckFail lost'],
    ['a column is missing', { none: 'x' }, 'OTSConditionCheckFail lost'],
  ])('where %s', async (_name, equals, outcome) => {
    await tablestore.write('t', putting('1', { s: 'x', i: 7n, b: false, d: 0.5 }));
    expect(await faultOf(updating('1', { done: 'yes' }, { row: 'must-exist', equals }))).toBe(outcome);
    expect((await cellsOf('1'))?.['done']).toBe(outcome === 'applied' ? 'yes' : undefined);
  });

  it('reads a range of the table, page by page', async () => {
    for (const k of ['1', '2', '3']) await tablestore.write('t', putting(k, { n: k }));
    await tablestore.write('t', { ...putting('9', {}), key: { p: 'b', k: '9' }, put: { n: 'other' } });
    const first = await tablestore.getRange({ table: 't', ...all, limit: 2 });
    expect(first.rows.map((row) => row.key)).toEqual([key('1'), key('2')]);
    expect(first.next).toEqual(key('3'));
    const rest = await tablestore.getRange({ table: 't', ...all, from: first.next ?? all.from });
    expect(rest.rows).toEqual([{ key: key('3'), cells: { n: '3' } }]);
    expect(rest.next).toBeUndefined();
  });

  it('reads a range of the index, in its order, without the rows that lack the column', async () => {
    await tablestore.write('t', putting('1', { due: 30n }));
    await tablestore.write('t', putting('2', { due: 10n }));
    await tablestore.write('t', putting('3', { other: 'x' }));
    await tablestore.write('t', putting('4', { due: 31n }));
    const { rows } = await tablestore.getRange({
      table: 't_due',
      from: { p: 'a', due: infMin, k: infMin },
      to: { p: 'a', due: 31n, k: infMin },
    });
    expect(rows.map((row) => row.key)).toEqual([
      { p: 'a', due: 10n, k: '2' },
      { p: 'a', due: 30n, k: '1' },
    ]);
    await tablestore.write('t', updating('2', {}, { row: 'must-exist' }, ['due']));
    const after = await tablestore.getRange({
      table: 't_due',
      from: { p: 'a', due: infMin, k: infMin },
      to: { p: 'a', due: infMax, k: infMin },
    });
    expect(after.rows.map((row) => row.key['k'])).toEqual(['1', '4']);
  });

  it('leaves out rows by a column’s value, and keeps those without the column', async () => {
    await tablestore.write('t', putting('1', { status: 'Avoided', n: 'x' }));
    await tablestore.write('t', putting('2', { status: 'Planned', n: 'x' }));
    await tablestore.write('t', putting('3', { n: 'x' }));
    await tablestore.write('t', putting('4', { status: 'Missed', n: 'x' }));
    const unless = { column: 'status', in: ['Avoided', 'Missed'] };
    const { rows } = await tablestore.getRange({ table: 't', ...all, unless });
    expect(rows.map((row) => row.key['k'])).toEqual(['2', '3']);
  });

  it('gets the rows that exist', async () => {
    await tablestore.write('t', putting('1', { n: 'x' }));
    expect(await tablestore.batchGet('t', [key('9'), key('1')])).toEqual([
      { key: key('1'), cells: { n: 'x' } },
    ]);
  });

  it('writes a batch row by row: one that fails stops no other', async () => {
    await tablestore.write('t', putting('2', { n: 'old' }));
    await tablestore.write('t', putting('3', { n: 'old' }));
    const results = await tablestore.batchWrite('t', [
      putting('1', { n: 'x' }),
      putting('2', { n: 'x' }, { row: 'must-not-exist' }),
      updating('3', { n: 'new' }, { row: 'must-exist', equals: { n: 'old' } }),
    ]);
    expect(results).toEqual([
      { ok: true },
      { ok: false, code: 'OTSConditionCheckFail', message: 'Condition check failed.' },
      { ok: true },
    ]);
    expect([await cellsOf('1'), await cellsOf('2'), await cellsOf('3')]).toEqual([
      { n: 'x' },
      { n: 'old' },
      { n: 'new' },
    ]);
  });

  it('refuses what is wrong with the documented code', async () => {
    expect(await faultOf({ ...putting('1', {}), key: { p: 'a' } })).toBe('OTSInvalidPK refused');
    await expect(tablestore.getRange({ table: 'none', ...all })).rejects.toMatchObject({
      code: 'OTSObjectNotExist',
    });
    const many = Array.from({ length: 201 }, (__, index) => putting(`m-${index}`, { n: 'x' }));
    await expect(tablestore.batchWrite('t', many)).rejects.toMatchObject({ code: 'OTSParameterInvalid' });
  });

  it.each<[string, Fault, string, boolean]>([
    [
      'a conflict',
      { kind: 'error', status: 409, code: 'OTSRowOperationConflict' },
      'OTSRowOperationConflict not-applied',
      false,
    ],
    [
      'a busy server',
      { kind: 'error', status: 503, code: 'OTSServerBusy' },
      'OTSServerBusy not-applied',
      false,
    ],
    [
      'a time-out of the server',
      { kind: 'error', status: 503, code: 'OTSTimeout' },
      'OTSTimeout unknown',
      false,
    ],
    [
      'bad credentials',
      { kind: 'error', status: 403, code: 'OTSAuthFailed' },
      'OTSAuthFailed refused',
      false,
    ],
    ['a reset before the work', { kind: 'reset', when: 'before' }, 'no code unknown', false],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 'no code unknown', true],
    ['an empty answer', { kind: 'empty' }, 'no code unknown', true],
  ])('shows %s as the same thing', async (_name, fault, outcome, isApplied) => {
    faults.add({ operation: 'PutRow', fault });
    expect(await faultOf(putting('1', { n: 'x' }))).toBe(outcome);
    expect(await cellsOf('1')).toEqual(isApplied ? { n: 'x' } : undefined);
  });
});
