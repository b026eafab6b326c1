// No region waits for another. A region that is down is a problem. The function fails only where no region works.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import type { Ecs, PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, minute } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  account.affected('2', {}, { regionId: 'cn-shanghai' });
  await account.plan();
});

/** Tablestore does not answer for Hangzhou's due rows. */
const withoutHangzhou = (real: PlanStore): PlanStore =>
  replacing(real, {
    readDue: (regionId, now) =>
      regionId === 'cn-hangzhou'
        ? Promise.reject(new Error('no way to cn-hangzhou'))
        : real.readDue(regionId, now),
  });

/** ECS answers for every region but Hangzhou. */
const ecsWithoutHangzhou = (real: Ecs): Ecs =>
  replacing(real, {
    eventsById: (regionId, ids) =>
      regionId === 'cn-hangzhou' ? Promise.reject(new Error('ECS is down')) : real.eventsById(regionId, ids),
  });

function noTablestore(): void {
  account.carry = () => Promise.reject(new TablestoreFault('no permission', 'OTSNoPermissionAccess'));
}

describe('one region whose rows cannot be read', () => {
  it('is reported, and the plans of the other region are executed', async () => {
    expect(await account.execute({ store: withoutHangzhou })).toEqual({
      due: 1,
      rebooted: 1,
      avoided: 1,
      waiting: 0,
      escalated: 0,
      problems: [
        {
          code: 'region-failed',
          regionId: 'cn-hangzhou',
          problem: expect.stringContaining('no way to cn-hangzhou') as string,
        },
      ],
    });
    expect(account.row('i-2', 'cn-shanghai')).toMatchObject({ status: 'Avoided' });
    expect(account.row('i-1')).toMatchObject({ status: 'Planned' });
  });

  it('is executed at the next run that can read it', async () => {
    await account.execute({ store: withoutHangzhou });
    account.pass(minute);
    expect(await account.execute()).toMatchObject({ due: 1, rebooted: 1, avoided: 1, problems: [] });
    expect(account.sent).toBe(2);
  });
});

describe('one region in which ECS does not answer', () => {
  it('restarts nothing there and keeps its plans due, and the other region goes on', async () => {
    const before = account.row('i-1');
    const report = await account.execute({ ecs: ecsWithoutHangzhou });
    expect(report).toMatchObject({ due: 2, rebooted: 1, avoided: 1, waiting: 1 });
    expect(report.problems).toEqual([
      {
        code: 'not-attempted',
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(/\b1\b.*ECS is down/) as string,
      },
    ]);
    expect(account.row('i-1')).toEqual(before);
  });
});

describe('a run without a region that works', () => {
  it('is an error of the execution, with the error of each region', async () => {
    noTablestore();
    const thrown = await account.execute().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toHaveLength(2);
    expect((thrown as AggregateError).message).toMatch(/^Nothing could be done in any region: /);
    expect(account.sent).toBe(0);
  });

  it('is an error of the planning, with the error of each region', async () => {
    noTablestore();
    const thrown = await account.plan().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toHaveLength(2);
  });
});
