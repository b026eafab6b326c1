// What one run sees of what stands in the way of the planner.
import { describe, expect, it } from 'vitest';
import { StandingWatched } from '../../../lib/jobs/notices/standing-watched.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Stop } from '../../../lib/plan/stop.ts';

const region = { regionId: 'cn-hangzhou', timeZone: 'Asia/Shanghai' };
const all: Stop = { why: 'fire', faults: [] };
const own: Stop = { ...all, regionId: 'cn-hangzhou' };

function watched(): StandingWatched {
  return new StandingWatched('plan');
}

it('a run that saw nothing says so', () => {
  expect(watched().seen).toEqual({ functionName: 'plan', standing: [], over: [], isNothingDone: false });
});

describe('a region', () => {
  it('that is read is over with what kept it from being read', async () => {
    const run = watched();
    expect(await run.reading('cn-hangzhou', () => Promise.resolve(7))).toBe(7);
    expect(run.seen).toMatchObject({
      standing: [],
      over: ['region-unread cn-hangzhou'],
      isNothingDone: false,
    });
  });

  it('that cannot be read stands in the way, and the run goes on as if nobody had seen it', async () => {
    const run = watched();
    const failing = run.reading('cn-hangzhou', () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
    expect(run.seen).toEqual({
      functionName: 'plan',
      standing: [{ kind: 'region-unread', regionId: 'cn-hangzhou', message: 'down' }],
      over: [],
      isNothingDone: true,
    });
    await run.reading('cn-shanghai', () => Promise.resolve(7));
    expect(run.seen.isNothingDone).toBe(false);
  });

  it('that is neither read nor unread says nothing of what the run did', () => {
    const run = watched();
    run.stands({ kind: 'emergency-stop', why: state('throttled', {}) });
    expect(run.seen.isNothingDone).toBe(false);
  });
});

it('what stands in the way in one place is not over there, whatever else was seen', () => {
  const run = watched();
  const place = { kind: 'function-silent', regionId: 'cn-hangzhou', functionName: 'execute' } as const;
  run.isOver(place);
  expect(run.seen.over).toEqual(['function-silent cn-hangzhou execute']);
  run.stands({ ...place, why: state('throttled', {}) });
  run.stands({ ...place, why: state('throttled', {}) });
  expect(run.seen.over).toEqual([]);
  expect(run.seen.standing).toHaveLength(1);
});

describe('a stop', () => {
  it('of everything stands in the way of all once a plan waits for it', () => {
    const run = watched();
    run.stop({ kind: 'set', stop: all }, { ...region, isWaitedFor: true });
    expect(run.seen.standing).toEqual([
      {
        kind: 'emergency-stop',
        why: state('stopped', { why: 'fire', timeZone: 'Asia/Shanghai', faults: [] }),
      },
    ]);
    expect(run.seen.over).toEqual([]);
  });

  it('of a region stands in its way, and everything is over with', () => {
    const run = watched();
    run.stop({ kind: 'set', stop: own }, { ...region, isWaitedFor: true });
    expect(run.seen.standing).toMatchObject([{ kind: 'emergency-stop', regionId: 'cn-hangzhou' }]);
    expect(run.seen.over).toEqual(['emergency-stop *']);
  });

  it('for which no plan waits is nothing that people must hear of, and is not over', () => {
    const run = watched();
    run.stop({ kind: 'set', stop: all }, { ...region, isWaitedFor: false });
    expect(run.seen).toMatchObject({ standing: [], over: [] });
    const other = watched();
    other.stop({ kind: 'set', stop: own }, { ...region, isWaitedFor: false });
    expect(other.seen).toMatchObject({ standing: [], over: ['emergency-stop *'] });
  });

  it('that is gone is over, that of all and that of the region', () => {
    const run = watched();
    run.stop({ kind: 'none' }, { ...region, isWaitedFor: true });
    expect(run.seen).toMatchObject({
      standing: [],
      over: ['emergency-stop *', 'emergency-stop cn-hangzhou'],
    });
  });

  it('that could not be read is neither', () => {
    const run = watched();
    run.stop({ kind: 'unread', message: 'down' }, { ...region, isWaitedFor: true });
    expect(run.seen).toMatchObject({ standing: [], over: [] });
  });
});
