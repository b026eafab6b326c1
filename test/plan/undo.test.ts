// What a row says while a pre-command is undone.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../lib/plan/plan.ts';
import { state, type Statement } from '../../lib/plan/statement.ts';
import type { Step } from '../../lib/plan/steps.ts';
import { recordUndo, saysOfUndo, withSaidOfUndo } from '../../lib/plan/undo.ts';
import { at, finished, plain, runbook, stamp, step, waiting } from './samples.ts';

const later = stamp('2026-12-01T21:00:00Z', 'execute');
const drain = (changes: Partial<Step> = {}): Step =>
  step('pre-command', 'done', { commandId: 'c-drain', ids: ['t-1'], ...changes });
const undo = (changes: Partial<Step> = {}): Step =>
  step('undo-command', 'running', { commandId: 'c-undrain', ids: ['t-2'], ...changes });

const missed = state('interval-passed', {});
const owed = state('undo-owed', { commandId: 'c-drain', undoId: 'c-undrain' });
const byHand = state('undo-pre-command', { commandId: 'c-drain' });
const undone = state('undone', { commandId: 'c-drain', undoId: 'c-undrain' });

/** A plan that ended drained. Its reason says that the undo-command follows. */
function ended(changes: Partial<Plan> = {}): Plan {
  const withUndo = runbook({ undoCommand: 'c-undrain' });
  const reason = { ...missed, also: [owed] };
  return finished({ status: 'Missed', runbook: withUndo, steps: [drain()], reason, ...changes });
}

function recorded(plan: Plan, one: Step, what?: Statement): Plan {
  return recordUndo(plan, later, one, { what, requestId: 'R-1' });
}

describe('a row whose pre-command is undone', () => {
  it('keeps its status and its reason while the undo-command runs, without a word in the timeline', () => {
    const after = recorded(ended(), undo());
    expect(after).toMatchObject({ status: 'Missed', version: 6, reason: { ...missed, also: [owed] } });
    expect(after.steps).toEqual([drain(), undo()]);
    expect(after.timeline).toEqual(ended().timeline);
  });

  it('says so instead, once it is', () => {
    const after = recorded(ended({ steps: [drain(), undo()] }), undo({ state: 'done' }), undone);
    expect(after.reason).toEqual({ ...missed, also: [undone] });
    expect(after.steps).toEqual([drain(), undo({ state: 'done' })]);
    expect(plain(after.timeline.at(-1))).toEqual({
      at: '2026-12-01T21:00:00Z',
      by: 'execute',
      what: undone,
      requestId: 'R-1',
    });
  });

  it('says what failed, and that a person must undo it, where the undo-command failed', () => {
    const failed = state('undo-failed', { commandId: 'c-drain', why: state('throttled', {}) });
    const after = recorded(ended({ steps: [drain(), undo()] }), undo({ state: 'failed' }), failed);
    expect(after.reason).toEqual({ ...missed, also: [failed, byHand] });
  });

  it('says why nothing is to be undone, where the pre-command turned out not to have run', () => {
    const never = state('throttled', {});
    const gone = drain({ state: 'failed', undelivered: 'ClientNotRunning' });
    expect(recorded(ended(), gone, never).reason).toEqual({ ...missed, also: [never] });
  });

  it('says only what a person can do, where that is what a restart followed', () => {
    const sent = ended({ intent: { at: at('2026-12-01T18:02:00Z'), outcome: 'accepted' } });
    const next = { planId: 'e-1', instanceId: 'i-web-1', isRetriable: false, isUnproven: true };
    expect(recorded(sent, drain({ state: 'failed' }), missed).reason).toEqual({
      ...missed,
      also: [state('next-steps', next)],
    });
  });

  it('says it after the words about a hold', () => {
    const held = waiting({
      hold: 'a release is running',
      runbook: runbook({ undoCommand: 'c-undrain' }),
      steps: [drain(), undo()],
      reason: state('held', { why: 'a release is running', timeZone: 'Asia/Shanghai' }, [
        { ...missed, also: [owed] },
      ]),
    });
    expect(recorded(held, undo({ state: 'done' }), undone).reason).toEqual({
      code: 'held',
      values: {
        why: 'a release is running',
        notBefore: '2026-12-03T02:00:00Z',
        timeZone: 'Asia/Shanghai',
        instanceId: 'i-web-1',
      },
      also: [{ ...missed, also: [undone] }],
    });
  });
});

describe('words about a pre-command that no restart follows', () => {
  it('replace earlier ones, and leave the others', () => {
    const other = state('throttled', {});
    const until = state('drained-until', {
      commandId: 'c-drain',
      at: '2026-12-02T18:00:00Z',
      timeZone: 'Asia/Shanghai',
    });
    const reason = { ...missed, also: [until, other, byHand, undone] };
    expect(withSaidOfUndo(reason, [owed])).toEqual({ ...missed, also: [other, owed] });
    expect(withSaidOfUndo({ ...missed, also: [owed] }, [undefined])).toEqual(missed);
  });

  it('are found in a reason', () => {
    expect(saysOfUndo({ ...missed, also: [state('throttled', {}), byHand] })).toBe(true);
    expect(saysOfUndo({ ...missed, also: [state('throttled', {})] })).toBe(false);
    expect(saysOfUndo(missed)).toBe(false);
  });
});
