// Rows that an edit made unreadable after their pre-command had begun: their instance may be out of service all the same.
import { beforeEach, describe, expect, it } from 'vitest';
import { plus } from '../../lib/plan/calendar/instant.ts';
import { ticks } from './preparation.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, second, settingsOf, start } from './stage.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';

let account: Account;

const oneOfGroup = settingsOf({ PRE_COMMAND: 'c-drain', GROUP_LIMIT: '1' });
const oneOfRegion = settingsOf({ PRE_COMMAND: 'c-drain', MAX_CONCURRENT_REBOOTS: '1' });
const later = settingsOf({
  PRE_COMMAND: 'c-drain',
  MAX_CONCURRENT_REBOOTS: '1',
  MAINTENANCE_WINDOWS: 'daily 05:00-08:00',
});
const toUndo = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

beforeEach(() => {
  account = new Account();
});

/** i-1 and i-2 may not be down together. i-1 has a pre-command of this length and began it; i-2 has none, and is due. */
async function begin(settings: typeof oneOfGroup, ms: number): Promise<void> {
  const group = { 'reboot-planner:group': 'web' };
  account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms, exitCode: 0, output: '' }] });
  account.affected('1', { notBefore: start + 20 * hour }, { tags: group });
  account.affected('2', {}, { tags: { ...group, 'reboot-planner:pre-command': 'none' } });
  await account.plan({ settings });
  account.edit('i-2', { execute_at: '2026-12-01T18:30:00Z', pinned: 'true' });
  await account.plan({ settings });
  let turns = 0;
  const throttledUntil = plus(account.clock.now(), 5 * minute);
  const turnToReboot = (): Promise<typeof throttledUntil | undefined> =>
    Promise.resolve((turns += 1) === 1 ? undefined : throttledUntil);
  await account.execute({ settings, ecs: (real) => replacing(real, { turnToReboot }) });
  expect(account.row('i-1')).toMatchObject({ status: 'Preparing' });
  account.pass(minute);
}

describe('a row that became unreadable while its pre-command runs', () => {
  beforeEach(async () => {
    await begin(oneOfGroup, 5 * minute);
    account.edit('i-1', { approval: 'yes' });
  });

  it('keeps its group waiting in the run that sets it to Escalated', async () => {
    await account.execute({ settings: oneOfGroup });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(account.reason('i-2')).toEqual({
      code: 'waits-for-group',
      values: { group: 'web', limit: 1, mates: ['i-1'] },
    });
    expect(account.sent).toBe(0);
  });

  it('says in its reason and in a problem what a person must undo, and then holds nobody up', async () => {
    const { problems } = await account.execute({ settings: oneOfGroup });
    expect(account.reason('i-1')).toMatchObject({ code: 'row-unreadable', values: { also: [toUndo] } });
    expect(problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
    expect(problems[0]?.problem).toContain('The pre-command c-drain began');
    account.pass(minute);
    await account.execute({ settings: oneOfGroup });
    expect(account.restarts('i-2')).toBe(1);
  });
});

describe('a drained plan that waits for a later window and cannot be read any more', () => {
  beforeEach(async () => {
    await begin(oneOfRegion, 5 * second);
    await account.plan({ settings: later });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned', execute_at: '2026-12-01T21:00:00Z' });
  });

  it.each<[string, Record<string, ColumnValue | undefined>]>([
    ['a timeline that is cut off', { timeline: '[1, 2' }],
    ['steps that cannot be read', { steps: '[oops' }],
    ['an empty plan_id', { plan_id: '' }],
    ['no version', { version: undefined }],
    ['the format of a newer version', { format: 3n }],
    ['no status', { status: undefined }],
  ])('counts in the limits with %s', async (_, edit) => {
    account.edit('i-1', edit);
    await ticks(account, 5, later);
    expect(account.restarts('i-2')).toBe(0);
    expect(account.reason('i-2')).toMatchObject({ code: 'waits-for-group', values: { mates: ['i-1'] } });
  });

  it('does not count once it has ended', async () => {
    account.edit('i-1', { steps: '[oops', status: 'Skipped', due_at: undefined });
    await account.execute({ settings: later });
    expect(account.restarts('i-2')).toBe(1);
  });

  it('says that a pre-command may have begun where its steps cannot be read', async () => {
    account.edit('i-1', { steps: '[oops' });
    await account.plan({ settings: later });
    expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
    expect(String(account.row('i-1')['reason'])).toContain('A pre-command may have begun');
  });
});

describe('a row from which somebody removed the steps while its service is drained', () => {
  it.each([undefined, '[]', '[{"name":"backup","state":"done","at":"2026-12-01T18:30:00Z","ids":[]}]'])(
    'with steps %j counts on, is set to Escalated, and says that a pre-command is to be undone',
    async (steps) => {
      await begin(oneOfGroup, 5 * minute);
      account.edit('i-1', { steps });
      const { problems } = await account.execute({ settings: oneOfGroup });
      expect(problems).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-1' }]);
      expect(account.row('i-1')).toMatchObject({ status: 'Escalated' });
      expect(account.reason('i-1')).toMatchObject({
        code: 'row-unreadable',
        values: {
          faults: [{ what: 'Column steps' }],
          also: [{ code: 'undo-pre-command', values: { commandId: '' } }],
        },
      });
      expect(account.reason('i-2')).toMatchObject({ code: 'waits-for-group', values: { mates: ['i-1'] } });
      expect(account.sent).toBe(0);
    },
  );
});
