// What the jobs log: every change with its place, every problem as a warning, every write that another was faster with.
import { beforeEach, describe, expect, it } from 'vitest';
import { TablestoreFault } from '../../lib/alibaba/tablestore/api.ts';
import { StoreReadFailed } from '../../lib/failures.ts';
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
  it('tells what was planned, and where', () => {
    expect(account.logged).toEqual([
      [
        'info',
        'created: Planned. In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:30 Asia/Shanghai, before NotBefore.',
        place,
      ],
    ]);
  });

  it('tells every status on the way to the proof', async () => {
    account.logged.length = 0;
    await account.execute();
    expect(account.logged).toEqual([
      ['info', 'Preparing: An execution prepares the restart.', plan],
      ['info', 'Rebooting: The intent is recorded; RebootInstance is about to be sent, or was.', plan],
      [
        'info',
        'Verifying: RebootInstance was accepted; waiting for its events to show Avoided and the instance to run.',
        plan,
      ],
      ['info', 'Verifying: We had restarted the instance. Not proven yet: event e-1 is Scheduled.', plan],
      ['info', 'Avoided: Event e-1 shown as Avoided, the instance Running.', plan],
    ]);
  });

  it('warns of every problem, with its place', async () => {
    account.edit('i-1', { pinned: 'perhaps' });
    account.logged.length = 0;
    const { problems } = await account.plan();
    expect(account.logged).toEqual(problems.map((problem) => ['warn', problem.problem, { ...problem }]));
    expect(problems).toHaveLength(1);
  });

  it('tells of a write that another was faster with, which is no problem', async () => {
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
      ['info', 'Another execution or a person changed the row first; Preparing was not written.', plan],
    ]);
  });

  it('and the report tell of a status that could not be written', async () => {
    account.carry = (operation, work) =>
      operation === 'UpdateRow'
        ? Promise.reject(new TablestoreFault('no permission', 'OTSNoPermissionAccess'))
        : Promise.resolve().then(work);
    const { problems } = await account.execute();
    expect(problems).toEqual([{ ...place, problem: 'Preparing could not be written: no permission' }]);
  });
});

describe('what nobody expected', () => {
  const thrown = new TypeError('row is undefined');
  const fail = (): never => {
    throw thrown;
  };
  const errors = () => account.logged.filter(([level]) => level === 'error');

  beforeEach(() => {
    account.logged.length = 0;
  });

  it('is logged as an error, with its stack to be told, where it stopped one plan', async () => {
    const report = await account.execute({ store: (real) => ({ ...real, write: fail }) });
    const problem = { ...place, problem: 'The plan could not be worked on: row is undefined' };
    expect(report.problems).toEqual([problem]);
    expect(errors()).toEqual([['error', problem.problem, { ...problem, error: thrown }]]);
  });

  it('likewise where it stopped the planning of one instance', async () => {
    const report = await account.plan({
      ecs: (real) => ({
        ...real,
        instancesById: async (...asked) =>
          (await real.instancesById(...asked)).map((instance) =>
            Object.defineProperty({ ...instance }, 'tags', { get: fail }),
          ),
      }),
    });
    const problem = { ...place, problem: 'The instance could not be planned: row is undefined' };
    expect(report.problems).toEqual([problem]);
    expect(errors()).toEqual([['error', problem.problem, { ...problem, error: thrown }]]);
  });

  it('likewise where it stopped a region', async () => {
    const stopped = account.execute({ store: (real) => ({ ...real, readDue: fail }) });
    await expect(stopped).rejects.toThrow(AggregateError);
    const problem = 'row is undefined';
    expect(errors()).toEqual(
      regions.map((regionId) => ['error', problem, { regionId, problem, error: thrown }]),
    );
  });

  it('is not a read that failed: of that a warning tells all', async () => {
    const stopped = account.execute({
      store: (real) => ({ ...real, readDue: () => Promise.reject(new StoreReadFailed('no answer')) }),
    });
    await expect(stopped).rejects.toThrow(AggregateError);
    const problem = 'no answer';
    expect(account.logged).toEqual(regions.map((regionId) => ['warn', problem, { regionId, problem }]));
  });
});

describe('problems of an execution', () => {
  it('name the region where the due plans could not be judged', async () => {
    account.faults.add({
      operation: '*',
      times: 1_000,
      fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' },
    });
    expect((await account.execute()).problems).toEqual([
      {
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(
          /^1 due plans could not all be attempted: ECS Describe\w+ failed: ServiceUnavailable: /,
        ) as string,
      },
    ]);
  });

  it('name the restarted instances that could not be looked at, which are looked at again', async () => {
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
        regionId: 'cn-hangzhou',
        problem: expect.stringMatching(
          /^1 restarted instances could not be looked at: ECS Describe/,
        ) as string,
      },
    ]);
  });

  it('name the plan that could not be worked on, and the others go on', async () => {
    account.affected('2');
    await account.plan();
    const report = await account.execute({
      store: (real) => ({
        ...real,
        write: (write) => {
          if (write.plan.instanceId === 'i-1') throw new Error('out of order');
          return real.write(write);
        },
      }),
    });
    expect(report).toMatchObject({ rebooted: 1, avoided: 1 });
    expect(report.problems).toEqual([{ ...place, problem: 'The plan could not be worked on: out of order' }]);
    expect(account.row('i-1')).toMatchObject({ status: 'Preparing', due_at: BigInt(start + 150_000) });
  });

  it('name a row that could not be set to Escalated', async () => {
    account.edit('i-1', { not_before: 'whenever' });
    account.carry = (operation, work) =>
      operation === 'UpdateRow'
        ? Promise.reject(new TablestoreFault('no permission', 'OTSNoPermissionAccess'))
        : Promise.resolve().then(work);
    const report = await account.execute();
    expect(report).toMatchObject({ due: 1, escalated: 0 });
    expect(report.problems.map(({ problem }) => problem)).toEqual([
      expect.stringMatching(/^The row cannot be read: Column not_before is "whenever"/) as string,
      'The row could not be set to Escalated: no permission',
    ]);
  });
});
