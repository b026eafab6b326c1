// Rows of a region that somebody removed from REGIONS: here Shanghai. Each plan run says that they are unfinished, and they
// end by themselves. ECS is not asked about that region. It is 02:30 in Shanghai, NotBefore is in 24 hours.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, hour, minute, settingsOf, type Invocation } from './stage.ts';

let account: Account;

const shanghai = { regionId: 'cn-shanghai' } as const;
const left = { regions: ['cn-hangzhou'] } as const;
/** 03:00 to 05:00, minus the slot: latest_start is 04:45 in Shanghai. */
const settings = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00' });

beforeEach(() => {
  account = new Account();
  account.affected('1', {}, shanghai);
});

/** ECS accepts restarts and shows nothing any more. */
const silent = (real: Ecs): Ecs => {
  let isSent = false;
  return replacing(real, {
    reboot: (regionId, instanceId) => {
      isSent = true;
      return real.reboot(regionId, instanceId);
    },
    eventsById: (regionId, ids) =>
      isSent ? Promise.reject(new Error('no answer')) : real.eventsById(regionId, ids),
  });
};

const rowOf = (): Record<string, unknown> => account.row('i-1', 'cn-shanghai');

async function planLeft(more: Invocation = {}): Promise<string[]> {
  const { problems } = await account.plan({ settings, ...more, ...left });
  return problems.map(({ code, regionId, instanceId }) => [code, regionId, instanceId].join(' ').trim());
}

describe('a plan that waits in a region that was removed from REGIONS', () => {
  beforeEach(async () => {
    await account.plan({ settings });
  });

  it('is reported at each run with its region and the count, and stays for whoever has the region', async () => {
    account.affected('2', {}, shanghai);
    await account.plan({ settings });
    const before = rowOf();
    const { problems, ...counts } = await account.plan({ settings, ...left });
    expect(problems).toEqual([
      {
        code: 'region-unserved',
        regionId: 'cn-shanghai',
        problem: expect.stringContaining('2 plans of this region are unfinished') as string,
      },
    ]);
    expect(counts).toEqual({ events: 0, created: 0, updated: 0, unchanged: 0, ended: 0 });
    expect(await planLeft()).toEqual(['region-unserved cn-shanghai']);
    expect(rowOf()).toEqual(before);
  });

  it('asks ECS nothing about that region', async () => {
    const calls = account.ecs.record.calls().length;
    await planLeft();
    const asked = account.ecs.record.calls().slice(calls);
    expect(new Set(asked.map(({ params }) => (params as Record<string, string>)['RegionId']))).toEqual(
      new Set(['cn-hangzhou']),
    );
  });

  it('ends as Skipped an hour after its latest start, and the run after that is silent', async () => {
    account.pass(3 * hour + 15 * minute);
    expect(await planLeft()).toEqual(['region-unserved cn-shanghai']);
    account.pass(minute);
    expect(await planLeft()).toEqual(['region-unserved cn-shanghai', 'region-gone cn-shanghai i-1']);
    expect(rowOf()).toMatchObject({ status: 'Skipped', reason_code: 'region-gone', cause: 'region-gone' });
    expect(rowOf()).not.toHaveProperty('due_at');
    const writes = account.tablestore.record.length;
    expect(await planLeft()).toEqual([]);
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('is planned again when the region is back', async () => {
    account.pass(4 * hour);
    await planLeft();
    await account.plan({ settings });
    expect(rowOf()).toMatchObject({ status: 'Planned', event_ids: '["e-1"]' });
  });

  it('waits for an approval no longer than others wait', async () => {
    const approval = settingsOf({ MAINTENANCE_WINDOWS: 'daily 03:00-05:00', MODE: 'approval' });
    account.affected('2', {}, shanghai);
    await account.plan({ settings: approval });
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ status: 'AwaitingApproval' });
    account.pass(4 * hour);
    await planLeft();
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ status: 'Skipped', cause: 'region-gone' });
  });

  it('that cannot be read becomes Escalated, and is not told again', async () => {
    account.edit('i-1', { event_ids: 'nonsense' }, 'cn-shanghai');
    expect(await planLeft()).toEqual(['row-unreadable cn-shanghai i-1']);
    expect(rowOf()).toMatchObject({ status: 'Escalated', reason_code: 'row-unreadable' });
    expect(await planLeft()).toEqual([]);
  });
});

describe('a plan that has begun in a region that was removed from REGIONS', () => {
  it('says what a pre-command left behind, and ends with that', async () => {
    const draining = settingsOf({ MAINTENANCE_WINDOWS: 'always', PRE_COMMAND: 'c-drain' });
    account.ecs.addCommand({ id: 'c-drain', outcomes: [{ ms: 20 * minute, exitCode: 0, output: '' }] });
    await account.plan({ settings: draining });
    await account.execute({ settings: draining });
    expect(rowOf()).toMatchObject({ status: 'Preparing' });
    expect(await planLeft()).toEqual(['region-unserved cn-shanghai', 'plan-unserved cn-shanghai i-1']);
    account.pass(25 * hour);
    expect(await planLeft()).toContain('region-gone cn-shanghai i-1');
    expect(rowOf()).toMatchObject({ status: 'Skipped', cause: 'region-gone' });
    expect(rowOf()['reason']).toContain('The pre-command c-drain began');
  });

  it('and was sent is Escalated an hour after NotBefore, and kept in the history', async () => {
    await account.plan();
    await account.execute({ timeoutMs: 61_000, ecs: silent });
    expect(rowOf()).toMatchObject({ status: 'Verifying' });
    account.pass(25 * hour - minute);
    expect(await planLeft()).toEqual(['region-unserved cn-shanghai', 'plan-unserved cn-shanghai i-1']);
    account.pass(minute);
    expect(await planLeft()).toContain('region-gone-sent cn-shanghai i-1');
    expect(rowOf()).toMatchObject({ status: 'Escalated', reason_code: 'region-gone-sent' });
    expect(account.past('i-1', 'e-1')).toMatchObject({ status: 'Escalated', sent_event_ids: '["e-1"]' });
    expect(await planLeft()).toEqual([]);
  });

  it('and whose sender vanished is Escalated two runs after that, without a second restart', async () => {
    await account.plan();
    await account.execute({
      ecs: (real) => replacing(real, { reboot: () => Promise.reject(new Error('the process is gone')) }),
    });
    expect(rowOf()).toMatchObject({ status: 'Rebooting' });
    account.pass(26 * hour);
    await planLeft();
    expect(rowOf()).toMatchObject({ status: 'Verifying', intent_outcome: 'unknown' });
    account.pass(61 * minute);
    await planLeft();
    expect(rowOf()).toMatchObject({ status: 'Escalated', reason_code: 'region-gone-sent' });
    expect(account.sent).toBe(0);
  });

  it('ends although somebody edited its lease far ahead', async () => {
    await account.plan();
    account.edit(
      'i-1',
      { status: 'Preparing', owner: 'me', lease_until: '2027-12-01T00:00:00Z' },
      'cn-shanghai',
    );
    account.pass(26 * hour);
    await planLeft();
    expect(rowOf()).toMatchObject({ status: 'Skipped', cause: 'region-gone' });
  });
});

describe('where the rows of other regions cannot be read', () => {
  it('the regions of REGIONS are planned all the same, and the report says so', async () => {
    account.affected('2');
    account.carry = (operation, work) =>
      Promise.resolve().then(() => {
        const answer = work();
        const rows = operation === 'GetRange' ? (answer as { rows: { cells: object }[] }).rows : [];
        // Only the search for regions reads rows without any column.
        if (rows.some(({ cells }) => Object.keys(cells).length === 0)) {
          throw new TablestoreFault('down', 'OTSAuthFailed');
        }
        return answer;
      });
    await account.plan({ settings });
    const { problems } = await account.plan({ settings, ...left });
    expect(problems.map(({ code }) => code)).toEqual(['regions-unreadable']);
    expect(account.row('i-2')).toMatchObject({ status: 'Planned' });
  });

  it('one region that fails leaves the next to its end', async () => {
    account.affected('2', {}, { regionId: 'cn-beijing' });
    await account.plan({ settings, regions: ['cn-beijing', 'cn-shanghai'] });
    account.pass(4 * hour);
    const codes = await planLeft({
      store: (real) =>
        replacing(real, {
          unfinishedInstances: (regionId) =>
            regionId === 'cn-beijing'
              ? Promise.reject(new Error('no answer'))
              : real.unfinishedInstances(regionId),
        }),
    });
    expect(codes).toEqual([
      'region-failed cn-beijing',
      'region-unserved cn-shanghai',
      'region-gone cn-shanghai i-1',
    ]);
  });
});

it('finds the regions of many rows with one read for each region, and one more', async () => {
  for (let number = 2; number <= 30; number += 1) account.affected(String(number), {}, shanghai);
  account.affected('90');
  await account.plan({ settings });
  account.operations.length = 0;
  expect(await account.ports().store.regionsWithRows()).toEqual(['cn-hangzhou', 'cn-shanghai']);
  expect(account.operations).toEqual(['GetRange', 'GetRange', 'GetRange']);
});

describe('a pre-command of a region that was removed from REGIONS is left to a person', () => {
  const drained = settingsOf({ PRE_COMMAND: 'c-drain', UNDO_COMMAND: 'c-undrain' });
  const toUndo = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

  /** The pre-command is done, and ECS throttles the restart. */
  beforeEach(async () => {
    for (const id of ['c-drain', 'c-undrain']) {
      account.ecs.addCommand({ id, ...shanghai, outcomes: [{ ms: 1_000, exitCode: 0, output: '' }] });
    }
    await account.plan({ settings: drained });
    const fault = { kind: 'error', status: 400, code: 'Throttling' } as const;
    account.faults.add({ operation: 'RebootInstance', fault });
    await account.execute({ settings: drained });
    expect(account.ecs.invocations()).toHaveLength(1);
  });

  const alsoOf = (): unknown => (JSON.parse(String(rowOf()['reason_values'])) as { also: unknown }).also;

  it('where its plan ends because nobody goes on with it', async () => {
    account.pass(4 * hour);
    expect(await planLeft({ settings: drained })).toContain('region-gone cn-shanghai i-1');
    expect(rowOf()).toMatchObject({ status: 'Skipped' });
    expect(alsoOf()).toEqual([toUndo]);
    expect(rowOf()).not.toHaveProperty('due_at');
    expect(await planLeft({ settings: drained })).toEqual([]);
  });

  it('where its plan had ended before, and was still to be undone: once, when an hour has passed', async () => {
    account.ecs.schedule(0, { kind: 'event-ended', eventId: 'e-1', status: 'Canceled' });
    account.pass(minute);
    await account.plan({ settings: drained });
    expect(rowOf()).toMatchObject({ status: 'Cleared' });
    expect(await planLeft({ settings: drained })).toEqual([]);
    account.pass(4 * hour);
    expect(await planLeft({ settings: drained })).toHaveLength(1);
    expect(rowOf()).toMatchObject({ status: 'Cleared' });
    expect(alsoOf()).toEqual([toUndo]);
    expect(await planLeft({ settings: drained })).toEqual([]);
  });
});
