// What both jobs report, and where: problems with their place, a stop, windows and rows that cannot be read, and regions that
// fail side by side.
import { describe, expect, it } from 'vitest';
import { EcsReadFailed } from '../../../lib/failures.ts';
import { readEcsWindows } from '../../../lib/jobs/ecs-windows.ts';
import { inEveryRegion, Problems } from '../../../lib/jobs/report.ts';
import { readStop, reportStop, stopsOfRun } from '../../../lib/jobs/stops.ts';
import { escalateUnreadable } from '../../../lib/jobs/unreadable-rows.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { WriteOutcome } from '../../../lib/ports.ts';
import { at, instance, settings } from '../../plan/samples.ts';
import { RegionStage, unreadable } from '../region-stage.ts';

const place = { regionId: 'cn-hangzhou' };
const fault = { what: 'not_before', value: 'whenever', expected: 'a time' };
const throttled = state('throttled', {});

describe('a problem', () => {
  it('has its code, its sentence and its place', () => {
    const { log } = new RegionStage();
    const problems = new Problems(log);
    problems.add({ ...place, instanceId: 'i-1' }, throttled);
    problems.add(place, throttled);
    expect(problems.all).toEqual([
      { code: 'throttled', problem: problems.say(throttled), ...place, instanceId: 'i-1' },
      { code: 'throttled', problem: problems.say(throttled), ...place },
    ]);
  });

  it('of one instance is said once, and of a region as often as it comes', () => {
    const stage = new RegionStage();
    const problems = new Problems(stage.log);
    const other = state('instance-locked', { locks: [] });
    for (const what of [throttled, throttled, other]) problems.add({ ...place, instanceId: 'i-1' }, what);
    problems.add({ ...place, instanceId: 'i-2' }, throttled);
    problems.add({ regionId: 'cn-shanghai', instanceId: 'i-1' }, throttled);
    problems.add(place, throttled);
    problems.add(place, throttled);
    expect(problems.all).toHaveLength(6);
    expect(stage.logged).toHaveLength(6);
  });

  it('is logged as a warning; as an error with its stack only where nobody expected what was thrown', () => {
    const stage = new RegionStage();
    const problems = new Problems(stage.log);
    const slip = new TypeError('x is undefined');
    problems.add(place, throttled);
    problems.add(place, throttled, new EcsReadFailed('down', { cause: new Error('x') }));
    problems.add(place, throttled, slip);
    expect(stage.logged.map(([level]) => level)).toEqual(['warn', 'warn', 'error']);
    expect(stage.logged[0]?.[2]).toEqual({ ...problems.all[0] });
    expect(stage.logged[2]?.[2]).toEqual({ ...problems.all[2], error: slip });
  });
});

describe('regions side by side', () => {
  it('return what each of them found, and one that fails is a problem of its own', async () => {
    const stage = new RegionStage();
    const work = (regionId: string): Promise<string> =>
      regionId === 'cn-hangzhou' ? Promise.reject(new Error('down')) : Promise.resolve(regionId);
    expect(await inEveryRegion(['cn-hangzhou', 'cn-shanghai'], stage.problems, work)).toEqual([
      'cn-shanghai',
    ]);
    expect(stage.problems.all).toMatchObject([{ code: 'region-failed', ...place }]);
    expect(stage.problems.all[0]?.problem).toContain('down');
  });

  it('fail together where all of them do', async () => {
    const stage = new RegionStage();
    const work = (regionId: string): Promise<string> => Promise.reject(new Error(`${regionId} is down`));
    await expect(inEveryRegion(['a', 'b'], stage.problems, work)).rejects.toMatchObject({
      message: 'Nothing could be done in any region: a is down; b is down',
      errors: [{ message: 'a is down' }, { message: 'b is down' }],
    });
    expect(stage.codes).toEqual(['region-failed', 'region-failed']);
  });

  it('do nothing where there are none', async () => {
    const never = (): Promise<string> => Promise.reject(new Error('never asked'));
    expect(await inEveryRegion([], new RegionStage().problems, never)).toEqual([]);
  });
});

describe('a stop', () => {
  const all = { why: 'fire', faults: [] };
  const own = { ...all, regionId: 'cn-hangzhou' };

  it('is read once for all regions of a run, and again by itself later', async () => {
    const stage = new RegionStage();
    const execution = stage.execution();
    const first = stopsOfRun(execution);
    stage.stops = [own];
    const [here, there] = await Promise.all([
      readStop(execution, first()),
      readStop({ ...execution, regionId: 'cn-shanghai' }, first()),
    ]);
    expect(here).toEqual({ at: at('2026-12-01T18:01:00Z'), seen: { kind: 'set', stop: own } });
    expect(there.seen).toEqual({ kind: 'none' });
    expect(stage.of('readStops')).toHaveLength(1);
    stage.now = '2026-12-01T18:02:00Z';
    expect((await readStop(execution)).at).toEqual(at('2026-12-01T18:02:00Z'));
    expect(stage.of('readStops')).toHaveLength(2);
  });

  it('that cannot be read is a problem, and nobody knows', async () => {
    const stage = new RegionStage();
    stage.fails = { readStops: 'the table is down' };
    expect(await readStop(stage.execution())).toEqual({
      at: at('2026-12-01T18:01:00Z'),
      seen: { kind: 'unread', message: 'the table is down' },
    });
    expect(stage.problems.all).toMatchObject([{ code: 'stop-unreadable', ...place }]);
  });

  it('that is set is reported; what was not read has been reported before', () => {
    const stage = new RegionStage();
    const of = { problems: stage.problems, ...place, settings: settings() };
    reportStop(of, { kind: 'none' });
    reportStop(of, { kind: 'unread', message: 'down' });
    expect(stage.codes).toEqual([]);
    reportStop(of, { kind: 'set', stop: all });
    expect(stage.problems.all).toMatchObject([{ code: 'stopped', ...place }]);
  });
});

it('windows in ECS that cannot be read are left out, and reported with what is odd', async () => {
  const stage = new RegionStage();
  const window = { text: 'x' } as never;
  stage.windows = {
    windows: new Map([['i-1', window]]),
    unread: ['i-2'],
    faults: [fault, { ...fault, what: 'another' }],
    failures: [{ which: 'om', message: 'no right', cause: new Error('no right') }],
  };
  const instances = ['i-1', 'i-2', 'i-3'].map((instanceId) => instance({ instanceId }));
  const windowOf = await readEcsWindows(stage.execution(), instances, at('2026-12-01T18:02:00Z'));
  expect(stage.of('ecsWindows')).toEqual([
    ['cn-hangzhou', ['i-1', 'i-2', 'i-3'], at('2026-12-01T18:02:00Z')],
  ]);
  expect([windowOf('i-1'), windowOf('i-2'), windowOf('i-3')]).toEqual([
    { ecsWindow: window },
    {},
    { ecsWindow: 'none' },
  ]);
  expect(stage.problems.all).toMatchObject([
    { code: 'ecs-window-faults', ...place },
    { code: 'ecs-window-faults', ...place },
    { code: 'ecs-windows-unreadable', ...place },
  ]);
  expect(stage.problems.all[2]?.problem).toContain('no right');
});

describe('a row that cannot be read', () => {
  const undo = state('undo-pre-command', { commandId: 'c-drain' });

  async function meet(
    row: Parameters<typeof escalateUnreadable>[1],
    meeting: Parameters<typeof escalateUnreadable>[2],
    outcome: WriteOutcome = { kind: 'written' },
  ): Promise<{ isSet: boolean; stage: RegionStage; written: unknown[] }> {
    const stage = new RegionStage();
    const written: unknown[] = [];
    const store = {
      ...stage.store(),
      escalateUnreadable: (...what: unknown[]) => {
        written.push(what.slice(1));
        return Promise.resolve(outcome);
      },
    };
    const isSet = await escalateUnreadable({ ...stage.execution(), store }, row, meeting);
    return { isSet, stage, written };
  }

  it('that is due is set, reported, and says what was odd', async () => {
    const { isSet, stage, written } = await meet(unreadable(), { isDue: true });
    expect(isSet).toBe(true);
    const reason = state('row-unreadable', { faults: [fault], mayHaveSent: false });
    expect(written).toEqual([[reason, { at: at('2026-12-01T18:01:00Z'), by: 'execute' }]]);
    expect(stage.problems.all).toMatchObject([{ code: 'row-unreadable', instanceId: 'i-odd' }]);
  });

  it('says what is to be undone, and which events are not planned because of it', async () => {
    const { written } = await meet(unreadable({ undo, mayHaveSent: true }), {
      isDue: false,
      openEventIds: ['e-2', 'e-1'],
      isUndated: true,
    });
    expect(written).toEqual([
      [
        state('row-unreadable', { faults: [fault], mayHaveSent: true }, [
          undo,
          state('events-not-planned', { eventIds: ['e-1', 'e-2'], mayBeAnswered: true, isUndated: true }),
        ]),
        { at: at('2026-12-01T18:01:00Z'), by: 'plan' },
      ],
    ]);
    const plain = await meet(unreadable(), { isDue: false, openEventIds: ['e-1'] });
    expect(plain.written).toMatchObject([
      [{ also: [state('events-not-planned', { eventIds: ['e-1'] })] }, {}],
    ]);
  });

  it('of a newer version is reported, and left as it is', async () => {
    const newer = { ...unreadable(), kind: 'newer', format: 9 } as never;
    const { isSet, stage, written } = await meet(newer, { isDue: true });
    expect([isSet, written]).toEqual([false, []]);
    expect(stage.problems.all).toMatchObject([{ code: 'row-newer', instanceId: 'i-odd' }]);
    expect(stage.problems.all[0]?.problem).toContain('9');
  });

  const said = state('row-unreadable', { faults: [fault], mayHaveSent: false }, [
    state('events-not-planned', { eventIds: ['e-1'] }),
  ]);

  it.each<[string, Parameters<typeof unreadable>[0], Parameters<typeof escalateUnreadable>[2], boolean]>([
    ['has not ended', { status: 'Plannned' }, { isDue: false }, true],
    ['has ended', { status: 'Skipped' }, { isDue: false }, false],
    ['has ended and is due: it must not stay due', { status: 'Skipped' }, { isDue: true }, true],
    [
      'has ended, while events are open',
      { status: 'Skipped' },
      { isDue: false, openEventIds: ['e-1'] },
      true,
    ],
    ['says so', { status: 'Escalated', reason: said }, { isDue: false, openEventIds: ['e-1'] }, false],
    ['says so, by hand', { status: 'Skipped', reason: said }, { isDue: false, openEventIds: ['e-1'] }, true],
    [
      'says so of other events',
      { status: 'Escalated', reason: said },
      { isDue: false, openEventIds: ['e-2'] },
      true,
    ],
  ])('and that %s', async (_, changes, meeting, isWritten) => {
    const { isSet, stage, written } = await meet(unreadable(changes), meeting);
    expect([isSet, written.length]).toEqual([isWritten, isWritten ? 1 : 0]);
    // It is reported at every look.
    expect(stage.codes).toEqual(['row-unreadable']);
  });

  it('and that cannot be set is told', async () => {
    const failed = await meet(unreadable(), { isDue: true }, { kind: 'failed', message: 'timeout' });
    expect(failed.isSet).toBe(false);
    expect(failed.stage.codes).toEqual(['row-unreadable', 'row-not-escalated']);
    expect(failed.stage.problems.all[1]?.problem).toContain('timeout');
    const lost = await meet(unreadable(), { isDue: true }, { kind: 'lost' });
    expect(lost.isSet).toBe(false);
    expect(lost.stage.codes).toEqual(['row-unreadable']);
  });
});
