// One suite for both ways to the local Tablestore: Alibaba's client over a socket, and no socket. It proves that the
// simulation sees what the wire shows. Here: rows. Refusals and faults are in tablestore-faults-conformance.test.ts.
import { expect, it } from 'vitest';
import {
  infMax,
  infMin,
  sortWriteFault,
  TablestoreFault,
  type Cell,
  type Cells,
  type Condition,
  type KeyBound,
  type Row,
  type RowFilter,
  type RowWrite,
  type Tablestore,
} from '../../lib/alibaba/tablestore/api.ts';
import { onEachWayToTablestore } from './ways.ts';

const key = (k: string): { p: string; k: string } => ({ p: 'a', k });

const putting = (k: string, put: Cells, condition: Condition = { row: 'any' }): RowWrite => ({
  kind: 'put',
  key: key(k),
  put,
  condition,
});

const updating = (
  k: string,
  put: Cells,
  condition: Condition = { row: 'any' },
  remove: string[] = [],
): RowWrite => ({ kind: 'update', key: key(k), put, remove, condition });

const all: { from: KeyBound; to: KeyBound } = { from: { p: 'a', k: infMin }, to: { p: 'a', k: infMax } };

const allByDue: { table: string; from: KeyBound; to: KeyBound } = {
  table: 't_due',
  from: { p: 'a', due: infMin, k: infMin },
  to: { p: 'a', due: infMax, k: infMax },
};

/** Writes these, in order. */
async function write(tablestore: Tablestore, ...writes: RowWrite[]): Promise<void> {
  for (const one of writes) await tablestore.write('t', one);
}

/** The columns of a row; undefined if there is no row. */
async function cellsOf(tablestore: Tablestore, k: string): Promise<Cells | undefined> {
  return (await tablestore.batchGet('t', [key(k)]))[0]?.cells;
}

/** The fault's code and how it is sorted; `applied` if there is no fault. */
async function outcomeOf(tablestore: Tablestore, one: RowWrite): Promise<string> {
  try {
    await tablestore.write('t', one);
    return 'applied';
  } catch (thrown) {
    if (!(thrown instanceof TablestoreFault)) throw thrown;
    return `${thrown.code ?? 'no code'} ${sortWriteFault(thrown.code)}`;
  }
}

const lost = 'OTSConditionCheckFail lost';
const keysOf = (rows: readonly Row[]): unknown[] => rows.map((row) => row.key['k']);

onEachWayToTablestore((open) => {
  it.each<[string, Cell]>([
    ['a STRING', 'läuft 在 😀'],
    ['an empty STRING', ''],
    ['an INTEGER', 7n],
    ['an INTEGER beyond what a number holds', 9_007_199_254_740_993n],
    ['the largest INTEGER', 9_223_372_036_854_775_807n],
    ['the smallest INTEGER', -9_223_372_036_854_775_808n],
    ['a DOUBLE', 3.5],
    ['a DOUBLE without a fraction', 3],
    ['the smallest DOUBLE above zero', 5e-324],
    ['true', true],
    ['false', false],
    ['BINARY', Buffer.from([0, 255, 10])],
    ['empty BINARY', Buffer.alloc(0)],
  ])('keeps %s unchanged, in the table and in conditions', async (_name, cell) => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { c: cell }));
    expect(await tablestore.batchGet('t', [key('1')])).toStrictEqual([{ key: key('1'), cells: { c: cell } }]);
    const { rows } = await tablestore.getRange({ table: 't', ...all });
    expect(rows).toStrictEqual([{ key: key('1'), cells: { c: cell } }]);
    const same = updating('1', { done: 'yes' }, { row: 'must-exist', equals: { c: cell } });
    expect(await outcomeOf(tablestore, same)).toBe('applied');
  });

  it('gives each caller a separate copy of BINARY', async () => {
    const { tablestore, core } = await open();
    const given = Uint8Array.of(1, 2);
    await write(tablestore, putting('1', { c: given }));
    given[0] = 9;
    const read = (await cellsOf(tablestore, '1'))?.['c'] as Uint8Array;
    read[1] = 9;
    expect(await cellsOf(tablestore, '1')).toStrictEqual({ c: Buffer.from([1, 2]) });
    expect(core.record[0]?.after).toEqual({ c: Uint8Array.of(1, 2) });
  });

  it('gives columns in the order of their names', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { z: 1n, a: 2n, B: 3n }), updating('1', { m: 4n }));
    expect(Object.entries((await cellsOf(tablestore, '1')) ?? {})).toEqual([
      ['B', 3n],
      ['a', 2n],
      ['m', 4n],
      ['z', 1n],
    ]);
  });

  it('replaces the row with a put', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { a: 'x', b: 'y' }), putting('1', { c: 'only' }));
    expect(await cellsOf(tablestore, '1')).toEqual({ c: 'only' });
    await write(tablestore, putting('1', {}));
    expect(await tablestore.batchGet('t', [key('1')])).toEqual([{ key: key('1'), cells: {} }]);
  });

  it('puts and removes single columns with an update, and keeps the others', async () => {
    const { tablestore } = await open();
    await write(
      tablestore,
      putting('1', { a: 'x', b: 'y', c: 'z' }),
      updating('1', { a: 'X' }, { row: 'must-exist' }, ['b', 'none']),
    );
    expect(await cellsOf(tablestore, '1')).toEqual({ a: 'X', c: 'z' });
  });

  it('creates a row with an update that puts, but not with one that only removes', async () => {
    const { tablestore } = await open();
    await write(tablestore, updating('1', { a: 'x' }), updating('2', {}, { row: 'any' }, ['a']));
    const { rows } = await tablestore.getRange({ table: 't', ...all });
    expect(rows).toEqual([{ key: key('1'), cells: { a: 'x' } }]);
  });

  it('keeps a row that has lost all its columns', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { a: 'x' }), updating('1', {}, { row: 'any' }, ['a']));
    expect(await cellsOf(tablestore, '1')).toEqual({});
    expect(await outcomeOf(tablestore, putting('1', {}, { row: 'must-not-exist' }))).toBe(lost);
  });

  it.each<[Condition['row'], string, string]>([
    ['must-exist', lost, 'applied'],
    ['must-not-exist', 'applied', lost],
    ['any', 'applied', 'applied'],
  ])('with the condition %s: %s if there is no row, %s if there is one', async (row, without, withOne) => {
    for (const writing of [putting, updating]) {
      const { tablestore } = await open();
      await write(tablestore, putting('there', { n: 'old' }));
      expect(await outcomeOf(tablestore, writing('missing', { n: 'new' }, { row }))).toBe(without);
      expect(await outcomeOf(tablestore, writing('there', { n: 'new' }, { row }))).toBe(withOne);
      expect(await cellsOf(tablestore, 'missing')).toEqual(without === 'applied' ? { n: 'new' } : undefined);
      expect(await cellsOf(tablestore, 'there')).toEqual({ n: withOne === 'applied' ? 'new' : 'old' });
    }
  });

  it.each<[string, Cells, string]>([
    ['every column equals', { s: 'x', i: 7n, b: false, d: 0.5 }, 'applied'],
    ['no column is compared', {}, 'applied'],
    ['a STRING differs', { s: 'X' }, lost],
    ['an INTEGER differs', { i: 8n }, lost],
    ['INTEGERs differ that are equal as numbers', { big: 9_007_199_254_740_992n }, lost],
    ['a BOOLEAN differs', { b: true }, lost],
    ['a DOUBLE differs', { d: 0.25 }, lost],
    ['one of several differs', { s: 'x', i: 7n, b: true }, lost],
    ['an INTEGER is compared with a DOUBLE', { i: 7 }, lost],
    ['a DOUBLE is compared with an INTEGER', { whole: 1n }, lost],
    ['an INTEGER is compared with a STRING', { i: '7' }, lost],
    ['a column is missing', { none: 'x' }, lost],
    ['a missing column is compared with false', { none: false }, lost],
    ['one of several is missing', { s: 'x', none: 'x' }, lost],
    ['a column of the key is the same', { p: 'a' }, 'applied'],
    ['a column of the key differs', { p: 'b' }, lost],
  ])('applies or loses a conditional update if %s', async (_name, equals, outcome) => {
    const { tablestore } = await open();
    const before = { s: 'x', i: 7n, big: 9_007_199_254_740_993n, b: false, d: 0.5, whole: 1 };
    await write(tablestore, putting('1', before));
    const condition = { row: 'must-exist', equals } as const;
    expect(await outcomeOf(tablestore, updating('1', { done: 'yes' }, condition))).toBe(outcome);
    expect(await cellsOf(tablestore, '1')).toEqual(
      outcome === 'applied' ? { ...before, done: 'yes' } : before,
    );
  });

  it('fails each condition on a column if there is no row', async () => {
    const { tablestore } = await open();
    const condition = { row: 'any', equals: { s: 'x' } } as const;
    expect(await outcomeOf(tablestore, putting('1', { s: 'x' }, condition))).toBe(lost);
    expect(await cellsOf(tablestore, '1')).toBeUndefined();
  });

  it('reads a range of the table from the smallest key to the largest, page by page', async () => {
    const { tablestore, core } = await open();
    for (const k of ['3', '1', '', '2']) await write(tablestore, putting(k, { n: k }));
    await write(tablestore, { ...putting('9', { n: 'other' }), key: { p: 'b', k: '9' } });
    core.settings.pageRows = () => 2;
    const first = await tablestore.getRange({ table: 't', ...all });
    expect(first).toStrictEqual({
      rows: [
        { key: key(''), cells: { n: '' } },
        { key: key('1'), cells: { n: '1' } },
      ],
      next: key('2'),
    });
    core.settings.pageRows = undefined;
    const rest = await tablestore.getRange({ table: 't', ...all, from: first.next ?? all.from });
    expect(rest).toStrictEqual({
      rows: [
        { key: key('2'), cells: { n: '2' } },
        { key: key('3'), cells: { n: '3' } },
      ],
    });
  });

  it('ends a page at the limit of the caller, and names the next key', async () => {
    const { tablestore } = await open();
    for (const k of ['1', '2', '3']) await write(tablestore, putting(k, {}));
    const answer = await tablestore.getRange({ table: 't', ...all, limit: 2 });
    expect(keysOf(answer.rows)).toEqual(['1', '2']);
    expect(answer.next).toStrictEqual(key('3'));
  });

  it('names no next key if the page ends with the last row', async () => {
    const { tablestore, core } = await open();
    await write(tablestore, putting('1', {}), putting('2', {}));
    core.settings.pageRows = () => 2;
    const answer = await tablestore.getRange({ table: 't', ...all });
    expect(keysOf(answer.rows)).toEqual(['1', '2']);
    expect(answer).not.toHaveProperty('next');
  });

  it('includes the start of a range and excludes its end', async () => {
    const { tablestore } = await open();
    for (const k of ['1', '2', '3']) await write(tablestore, putting(k, {}));
    const { rows } = await tablestore.getRange({ table: 't', from: key('1'), to: key('3') });
    expect(keysOf(rows)).toEqual(['1', '2']);
    const everything: { from: KeyBound; to: KeyBound } = {
      from: { p: infMin, k: infMin },
      to: { p: infMax, k: infMax },
    };
    expect(keysOf((await tablestore.getRange({ table: 't', ...everything })).rows)).toEqual(['1', '2', '3']);
  });

  it('reads a range of the index in its order, keys alone, without the rows that lack the column', async () => {
    const { tablestore } = await open();
    await write(
      tablestore,
      putting('1', { due: 30n, other: 'x' }),
      putting('2', { due: 10n }),
      putting('3', { other: 'x' }),
      putting('4', { due: 31n }),
      putting('5', { due: -1n }),
    );
    const to: KeyBound = { p: 'a', due: 31n, k: infMin };
    expect((await tablestore.getRange({ ...allByDue, to })).rows).toStrictEqual([
      { key: { p: 'a', due: -1n, k: '5' }, cells: {} },
      { key: { p: 'a', due: 10n, k: '2' }, cells: {} },
      { key: { p: 'a', due: 30n, k: '1' }, cells: {} },
    ]);
  });

  it('continues in the index at the next key', async () => {
    const { tablestore, core } = await open();
    for (const [k, due] of [
      ['1', 9n],
      ['2', 8n],
      ['3', 8n],
    ] as const)
      await write(tablestore, putting(k, { due }));
    core.settings.pageRows = () => 1;
    const first = await tablestore.getRange(allByDue);
    expect([keysOf(first.rows), first.next]).toEqual([['2'], { p: 'a', due: 8n, k: '3' }]);
    core.settings.pageRows = undefined;
    const rest = await tablestore.getRange({ ...allByDue, from: first.next ?? allByDue.from });
    expect(keysOf(rest.rows)).toEqual(['3', '1']);
  });

  it('updates the index together with the table', async () => {
    const { tablestore } = await open();
    await write(
      tablestore,
      putting('1', { due: 1n }),
      putting('2', { due: 2n }),
      putting('3', { due: 3n }),
      updating('1', {}, { row: 'must-exist' }, ['due']),
      updating('2', { due: 4n }),
      updating('3', { due: 'not an integer' }),
    );
    expect((await tablestore.getRange(allByDue)).rows.map((row) => row.key)).toEqual([
      { p: 'a', due: 4n, k: '2' },
    ]);
  });

  it('leaves out rows with certain values of a column, and keeps rows without the column', async () => {
    const { tablestore } = await open();
    await write(
      tablestore,
      putting('1', { status: 'Avoided' }),
      putting('2', { status: 'Planned' }),
      putting('3', { n: 'x' }),
      putting('4', { status: 'Missed' }),
      putting('5', {}),
    );
    const keysUnless = async (values: readonly string[]): Promise<unknown[]> => {
      const where = { column: 'status', notIn: values };
      return keysOf((await tablestore.getRange({ table: 't', ...all, where })).rows);
    };
    expect(await keysUnless(['Avoided', 'Missed'])).toEqual(['2', '3', '5']);
    expect(await keysUnless(['Avoided'])).toEqual(['2', '3', '4', '5']);
  });

  it('reads only the named columns; a key column among them keeps rows without the others', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { status: 'Planned', n: 'x' }), putting('2', { n: 'x' }));
    const range = { table: 't', ...all };
    expect((await tablestore.getRange({ ...range, columns: ['status'] })).rows).toStrictEqual([
      { key: key('1'), cells: { status: 'Planned' } },
    ]);
    expect((await tablestore.getRange({ ...range, columns: ['k', 'status'] })).rows).toStrictEqual([
      { key: key('1'), cells: { status: 'Planned' } },
      { key: key('2'), cells: {} },
    ]);
  });

  it('combines filters with AND and OR: a column that is a text, or has another value', async () => {
    const { tablestore } = await open();
    await write(
      tablestore,
      putting('1', { status: 'Planned' }),
      putting('2', { status: 'Planned', intent: 'now' }),
      putting('3', { status: 'Missed', intent: 'now' }),
      putting('4', { status: 'Verifying' }),
      putting('5', { intent: '' }),
      putting('6', { status: 'Planned', intent: '' }),
    );
    const where: RowFilter = {
      allOf: [
        { column: 'status', notIn: ['Missed'] },
        {
          anyOf: [
            { column: 'status', notIn: ['Planned', 'Waiting'] },
            { column: 'intent', atLeast: '' },
          ],
        },
      ],
    };
    expect(keysOf((await tablestore.getRange({ table: 't', ...all, where })).rows)).toEqual([
      '2',
      '4',
      '5',
      '6',
    ]);
  });

  it('gives an empty page with a next key if all scanned rows are left out', async () => {
    const { tablestore, core } = await open();
    core.settings.pageRows = () => 2;
    for (const k of ['1', '2', '3']) await write(tablestore, putting(k, { status: 'Avoided' }));
    const where = { column: 'status', notIn: ['Avoided'] };
    const answer = await tablestore.getRange({ table: 't', ...all, where });
    expect(answer).toStrictEqual({ rows: [], next: key('3') });
  });

  it('gives 5,000 rows per page and a next key', async () => {
    const { tablestore } = await open();
    const name = (index: number): string => String(index).padStart(4, '0');
    for (let start = 0; start <= 5_000; start += 200) {
      const rows = Array.from({ length: 200 }, (__, index) => putting(name(start + index), { n: 'x' }));
      await tablestore.batchWrite('t', rows);
    }
    const answer = await tablestore.getRange({ table: 't', ...all });
    expect(answer.rows).toHaveLength(5_000);
    expect(answer.next).toEqual(key('5000'));
  });

  it('gets the rows that exist, in the order of the request', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('1', { n: 'x' }), putting('2', {}));
    expect(await tablestore.batchGet('t', [key('9'), key('2'), key('1'), key('8')])).toStrictEqual([
      { key: key('2'), cells: {} },
      { key: key('1'), cells: { n: 'x' } },
    ]);
    expect(await tablestore.batchGet('t', [key('9')])).toEqual([]);
  });

  it('writes a batch row by row: a failed row does not stop the others', async () => {
    const { tablestore } = await open();
    await write(tablestore, putting('2', { n: 'old' }), putting('3', { n: 'old' }));
    const results = await tablestore.batchWrite('t', [
      putting('1', { n: 'x' }),
      putting('2', { n: 'x' }, { row: 'must-not-exist' }),
      { ...putting('4', { n: 'x' }), key: { p: 'a' } },
      { ...putting('4', { n: 'x' }), key: { p: 'a', k: 4n } },
      updating('5', {}),
      updating('3', { n: 'new' }, { row: 'must-exist', equals: { n: 'old' } }),
    ]);
    expect(results).toStrictEqual([
      { ok: true },
      { ok: false, code: 'OTSConditionCheckFail', message: 'Condition check failed.' },
      { ok: false, code: 'OTSInvalidPK', message: 'Validate PK size fail. Input: 1, Meta: 2.' },
      {
        ok: false,
        code: 'OTSInvalidPK',
        message: 'Validate PK type fail. Input: VT_INTEGER, Meta: VT_STRING.',
      },
      { ok: false, code: 'OTSParameterInvalid', message: 'Attribute column is missing.' },
      { ok: true },
    ]);
    expect((await tablestore.getRange({ table: 't', ...all })).rows).toEqual([
      { key: key('1'), cells: { n: 'x' } },
      { key: key('2'), cells: { n: 'old' } },
      { key: key('3'), cells: { n: 'new' } },
    ]);
  });

  it('leaves the same record of writes', async () => {
    const { tablestore, core } = await open();
    await write(tablestore, putting('1', { n: 1n }), updating('1', { m: 'x' }, { row: 'any' }, ['n']));
    await outcomeOf(tablestore, putting('1', {}, { row: 'must-not-exist' }));
    expect(core.record).toEqual([
      {
        at: expect.any(Number) as number,
        order: 1,
        table: 't',
        primaryKey: { p: 'a', k: '1' },
        operation: 'PutRow',
        before: undefined,
        after: { n: 1n },
      },
      {
        at: expect.any(Number) as number,
        order: 2,
        table: 't',
        primaryKey: { p: 'a', k: '1' },
        operation: 'UpdateRow',
        before: { n: 1n },
        after: { m: 'x' },
      },
    ]);
  });
});
