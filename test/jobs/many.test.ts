// Hundreds of events at once: none is lost, and the number of calls grows per hundred plans, not per plan.
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Ecs } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, settingsOf } from './stage.ts';

let account: Account;

/** All may be down at once. */
const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '9999' });

beforeEach(() => {
  account = new Account();
});

/** Faults that last: reads try four times. */
const always = 1_000;

describe('planning', () => {
  it('loses none of 250 events, and calls ECS and Tablestore once per hundred', async () => {
    for (let number = 1; number <= 250; number += 1) account.affected(String(number));
    expect(await account.plan({ settings })).toMatchObject({ events: 250, created: 250, problems: [] });
    // Three pages in one region and one empty page in the other.
    expect(account.callsOf('DescribeInstanceHistoryEvents')).toBe(4);
    expect(account.callsOf('DescribeInstances')).toBe(3);
    expect(account.callsOf('DescribeInstanceMaintenanceAttributes')).toBe(3);
    expect(account.callsOf('DescribePlanMaintenanceWindows')).toBe(1);
    const count = (operation: string): number =>
      account.operations.filter((name) => name === operation).length;
    // In each region one for the unfinished rows and one for restarts without a proof. One for what is stopped, one for other
    // regions with rows, and one for the history of all instances.
    expect(count('GetRange')).toBe(7);
    expect(count('BatchGetRow')).toBe(3);
    expect(count('BatchWriteRow')).toBe(2);
    expect(count('PutRow') + count('UpdateRow')).toBe(0);
  });

  it('reads once per hundred the second time, too, and writes nothing', async () => {
    for (let number = 1; number <= 250; number += 1) account.affected(String(number));
    await account.plan({ settings });
    const writes = account.tablestore.record.length;
    const calls = account.ecs.record.calls().length;
    account.operations.length = 0;
    expect(await account.plan({ settings })).toMatchObject({
      events: 250,
      created: 0,
      updated: 0,
      unchanged: 250,
    });
    // One range read per region finds the unfinished rows. They are read a hundred per call. One finds restarts without a proof.
    // One for all regions finds what is stopped. Two more look for other regions with rows.
    expect(account.operations.toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => 'BatchGetRow'),
      ...Array.from({ length: 7 }, () => 'GetRange'),
    ]);
    // Four pages of events, three of instances, three of their windows in ECS, and one list of O&M windows.
    expect(account.ecs.record.calls().length - calls).toBe(11);
    expect(account.tablestore.record).toHaveLength(writes);
  });

  it('plans the events that it could read of a list that broke off, and says so', async () => {
    for (let number = 1; number <= 150; number += 1) account.affected(String(number));
    account.faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      matching: (request) =>
        (request as { params: Record<string, string> }).params['NextToken'] !== undefined,
      times: always,
      fault: { kind: 'error', status: 500, code: 'InternalError' },
    });
    const report = await account.plan({ settings });
    expect(report).toMatchObject({ events: 100, created: 100 });
    expect(report.problems).toEqual([
      {
        code: 'events-incomplete',
        regionId: 'cn-hangzhou',
        problem: expect.stringContaining('broke off after 1 page') as string,
      },
    ]);
    account.faults.clear();
    expect(await account.plan({ settings })).toMatchObject({
      events: 150,
      created: 50,
      unchanged: 100,
      problems: [],
    });
  });

  it('plans the events that it could read where ECS throttles, and keeps the plans whose events it could not read', async () => {
    // ECS lists in no promised order. It refuses the second page from now on.
    for (let number = 150; number < 200; number += 1) account.affected(String(number));
    await account.plan({ settings });
    const rowBefore = account.row('i-199');
    for (let number = 100; number < 150; number += 1) account.affected(String(number));
    for (let number = 50; number < 100; number += 1) account.affected(`0${number}`);
    account.faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      matching: (request) => {
        const { params } = request as { params: Record<string, string> };
        return params['NextToken'] !== undefined || params['EventId.1'] !== undefined;
      },
      times: always,
      fault: { kind: 'error', status: 400, code: 'Throttling.User' },
    });
    const report = await account.plan({ settings });
    expect(report).toMatchObject({ events: 100, unchanged: 50, ended: 0 });
    // The hundred listed events are new, or of the fifty plans. The others of the fifty could not be asked about.
    const unknown = report.created - 50;
    expect(unknown).toBeGreaterThan(0);
    expect(report.problems).toEqual([
      {
        code: 'events-incomplete',
        regionId: 'cn-hangzhou',
        problem: expect.stringContaining('broke off after 1 page') as string,
      },
      {
        code: 'vanished-unreadable',
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(
          new RegExp(`\\b${unknown}\\b.*DescribeInstanceHistoryEvents.*\\b${unknown}\\b`),
        ) as string,
      },
    ]);
    expect(account.row('i-199')).toEqual(rowBefore);
  });
});

describe('a plan that is due', () => {
  it('is restarted once, with 129 others', async () => {
    for (let number = 1; number <= 130; number += 1) account.affected(String(number));
    await account.plan({ settings });
    expect(await account.execute({ settings })).toMatchObject({
      due: 130,
      rebooted: 130,
      avoided: 130,
      problems: [],
    });
    expect(account.sent).toBe(130);
  });

  it('is judged and watched with calls per hundred, not per plan', async () => {
    for (let number = 1; number <= 100; number += 1) account.affected(String(number));
    await account.plan({ settings });
    const before = account.callsOf('DescribeInstanceHistoryEvents');
    await account.execute({ settings });
    // One judgement, one list of what ECS itself restarts soon, and four looks.
    expect(account.callsOf('DescribeInstanceHistoryEvents') - before).toBe(6);
  });

  it('waits where ECS throttles restarts: of a hundred, ten are refused, and all are sent in the next minute', async () => {
    for (let number = 1; number <= 100; number += 1) account.affected(String(number));
    await account.plan({ settings });
    account.faults.add({
      operation: 'RebootInstance',
      times: always,
      fault: { kind: 'error', status: 400, code: 'Throttling.User' },
    });
    // As over a network, no answer comes before the other calls are on their way.
    const ecs = (real: Ecs): Ecs =>
      replacing(real, {
        reboot: async (...asked) => {
          await setImmediate();
          return real.reboot(...asked);
        },
      });
    expect(await account.execute({ settings, ecs })).toMatchObject({ due: 100, rebooted: 0, waiting: 100 });
    // Ten are sent at the same time. After the first answer none is sent.
    expect(account.callsOf('RebootInstance')).toBe(10);
    account.faults.clear();
    account.pass(61_000);
    expect(await account.execute({ settings })).toMatchObject({ due: 100, rebooted: 100, avoided: 100 });
    expect(account.callsOf('RebootInstance')).toBe(110);
  });
});
