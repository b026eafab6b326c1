// One suite for both ways to the local Tablestore: refusals and failures, and how the adapter sorts them. In process the
// carrier loses the answers. The wire has its own words for a lost answer, so they are not compared.
import { expect, it } from 'vitest';
import {
  infMax,
  infMin,
  isPassing,
  sortWriteFault,
  TablestoreFault,
  type KeyBound,
  type RowWrite,
  type Tablestore,
} from '../../lib/alibaba/tablestore/api.ts';
import type { Fault } from '../cloud/faults.ts';
import { onEachWayToTablestore } from './ways.ts';

const putting = (k: string): RowWrite => ({
  kind: 'put',
  key: { p: 'a', k },
  put: { n: 'x' },
  condition: { row: 'any' },
});

const all: { from: KeyBound; to: KeyBound } = { from: { p: 'a', k: infMin }, to: { p: 'a', k: infMax } };
const everything: { from: KeyBound; to: KeyBound } = {
  from: { p: infMin, k: infMin },
  to: { p: infMax, k: infMax },
};
const many = (count: number): RowWrite[] => Array.from({ length: count }, (_, k) => putting(`${k}`));

/** The fault of a call. Fails if there is none. */
async function faultOf(call: Promise<unknown>): Promise<TablestoreFault> {
  try {
    await call;
  } catch (thrown) {
    if (thrown instanceof TablestoreFault) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

/** The names of all rows. */
async function rowsOf(tablestore: Tablestore): Promise<unknown[]> {
  return (await tablestore.getRange({ table: 't', ...all })).rows.map((row) => row.key['k']);
}

const refusals: [string, (tablestore: Tablestore) => Promise<unknown>, string, string][] = [
  [
    'a write to a table that does not exist',
    (tablestore) => tablestore.write('none', putting('1')),
    'OTSObjectNotExist',
    'Requested table does not exist.',
  ],
  [
    'a range of a table that does not exist',
    (tablestore) => tablestore.getRange({ table: 'none', ...all }),
    'OTSObjectNotExist',
    'Requested table does not exist.',
  ],
  [
    'rows of a table that does not exist',
    (tablestore) => tablestore.batchGet('none', [{ p: 'a', k: '1' }]),
    'OTSObjectNotExist',
    'Requested table does not exist.',
  ],
  [
    'a key with too few columns',
    (tablestore) => tablestore.write('t', { ...putting('1'), key: { p: 'a' } }),
    'OTSInvalidPK',
    'Validate PK size fail. Input: 1, Meta: 2.',
  ],
  [
    'a key with too many columns',
    (tablestore) => tablestore.write('t', { ...putting('1'), key: { p: 'a', k: '1', x: '1' } }),
    'OTSInvalidPK',
    'Validate PK size fail. Input: 3, Meta: 2.',
  ],
  [
    'a key with a wrong column name',
    (tablestore) => tablestore.write('t', { ...putting('1'), key: { p: 'a', x: '1' } }),
    'OTSInvalidPK',
    'Validate PK name fail. Input: x, Meta: k.',
  ],
  [
    'a key with its columns in the wrong order',
    (tablestore) => tablestore.write('t', { ...putting('1'), key: { k: '1', p: 'a' } }),
    'OTSInvalidPK',
    'Validate PK name fail. Input: k, Meta: p.',
  ],
  [
    'a key with a wrong type',
    (tablestore) => tablestore.write('t', { ...putting('1'), key: { p: 'a', k: 1n } }),
    'OTSInvalidPK',
    'Validate PK type fail. Input: VT_INTEGER, Meta: VT_STRING.',
  ],
  [
    'rows with a key of too few columns',
    (tablestore) => tablestore.batchGet('t', [{ p: 'a', k: '1' }, { p: 'a' }]),
    'OTSInvalidPK',
    'Validate PK size fail. Input: 1, Meta: 2.',
  ],
  [
    'a range with too few key columns',
    (tablestore) => tablestore.getRange({ table: 't', from: { p: 'a' }, to: { p: 'b' } }),
    'OTSInvalidPK',
    'Validate PK size fail. Input: 1, Meta: 2.',
  ],
  [
    'a range of the index with a text in place of an integer',
    (tablestore) =>
      tablestore.getRange({
        table: 't_due',
        from: { p: 'a', due: '1', k: infMin },
        to: { p: 'a', due: infMax, k: infMax },
      }),
    'OTSInvalidPK',
    'Validate PK type fail. Input: VT_STRING, Meta: VT_INTEGER.',
  ],
  [
    'a range that ends before it begins',
    (tablestore) => tablestore.getRange({ table: 't', from: all.to, to: all.from }),
    'OTSParameterInvalid',
    'Begin key must less than end key in FORWARD',
  ],
  [
    'a range that ends where it begins',
    (tablestore) => tablestore.getRange({ table: 't', from: all.from, to: all.from }),
    'OTSParameterInvalid',
    'Begin key must less than end key in FORWARD',
  ],
  [
    'an update without changes',
    (tablestore) => tablestore.write('t', { ...putting('1'), kind: 'update', put: {} }),
    'OTSParameterInvalid',
    'Attribute column is missing.',
  ],
  [
    'a write to a table with an invalid name',
    (tablestore) => tablestore.write('3t', putting('1')),
    'OTSParameterInvalid',
    "Invalid table name: '3t'.",
  ],
  [
    'a read of a table with an invalid name',
    (tablestore) => tablestore.getRange({ table: '', ...all }),
    'OTSParameterInvalid',
    "Invalid table name: ''.",
  ],
  [
    'a table name of 256 characters, in words that are longer than 127 bytes',
    (tablestore) => tablestore.batchGet('a'.repeat(256), [{ p: 'a', k: '1' }]),
    'OTSParameterInvalid',
    `Invalid table name: '${'a'.repeat(256)}'.`,
  ],
  [
    'a batch of a table with an invalid name, as a whole',
    (tablestore) => tablestore.batchWrite('-', many(2)),
    'OTSParameterInvalid',
    "Invalid table name: '-'.",
  ],
  [
    'a write of a column whose name begins with #',
    (tablestore) => tablestore.write('t', { ...putting('1'), put: { '#n': 'x' } }),
    'OTSParameterInvalid',
    "Invalid column name: '#n'.",
  ],
  [
    'a read of a column whose name begins with #',
    (tablestore) => tablestore.getRange({ table: 't', ...all, columns: ['#n'] }),
    'OTSParameterInvalid',
    "Invalid column name: '#n'.",
  ],
  [
    'a filter with more than 32 conditions, composites counted',
    (tablestore) =>
      tablestore.getRange({
        table: 't',
        ...all,
        where: { column: 'n', notIn: Array.from({ length: 32 }, (_, i) => `${i}`) },
      }),
    'OTSParameterInvalid',
    'The count of filter exceeds the max: 32.',
  ],
  [
    'a write of more than 1,024 columns',
    (tablestore) =>
      tablestore.write('t', {
        ...putting('1'),
        put: Object.fromEntries(Array.from({ length: 1025 }, (_, i) => [`c${i}`, 'x'])),
      }),
    'OTSParameterInvalid',
    'The number of attribute columns exceeds the limit, limit count: 1024, column count: 1025.',
  ],
  [
    'NaN as a DOUBLE',
    (tablestore) => tablestore.write('t', { ...putting('1'), put: { n: NaN } }),
    'OTSParameterInvalid',
    "NaN can't be set to double value.",
  ],
  [
    'a key of more than 1 KB',
    (tablestore) => tablestore.write('t', putting('x'.repeat(1_025))),
    'OTSParameterInvalid',
    "The length of primary key column: 'k' exceeds the MaxLength:1024 with CurrentLength:1025.",
  ],
  [
    'a write to the index',
    (tablestore) => tablestore.write('t_due', { ...putting('1'), key: { p: 'a', due: 1n, k: '1' } }),
    'OTSParameterInvalid',
    "Can't write index table directly.",
  ],
  [
    'a batch that writes more than 200 rows',
    (tablestore) => tablestore.batchWrite('t', many(201)),
    'OTSParameterInvalid',
    'Rows count exceeds the upper limit: 200.',
  ],
  [
    'a batch that gets more than 100 rows',
    (tablestore) =>
      tablestore.batchGet(
        't',
        many(101).map((write) => write.key),
      ),
    'OTSParameterInvalid',
    'Rows count exceeds the upper limit: 100.',
  ],
  [
    'a batch that writes no rows',
    (tablestore) => tablestore.batchWrite('t', []),
    'OTSParameterInvalid',
    "No operation is specified for table: 't'.",
  ],
  [
    'the same row twice in a batch, with a condition on its existence',
    (tablestore) =>
      tablestore.batchWrite('t', [putting('1'), { ...putting('1'), condition: { row: 'must-exist' } }]),
    'OTSParameterInvalid',
    'Repeated rows do not support row exist expectation check in BatchModify.',
  ],
];

/** One error of each kind: write-faults.test.ts has the table of codes. */
const answered: [string, number, string][] = [
  ['a conflict', 409, 'OTSRowOperationConflict'],
  ['a busy server', 503, 'OTSServerBusy'],
  ['a timeout', 503, 'OTSTimeout'],
  ['a failed condition', 403, 'OTSConditionCheckFail'],
  ['a missing permission', 403, 'OTSAuthFailed'],
];

/** Lost answers, and whether the work was done. */
const unanswered: [string, Fault, boolean][] = [
  ['a reset before the work', { kind: 'reset', when: 'before' }, false],
  ['a reset after the work', { kind: 'reset', when: 'after' }, true],
  ['a gateway’s page', { kind: 'html', status: 502 }, false],
];

onEachWayToTablestore((open) => {
  it.each(refusals)('refuses %s', async (_case, ask, code, words) => {
    const { tablestore } = await open();
    const fault = await faultOf(ask(tablestore));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(/^(Tablestore )?(GetRange|BatchGetRow|BatchWriteRow|PutRow|UpdateRow): /);
    const said = fault.message.replace(/ requestId:[\w-]+$/, '');
    expect(said.endsWith(`: ${code} ${words}`), fault.message).toBe(true);
    expect([sortWriteFault(fault.code), isPassing(fault.code)]).toEqual(['refused', false]);
    expect(await tablestore.getRange({ table: 't', ...everything })).toEqual({ rows: [] });
  });

  it('answers a batch that gets no rows of a table with no rows', async () => {
    const { tablestore } = await open();
    expect(await tablestore.batchGet('t', [])).toEqual([]);
  });

  it('takes a filter of 32 conditions, composites counted', async () => {
    const { tablestore } = await open();
    await tablestore.write('t', putting('1'));
    const notIn = Array.from({ length: 31 }, (_, i) => `${i}`);
    const { rows } = await tablestore.getRange({ table: 't', ...all, where: { column: 'n', notIn } });
    expect(rows).toHaveLength(1);
  });

  it('applies both changes of an update that puts and removes one column: the last wins', async () => {
    const { tablestore } = await open();
    await tablestore.write('t', { ...putting('1'), kind: 'update', remove: ['n'] });
    expect(await tablestore.batchGet('t', [{ p: 'a', k: '1' }])).toEqual([
      { key: { p: 'a', k: '1' }, cells: {} },
    ]);
  });

  it('takes 200 rows to write and 100 to get', async () => {
    const { tablestore } = await open();
    const results = await tablestore.batchWrite('t', many(200));
    expect(results).toEqual(Array.from({ length: 200 }, () => ({ ok: true })));
    const keys = many(100).map((write) => write.key);
    expect(await tablestore.batchGet('t', keys)).toHaveLength(100);
  });

  it('refuses each row of a batch if the table does not exist', async () => {
    const { tablestore } = await open();
    const missing = { ok: false, code: 'OTSObjectNotExist', message: 'Requested table does not exist.' };
    expect(await tablestore.batchWrite('none', many(2))).toStrictEqual([missing, missing]);
  });

  it.each(answered)('shows %s by its code, and nothing is written', async (_case, status, code) => {
    const { tablestore, faults } = await open();
    faults.add({ operation: '*', times: 5, fault: { kind: 'error', status, code } });
    const calls = [
      () => tablestore.write('t', putting('1')),
      () => tablestore.write('t', { ...putting('1'), kind: 'update' }),
      () => tablestore.batchWrite('t', many(2)),
      () => tablestore.getRange({ table: 't', ...all }),
      () => tablestore.batchGet('t', [{ p: 'a', k: '1' }]),
    ];
    for (const call of calls) {
      expect((await faultOf(call())).code).toBe(code);
    }
    expect(await rowsOf(tablestore)).toEqual([]);
  });

  it.each(unanswered)('leaves the outcome of a call unknown after %s', async (_case, fault, isDone) => {
    const { tablestore, faults } = await open();
    const calls: [string, () => Promise<unknown>][] = [
      ['PutRow', () => tablestore.write('t', putting('put'))],
      ['UpdateRow', () => tablestore.write('t', { ...putting('update'), kind: 'update' })],
      ['BatchWriteRow', () => tablestore.batchWrite('t', many(2))],
      ['GetRange', () => tablestore.getRange({ table: 't', ...all })],
      ['BatchGetRow', () => tablestore.batchGet('t', [{ p: 'a', k: '1' }])],
    ];
    for (const [operation, call] of calls) {
      faults.add({ operation, fault });
      await expectUnknown(call());
    }
    expect(await rowsOf(tablestore)).toEqual(isDone ? ['0', '1', 'put', 'update'] : []);
  });

  // Alibaba's client reads an empty body as an answer without rows. The adapter does not.
  it('leaves the outcome of a call unknown after an empty answer', async () => {
    const { tablestore, faults } = await open();
    faults.add({ operation: '*', times: 5, fault: { kind: 'empty' } });
    await expectUnknown(tablestore.batchWrite('t', many(2)));
    await expectUnknown(tablestore.batchGet('t', [{ p: 'a', k: '1' }]));
    await expectUnknown(tablestore.write('t', putting('put')));
    await expectUnknown(tablestore.write('t', { ...putting('update'), kind: 'update' }));
    await expectUnknown(tablestore.getRange({ table: 't', ...all }));
    expect(await rowsOf(tablestore)).toEqual(['0', '1', 'put', 'update']);
  });

  // On the wire this takes as long as the adapter's real deadline.
  it('leaves the outcome of a call unknown after half an answer or none', async () => {
    const rowsAfter = async (fault: Fault): Promise<unknown[]> => {
      const { tablestore, faults } = await open();
      faults.add({ operation: 'PutRow', fault });
      await expectUnknown(tablestore.write('t', putting('1')));
      return rowsOf(tablestore);
    };
    const rows = await Promise.all([
      rowsAfter({ kind: 'truncate' }),
      rowsAfter({ kind: 'stall', when: 'before' }),
      rowsAfter({ kind: 'stall', when: 'after' }),
    ]);
    expect(rows).toEqual([['1'], [], ['1']]);
  });

  it('leaves the outcome unknown if the answer with a refusal is lost', async () => {
    const { tablestore, faults } = await open();
    faults.add({ operation: 'PutRow', fault: { kind: 'reset', when: 'after' } });
    const refused: RowWrite = { ...putting('1'), condition: { row: 'must-exist' } };
    await expectUnknown(tablestore.write('t', refused));
    expect((await faultOf(tablestore.write('t', refused))).code).toBe('OTSConditionCheckFail');
    expect(await rowsOf(tablestore)).toEqual([]);
  });

  it('works normally after a fault', async () => {
    const { tablestore, faults } = await open();
    faults.add({ operation: 'PutRow', after: 1, fault: { kind: 'reset', when: 'before' } });
    await tablestore.write('t', putting('1'));
    await expectUnknown(tablestore.write('t', putting('2')));
    await tablestore.write('t', putting('3'));
    expect(await rowsOf(tablestore)).toEqual(['1', '3']);
  });
});

/** A fault without a code: a write may have been applied or not, and a read may be repeated. */
async function expectUnknown(call: Promise<unknown>): Promise<void> {
  const fault = await faultOf(call);
  expect([fault.code, sortWriteFault(fault.code), isPassing(fault.code)]).toEqual([
    undefined,
    'unknown',
    true,
  ]);
}
