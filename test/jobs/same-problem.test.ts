// Problems are compared as data. What is said about one instance is said once. Counts of a region are never dropped.
import { describe, expect, it } from 'vitest';
import { EcsReadFailed } from '../../lib/failures.ts';
import { Problems } from '../../lib/jobs/report.ts';
import { state } from '../../lib/plan/statement.ts';
import type { Log } from '../../lib/ports.ts';
import { Account, hour, minute, settingsOf, start } from '../jobs/stage.ts';

const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('a problem', () => {
  it('whose message differs in the request id only is the same problem, and is reported once', () => {
    const problems = new Problems(log);
    const place = { regionId: 'cn-hangzhou', instanceId: 'i-1' };
    problems.add(place, state('health-unreadable', { message: 'Throttling (RequestId: A-1)' }));
    problems.add(place, state('health-unreadable', { message: 'Throttling (RequestId: B-2)' }));
    expect(problems.all.map(({ code }) => code)).toEqual(['health-unreadable']);
  });
});

describe('two hundred due plans in two batches, neither of which can be read', () => {
  it('are all reported: two batches with the same sentence are not one problem', async () => {
    const account = new Account();
    const settings = settingsOf({ MAX_CONCURRENT_REBOOTS: '9999' });
    for (let index = 0; index < 200; index += 1)
      account.affected(`${index}`, { notBefore: start + 24 * hour });
    await account.plan({ settings });
    account.pass(minute);
    const { problems, due } = await account.execute({
      settings,
      ecs: (real) => ({
        ...real,
        instancesById: () => Promise.reject(new EcsReadFailed('ECS DescribeInstances failed: 503')),
      }),
    });
    expect(due).toBe(200);
    const counted = problems
      .filter(({ code }) => code === 'not-attempted')
      .map(({ problem }) => Number(/^\d+/.exec(problem)?.[0]));
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(200);
  });
});
