// A command of the runbook, one call at a time: when it begins, what is asked of ECS, and what each answer leads to. The
// interval is 02:00 to 04:45 in Shanghai, COMMAND_TIMEOUT five minutes and START_ROOM three.
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../lib/jobs/steps/command.ts';
import type { StepProgress } from '../../../lib/jobs/steps/step-progress.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Runbook } from '../../../lib/plan/runbook.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { Step } from '../../../lib/plan/steps.ts';
import { at, finished, minute, preparing, runbook, settings, step, verifying } from '../../plan/samples.ts';
import { StepStage } from './step-stage.ts';

const opening = at('2026-12-01T18:00:00Z');
const drain = { step: 'pre-command', commandId: 'c-drain' };
const check = { step: 'post-command', commandId: 'c-check' };
const success = { kind: 'over', isSuccess: true, status: 'Success', exitCode: 0, output: 'ok' } as const;
const failure = { kind: 'over', isSuccess: false, status: 'Failed', exitCode: 3, output: 'no' } as const;
const unreceived = { kind: 'undelivered', errorCode: 'ClientNotRunning' } as const;
const busy = { kind: 'refused', again: 'soon', code: 'Throttling', message: 'Slow down.' } as const;
const never = { kind: 'refused', again: 'never', code: 'NotFound', message: 'No such command.' } as const;
const silence = { kind: 'unknown', message: 'socket hang up' } as const;

/** A plan in its interval, before its restart. */
function before(steps: Step[] = [], changes: Partial<Runbook> = {}): Plan {
  const commands = runbook(changes);
  delete commands.backup;
  return preparing({ runbook: commands, ...(steps.length === 0 ? {} : { steps }) });
}

/** A plan after its restart; the time for its proof is over at 02:31. */
function after(...steps: Step[]): Plan {
  return verifying({ runbook: runbook(), ...(steps.length === 0 ? {} : { steps }) });
}

/** A plan that ended after its pre-command. */
function ended(...steps: Step[]): Plan {
  const done = step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-0'] });
  return finished({
    status: 'Cleared',
    runbook: runbook({ undoCommand: 'c-undrain' }),
    steps: [done, ...steps],
  });
}

/** The pre-command, recorded at 02:01 for this interval. */
function preCommand(is: Step['state'], changes: Partial<Step> = {}): Step {
  const ids = is === 'starting' ? [] : ['t-0'];
  const recorded = { at: at('2026-12-01T18:01:00Z'), commandId: 'c-drain', executeAt: opening, ids };
  return step('pre-command', is, { ...recorded, ...changes });
}

function postCommand(is: Step['state'], changes: Partial<Step> = {}): Step {
  const ids = is === 'starting' ? [] : ['t-0'];
  return step('post-command', is, {
    at: at('2026-12-01T18:03:00Z'),
    commandId: 'c-check',
    ids,
    ...changes,
  });
}

function run(
  stage: StepStage,
  plan: Plan,
  name: 'pre-command' | 'post-command' | 'undo-command' = 'pre-command',
  pauses: number[] = [],
): Promise<StepProgress> {
  return runCommand(stage.execution(), plan, name, pauses);
}

/** The statement of a progress that has one. */
function why(progress: StepProgress): unknown {
  return 'why' in progress ? progress.why : progress.kind;
}

describe('a command begins', () => {
  it('with a record, then one call, then the id of its invocation, then its end', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.answers = [{ kind: 'started', id: 't-1', requestId: 'r-1' }];
    stage.results = [success];
    const progress = await run(stage, before());
    const [recorded, running, done] = stage.written;
    expect(recorded?.steps).toEqual([preCommand('starting')]);
    expect(recorded?.timeline.at(-1)?.what).toEqual(state('command-begins', drain));
    expect(running?.steps).toEqual([preCommand('running', { ids: ['t-1'] })]);
    expect(running?.timeline.at(-1)).toMatchObject({
      what: { code: 'command-runs', values: { ...drain, invokeId: 't-1' } },
      requestId: 'r-1',
    });
    expect(done?.steps).toEqual([preCommand('done', { ids: ['t-1'] })]);
    expect(done?.timeline.at(-1)?.what).toEqual(state('command-succeeded', { ...drain, output: 'ok' }));
    expect(progress).toEqual({ kind: 'done', plan: done });
    expect(stage.invoked).toEqual([
      {
        commandId: 'c-drain',
        timeoutMs: 300_000,
        clientToken: 'cn-hangzhou i-web-1 e-1 pre-command 2026-12-01T18:01:00Z ',
      },
    ]);
    expect([stage.looked, stage.written.length]).toEqual([['t-1'], 3]);
  });

  it('and remembers which command undoes it', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    await run(stage, before([], { undoCommand: 'c-undrain' }));
    expect(stage.written[0]?.steps).toEqual([preCommand('starting', { undoId: 'c-undrain' })]);
  });

  it('for no interval and without an undo-command, where it is a post-command', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    await run(stage, { ...after(), runbook: runbook({ undoCommand: 'c-undrain' }) }, 'post-command');
    expect(stage.written[0]?.steps).toEqual([postCommand('starting')]);
    expect(stage.invoked).toMatchObject([{ commandId: 'c-check' }]);
  });

  it.each(['pre-command', 'post-command', 'undo-command'] as const)(
    'not at all where the runbook names no %s',
    async (name) => {
      const stage = new StepStage('2026-12-01T18:01:00Z');
      const plan = preparing();
      expect(await run(stage, plan, name)).toEqual({ kind: 'done', plan });
      expect([stage.written, stage.invoked]).toEqual([[], []]);
    },
  );

  it('not again once it is done', async () => {
    const stage = new StepStage('2026-12-01T18:05:00Z');
    const plan = before([preCommand('done')]);
    expect(await run(stage, plan)).toEqual({ kind: 'done', plan });
    expect([stage.written, stage.invoked]).toEqual([[], []]);
  });

  it('not again where a row does not say which command is done', async () => {
    const stage = new StepStage('2026-12-01T18:05:00Z');
    const done = preCommand('done');
    delete done.commandId;
    await run(stage, before([done]));
    expect(stage.invoked).toEqual([]);
  });

  it.each<[string, Partial<Step>]>([
    ['another command was done', { commandId: 'c-old' }],
    ['it was done for another interval', { executeAt: at('2026-11-30T18:00:00Z') }],
    ['it was done for a plan that ended', { outlived: true }],
  ])('again where %s', async (_, changes) => {
    const stage = new StepStage('2026-12-01T18:05:00Z');
    await run(stage, before([preCommand('done', changes)]));
    expect(stage.written[0]?.steps).toEqual([preCommand('starting', { at: at('2026-12-01T18:05:00Z') })]);
    expect(stage.invoked).toMatchObject([{ commandId: 'c-drain' }]);
  });

  it('with another token, even by a clock that is behind the one of its first try', async () => {
    const stage = new StepStage('2026-12-01T18:00:30Z');
    await run(stage, before([preCommand('failed')]));
    expect(stage.written[0]?.steps).toEqual([preCommand('starting', { at: at('2026-12-01T18:01:00.001Z') })]);
    expect(stage.invoked[0]?.clientToken).toContain(' 2026-12-01T18:01:00.001Z ');
    // The time that it began is not before the time at which it was recorded.
    expect(stage.written[1]?.steps).toMatchObject([{ at: at('2026-12-01T18:01:00.001Z') }]);
  });

  it.each<[number, number]>([
    [1, 0],
    [2, 1],
    [3, 1],
  ])('and nothing follows write %i, where somebody else changed the row', async (lostFrom, calls) => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.results = [success];
    stage.lostFrom = lostFrom;
    expect(await run(stage, before())).toEqual({ kind: 'lost' });
    expect([stage.written.length, stage.invoked.length]).toEqual([lostFrom - 1, calls]);
  });
});

describe('a command that is recorded, and whose call may have been lost', () => {
  it('is asked for again with the same token, and its time limit counts from the answer on', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    await run(stage, before([preCommand('starting')]));
    expect(stage.invoked[0]?.clientToken).toBe('cn-hangzhou i-web-1 e-1 pre-command 2026-12-01T18:01:00Z ');
    expect(stage.written.map(({ steps }) => steps)).toEqual([
      [preCommand('running', { at: at('2026-12-01T18:03:00Z'), ids: ['t-1'] })],
    ]);
  });

  it('is asked for while its time limit and START_ROOM fit before the last start', async () => {
    const stage = new StepStage('2026-12-01T20:37:00Z');
    await run(stage, before([preCommand('starting', { at: at('2026-12-01T20:36:00Z') })]));
    expect(stage.invoked).toHaveLength(1);
  });

  it('is not asked for after that: it could begin too late', async () => {
    const stage = new StepStage('2026-12-01T20:37:00.001Z');
    const plan = before([preCommand('starting', { at: at('2026-12-01T20:36:00Z') })]);
    expect(await run(stage, plan)).toEqual({ kind: 'waits', plan, why: state('preparing', {}) });
    expect([stage.invoked, stage.written]).toEqual([[], []]);
  });

  it('is asked for at any time, where it undoes something', async () => {
    const stage = new StepStage('2026-12-01T20:38:00Z');
    const undo = step('undo-command', 'starting', { commandId: 'c-undrain' });
    await run(stage, ended(undo), 'undo-command');
    expect(stage.invoked).toMatchObject([{ commandId: 'c-undrain' }]);
  });

  it('stays the command that it began with, where the runbook names another one by now', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    await run(stage, before([preCommand('starting', { commandId: 'c-old' })]));
    expect(stage.invoked).toMatchObject([{ commandId: 'c-old' }]);
  });

  it('goes on by the settings where the plan has no runbook any more', async () => {
    const stage = new StepStage(
      '2026-12-01T18:03:00Z',
      settings({ runbook: { ...settings().runbook, commandTimeout: 2 * minute } }),
    );
    await run(stage, preparing({ steps: [preCommand('starting')] }));
    expect(stage.invoked).toMatchObject([{ commandId: 'c-drain', timeoutMs: 2 * minute }]);
  });

  it('is no command that did not run, where ECS refuses it now', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    stage.answers = [never];
    const progress = await run(stage, before([preCommand('starting')]));
    expect(progress).toMatchObject({ kind: 'failed', step: preCommand('failed', { ids: [] }) });
    expect(progress).not.toHaveProperty('step.undelivered');
  });
});

describe('a command that ECS does not begin', () => {
  const values = { ...drain, errorCode: 'Throttling', message: 'Slow down.' };

  it('for now did not run: the next run tries it anew, and the timeline has no entry for each try', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.answers = [busy, { kind: 'started', id: 't-1' }];
    const progress = await run(stage, before());
    const since = at('2026-12-01T18:01:00Z');
    const refused = preCommand('failed', { ids: [], since, undelivered: 'Throttling' });
    expect(stage.written).toHaveLength(2);
    expect(stage.last.steps).toEqual([refused]);
    expect(stage.last.timeline.at(-1)?.what).toEqual(state('command-begins', drain));
    expect(progress).toEqual({
      kind: 'waits',
      plan: stage.last,
      why: state('command-refused', { ...values, isTriedAgain: true }),
    });
    const entries = stage.last.timeline.length;
    stage.now = '2026-12-01T18:02:00Z';
    await run(stage, stage.last);
    // No agent has it yet: there is none to be named.
    expect(stage.written[2]?.steps).toEqual([
      preCommand('starting', { at: at('2026-12-01T18:02:00Z'), since }),
    ]);
    expect(stage.written[2]?.timeline).toHaveLength(entries);
    expect(stage.said()).toEqual([state('command-runs', { ...drain, invokeId: 't-1' })]);
  });

  it('is lost with the row', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.answers = [busy];
    stage.lostFrom = 2;
    expect(await run(stage, before())).toEqual({ kind: 'lost' });
  });

  it('stays recorded as it is after the restart, and is asked for with the same token', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    stage.answers = [busy];
    const progress = await run(stage, after(), 'post-command');
    expect(stage.written).toHaveLength(1);
    expect(progress).toMatchObject({ kind: 'waits', plan: { steps: [postCommand('starting')] } });
    expect(why(progress)).toEqual(
      state('command-refused', {
        ...check,
        errorCode: 'Throttling',
        message: 'Slow down.',
        isTriedAgain: true,
      }),
    );
  });

  it.each([
    ['2026-12-01T18:07:00Z', true],
    ['2026-12-01T18:07:00.001Z', false],
  ])('is tried from 02:01 on for its time limit and a minute (%s: %s)', async (now, isTriedAgain) => {
    const stage = new StepStage(now);
    stage.answers = [busy];
    const since = at('2026-12-01T18:01:00Z');
    const last = preCommand('failed', {
      at: at('2026-12-01T18:06:00Z'),
      ids: [],
      since,
      undelivered: 'Throttling',
    });
    const progress = await run(stage, before([last]));
    expect(progress.kind).toBe(isTriedAgain ? 'waits' : 'failed');
    expect(why(progress)).toEqual(state('command-refused', { ...values, isTriedAgain }));
    if (progress.kind === 'failed') {
      const at_ = { at: at(now), ids: [] };
      expect(progress.step).toEqual(preCommand('failed', { ...at_, undelivered: 'Throttling' }));
    }
  });

  it('for good did not run, and is not tried again', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.answers = [never];
    const progress = await run(stage, before());
    expect(why(progress)).toEqual(
      state('command-refused', {
        ...drain,
        errorCode: 'NotFound',
        message: 'No such command.',
        isTriedAgain: false,
      }),
    );
    expect(progress).toMatchObject({
      kind: 'failed',
      step: preCommand('failed', { ids: [], undelivered: 'NotFound' }),
    });
    expect(stage.written).toHaveLength(1);
  });

  it('as far as anybody knows may have begun: it is asked for again with the same token', async () => {
    const stage = new StepStage('2026-12-01T18:01:00Z');
    stage.answers = [silence];
    const progress = await run(stage, before());
    expect(stage.written).toHaveLength(1);
    expect(progress).toEqual({
      kind: 'waits',
      plan: stage.last,
      why: state('command-unknown', { ...drain, message: 'socket hang up', isTriedAgain: true }),
    });
  });

  it('and of which nobody knows for longer than its time limit has failed, and may have run', async () => {
    const stage = new StepStage('2026-12-01T18:07:00.001Z');
    stage.answers = [silence];
    const progress = await run(stage, before([preCommand('starting')]));
    expect(progress).toMatchObject({
      kind: 'failed',
      why: state('command-unknown', { ...drain, message: 'socket hang up', isTriedAgain: false }),
    });
    expect(progress).toHaveProperty('step', preCommand('failed', { ids: [] }));
  });
});

describe('a command that runs', () => {
  it('is looked at after each pause, and then left to the next run', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    const plan = before([preCommand('running')]);
    const progress = await run(stage, plan, 'pre-command', [2_000, 3_000]);
    expect(progress).toEqual({ kind: 'waits', plan, why: state('command-still-runs', drain) });
    expect(stage.slept).toEqual([2_000, 3_000]);
    expect(stage.looked).toEqual(['t-0', 't-0', 't-0']);
    expect(stage.invoked).toEqual([]);
  });

  it('is left to the next run at once where its result cannot be read', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [new Error('no right to read')];
    const progress = await run(stage, before([preCommand('running')]), 'pre-command', [2_000]);
    expect(why(progress)).toEqual(state('command-still-runs', { ...drain, message: 'no right to read' }));
    expect(stage.slept).toEqual([]);
  });

  it('names the agent where the try before did not reach it, and since when it is tried', async () => {
    const stage = new StepStage('2026-12-01T18:06:00Z');
    const since = at('2026-12-01T18:01:00Z');
    const running = preCommand('running', {
      at: at('2026-12-01T18:05:00Z'),
      since,
      undelivered: 'ClientNotRunning',
    });
    expect(why(await run(stage, before([running])))).toEqual(
      state('command-undelivered', {
        ...drain,
        errorCode: 'ClientNotRunning',
        isTriedAgain: true,
        since: { at: '2026-12-01T18:01:00Z', timeZone: 'Asia/Shanghai' },
      }),
    );
  });

  it.each<[string, StepStage['results'][number]]>([
    ['runs', { kind: 'running' }],
    ['cannot be read', new Error('down')],
  ])('and still %s a minute after its time limit has failed', async (_, result) => {
    const early = new StepStage('2026-12-01T18:07:00Z');
    early.results = [result];
    expect((await run(early, before([preCommand('running')]))).kind).toBe('waits');
    const late = new StepStage('2026-12-01T18:07:00.001Z');
    late.results = [result];
    expect(await run(late, before([preCommand('running')]))).toMatchObject({
      kind: 'failed',
      step: preCommand('failed'),
      why: state('command-overdue', { ...drain, limitMs: 300_000 }),
    });
  });

  it('and fails says with what, and what its last try was lost for is gone', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    stage.results = [{ ...failure, error: 'ExitCodeNonzero' }];
    const tried = { since: at('2026-12-01T18:00:30Z'), undelivered: 'ClientNotRunning' };
    const progress = await run(stage, before([preCommand('running', tried)]));
    expect(why(progress)).toEqual(
      state('command-failed', {
        ...drain,
        status: 'Failed',
        exitCode: 3,
        error: 'ExitCodeNonzero',
        output: 'no',
      }),
    );
    // The caller writes it, with the end of the plan.
    expect(progress).toHaveProperty('step', preCommand('failed'));
    expect(stage.written).toEqual([]);
  });

  it('and fails without a code or an error of ECS says so much', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    stage.results = [{ kind: 'over', isSuccess: false, status: 'Stopped', output: '' }];
    expect(why(await run(stage, before([preCommand('running')])))).toEqual(
      state('command-failed', { ...drain, status: 'Stopped', output: '' }),
    );
  });

  it.each<[StepStage['results'][number], Step['state'], string]>([
    [success, 'done', 'command-succeeded'],
    [failure, 'failed', 'command-failed'],
  ])(
    'for an interval that has passed ends nothing, and is recorded as it ended',
    async (result, is, code) => {
      const stage = new StepStage('2026-12-01T18:03:00Z');
      stage.results = [result];
      const passed = { executeAt: at('2026-11-30T18:00:00Z'), since: at('2026-12-01T18:00:30Z') };
      const progress = await run(stage, before([preCommand('running', passed)]));
      expect(progress).toEqual({ kind: 'done', plan: stage.last });
      expect(stage.last.steps).toEqual([preCommand(is, { executeAt: at('2026-11-30T18:00:00Z') })]);
      expect(stage.said()).toMatchObject([{ code }]);
      expect(stage.invoked).toEqual([]);
    },
  );

  it('for an interval that has passed is lost with the row', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    stage.results = [success];
    stage.lostFrom = 1;
    expect(await run(stage, before([preCommand('running', { outlived: true })]))).toEqual({ kind: 'lost' });
  });
});

describe('a command that its agent did not receive', () => {
  const values = { ...drain, errorCode: 'ClientNotRunning' };
  const since = { at: '2026-12-01T18:01:00Z', timeZone: 'Asia/Shanghai' };
  const missed = preCommand('failed', {
    at: at('2026-12-01T18:02:00Z'),
    since: at('2026-12-01T18:01:00Z'),
    undelivered: 'ClientNotRunning',
  });

  it('is tried again, and the timeline says so once for each code', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [unreceived];
    const progress = await run(stage, before([preCommand('running')]));
    const what = state('command-undelivered', { ...values, isTriedAgain: true, since });
    expect(progress).toEqual({ kind: 'waits', plan: stage.last, why: what });
    expect(stage.last.steps).toEqual([missed]);
    expect(stage.said()).toEqual([what]);

    const again = { ...missed, state: 'running' as const, ids: ['t-1'] };
    const same = new StepStage('2026-12-01T18:03:00Z');
    same.results = [unreceived];
    await run(same, before([again]));
    expect(same.step('pre-command')).toEqual({ ...missed, at: at('2026-12-01T18:03:00Z'), ids: ['t-1'] });
    expect(same.said()).not.toMatchObject([{ code: 'command-undelivered' }]);

    const other = new StepStage('2026-12-01T18:03:00Z');
    other.results = [{ kind: 'undelivered', errorCode: 'DeliveryTimeout' }];
    await run(other, before([again]));
    expect(other.said()).toMatchObject([{ values: { errorCode: 'DeliveryTimeout' } }]);
  });

  it('is recorded at no time before its call, even by a clock that is behind', async () => {
    const stage = new StepStage('2026-12-01T18:00:30Z');
    stage.results = [unreceived];
    await run(stage, before([preCommand('running')]));
    expect(stage.step('pre-command')?.at).toEqual(at('2026-12-01T18:01:00Z'));
  });

  it('begins anew with another token, and keeps since when it is tried and why', async () => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    const progress = await run(stage, before([missed]));
    const tried = { since: at('2026-12-01T18:01:00Z'), undelivered: 'ClientNotRunning' };
    expect(stage.written[0]?.steps).toEqual([
      preCommand('starting', { ...tried, at: at('2026-12-01T18:03:00Z') }),
    ]);
    // Neither the record nor the call is news.
    expect(stage.last.timeline).toEqual(before().timeline);
    expect(stage.invoked[0]?.clientToken).toContain(' 2026-12-01T18:03:00Z ');
    expect(why(progress)).toEqual(state('command-undelivered', { ...values, isTriedAgain: true, since }));
  });

  it.each<[string, Partial<Step>]>([
    ['is another command', { commandId: 'c-old' }],
    ['is for another interval', { executeAt: at('2026-11-30T18:00:00Z') }],
  ])('begins anew as a first try where the failed one %s', async (_, changes) => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    await run(stage, before([{ ...missed, ...changes }]));
    expect(stage.written[0]?.steps).toEqual([preCommand('starting', { at: at('2026-12-01T18:03:00Z') })]);
    expect(stage.written[0]?.timeline.at(-1)?.what).toEqual(state('command-begins', drain));
  });

  it.each<[string, Partial<Step>]>([
    ['since when it is tried', { since: at('2026-12-01T18:01:00Z') }],
    ['why it did not arrive', { undelivered: 'ClientNotRunning' }],
  ])('begins anew as a first try where an edited row says only %s', async (_, changes) => {
    const stage = new StepStage('2026-12-01T18:03:00Z');
    await run(stage, before([preCommand('failed', changes)]));
    expect(stage.written[0]?.steps).toEqual([preCommand('starting', { at: at('2026-12-01T18:03:00Z') })]);
  });

  it('is not tried again by an agent that is too old, and nothing ran', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [{ kind: 'undelivered', errorCode: 'ClientNeedUpgrade' }];
    const progress = await run(stage, before([preCommand('running')]));
    expect(why(progress)).toEqual(
      state('command-undelivered', { ...drain, errorCode: 'ClientNeedUpgrade', isTriedAgain: false }),
    );
    expect(progress).toMatchObject({
      kind: 'failed',
      step: preCommand('failed', { undelivered: 'ClientNeedUpgrade' }),
    });
    expect(stage.written).toEqual([]);
  });

  it('is not tried again before a restart whose interval is not known', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [unreceived];
    const plan = before([preCommand('running')]);
    delete plan.latestStart;
    expect((await run(stage, plan)).kind).toBe('failed');
  });

  it.each([
    ['2026-12-01T18:30:59.999Z', 'waits'],
    ['2026-12-01T18:31:00Z', 'failed'],
  ])('after the restart is tried until the time for the proof is over (%s: %s)', async (now, kind) => {
    const stage = new StepStage(now);
    stage.results = [unreceived];
    expect((await run(stage, after(postCommand('running')), 'post-command')).kind).toBe(kind);
  });

  it('after a restart without a time for its proof is not tried again', async () => {
    const stage = new StepStage('2026-12-01T18:04:00Z');
    stage.results = [unreceived];
    const plan = after(postCommand('running'));
    delete plan.verifyUntil;
    expect((await run(stage, plan, 'post-command')).kind).toBe('failed');
  });

  it.each([
    ['2026-12-01T18:15:59.999Z', 'waits'],
    ['2026-12-01T18:16:00Z', 'failed'],
  ])('to undo something is tried for VERIFY_TIMEOUT (%s: %s)', async (now, kind) => {
    const stage = new StepStage(now);
    stage.results = [unreceived];
    const undo = step('undo-command', 'running', { commandId: 'c-undrain', ids: ['t-7'] });
    expect((await run(stage, ended(undo), 'undo-command')).kind).toBe(kind);
  });

  it('and that nobody wants any more is left, and counts as one that did not run', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [unreceived];
    const old = preCommand('running', { commandId: 'c-old', since: at('2026-12-01T18:01:00Z') });
    const progress = await run(stage, before([old]));
    expect(progress).toEqual({ kind: 'done', plan: stage.last });
    expect(stage.last.steps).toEqual([
      preCommand('failed', { commandId: 'c-old', undelivered: 'ClientNotRunning' }),
    ]);
    expect(stage.said()).toEqual([
      state('command-undelivered', { ...values, commandId: 'c-old', isTriedAgain: false }),
    ]);
    expect(stage.invoked).toEqual([]);
  });

  it('for an interval that has passed is left', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [unreceived];
    const progress = await run(stage, before([preCommand('running', { outlived: true })]));
    expect(progress.kind).toBe('done');
    expect(stage.step('pre-command')).toMatchObject({ state: 'failed', undelivered: 'ClientNotRunning' });
  });

  it('after the restart gives way at once to the command that replaces it', async () => {
    const stage = new StepStage('2026-12-01T18:04:00Z');
    stage.results = [unreceived, success];
    const progress = await run(stage, after(postCommand('running', { commandId: 'c-old' })), 'post-command');
    expect(stage.invoked).toMatchObject([{ commandId: 'c-check' }]);
    expect(stage.looked).toEqual(['t-0', 't-1']);
    expect(progress).toEqual({ kind: 'done', plan: stage.last });
    expect(stage.step('post-command')).toEqual(
      postCommand('done', { at: at('2026-12-01T18:04:00Z'), ids: ['t-1'] }),
    );
  });

  it('is lost with the row', async () => {
    const stage = new StepStage('2026-12-01T18:02:00Z');
    stage.results = [unreceived];
    stage.lostFrom = 1;
    expect(await run(stage, before([preCommand('running')]))).toEqual({ kind: 'lost' });
  });
});
