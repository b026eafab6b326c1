// Who watches the planner: each function records its runs, plan and execute say where the other one does not run, and plan says
// where the review does not. Plan runs at each quarter of an hour, execute at each minute, review on Mondays. It is Wednesday,
// 02:30 in Shanghai, 18:30 in UTC.
import { beforeEach, describe, expect, it } from 'vitest';
import { reviewEvents, type ReviewJobPorts } from '../../lib/jobs/review/review-events.ts';
import type { ReviewReport } from '../../lib/jobs/review/review-ports.ts';
import { EcsReadFailed, StoreReadFailed } from '../../lib/failures.ts';
import type { Problem } from '../../lib/jobs/report.ts';
import type { ColumnValue } from '../cloud/tablestore/core/values.ts';
import { replacing } from './replacing.ts';
import { question, reviewPortsOf } from './review-stage.ts';
import { Account, hour, minute, regions, second, settingsOf } from './stage.ts';

const settings = settingsOf({ PLAN_TIMER: '0 */15 * * * *', EXECUTE_TIMER: '0 * * * * *' });
let account: Account;

beforeEach(() => {
  account = new Account();
});

/** What is recorded of a function in cn-hangzhou. */
function record(
  functionName: 'plan' | 'execute' | 'review',
  regionId = 'cn-hangzhou',
): Record<string, ColumnValue> {
  return account.past('*', `${functionName} ${regionId}`);
}

function silent({ problems }: { problems: readonly Problem[] }): [string, string][] {
  return problems
    .filter(({ code }) => code === 'function-silent')
    .map(({ regionId, problem }) => [regionId, problem]);
}

/** Execute runs at each minute from now on, this many times. Returns what each run said of plan in cn-hangzhou. */
async function executions(count: number): Promise<string[]> {
  const said: string[] = [];
  for (let tick = 0; tick < count; tick += 1) {
    account.pass(minute);
    const found = silent(await account.execute({ settings })).find(([region]) => region === 'cn-hangzhou');
    said.push(found?.[1] ?? '');
  }
  return said;
}

describe('a run', () => {
  it('is recorded per region, with one write, and says when it began and how many problems it had', async () => {
    account.edit('*', { hold: 'incident' }, '*');
    await account.plan({ settings });
    expect(account.operations.filter((operation) => operation === 'BatchWriteRow')).toHaveLength(1);
    for (const regionId of regions) {
      expect(record('plan', regionId)).toEqual({
        function: 'plan',
        region_id: regionId,
        first_run_at: '2026-12-01T18:30:00Z',
        began_at: '2026-12-01T18:30:00Z',
        succeeded_at: '2026-12-01T18:30:00Z',
        problems: 1n,
      });
    }
  });

  it('that follows keeps the time of the first one', async () => {
    await account.execute({ settings });
    account.pass(minute);
    await account.execute({ settings });
    expect(record('execute')).toMatchObject({
      first_run_at: '2026-12-01T18:30:00Z',
      began_at: '2026-12-01T18:31:00Z',
      succeeded_at: '2026-12-01T18:31:00Z',
    });
  });

  it('that failed in one region says so there, and counts no success', async () => {
    await account.plan({ settings });
    account.pass(15 * minute);
    await account.plan({ settings, ecs: failingIn('cn-hangzhou') });
    expect(record('plan')).toMatchObject({
      began_at: '2026-12-01T18:45:00Z',
      succeeded_at: '2026-12-01T18:30:00Z',
      failure: 'Nothing could be done in the region: ECS is down',
    });
    expect(record('plan', 'cn-shanghai')).toMatchObject({ succeeded_at: '2026-12-01T18:45:00Z' });
    account.pass(15 * minute);
    await account.plan({ settings });
    expect(record('plan')).toMatchObject({ succeeded_at: '2026-12-01T19:00:00Z' });
    expect(record('plan')).not.toHaveProperty('failure');
  });

  it('that failed in every region is recorded, too', async () => {
    const ecs = (real: Parameters<ReturnType<typeof failingIn>>[0]) =>
      failingIn('cn-hangzhou')(failingIn('cn-shanghai')(real));
    await expect(account.plan({ settings, ecs })).rejects.toThrow('Nothing could be done in any region');
    expect(record('plan')).toMatchObject({ failure: 'Nothing could be done in the region: ECS is down' });
    expect(record('plan')).not.toHaveProperty('succeeded_at');
  });

  it('reads and writes nothing of that where the settings name no timers', async () => {
    await account.plan();
    await account.execute();
    expect(record('plan')).toEqual({});
    expect(account.operations).not.toContain('BatchWriteRow');
  });

  it('writes no row of a plan: a second run of plan changes none', async () => {
    account.affected('1');
    await account.plan({ settings });
    const before = account.row('i-1');
    expect(await account.plan({ settings })).toMatchObject({ unchanged: 1, updated: 0, problems: [] });
    expect(account.row('i-1')).toEqual(before);
    expect(account.history('i-1')).toEqual([]);
  });
});

type EcsOf = NonNullable<NonNullable<Parameters<Account['plan']>[0]>['ecs']>;

function failingIn(regionId: string): EcsOf {
  return (real) =>
    replacing(real, {
      listEvents: async (region, ...rest) => {
        if (region === regionId) throw new EcsReadFailed('ECS is down');
        return real.listEvents(region, ...rest);
      },
    });
}

describe('execute', () => {
  it('says that plan has not run, once it missed three ticks and the time of one run', async () => {
    await account.plan({ settings });
    // 18:45, 19:00 and 19:15 are missed. A run that began at 19:15 may last until 19:17:30.
    const said = await executions(48);
    expect(said.findIndex((text) => text !== '')).toBe(47);
    expect(said[47]).toBe(
      'The plan function has not done its work in this region since Wed 2026-12-02 02:30 Asia/Shanghai. Its timer should have started it three times in that time. New events get no plan until it runs. In the console of Function Compute, look at its log, and whether its trigger is enabled.',
    );
    await account.plan({ settings });
    expect(await executions(5)).toEqual(['', '', '', '', '']);
  });

  it('deployed for the first time says nothing at once, and says it when plan never comes', async () => {
    const said = await executions(50);
    expect(said.slice(0, 30).join('')).toBe('');
    // The first run was at 18:31.
    expect(said.findIndex((text) => text !== '')).toBe(47);
    expect(said[47]).toMatch(/^The plan function has not done its work in this region yet\. /);
  });

  it('says why plan fails', async () => {
    await account.plan({ settings });
    for (let run = 0; run < 3; run += 1) {
      account.pass(15 * minute);
      await account.plan({ settings, ecs: failingIn('cn-hangzhou') });
    }
    account.pass(3 * minute);
    const found = silent(await account.execute({ settings }));
    expect(found).toEqual([
      [
        'cn-hangzhou',
        'The plan function has not done its work in this region since Wed 2026-12-02 02:30 Asia/Shanghai. Its timer should have started it three times in that time. Its last run, at Wed 2026-12-02 03:15 Asia/Shanghai, failed: Nothing could be done in the region: ECS is down. New events get no plan until it runs. In the console of Function Compute, look at its log, and whether its trigger is enabled.',
      ],
    ]);
  });
});

describe('plan', () => {
  it('says that execute has not run for three ticks', async () => {
    await account.execute({ settings });
    account.pass(5 * minute);
    // 18:31 and 18:32, and a run that began at 18:32:30 may go on.
    expect(silent(await account.plan({ settings }))).toEqual([]);
    account.pass(31 * second);
    expect(silent(await account.plan({ settings }))).toHaveLength(2);
    expect(silent(await account.plan({ settings }))[0]?.[1]).toMatch(
      /^The execute function has not done its work in this region since Wed 2026-12-02 02:30 Asia\/Shanghai\. .* Nothing is restarted and nothing is proven until it runs\./,
    );
  });
});

describe('review', () => {
  const weekly = settingsOf({
    PLAN_TIMER: '0 */15 * * * *',
    EXECUTE_TIMER: '0 * * * * *',
    REVIEW_TIMER: 'CRON_TZ=Asia/Shanghai 0 0 9 * * 1',
  });
  const review = (ports: Partial<ReviewJobPorts> = {}): Promise<ReviewReport> =>
    reviewEvents({ ...reviewPortsOf(account), timers: weekly.timers, ...ports }, question);
  /** What plan says of it in cn-hangzhou. Execute runs, too. */
  async function saidByPlan(): Promise<string | undefined> {
    await account.execute({ settings: weekly });
    return silent(await account.plan({ settings: weekly })).find(([region]) => region === 'cn-hangzhou')?.[1];
  }
  /** Monday, 7 December, 03:00 in UTC: two hours after its tick. */
  const afterTick = 5 * 24 * hour + 8 * hour + 30 * minute;

  it('is recorded, and its record is not that of plan', async () => {
    await review();
    expect(record('review')).toEqual({
      function: 'review',
      region_id: 'cn-hangzhou',
      first_run_at: '2026-12-01T18:30:00Z',
      began_at: '2026-12-01T18:30:00Z',
      succeeded_at: '2026-12-01T18:30:00Z',
      problems: 0n,
    });
    expect(record('plan')).toEqual({});
  });

  it('records nothing where the settings do not name its timer', async () => {
    await review({ timers: settings.timers });
    expect(record('review')).toEqual({});
  });

  it('counts no success in a region that ECS did not list', async () => {
    await review();
    account.pass(7 * 24 * hour);
    const { history } = reviewPortsOf(account);
    const pages = (regionId: string): ReturnType<typeof history.pages> => {
      if (regionId === 'cn-hangzhou') throw new EcsReadFailed('no right');
      return history.pages(regionId);
    };
    await review({ history: { pages } });
    expect(record('review')['succeeded_at']).toBe('2026-12-01T18:30:00Z');
    expect(record('review')['failure']).toMatch(/no right/);
    expect(record('review', 'cn-shanghai')['succeeded_at']).toBe('2026-12-08T18:30:00Z');
  });

  it('is told by plan where it misses one tick, and no longer once it ran by hand', async () => {
    await review();
    expect(await saidByPlan()).toBeUndefined();
    account.pass(afterTick - minute);
    expect(await saidByPlan()).toBeUndefined();
    account.pass(minute);
    expect(await saidByPlan()).toBe(
      "The review function has not done its work in this region since Wed 2026-12-02 02:30 Asia/Shanghai. Its timer should have started it at least once in that time. No restart waits for it. But ECS forgets an event 30 days after its end, and nothing keeps the event until the review runs. Run it by hand: npx s review-job invoke -e '{}'. In the console of Function Compute, look at its log, and whether its trigger is enabled.",
    );
    // Execute says nothing of it: one voice is enough.
    expect(silent(await account.execute({ settings: weekly }))).toEqual([]);
    await review();
    expect(await saidByPlan()).toBeUndefined();
  });

  it('that comes with an upgrade is awaited from then on, and told where it misses its first tick', async () => {
    await account.plan({ settings });
    account.pass(30 * 24 * hour);
    // Friday, 1 January.
    await account.plan({ settings: weekly });
    expect(record('review')).toEqual({
      function: 'review',
      region_id: 'cn-hangzhou',
      awaited_since: '2026-12-31T18:30:00Z',
    });
    expect(await saidByPlan()).toBeUndefined();
    // Monday, 4 January.
    account.pass(3 * 24 * hour + 8 * hour + 29 * minute);
    expect(await saidByPlan()).toBeUndefined();
    account.pass(minute);
    expect(await saidByPlan()).toMatch(/^The review function has not done its work in this region yet\./);
  });

  it('is not awaited anew by each run of plan', async () => {
    await account.plan({ settings: weekly });
    account.pass(hour);
    await account.plan({ settings: weekly });
    expect(record('review')['awaited_since']).toBe('2026-12-01T18:30:00Z');
  });
});

describe('a record that somebody edited', () => {
  it.each<[string, ColumnValue]>([
    ['a time far ahead', '2027-12-01T18:30:00Z'],
    ['no time', 'yesterday'],
    ['a number', 7n],
  ])('to %s hides no silence', async (_, at) => {
    await account.plan({ settings });
    await executions(1);
    account.tablestore.updateRow({
      tableName: account.tables.history,
      primaryKey: [
        { name: 'instance_id', value: '*' },
        { name: 'plan_id', value: 'plan cn-hangzhou' },
      ],
      condition: { rowExistence: 'IGNORE' },
      changes: [{ type: 'PUT', name: 'succeeded_at', value: at }],
    });
    account.pass(hour);
    expect(silent(await account.execute({ settings })).map(([region]) => region)).toContain('cn-hangzhou');
    await account.plan({ settings });
    expect(silent(await account.execute({ settings }))).toEqual([]);
  });
});

describe('records that cannot be', () => {
  it('read are a problem, and the work is done', async () => {
    account.affected('1');
    await account.plan({ settings });
    const store = (
      real: Parameters<NonNullable<NonNullable<Parameters<Account['execute']>[0]>['store']>>[0],
    ) => replacing(real, { readRuns: () => Promise.reject(new StoreReadFailed('down')) });
    const report = await account.execute({ settings, store });
    expect(report).toMatchObject({
      rebooted: 1,
      problems: [
        { code: 'runs-unreadable', problem: 'It could not be read whether the functions still run (down).' },
      ],
    });
    // Nobody knows whether it was the first.
    expect(record('execute')).not.toHaveProperty('first_run_at');
  });

  it('written are a problem, and the work is done', async () => {
    account.affected('1');
    await account.plan({ settings });
    const store = (
      real: Parameters<NonNullable<NonNullable<Parameters<Account['execute']>[0]>['store']>>[0],
    ) => replacing(real, { recordRuns: () => Promise.reject(new Error('reset')) });
    expect(await account.execute({ settings, store })).toMatchObject({
      rebooted: 1,
      avoided: 1,
      problems: [{ code: 'run-not-recorded' }],
    });
  });
});
