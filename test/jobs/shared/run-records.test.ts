// What each run records of itself, and what it says about the other function. Both timers fire on the hour, and the run begins at
// 02:01 in Shanghai.
import { describe, expect, it } from 'vitest';
import { StandingWatched } from '../../../lib/jobs/notices/standing-watched.ts';
import { watching } from '../../../lib/jobs/runs.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { RunRecord } from '../../../lib/plan/runs.ts';
import { at } from '../../plan/samples.ts';
import { hourlyTimers } from '../hourly-timers.ts';
import { RegionStage } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const regions = ['cn-hangzhou', 'cn-shanghai'];

async function run(
  stage: RegionStage,
  work: () => Promise<string> = () => Promise.resolve('done'),
): Promise<{ result: string; standing: StandingWatched }> {
  const standing = new StandingWatched('execute');
  const { store, clock, problems } = stage.execution();
  const watched = {
    functionName: 'execute',
    timers: hourlyTimers,
    timeZone: 'Asia/Shanghai',
    regions,
  } as const;
  const result = await watching({ store, clock, problems, standing }, watched, work);
  return { result, standing };
}

const record = (changes: Partial<RunRecord>): RunRecord => ({
  functionName: 'execute',
  regionId: 'cn-hangzhou',
  ...changes,
});

it('without timers in the settings nobody watches, and nothing is recorded', async () => {
  const stage = new RegionStage();
  const { store, clock, problems } = stage.execution();
  const standing = new StandingWatched('execute');
  const watched = { functionName: 'execute', timeZone: 'Asia/Shanghai', regions } as const;
  expect(await watching({ store, clock, problems, standing }, watched, () => Promise.resolve(7))).toBe(7);
  expect(stage.asked).toEqual([]);
});

it('each region records the beginning, the end, and the number of problems of the run', async () => {
  const stage = new RegionStage();
  const { result } = await run(stage, () => {
    stage.now = '2026-12-01T18:01:40Z';
    stage.problems.add({ regionId: 'cn-hangzhou' }, state('throttled', {}));
    stage.problems.add({ regionId: '' }, state('throttled', {}));
    return Promise.resolve('done');
  });
  expect(result).toBe('done');
  const times = { beganAt: at(now), endedAt: at('2026-12-01T18:01:40Z') };
  expect(stage.recorded).toEqual([
    { ...record({ ...times, firstAt: at('2026-12-01T18:01:40Z') }), problems: 2 },
    { ...record({ ...times, regionId: 'cn-shanghai', firstAt: at('2026-12-01T18:01:40Z') }), problems: 1 },
  ]);
});

it('the first run of a function in a region is recorded once', async () => {
  const stage = new RegionStage();
  stage.runs = [
    record({ firstAt: at('2026-11-01T00:00:00Z'), endedAt: at('2026-12-01T17:01:00Z') }),
    // Of the other function, and without a first time: neither is a first run of this one.
    record({ functionName: 'plan', regionId: 'cn-shanghai', firstAt: at('2026-11-01T00:00:00Z') }),
    record({ regionId: 'cn-shanghai', endedAt: at('2026-12-01T17:01:00Z') }),
  ];
  await run(stage);
  expect(stage.recorded.map(({ firstAt }) => firstAt)).toEqual([undefined, at(now)]);
});

it('a region that failed records why, and no end', async () => {
  const stage = new RegionStage();
  await run(stage, () => {
    stage.problems.add({ regionId: 'cn-hangzhou' }, state('throttled', {}));
    stage.problems.add({ regionId: 'cn-hangzhou' }, state('region-failed', { message: 'down' }));
    return Promise.resolve('done');
  });
  const [failed, well] = stage.recorded;
  expect(failed?.failure).toContain('down');
  expect(failed).not.toHaveProperty('endedAt');
  expect(failed?.problems).toBe(2);
  expect(well).not.toHaveProperty('failure');
  expect(well?.endedAt).toEqual(at(now));
});

it('a run that throws is recorded, too, and throws', async () => {
  const stage = new RegionStage();
  await expect(run(stage, () => Promise.reject(new Error('nothing could be done')))).rejects.toThrow(
    'nothing could be done',
  );
  expect(stage.recorded).toHaveLength(2);
});

describe('the other function', () => {
  const silent = record({ functionName: 'plan', endedAt: at('2026-12-01T14:30:00Z') });

  it('is silent where it missed three ticks: that is told, and stands in the way', async () => {
    const stage = new RegionStage();
    stage.runs = [silent, { ...silent, regionId: 'cn-shanghai', endedAt: at('2026-12-01T17:30:00Z') }];
    const { standing } = await run(stage);
    expect(stage.problems.all).toMatchObject([{ code: 'function-silent', regionId: 'cn-hangzhou' }]);
    expect(standing.seen.standing).toMatchObject([
      {
        kind: 'function-silent',
        regionId: 'cn-hangzhou',
        functionName: 'plan',
        why: { code: 'function-silent', values: { functionName: 'plan', timeZone: 'Asia/Shanghai' } },
      },
    ]);
    expect(standing.seen.over).toEqual([
      'function-silent cn-shanghai plan',
      'function-silent cn-hangzhou execute',
      'function-silent cn-shanghai execute',
    ]);
  });

  it('is judged by the time at which this run began, and with the longest run taken off', async () => {
    // Its third tick, seen at 18:01 less the two and a half minutes of a lease, is 15:00.
    const inTime = new RegionStage();
    inTime.runs = [{ ...silent, endedAt: at('2026-12-01T15:00:00Z') }];
    await run(inTime, () => {
      inTime.now = '2026-12-01T19:30:00Z';
      return Promise.resolve('done');
    });
    expect(inTime.codes).toEqual([]);
    const late = new RegionStage();
    late.runs = [{ ...silent, endedAt: at('2026-12-01T14:59:59.999Z') }];
    await run(late);
    expect(late.codes).toEqual(['function-silent']);
  });

  it('is not judged where its records cannot be read: that is a problem, and the run is recorded', async () => {
    const stage = new RegionStage();
    stage.fails = { readRuns: 'the table is down' };
    const { standing } = await run(stage);
    expect(stage.problems.all).toMatchObject([{ code: 'runs-unreadable', regionId: '' }]);
    expect(standing.seen.standing).toEqual([]);
    expect(standing.seen.over).toEqual([
      'function-silent cn-hangzhou execute',
      'function-silent cn-shanghai execute',
    ]);
    // An earlier run may stand there: this one is not called the first.
    expect(stage.recorded.map(({ firstAt }) => firstAt)).toEqual([undefined, undefined]);
    expect(stage.recorded.map(({ problems }) => problems)).toEqual([1, 1]);
  });
});

it('this function is not over with its silence where its region failed', async () => {
  const stage = new RegionStage();
  const { standing } = await run(stage, () => {
    stage.problems.add({ regionId: 'cn-hangzhou' }, state('region-failed', { message: 'down' }));
    return Promise.resolve('done');
  });
  expect(standing.seen.over).not.toContain('function-silent cn-hangzhou execute');
  expect(standing.seen.over).toContain('function-silent cn-shanghai execute');
});

describe('a record that cannot be written', () => {
  it('is a problem of its region', async () => {
    const stage = new RegionStage();
    const { clock, problems } = stage.execution();
    const store = {
      ...stage.store(),
      recordRuns: () =>
        Promise.resolve([{ kind: 'written' }, { kind: 'failed', message: 'timeout' }] as const),
    };
    const watched = {
      functionName: 'execute',
      timers: hourlyTimers,
      timeZone: 'Asia/Shanghai',
      regions,
    } as const;
    const standing = new StandingWatched('execute');
    await watching({ store, clock, problems, standing }, watched, () => Promise.resolve(1));
    expect(stage.problems.all).toMatchObject([{ code: 'run-not-recorded', regionId: 'cn-shanghai' }]);
    expect(stage.problems.all[0]?.problem).toContain('timeout');
  });

  it('keeps no run from its result', async () => {
    const stage = new RegionStage();
    stage.fails = { recordRuns: 'the table is down' };
    expect((await run(stage)).result).toBe('done');
    expect(stage.problems.all).toMatchObject([{ code: 'run-not-recorded', regionId: '' }]);
  });
});

describe('the review', () => {
  const timers = { ...hourlyTimers, review: hourlyTimers.plan };

  async function planRun(runs: RunRecord[]): Promise<RegionStage> {
    const stage = new RegionStage();
    stage.runs = runs;
    const { store, clock, problems } = stage.execution();
    const watched = { functionName: 'plan', timers, timeZone: 'Asia/Shanghai', regions } as const;
    await watching({ store, clock, problems }, watched, () => Promise.resolve(7));
    return stage;
  }
  const well = record({ endedAt: at('2026-12-01T17:59:00Z') });
  const executes = [well, { ...well, regionId: 'cn-shanghai' }];

  it('is awaited by plan from now on, where nothing is known of it', async () => {
    const stage = await planRun([
      ...executes,
      record({ functionName: 'review', endedAt: at('2026-12-01T17:59:00Z') }),
    ]);
    expect(stage.recorded.slice(2)).toEqual([
      { functionName: 'review', regionId: 'cn-shanghai', awaitedSince: at(now) },
    ]);
    expect(stage.codes).toEqual([]);
  });

  it('is missed by plan after one tick, with two hours for a late one', async () => {
    const last = (endedAt: string): RunRecord[] =>
      regions.map((regionId) => record({ functionName: 'review', regionId, endedAt: at(endedAt) }));
    // 16:01 is two hours before now: its tick was at 16:00.
    const late = await planRun([...executes, ...last('2026-12-01T15:59:59.999Z')]);
    expect(late.problems.all).toMatchObject([
      { code: 'function-silent', regionId: 'cn-hangzhou' },
      { code: 'function-silent', regionId: 'cn-shanghai' },
    ]);
    expect((await planRun([...executes, ...last('2026-12-01T16:00:00Z')])).codes).toEqual([]);
  });

  it('is not awaited by execute, nor where its timer is not known', async () => {
    const stage = new RegionStage();
    const { store, clock, problems } = stage.execution();
    const watched = { functionName: 'execute', timers, timeZone: 'Asia/Shanghai', regions } as const;
    await watching({ store, clock, problems }, watched, () => Promise.resolve(7));
    expect(stage.recorded).toHaveLength(2);
    const without = new RegionStage();
    await run(without);
    expect(without.recorded).toHaveLength(2);
  });

  it('records itself, a region of which it had only what was kept as one that failed', async () => {
    const stage = new RegionStage();
    const { store, clock, problems } = stage.execution();
    const watched = { functionName: 'review', timers, timeZone: 'Asia/Shanghai', regions } as const;
    await watching({ store, clock, problems }, watched, () => {
      problems.add({ regionId: 'cn-hangzhou' }, state('region-from-kept', { message: 'down' }));
      return Promise.resolve(7);
    });
    expect(stage.recorded.map(({ functionName, failure }) => [functionName, failure === undefined])).toEqual([
      ['review', false],
      ['review', true],
    ]);
    // It watches nobody, and without its timer it does not record itself.
    expect(stage.codes).toEqual(['region-from-kept']);
    const timeless = new RegionStage();
    const its = { ...watched, timers: hourlyTimers };
    await watching({ ...timeless.execution() }, its, () => Promise.resolve(7));
    expect(timeless.recorded).toEqual([]);
  });
});
