// What is done about one due row, by its status. It is 02:01 in Shanghai, a minute into the interval of the plan.
import { describe, expect, it } from 'vitest';
import { sortDue, type DueAction } from '../../../lib/jobs/execute/due.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import type { StopSeen } from '../../../lib/plan/stop.ts';
import { at, finished, preparing, runbook, step, stamp, verifying, waiting } from '../../plan/samples.ts';
import { RegionStage } from '../region-stage.ts';

const now = '2026-12-01T18:01:00Z';
const later = { owner: 'execution-2', until: at('2026-12-01T18:01:00.001Z') };
const over = { owner: 'execution-2', until: at(now) };
const opening = at('2026-12-01T18:00:00Z');
const drained = step('pre-command', 'done', { commandId: 'c-drain', executeAt: opening, ids: ['t-0'] });
const undoing = runbook({ undoCommand: 'c-undrain' });

function sort(stage: RegionStage, plan: Plan, stop: StopSeen = { kind: 'none' }): Promise<DueAction> {
  return sortDue({ ...stage.execution(), stop: { at: at(now), seen: stop } }, plan);
}

describe('a plan that waits', () => {
  it.each([
    ['Planned', waiting()],
    ['in Preparing without an execution', preparing({ lease: undefined as never })],
    ['in Preparing whose execution is gone', preparing({ lease: over })],
    [
      'AwaitingApproval after its interval',
      waiting({ status: 'AwaitingApproval', latestStart: at('2026-12-01T18:00:59Z') }),
    ],
  ])('%s is run', async (_, plan) => {
    const stage = new RegionStage();
    expect(await sort(stage, plan)).toEqual({ kind: 'run', plan });
    expect(stage.written).toEqual([]);
  });

  it('in Preparing is left to the execution that holds it', async () => {
    const stage = new RegionStage();
    expect(await sort(stage, preparing({ lease: later }))).toBeUndefined();
    expect(stage.written).toEqual([]);
  });

  it.each([
    ['AwaitingApproval in its interval', waiting({ status: 'AwaitingApproval', approval: 'required' })],
    [
      'AwaitingApproval at its end',
      waiting({ status: 'AwaitingApproval', approval: 'required', latestStart: at(now) }),
    ],
    ['that a person holds', waiting({ hold: 'release week' })],
    ['in Preparing that a person holds', preparing({ hold: 'release week', lease: over })],
  ])('%s is left to that person, and its row says so', async (_, plan) => {
    const stage = new RegionStage();
    expect(await sort(stage, plan)).toBeUndefined();
    expect(stage.written).toHaveLength(1);
  });

  it('AwaitingApproval without an interval is judged: it must not wait for ever', async () => {
    const plan = waiting({ status: 'AwaitingApproval' });
    delete plan.latestStart;
    expect(await sort(new RegionStage(), plan)).toEqual({ kind: 'run', plan });
  });
});

describe('a plan whose restart may have been sent', () => {
  const rebooting = waiting({
    status: 'Rebooting',
    lease: over,
    intent: { at: at('2026-12-01T17:58:00Z') },
  });

  it('goes on to verification where its execution is gone, and the history knows of it', async () => {
    const stage = new RegionStage();
    expect(await sort(stage, rebooting)).toEqual({ kind: 'watch', plan: stage.last });
    expect(stage.last).toMatchObject({
      status: 'Verifying',
      reason: { code: 'sender-vanished' },
      intent: { at: at('2026-12-01T17:58:00Z'), outcome: 'unknown' },
      nextLook: at('2026-12-01T18:01:30Z'),
      // VERIFY_TIMEOUT from the intent on.
      verifyUntil: at('2026-12-01T18:28:00Z'),
    });
    expect(stage.archived).toEqual([stage.last]);
  });

  it('has its time from now on where somebody edited the intent into the future', async () => {
    const stage = new RegionStage();
    await sort(stage, { ...rebooting, intent: { at: at('2027-01-01T00:00:00Z') } });
    expect(stage.last.verifyUntil).toEqual(at('2026-12-01T18:31:00Z'));
  });

  it('is left to the execution that holds it', async () => {
    const stage = new RegionStage();
    expect(await sort(stage, { ...rebooting, lease: later })).toBeUndefined();
    expect([stage.written, stage.archived]).toEqual([[], []]);
  });

  it('is left to whoever changed its row first', async () => {
    const stage = new RegionStage();
    stage.lostFrom = 1;
    expect(await sort(stage, rebooting)).toBeUndefined();
    expect(stage.archived).toEqual([]);
  });

  it('is watched', async () => {
    const plan = verifying();
    expect(await sort(new RegionStage(), plan)).toEqual({ kind: 'watch', plan });
  });
});

describe('a plan that has ended', () => {
  it.each(['Avoided', 'Cleared', 'Skipped', 'Missed', 'Escalated'] as const)(
    'by hand as %s is written once, so that it is no longer due',
    async (status) => {
      const stage = new RegionStage();
      expect(await sort(stage, finished({ status }))).toBeUndefined();
      expect(stage.written).toMatchObject([{ status, version: 6 }]);
      expect(stage.problems.all).toEqual([]);
    },
  );

  it('after its pre-command, without a command that undoes it, tells a person what to undo', async () => {
    const stage = new RegionStage();
    await sort(stage, finished({ status: 'Skipped', runbook: runbook(), steps: [drained] }));
    expect(stage.problems.all).toMatchObject([{ code: 'undo-pre-command', instanceId: 'i-web-1' }]);
    expect(stage.written).toHaveLength(1);
  });

  describe('after its restart may have been sent', () => {
    const ended = finished({
      status: 'Skipped',
      runbook: runbook(),
      steps: [drained],
      intent: { at: at('2026-12-01T17:31:00Z'), outcome: 'accepted' },
      verifyUntil: at(now),
    });

    it('is looked at once its time for the proof is over', async () => {
      const stage = new RegionStage();
      expect(await sort(stage, ended)).toEqual({ kind: 'check', plan: ended });
      expect(stage.written).toEqual([]);
    });

    it.each<[string, Partial<Plan>]>([
      ['before that', { verifyUntil: at('2026-12-01T18:01:00.001Z') }],
      [
        'before its row says who ended it',
        { edits: [{ by: 'operator', what: state('status-by-hand', { from: 'Verifying', to: 'Skipped' }) }] },
      ],
    ])('is only written %s', async (_, changes) => {
      const stage = new RegionStage();
      expect(await sort(stage, { ...ended, ...changes })).toBeUndefined();
      expect(stage.written).toHaveLength(1);
    });
  });
});

describe('a pre-command that no restart follows', () => {
  const owed = finished({ status: 'Skipped', runbook: undoing, steps: [drained] });
  const said = state('as-written', { text: 'As it ended.' }, [
    state('undo-owed', { commandId: 'c-drain', undoId: 'c-undrain' }),
  ]);

  it('is undone after the end of its plan, once the row says so', async () => {
    const stage = new RegionStage();
    expect(await sort(stage, owed)).toEqual({ kind: 'undo', plan: stage.last });
    expect(stage.last.reason.also).toMatchObject([{ code: 'undo-owed' }]);
    const again = new RegionStage();
    const plan = { ...owed, reason: said as Plan['reason'] };
    expect(await sort(again, plan)).toEqual({ kind: 'undo', plan });
    expect(again.written).toEqual([]);
    const lost = new RegionStage();
    lost.lostFrom = 1;
    expect(await sort(lost, owed)).toBeUndefined();
  });

  it('is undone while a person holds its plan', async () => {
    const stage = new RegionStage();
    const plan = waiting({ hold: 'release week', runbook: undoing, steps: [drained] });
    expect(await sort(stage, plan)).toEqual({ kind: 'undo', plan });
    expect(stage.written).toEqual([]);
  });

  it('is left to the execution that holds its plan', async () => {
    const stage = new RegionStage();
    const plan = preparing({ hold: 'release week', runbook: undoing, steps: [drained], lease: later });
    expect(await sort(stage, plan)).toBeUndefined();
    expect(stage.written).toEqual([]);
  });

  const passed = { latestStart: at('2026-12-01T18:00:59Z'), steps: [drained] };

  it('is undone after its interval, without asking ECS about the plan', async () => {
    const stage = new RegionStage();
    const plan = preparing({ ...passed, runbook: undoing, lease: over });
    expect(await sort(stage, plan)).toEqual({ kind: 'undo', plan: stage.last });
    expect(stage.last.steps).toEqual([{ ...drained, outlived: true }]);
    expect(stage.asked.map(([name]) => name)).toEqual(['write']);
    const held = new RegionStage();
    expect(await sort(held, { ...plan, lease: later })).toBeUndefined();
    const lost = new RegionStage();
    lost.lostFrom = 1;
    expect(await sort(lost, plan)).toBeUndefined();
  });

  it('is told to a person where nothing undoes it, and its plan is judged', async () => {
    const stage = new RegionStage();
    const plan = preparing({ ...passed, runbook: runbook(), lease: over });
    expect(await sort(stage, plan)).toEqual({ kind: 'run', plan: stage.last });
    expect(stage.problems.all).toMatchObject([{ code: 'undo-pre-command', instanceId: 'i-web-1' }]);
  });

  it('is told to that person, too, who holds its plan', async () => {
    const stage = new RegionStage();
    const plan = waiting({ ...passed, runbook: runbook(), hold: 'release week' });
    expect(await sort(stage, plan)).toBeUndefined();
    expect(stage.problems.all).toMatchObject([{ code: 'undo-pre-command' }]);
  });

  describe('because a person stopped everything', () => {
    const set: StopSeen = { kind: 'set', stop: { why: 'fire', faults: [] } };
    const plan = preparing({ runbook: undoing, steps: [drained], lease: over });

    it('is undone', async () => {
      const stage = new RegionStage();
      expect(await sort(stage, plan, set)).toEqual({ kind: 'undo', plan: stage.last });
      expect(stage.last.steps).toEqual([{ ...drained, outlived: true }]);
    });

    it.each<[string, StopSeen]>([
      ['nobody did', { kind: 'none' }],
      ['nobody knows whether somebody did', { kind: 'unread', message: 'down' }],
    ])('is not undone where %s', async (_, stop) => {
      const stage = new RegionStage();
      expect(await sort(stage, plan, stop)).toEqual({ kind: 'run', plan });
      expect(stage.written).toEqual([]);
    });
  });

  it('of a plan that has ended is not marked once more', async () => {
    const stage = new RegionStage();
    const plan = finished({ ...passed, status: 'Escalated', runbook: runbook() });
    await sort(stage, plan);
    expect(stage.last.steps).toEqual([drained]);
    expect(stage.last.timeline.at(-1)?.by).toBe(stamp(now, 'execute').by);
  });
});
