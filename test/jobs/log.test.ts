// What the jobs log: each change with its place and its code, each problem as a warning, and each write that was lost.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import { StoreReadFailed } from '../../lib/failures.ts';
import type { PlanStore } from '../../lib/ports.ts';
import { replacing } from './replacing.ts';
import { Account, regions, start } from './stage.ts';

let account: Account;

beforeEach(async () => {
  account = new Account();
  account.affected('1');
  await account.plan();
});

const place = { regionId: 'cn-hangzhou', instanceId: 'i-1' };
const plan = { ...place, planId: 'e-1' };

describe('the log', () => {
  it('says what was planned, with the reason of the row, and where', () => {
    expect(account.logged).toEqual([
      ['info', `created: Planned. ${String(account.row('i-1')['reason'])}`, { ...place, code: 'in-window' }],
    ]);
  });

  it('names each status on the way to the proof, and the code of its reason', async () => {
    account.logged.length = 0;
    await account.execute();
    const message = (status: string): string => expect.stringMatching(`^${status}: \\S`) as string;
    expect(account.logged).toEqual([
      ['info', message('Preparing'), { ...plan, code: 'preparing' }],
      ['info', message('Rebooting'), { ...plan, code: 'sending' }],
      ['info', message('Verifying'), { ...plan, code: 'accepted' }],
      ['info', message('Verifying'), { ...plan, code: 'not-proven-yet' }],
      ['info', `Avoided: ${String(account.row('i-1')['reason'])}`, { ...plan, code: 'avoided' }],
    ]);
  });

  it('has a warning for each problem of the report, with its code and its place', async () => {
    account.edit('i-1', { pinned: 'perhaps' });
    account.logged.length = 0;
    const { problems } = await account.plan();
    expect(account.logged).toEqual(problems.map((problem) => ['warn', problem.problem, { ...problem }]));
    expect(problems).toEqual([
      { code: 'row-unreadable', ...place, problem: expect.stringContaining('perhaps') as string },
    ]);
  });

  it('has a line for a write that was lost, which is no problem', async () => {
    let isRaced = false;
    account.carry = (operation, work) => {
      if (operation === 'UpdateRow' && !isRaced) {
        isRaced = true;
        account.edit('i-1', { version: 9n });
      }
      return Promise.resolve().then(work);
    };
    account.logged.length = 0;
    expect(await account.execute()).toMatchObject({ rebooted: 0, problems: [] });
    expect(account.logged).toEqual([
      ['info', 'Another execution or a person changed the row first. Preparing was not written.', plan],
    ]);
  });

  it('and the report name a status that could not be written', async () => {
    account.carry = (operation, work) =>
      operation === 'UpdateRow'
        ? Promise.reject(new TablestoreFault('no permission', 'OTSNoPermissionAccess'))
        : Promise.resolve().then(work);
    const { problems } = await account.execute();
    const problem = expect.stringMatching(/Preparing.*no permission/) as string;
    expect(problems).toEqual([{ code: 'not-written', ...place, problem }]);
    expect(account.logged.at(-1)).toEqual(['warn', problem, problems[0]]);
  });
});

describe('an error that nobody expected', () => {
  const thrown = new RangeError('row is undefined');
  const fail = (): never => {
    throw thrown;
  };
  const saysWhy = expect.stringContaining('row is undefined') as string;
  const errors = () => account.logged.filter(([level]) => level === 'error');

  beforeEach(() => {
    account.logged.length = 0;
  });

  it('is logged as an error with its stack where it stopped one plan', async () => {
    const store = (real: PlanStore): PlanStore =>
      replacing(real, {
        write: (write) => (write.plan.status === 'Rebooting' ? fail() : real.write(write)),
      });
    const report = await account.execute({ store });
    const problem = { code: 'plan-not-worked-on', ...place, problem: saysWhy };
    expect(report.problems).toEqual([problem]);
    expect(errors()).toEqual([['error', saysWhy, { ...problem, error: thrown }]]);
  });

  it('is logged as an error where it stopped the planning of one instance', async () => {
    const report = await account.plan({
      ecs: (real) =>
        replacing(real, {
          instancesById: async (...asked) => {
            const report = await real.instancesById(...asked);
            const instances = report.instances.map((instance) =>
              Object.defineProperty({ ...instance }, 'tags', { get: fail }),
            );
            return { ...report, instances };
          },
        }),
    });
    const problem = { code: 'plan-not-possible', ...place, problem: saysWhy };
    expect(report.problems).toEqual([problem]);
    expect(errors()).toEqual([['error', saysWhy, { ...problem, error: thrown }]]);
  });

  it('is logged as an error where it stopped a region', async () => {
    const stopped = account.execute({ store: (real) => replacing(real, { readDue: fail }) });
    await expect(stopped).rejects.toThrow(AggregateError);
    expect(errors()).toEqual(
      regions.map((regionId) => [
        'error',
        saysWhy,
        { code: 'region-failed', regionId, problem: saysWhy, error: thrown },
      ]),
    );
  });

  it('is no failed read: a failed read is a warning without a stack', async () => {
    const stopped = account.execute({
      store: (real) => replacing(real, { readDue: () => Promise.reject(new StoreReadFailed('no answer')) }),
    });
    await expect(stopped).rejects.toThrow(AggregateError);
    const problem = expect.stringContaining('no answer') as string;
    expect(account.logged).toEqual(
      regions.map((regionId) => ['warn', problem, { code: 'region-failed', regionId, problem }]),
    );
  });
});

describe('problems of an execution', () => {
  it('name the region whose due plans could not be judged', async () => {
    account.faults.add({
      operation: '*',
      times: 1_000,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
    expect((await account.execute()).problems).toEqual([
      {
        code: 'not-attempted',
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(/\b1\b.*Describe\w+ failed: ServiceUnavailable: /) as string,
      },
    ]);
  });

  it('name the number of restarts that could not be verified, which are verified later', async () => {
    account.faults.add({
      operation: 'DescribeInstanceHistoryEvents',
      after: 2,
      times: 4,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
    const report = await account.execute();
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(report.problems).toEqual([
      {
        code: 'not-looked-at',
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(/\b1\b.*ECS Describe\w+ failed: ServiceUnavailable/) as string,
      },
    ]);
  });

  it('name the plan that could not be executed, and the others go on', async () => {
    account.affected('2');
    await account.plan();
    const report = await account.execute({
      store: (real) =>
        replacing(real, {
          write: (write) => {
            if (write.plan.instanceId === 'i-1') throw new Error('out of order');
            return real.write(write);
          },
        }),
    });
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(report.problems).toEqual([
      {
        code: 'plan-not-worked-on',
        ...place,
        problem: expect.stringContaining('out of order') as string,
      },
    ]);
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing', due_at: BigInt(start + 150_000) });
  });

  it('name an unreadable row, and that it could not be set to Escalated', async () => {
    account.edit('i-1', { not_before: 'whenever' });
    account.carry = (operation, work) =>
      operation === 'UpdateRow'
        ? Promise.reject(new TablestoreFault('no permission', 'OTSNoPermissionAccess'))
        : Promise.resolve().then(work);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, escalated: 0 });
    expect(report.problems).toEqual([
      {
        code: 'row-unreadable',
        ...place,
        problem: expect.stringMatching(/not_before.*"whenever"/) as string,
      },
      {
        code: 'row-not-escalated',
        ...place,
        problem: expect.stringContaining('no permission') as string,
      },
    ]);
  });
});
