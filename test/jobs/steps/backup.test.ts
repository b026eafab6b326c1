// A backup, one call at a time: what is asked of ECS, what is recorded in between, and what each answer leads to.
import { describe, expect, it } from 'vitest';
import { makeBackup, unfinishedOf } from '../../../lib/jobs/steps/backup.ts';
import type { StepProgress } from '../../../lib/jobs/steps/step-progress.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Step } from '../../../lib/plan/steps.ts';
import type { Disk, SnapshotStatus, StartOutcome } from '../../../lib/ports.ts';
import { at, preparing, runbook, step } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const now = '2026-12-01T17:46:00Z';
const required = { isRequired: true, retentionDays: 7 };
const optional = { isRequired: false, retentionDays: 7 };
const busy = { kind: 'refused', again: 'soon', code: 'Throttling', message: 'Slow down.' } as const;
const never = { kind: 'refused', again: 'never', code: 'QuotaExceed', message: 'Too many.' } as const;

/** ECS's snapshots, as a test says, and what was asked of them. */
class Snapshots {
  disks: Disk[] = [essd('d-1')];
  /** What CreateSnapshot and CreateSnapshotGroup answer, in order. */
  answers: StartOutcome[] = [];
  statuses: Record<string, SnapshotStatus> = {};
  group: { status: SnapshotStatus; snapshotIds: readonly string[] } | undefined;
  keeps: () => Promise<void> = () => Promise.resolve();
  fails: string | undefined;
  readonly asked: unknown[] = [];

  on(stage: StepStage): StepStage {
    const answer = (name: string, ...request: unknown[]): Promise<StartOutcome> => {
      this.asked.push([name, ...request]);
      const [first, ...rest] = this.answers;
      if (first === undefined) throw new Error('the test says no answer');
      this.answers = rest;
      return Promise.resolve(first);
    };
    const read = <T>(name: string, found: T, ...request: unknown[]): Promise<T> => {
      this.asked.push([name, ...request]);
      return this.fails === undefined ? Promise.resolve(found) : Promise.reject(new Error(this.fails));
    };
    stage.backups = {
      disksOf: (region, id) => read('disksOf', this.disks, region, id),
      createSnapshot: (region, request) => answer('createSnapshot', region, request),
      createSnapshotGroup: (region, request) => answer('createSnapshotGroup', region, request),
      snapshots: (region, ids) => read('snapshots', new Map(Object.entries(this.statuses)), region, ids),
      snapshotGroup: (region, id) => read('snapshotGroup', this.group, region, id),
      keepFor: (region, ids, days) => {
        this.asked.push(['keepFor', region, ids, days]);
        return this.keeps();
      },
    };
    return stage;
  }

  /** What was asked with this name. */
  of(name: string): unknown[] {
    return this.asked.flatMap((one) => ((one as unknown[])[0] === name ? [(one as unknown[]).slice(1)] : []));
  }
}

function essd(diskId: string): Disk {
  return { diskId, isEssd: true };
}

function started(id: string, requestId?: string): StartOutcome {
  return { kind: 'started', id, ...(requestId === undefined ? {} : { requestId }) };
}

function plan(
  steps: Step[] = [],
  backup: { isRequired: boolean; retentionDays: number } | 'none' = required,
): Plan {
  const its = runbook();
  if (backup === 'none') delete its.backup;
  else its.backup = backup;
  return preparing({ runbook: its, ...(steps.length === 0 ? {} : { steps }) });
}

/** The plan after its execution has left it. */
function unleased(): Plan {
  const row = plan();
  delete row.lease;
  return row;
}

/** The backup of two disks, which cannot be one group. */
function two(is: Step['state'], changes: Partial<Step> = {}): Step {
  return step('backup', is, {
    method: 'snapshots',
    diskIds: ['d-1', 'd-2'],
    retentionDays: 7,
    ids: ['s-1', 's-2'],
    ...changes,
  });
}

/** The backup of two disks as one group. */
function group(is: Step['state'], changes: Partial<Step> = {}): Step {
  return two(is, { method: 'group', ids: ['ssg-1'], ...changes });
}

function run(snapshots: Snapshots, row: Plan, stage = new StepStage(now)): Promise<StepProgress> {
  return makeBackup(snapshots.on(stage).execution(), row);
}

function why(progress: StepProgress): unknown {
  return 'why' in progress ? progress.why : progress.kind;
}

describe('a backup begins', () => {
  it('of one disk as a snapshot with its days of retention, recorded before and after the call', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.answers = [started('s-1', 'r-1')];
    snapshots.statuses = { 's-1': 'progressing' };
    const progress = await run(snapshots, plan(), stage);
    const recorded = step('backup', 'starting', {
      method: 'snapshots',
      diskIds: ['d-1'],
      retentionDays: 7,
      ids: [],
    });
    const running = { ...recorded, state: 'running', ids: ['s-1'] };
    expect(stage.written.map(({ steps }) => steps)).toEqual([[recorded], [running]]);
    expect(stage.written[0]?.timeline.at(-1)?.what).toEqual(
      state('backup-begins', { diskIds: ['d-1'], method: 'snapshots' }),
    );
    expect(stage.written[1]?.timeline.at(-1)).toMatchObject({
      what: { code: 'backup-runs', values: { ids: ['s-1'], method: 'snapshots' } },
      requestId: 'r-1',
    });
    expect(snapshots.asked).toEqual([
      ['disksOf', 'cn-hangzhou', 'i-web-1'],
      [
        'createSnapshot',
        'cn-hangzhou',
        {
          diskId: 'd-1',
          retentionDays: 7,
          name: 'reboot-e-1',
          clientToken: 'cn-hangzhou i-web-1 e-1 backup 2026-12-01T17:46:00Z d-1',
        },
      ],
      ['snapshots', 'cn-hangzhou', ['s-1']],
    ]);
    expect(progress).toEqual({
      kind: 'waits',
      plan: stage.last,
      why: state('backup-incomplete', { ids: ['s-1'] }),
    });
  });

  it('of several ESSD disks as one group', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.disks = [essd('d-1'), essd('d-2')];
    snapshots.answers = [started('ssg-1')];
    const progress = await run(snapshots, plan(), stage);
    expect(stage.written.map(({ steps }) => steps)).toEqual([
      [group('starting', { ids: [] })],
      [group('running')],
    ]);
    expect(snapshots.of('createSnapshotGroup')).toEqual([
      [
        'cn-hangzhou',
        {
          instanceId: 'i-web-1',
          diskIds: ['d-1', 'd-2'],
          name: 'reboot-e-1',
          clientToken: 'cn-hangzhou i-web-1 e-1 backup 2026-12-01T17:46:00Z group',
        },
      ],
    ]);
    // A group that ECS does not list yet is under way.
    expect(snapshots.of('snapshotGroup')).toEqual([['cn-hangzhou', 'ssg-1']]);
    expect(why(progress)).toEqual(state('backup-incomplete', { ids: ['ssg-1'] }));
  });

  it('of disks of which one is no ESSD as a snapshot of each, and each id is recorded as it comes', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.disks = [essd('d-1'), { diskId: 'd-2', isEssd: false }];
    snapshots.answers = [started('s-1', 'r-1'), started('s-2', 'r-2')];
    await run(snapshots, plan(), stage);
    expect(stage.written.map(({ steps }) => steps)).toEqual([
      [two('starting', { ids: [] })],
      [two('starting', { ids: ['s-1'] })],
      [two('running')],
    ]);
    // The timeline tells the beginning and that it runs, no id by itself.
    expect(stage.written.map(({ timeline }) => timeline.at(-1)?.what.code)).toEqual([
      'backup-begins',
      'backup-begins',
      'backup-runs',
    ]);
    expect(stage.last.timeline.at(-1)?.requestId).toBe('r-2');
    expect(snapshots.of('createSnapshot')).toMatchObject([
      ['cn-hangzhou', { diskId: 'd-1', retentionDays: 7 }],
      ['cn-hangzhou', { diskId: 'd-2', retentionDays: 7 }],
    ]);
  });

  it('with the disks that have no snapshot yet, where a run died in between', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.answers = [started('s-2')];
    await run(snapshots, plan([two('starting', { ids: ['s-1'] })]), stage);
    expect(snapshots.of('createSnapshot')).toMatchObject([['cn-hangzhou', { diskId: 'd-2' }]]);
    expect(stage.written.map(({ steps }) => steps)).toEqual([[two('running')]]);
  });

  it.each<[number, number]>([
    [1, 0],
    [2, 1],
    [3, 2],
  ])('and nothing follows write %i, where somebody else changed the row', async (lostFrom, calls) => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.disks = [essd('d-1'), { diskId: 'd-2', isEssd: false }];
    snapshots.answers = [started('s-1'), started('s-2')];
    stage.lostFrom = lostFrom;
    expect(await run(snapshots, plan(), stage)).toEqual({ kind: 'lost' });
    expect(snapshots.of('createSnapshot')).toHaveLength(calls);
  });

  it('not where ECS lists no disk: the step has failed', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.disks = [];
    const progress = await run(snapshots, plan(), stage);
    expect(progress).toMatchObject({
      kind: 'failed',
      step: { name: 'backup', state: 'failed', diskIds: [], ids: [] },
      why: state('backup-without-disks', {}),
    });
    expect(stage.written).toEqual([]);
  });

  it('with a name in the characters and the length that ECS takes', async () => {
    const snapshots = new Snapshots();
    snapshots.answers = [started('s-1')];
    const planId = `e-ä/1_.:${'x'.repeat(130)}`;
    await run(snapshots, { ...plan(), planId });
    expect(snapshots.of('createSnapshot')).toMatchObject([
      ['cn-hangzhou', { name: `reboot-e---1_.:${'x'.repeat(113)}` }],
    ]);
  });

  it('with a day of retention, where an edited row names none', async () => {
    const snapshots = new Snapshots();
    snapshots.answers = [started('s-2')];
    const odd = two('starting', { ids: ['s-1'] });
    delete odd.retentionDays;
    await run(snapshots, plan([odd]));
    expect(snapshots.of('createSnapshot')).toMatchObject([['cn-hangzhou', { retentionDays: 1 }]]);
  });
});

describe('a snapshot that ECS does not begin', () => {
  const starting = two('starting', { ids: ['s-1'] });

  it.each<[StartOutcome, object]>([
    [busy, state('backup-delayed', { errorCode: 'Throttling', message: 'Slow down.' })],
    [{ kind: 'unknown', message: 'hang up' }, state('backup-unknown', { message: 'hang up' })],
  ])('for now is asked for again, and nothing is written: $kind', async (answer, said) => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.answers = [answer];
    const row = plan([starting]);
    expect(await run(snapshots, row, stage)).toEqual({ kind: 'waits', plan: row, why: said });
    expect(stage.written).toEqual([]);
  });

  const refused = { errorCode: 'QuotaExceed', message: 'Too many.' };

  it('for good fails a required backup at once, and what is left is named', async () => {
    const snapshots = new Snapshots();
    snapshots.answers = [never];
    snapshots.statuses = { 's-1': 'progressing' };
    const progress = await run(snapshots, plan([starting]));
    expect(progress).toMatchObject({
      kind: 'failed',
      step: two('failed', { ids: ['s-1'], unfinished: ['s-1'] }),
    });
    expect(why(progress)).toEqual(
      state('backup-refused', refused, [state('backup-left', { ids: ['s-1'], unfinished: ['s-1'] })]),
    );
  });

  it('for good leaves a restart without a backup to wait for the snapshots under way', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.answers = [never];
    snapshots.statuses = { 's-1': 'progressing' };
    const row = plan([starting], optional);
    expect(await run(snapshots, row, stage)).toEqual({
      kind: 'waits',
      plan: row,
      why: state('backup-unfinished', { why: state('backup-refused', refused), ids: ['s-1'] }),
    });
    expect(stage.written).toEqual([]);
  });

  it.each(['none', optional] as const)(
    'for good fails once these are over, as none is required (%o)',
    async (its) => {
      const snapshots = new Snapshots();
      snapshots.answers = [never];
      snapshots.statuses = { 's-1': 'accomplished' };
      const progress = await run(snapshots, plan([starting], its));
      expect(progress).toHaveProperty('step', two('failed', { ids: ['s-1'] }));
      expect(why(progress)).toEqual(
        state('backup-refused', refused, [state('backup-left', { ids: ['s-1'], unfinished: [] })]),
      );
    },
  );

  it('for good names nothing where nothing was begun', async () => {
    const snapshots = new Snapshots();
    snapshots.answers = [never];
    const progress = await run(snapshots, plan());
    expect(why(progress)).toEqual(state('backup-refused', refused));
    expect(snapshots.of('snapshots')).toEqual([]);
  });
});

describe('a backup that runs', () => {
  it('is complete with its last snapshot, for its days of retention', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.statuses = { 's-1': 'accomplished', 's-2': 'progressing' };
    expect(why(await run(snapshots, plan([two('running')]), stage))).toEqual(
      state('backup-incomplete', { ids: ['s-1', 's-2'] }),
    );
    snapshots.statuses = { 's-1': 'accomplished' };
    expect((await run(snapshots, plan([two('running')]), stage)).kind).toBe('waits');
    expect(stage.written).toEqual([]);
    snapshots.statuses = { 's-1': 'accomplished', 's-2': 'accomplished' };
    const progress = await run(snapshots, plan([two('running')]), stage);
    expect(progress).toEqual({ kind: 'done', plan: stage.last });
    expect(stage.last.steps).toEqual([two('done')]);
    expect(stage.said()).toEqual([state('backup-complete', { ids: ['s-1', 's-2'], days: 7 })]);
    expect(snapshots.of('keepFor')).toEqual([]);
  });

  it('as a group is kept for its days of retention, once it is complete', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.group = { status: 'progressing', snapshotIds: ['s-1'] };
    expect((await run(snapshots, plan([group('running')]), stage)).kind).toBe('waits');
    expect(snapshots.of('keepFor')).toEqual([]);
    snapshots.group = { status: 'accomplished', snapshotIds: ['s-1', 's-2'] };
    await run(snapshots, plan([group('running')]), stage);
    expect(snapshots.of('keepFor')).toEqual([['cn-hangzhou', ['s-1', 's-2'], 7]]);
    expect(stage.last.steps).toEqual([group('done')]);
    expect(stage.said()).toEqual([state('backup-complete', { ids: ['ssg-1'], days: 7 })]);
    expect(stage.problems.all).toEqual([]);
  });

  it('as a group without days in its row is kept for one', async () => {
    const snapshots = new Snapshots();
    snapshots.group = { status: 'accomplished', snapshotIds: ['s-1', 's-2'] };
    const odd = group('running');
    delete odd.retentionDays;
    await run(snapshots, plan([odd]));
    expect(snapshots.of('keepFor')).toEqual([['cn-hangzhou', ['s-1', 's-2'], 1]]);
  });

  it('as a group is complete where its days cannot be set: that is a problem, and the timeline names no days', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.group = { status: 'accomplished', snapshotIds: ['s-1', 's-2'] };
    snapshots.keeps = () => Promise.reject(new Error('no right'));
    expect((await run(snapshots, plan([group('running')]), stage)).kind).toBe('done');
    expect(stage.said()).toEqual([state('backup-complete', { ids: ['ssg-1'] })]);
    expect(stage.problems.all).toMatchObject([{ code: 'backup-kept', instanceId: 'i-web-1' }]);
    expect(stage.problems.all[0]?.problem).toContain('ssg-1');
    expect(stage.problems.all[0]?.problem).toContain('no right');
  });

  it('and whose end is not written is lost with the row', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.statuses = { 's-1': 'accomplished', 's-2': 'accomplished' };
    stage.lostFrom = 1;
    expect(await run(snapshots, plan([two('running')]), stage)).toEqual({ kind: 'lost' });
  });

  it('fails with its first snapshot, and names those that are still being made', async () => {
    const snapshots = new Snapshots();
    snapshots.statuses = { 's-1': 'failed', 's-2': 'progressing' };
    const progress = await run(snapshots, plan([two('running')]));
    expect(progress).toMatchObject({ kind: 'failed', step: two('failed', { unfinished: ['s-2'] }) });
    expect(why(progress)).toEqual(
      state('backup-failed', { ids: ['s-1', 's-2'] }, [
        state('backup-left', { ids: ['s-1', 's-2'], unfinished: ['s-2'] }),
      ]),
    );
  });

  it('as a group fails, and its members that are still being made are named', async () => {
    const snapshots = new Snapshots();
    snapshots.group = { status: 'failed', snapshotIds: ['s-1', 's-2'] };
    snapshots.statuses = { 's-1': 'failed', 's-2': 'progressing' };
    const progress = await run(snapshots, plan([group('running')]));
    expect(progress).toMatchObject({ kind: 'failed', step: group('failed', { unfinished: ['s-2'] }) });
  });

  it('without an id in its row waits for a person: nothing was backed up', async () => {
    const snapshots = new Snapshots();
    const progress = await run(snapshots, plan([two('running', { ids: [] })]));
    expect(progress).toMatchObject({ kind: 'waits', why: state('backup-incomplete', { ids: [] }) });
  });

  describe('and whose retention is over', () => {
    // Made at 01:46 on 1 December, kept for a day.
    const old = two('running', { at: at('2026-11-30T17:46:00Z'), retentionDays: 1 });

    it.each([
      ['2026-12-01T17:46:00Z', 1],
      ['2026-12-01T17:45:59.999Z', 0],
    ])('is made again where ECS does not list it any more (%s)', async (then, calls) => {
      const [snapshots, stage] = [new Snapshots(), new StepStage(then)];
      snapshots.answers = [started('s-9')];
      await run(snapshots, plan([old]), stage);
      expect(snapshots.of('createSnapshot')).toHaveLength(calls);
      if (calls === 0) return;
      expect(stage.written[0]?.timeline.at(-1)?.what).toEqual(
        state('backup-begins', { diskIds: ['d-1'], method: 'snapshots' }, [
          state('backup-expired', { ids: ['s-1', 's-2'], days: 1 }),
        ]),
      );
    });

    it('is waited for while one of its snapshots is still being made', async () => {
      const snapshots = new Snapshots();
      snapshots.statuses = { 's-2': 'progressing' };
      expect((await run(snapshots, plan([old]))).kind).toBe('waits');
      expect(snapshots.of('createSnapshot')).toEqual([]);
    });

    it('counts where ECS still lists it as complete', async () => {
      const snapshots = new Snapshots();
      snapshots.statuses = { 's-1': 'accomplished', 's-2': 'accomplished' };
      expect((await run(snapshots, plan([old]))).kind).toBe('done');
    });
  });
});

describe('a backup that is over', () => {
  it.each<[string, Step, string | undefined]>([
    ['is not made again', two('done'), undefined],
    ['that was waived is not made', two('waived'), undefined],
    // Complete on 25 November at 04:45, kept for seven days: gone at the end of the interval.
    [
      'is made again where it is gone before the restart',
      two('done', { at: at('2026-11-24T20:45:00Z') }),
      'd-1',
    ],
    [
      'is not made again where it is there until then',
      two('done', { at: at('2026-11-24T20:45:00.001Z') }),
      undefined,
    ],
  ])('%s', async (_, over, diskId) => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.answers = [started('s-9')];
    const row = plan([over]);
    const progress = await run(snapshots, row, stage);
    if (diskId === undefined) {
      expect(progress).toEqual({ kind: 'done', plan: row });
      expect(snapshots.asked).toEqual([]);
    } else {
      expect(snapshots.of('createSnapshot')).toMatchObject([['cn-hangzhou', { diskId }]]);
      expect(stage.written[0]?.timeline.at(-1)?.what.also).toEqual([
        state('backup-expired', { ids: ['s-1', 's-2'], days: 7 }),
      ]);
    }
  });

  describe('that failed, and whose plan a person took up again', () => {
    const failed = two('failed', { unfinished: ['s-2'] });

    it('waits for the snapshots that are still being made', async () => {
      const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
      snapshots.statuses = { 's-1': 'failed', 's-2': 'progressing' };
      const row = plan([failed]);
      expect(await run(snapshots, row, stage)).toEqual({
        kind: 'waits',
        plan: row,
        why: state('backup-incomplete', { ids: ['s-2'] }),
      });
      expect(stage.written).toEqual([]);
    });

    it('is made again after them', async () => {
      const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
      snapshots.statuses = { 's-1': 'failed', 's-2': 'accomplished' };
      snapshots.answers = [started('s-9')];
      await run(snapshots, plan([failed]), stage);
      expect(snapshots.of('createSnapshot')).toHaveLength(1);
      expect(stage.written[0]?.timeline.at(-1)?.what).toEqual(
        state('backup-begins', { diskIds: ['d-1'], method: 'snapshots' }),
      );
    });

    it('is not made again where none is wanted any more', async () => {
      const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
      snapshots.statuses = { 's-1': 'failed', 's-2': 'accomplished' };
      expect(await run(snapshots, plan([failed], 'none'), stage)).toEqual({ kind: 'done', plan: stage.last });
      expect(stage.last.steps).toEqual([two('waived')]);
      expect(stage.last.timeline).toEqual(preparing().timeline);
      const lost = new StepStage(now);
      lost.lostFrom = 1;
      expect(await run(snapshots, plan([failed], 'none'), lost)).toEqual({ kind: 'lost' });
    });
  });
});

describe('a backup that cannot be looked at', () => {
  it('waits, on the row as it stands by now', async () => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.fails = 'no right to list snapshots';
    stage.row = plan([two('running')]);
    const progress = await run(snapshots, plan([two('starting')]), stage);
    expect(progress).toEqual({
      kind: 'waits',
      plan: stage.row,
      why: state('backup-unreadable', { message: 'no right to list snapshots' }),
    });
  });

  it.each<[string, Plan | undefined]>([
    ['is gone', undefined],
    ['is not ours any more', { ...plan(), status: 'Planned' }],
    ['is held by another execution', { ...plan(), lease: { owner: 'execution-2', until: at(now) } }],
    ['has no lease', unleased()],
    ['records an intent', { ...plan(), intent: { at: at(now) } }],
  ])('waits on the row that it began with, where that %s', async (_, row) => {
    const [snapshots, stage] = [new Snapshots(), new StepStage(now)];
    snapshots.fails = 'down';
    stage.row = row;
    const began = plan([two('running')]);
    expect(await run(snapshots, began, stage)).toHaveProperty('plan', began);
  });
});

it('what a snapshot is that ECS does not list, the caller says', async () => {
  const snapshots = new Snapshots();
  snapshots.statuses = { 's-1': 'progressing' };
  const execution = snapshots.on(new StepStage(now)).execution();
  expect(await unfinishedOf(execution, plan(), two('running'))).toEqual(['s-1', 's-2']);
  expect(await unfinishedOf(execution, plan(), two('running'), 'accomplished')).toEqual(['s-1']);
  expect(await unfinishedOf(execution, plan(), group('running'))).toEqual([]);
});
