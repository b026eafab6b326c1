// One edited row never stops its region. i-1 is edited, i-2 is not.
import { beforeEach, describe, expect, it } from 'vitest';
import { Account, hour, minute, settingsOf, start } from '../jobs/stage.ts';

let account: Account;

beforeEach(() => {
  account = new Account();
  account.affected('1');
  account.affected('2');
});

describe('a time at the end of the calendar', () => {
  const settings = settingsOf({ BACKUP: 'snapshot', MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });

  it('in execute_at of a plan with a backup stops the planning of no other instance', async () => {
    await account.plan({ settings });
    account.edit('i-1', { execute_at: '-271821-04-20T00:00:00Z' });
    account.affected('3');
    const { problems } = await account.plan({ settings });
    expect(problems.map(({ code }) => code)).not.toContain('region-failed');
    expect(account.row('i-3')).toMatchObject({ status: 'Planned' });
  });

  it('in execute_at of a plan with a backup stops the restart of no other instance', async () => {
    await account.plan({ settings });
    account.edit('i-1', { execute_at: '-271821-04-20T00:00:00Z', due_at: BigInt(start) });
    for (let tick = 0; tick < 90; tick += 1) {
      await account.execute({ settings }).catch(() => undefined);
      account.pass(minute);
    }
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
  });

  it('in execute_at sets the row to Escalated, or the plan gets its time again', async () => {
    await account.plan();
    account.edit('i-1', { execute_at: '+275760-09-13T00:00:00Z' });
    await account.plan();
    await account.plan();
    // A row that says Planned and is due in 275760 is neither.
    expect(account.row('i-1')['due_at'] ?? 0n).toBeLessThan(BigInt(start + 24 * hour));
  });
});

describe('a nested value that has no text', () => {
  const faults = '{"faults":[{"what":"a","expected":"b","consequence":{"toString":1,"valueOf":1}}]}';

  it('in reason_values stops the planning of no other instance', async () => {
    await account.plan();
    account.edit('i-1', { reason_code: 'tag-faults', reason_values: faults, due_at: undefined });
    account.affected('3');
    const { problems } = await account.plan();
    expect(problems.map(({ code }) => code)).not.toContain('region-failed');
    expect(account.row('i-3')).toMatchObject({ status: 'Planned' });
  });

  it('in the timeline stops the restart of no other instance', async () => {
    await account.plan();
    const entry = `{"at":"2026-12-01T18:30:00Z","by":"li","what":"Mine.","code":"tag-faults","values":${faults}}`;
    account.edit('i-1', { timeline: `[${entry}]` });
    await account.execute();
    account.pass(minute);
    await account.execute();
    expect(account.row('i-2')).toMatchObject({ status: 'Avoided' });
  });
});
