// The reason of a row decides nothing. Whatever a person writes into its columns or into the timeline: the row is read, the
// text stays, and nothing is rebooted, escalated or written because of it.
import { beforeEach, describe, expect, it } from 'vitest';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { Account, minute, settingsOf, start } from './stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
});

const edits: [name: string, columns: Record<string, ColumnValue | undefined>][] = [
  ['an unknown code', { reason_code: 'made-up' }],
  ['the code constructor', { reason_code: 'constructor' }],
  ['the code __proto__', { reason_code: '__proto__', reason_values: '{}' }],
  ['a code that is an INTEGER', { reason_code: 7n }],
  ['the code of another reason', { reason_code: 'refused-for-good' }],
  ['no code', { reason_code: undefined }],
  ['broken JSON', { reason_values: '{"at":' }],
  ['values that are an INTEGER', { reason_values: 7n }],
  ['values of another shape', { reason_values: '{"window":1,"at":[],"timeZone":{}}' }],
  ['no values', { reason_values: undefined }],
  [
    'a nested statement of an unknown code',
    { reason_code: 'ended', reason_values: '{"status":"Missed","why":{"code":"toString","values":{}}}' },
  ],
  ['a hundred nested lists', { reason_values: `{"also":${'['.repeat(100)}${']'.repeat(100)}}` }],
  [
    'a timeline entry of an unknown code',
    {
      timeline: '[{"at":"2026-12-01T18:30:00Z","by":"plan","what":"Mine.","code":"constructor","values":[]}]',
    },
  ],
];

describe.each(edits)('a reason edited to %s', (_, columns) => {
  it('changes nothing of a plan that waits for its time, which then comes once', async () => {
    const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });
    await account.plan({ settings });
    account.edit('i-1', { ...columns, reason: 'As a person wrote it.' });
    const before = account.row('i-1');
    expect(await account.plan({ settings })).toMatchObject({
      updated: 0,
      unchanged: 1,
      ended: 0,
      problems: [],
    });
    expect(await account.execute({ settings })).toMatchObject({ due: 0, problems: [] });
    expect(account.row('i-1')).toEqual(before);
    expect(account.sent).toBe(0);
    account.pass(30 * minute);
    expect(await account.execute({ settings })).toMatchObject({ rebooted: 1, avoided: 1, problems: [] });
    expect(account.sent).toBe(1);
  });

  it('changes nothing of a plan that a person skipped', async () => {
    await account.plan();
    account.edit('i-1', { status: 'Skipped', due_at: undefined, ...columns, reason: 'Not tonight.' });
    // Who skipped it is told once.
    expect(await account.plan()).toMatchObject({ created: 0, updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({ status: 'Skipped', reason: 'Not tonight.' });
    const before = account.row('i-1');
    expect(await account.plan()).toMatchObject({ created: 0, updated: 0, unchanged: 1, problems: [] });
    expect(await account.execute()).toMatchObject({ due: 0, problems: [] });
    expect(account.row('i-1')).toEqual(before);
    expect(account.sent).toBe(0);
  });

  it('changes nothing of a restart that is being verified', async () => {
    account = new Account();
    account.affected('1', { avoidedAfterMs: 9 * minute });
    await account.plan();
    await account.execute();
    expect(account.row('i-1')).toMatchObject({ status: 'Verifying' });
    account.edit('i-1', { ...columns, reason: 'As a person wrote it.' });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ rebooted: 0, waiting: 1, escalated: 0, problems: [] });
    account.pass(9 * minute);
    expect(await account.execute()).toMatchObject({ rebooted: 0, avoided: 1, escalated: 0, problems: [] });
    expect(account.sent).toBe(1);
  });
});

describe('the text of a reason whose code is unknown', () => {
  it('stays in the row through a write that does not change the reason', async () => {
    await account.plan();
    account.edit('i-1', { reason: 'Ask Li first.', reason_code: 'made-up', due_at: undefined });
    expect(await account.plan()).toMatchObject({ updated: 1, problems: [] });
    expect(account.row('i-1')).toMatchObject({
      due_at: BigInt(start),
      reason: 'Ask Li first.',
      reason_code: 'as-written',
      reason_values: '{"text":"Ask Li first."}',
    });
  });

  it('stays in an entry of the timeline', async () => {
    await account.plan();
    const entry = { at: '2026-12-01T18:30:00Z', by: 'operator:li', what: 'Looked at it.' };
    account.edit('i-1', { timeline: JSON.stringify([{ ...entry, code: 'made-up', values: { a: 1 } }]) });
    await account.execute();
    expect(account.timeline('i-1')[0]).toEqual(entry);
    expect(account.story('i-1').at(-1)).toBe('ended/avoided');
  });
});
