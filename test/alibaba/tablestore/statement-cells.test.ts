// The reason and the timeline of a row, as columns. People edit them. Whatever the columns hold, reading neither throws nor
// hangs, and the written text stays where its code and values cannot be believed.
import { describe, expect, it } from 'vitest';
import { decodePlan, encodePlan } from '../../../lib/alibaba/tablestore/plan-row.ts';
import {
  decodeReason,
  decodeTimeline,
  encodeReason,
  encodeTimeline,
} from '../../../lib/alibaba/tablestore/statement-cells.ts';
import { state, withAlso, type Statement } from '../../../lib/plan/statement.ts';
import type { Cells } from '../../../lib/alibaba/tablestore/api.ts';
import type { PlanRead } from '../../../lib/ports.ts';
import { at, planned } from './tablestore-on-loopback.ts';

const asWritten = { code: 'as-written', values: { text: 'As it stands.' } };

const read = (code: unknown, values: unknown): Statement => decodeReason('As it stands.', code, values);

describe('a reason as columns', () => {
  it('is the sentence, the code, and the values as JSON', () => {
    const { reason, ...data } = encodeReason(
      state('waits-for-group', { group: 'web', limit: 1, mates: ['i-2'] }),
    );
    expect(data).toEqual({
      reason_code: 'waits-for-group',
      reason_values: '{"group":"web","limit":1,"mates":["i-2"]}',
    });
    expect(reason).toContain('i-2');
  });

  it('keeps the statements that follow it, and those inside it', () => {
    const inner = state('backup-missing', { why: state('backup-failed', { ids: ['s-1'] }) });
    const reason = withAlso(inner, [state('undo-pre-command', { commandId: 'c-drain' })]);
    const cells = encodeReason(reason);
    expect(cells.reason_values).toBe(
      '{"why":{"code":"backup-failed","values":{"ids":["s-1"]}},"also":[{"code":"undo-pre-command","values":{"commandId":"c-drain"}}]}',
    );
    expect(decodeReason(cells.reason, cells.reason_code, JSON.parse(cells.reason_values))).toEqual(reason);
  });

  it('is the same text where it is as a person wrote it', () => {
    const cells = encodeReason(state('as-written', { text: 'As it stands.' }));
    expect(cells).toEqual({
      reason: 'As it stands.',
      reason_code: 'as-written',
      reason_values: '{"text":"As it stands."}',
    });
    expect(decodeReason('Edited again.', cells.reason_code, JSON.parse(cells.reason_values))).toEqual({
      code: 'as-written',
      values: { text: 'Edited again.' },
    });
  });

  it('is an empty text where the row has none', () => {
    expect(decodeReason(undefined, undefined, {})).toEqual({ code: 'as-written', values: { text: '' } });
  });
});

describe('a reason whose code somebody edited', () => {
  it.each([
    'made-up',
    'Avoided',
    '',
    ' edited',
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'valueOf',
    'hasOwnProperty',
  ])('stays as it is written where the code is "%s"', (code) => {
    expect(read(code, {})).toEqual(asWritten);
  });

  it.each([undefined, null, 7, true, ['edited'], { code: 'edited' }])(
    'stays as it is written where the code is %j',
    (code) => {
      expect(read(code, {})).toEqual(asWritten);
    },
  );

  it('stays as it is written where the values belong to another code', () => {
    expect(read('too-late', { eventIds: ['e-1'] })).toEqual(asWritten);
  });
});

describe('a reason whose values somebody edited', () => {
  const tooLate = { marginMs: 1_800_000, notBefore: '2026-12-03T02:00:00Z', timeZone: 'Asia/Shanghai' };

  it.each<[string, string, unknown]>([
    ['no JSON', 'edited', undefined],
    ['null', 'edited', null],
    ['a list', 'edited', []],
    ['a text', 'edited', 'values'],
    ['empty', 'too-late', {}],
    ['a text for a number', 'too-late', { ...tooLate, marginMs: '30m' }],
    ['a number without an end', 'too-late', { ...tooLate, marginMs: Infinity }],
    ['a time zone that does not exist', 'too-late', { ...tooLate, timeZone: 'Mars/Olympus' }],
    ['a text for a list', 'avoided', { eventIds: 'e-1' }],
    ['a list of numbers', 'avoided', { eventIds: [1] }],
    ['an object that looks like a list', 'avoided', { eventIds: { length: 1, 0: 'e-1' } }],
    ['faults without their parts', 'tag-faults', { faults: [{ what: 'Tag' }] }],
    ['another word', 'events-canceled', { eventIds: ['e-1'], sent: 'perhaps' }],
    ['a statement of an unknown code', 'ended', { status: 'Missed', why: { code: 'made-up', values: {} } }],
    [
      'a statement with the code constructor',
      'ended',
      { status: 'x', why: { code: 'constructor', values: {} } },
    ],
    ['a statement with the code toString', 'ended', { status: 'x', why: { code: 'toString', values: {} } }],
    ['a statement with the code __proto__', 'ended', { status: 'x', why: { code: '__proto__', values: {} } }],
    ['a statement without values', 'ended', { status: 'x', why: { code: 'too-late' } }],
    ['a text for a statement', 'ended', { status: 'x', why: 'because' }],
    ['also without a list', 'edited', { also: { code: 'edited', values: {} } }],
    ['also with an unknown code', 'edited', { also: [{ code: 'made-up', values: {} }] }],
    ['also with the code constructor', 'edited', { also: [{ code: 'constructor', values: {} }] }],
    ['also with a number', 'edited', { also: [5] }],
  ])('stays as it is written where the values are %s', (_, code, values) => {
    expect(read(code, values)).toEqual(asWritten);
  });

  it('keeps no prototype of a value', () => {
    const values: unknown = JSON.parse('{"__proto__":{"eventIds":["e-1"]},"constructor":{"prototype":{}}}');
    expect(read('avoided', values)).toEqual(asWritten);
    expect(({} as Record<string, unknown>)['eventIds']).toBeUndefined();
  });
});

/** The time that reading may take, on a busy machine. Each case takes milliseconds. A wrong one takes minutes. */
const limitMs = 10_000;

/** Statements in each other, as deep as this. */
function nested(depth: number): string {
  const open = '{"code":"ended","values":{"status":"Missed","why":';
  return `${open.repeat(depth)}{"code":"edited","values":{}}${'}}'.repeat(depth)}`;
}

const list = (item: string, count: number): string => `[${Array(count).fill(item).join(',')}]`;

const key = { region_id: 'cn-hangzhou', instance_id: 'i-1' };
const edited = (cells: Cells): PlanRead =>
  decodePlan({ key, cells: { ...encodePlan(planned(), 't'), reason: 'As it stands.', ...cells } });

// The longest are near the 2 MB that a cell of Tablestore holds.
describe('a hostile reason', () => {
  it.each<[string, string, string]>([
    ['nests three thousand statements', 'ended', `{"status":"x","why":${nested(3_000)}}`],
    ['nests as many statements as a cell holds', 'ended', `{"status":"x","why":${nested(30_000)}}`],
    ['nests lists that never end', 'edited', `{"also":${'['.repeat(300_000)}`],
    ['nests a hundred thousand lists', 'edited', `{"also":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['lists half a million objects', 'avoided', `{"eventIds":${list('{}', 500_000)}}`],
    ['lists half a million faults', 'tag-faults', `{"faults":${list('{}', 500_000)}}`],
    ['lists half a million statements', 'edited', `{"also":${list('{}', 500_000)}}`],
  ])('that %s is read as it is written', (_, code, values) => {
    const begin = Date.now();
    expect(edited({ reason_code: code, reason_values: values })).toMatchObject({
      kind: 'plan',
      plan: { reason: asWritten },
    });
    expect(Date.now() - begin).toBeLessThan(limitMs);
  });

  it.each<[string, Statement]>([
    [
      'a command whose output is a run of spaces',
      state('command-succeeded', { step: 'pre-command', commandId: 'c', output: `x${' '.repeat(500_000)}y` }),
    ],
    [
      'a command whose output is a run of dots',
      state('command-failed', {
        step: 's',
        commandId: 'c',
        status: 'x',
        error: '.'.repeat(500_000),
        output: '',
      }),
    ],
    ['a list of many events', state('avoided', { eventIds: Array<string>(300_000).fill('e-1') })],
    [
      'many statements that follow it',
      state('edited', {}, Array<Statement>(50_000).fill(state('accepted', {}))),
    ],
  ])('is written and read in time: %s', (_, reason) => {
    const begin = Date.now();
    const cells = encodeReason(reason);
    expect(decodeReason(cells.reason, cells.reason_code, JSON.parse(cells.reason_values))).toEqual(reason);
    expect(Date.now() - begin).toBeLessThan(limitMs);
  });

  it('may nest ten statements, more than the planner ever does', () => {
    const reason = JSON.parse(nested(9)) as { code: string; values: object };
    expect(read(reason.code, reason.values)).toEqual(
      state('as-written', { text: 'As it stands.', of: 'ended' }),
    );
  });
});

describe('a timeline as a column', () => {
  const entry = { at: at('2026-12-01T18:00:00Z'), by: 'execute' };

  it('has the sentence, the code and the values of each entry', () => {
    const json: unknown = JSON.parse(
      encodeTimeline([
        { ...entry, what: state('stale-intent', { waitedMs: 11_000 }), requestId: 'r-1' },
        { ...entry, what: state('as-written', { text: 'As it stands.' }) },
      ]),
    );
    expect(json).toEqual([
      {
        at: '2026-12-01T18:00:00Z',
        by: 'execute',
        what: expect.stringContaining('11s') as string,
        requestId: 'r-1',
        code: 'stale-intent',
        values: { waitedMs: 11_000 },
      },
      { at: '2026-12-01T18:00:00Z', by: 'execute', what: 'As it stands.' },
    ]);
  });

  it.each<[string, object]>([
    ['without a code', {}],
    ['with an unknown code', { code: 'made-up', values: {} }],
    ['with a code that is a number', { code: 7, values: {} }],
    ['with the code constructor', { code: 'constructor' }],
    ['with values of another shape', { code: 'stale-intent', values: { waitedMs: '11s' } }],
    ['with values that are null', { code: 'edited', values: null }],
  ])('keeps the text of an entry %s', (_, data) => {
    const json = [{ at: '2026-12-01T18:00:00Z', by: 'execute', what: 'As it stands.', ...data }];
    expect(decodeTimeline(json)).toEqual([{ ...entry, what: asWritten }]);
  });

  it('keeps the text of an entry that is not the sentence of its code, and its code', () => {
    const json = [{ at: '2026-12-01T18:00:00Z', by: 'execute', what: 'x', code: 'accepted' }];
    expect(decodeTimeline(json)).toEqual([
      { ...entry, what: state('as-written', { text: 'x', of: 'accepted' }) },
    ]);
  });

  it('is refused in time where it lists half a million objects', () => {
    const begin = Date.now();
    expect(edited({ timeline: list('{}', 500_000) })).toMatchObject({
      kind: 'unreadable',
      faults: [{ what: 'Column timeline' }],
    });
    expect(Date.now() - begin).toBeLessThan(limitMs);
  });
});

describe('a row whose reason columns hold no text', () => {
  it.each<[string, Cells]>([
    ['a code that is an INTEGER', { reason_code: 7n }],
    ['a code that is a BOOLEAN', { reason_code: true }],
    ['values that are an INTEGER', { reason_code: 'too-late', reason_values: 7n }],
    ['values that are bytes', { reason_code: 'too-late', reason_values: new Uint8Array([1, 2]) }],
    ['values that are broken JSON', { reason_values: '{"at":' }],
    ['values that are empty', { reason_values: '' }],
  ])('is a plan, and its text stays: %s', (_, cells) => {
    const row = edited(cells);
    expect(row).toMatchObject({ kind: 'plan', isDueAtRight: true, plan: { reason: asWritten } });
    expect(row.kind === 'plan' && encodePlan(row.plan, 't')['reason']).toBe('As it stands.');
  });
});
