// What follows a pre-command: whether it is to be undone, by whom, and what the limits count.
import { describe, expect, it } from 'vitest';
import {
  drainedSince,
  isDrained,
  isUndoOwed,
  preCommandToUndo,
  stepsInInterval,
  stepsLeftBy,
  undoCommandOf,
  undoStatement,
} from '../../lib/plan/draining.ts';
import { dueAt, type Plan } from '../../lib/plan/plan.ts';
import type { Step } from '../../lib/plan/steps.ts';
import { at, finished, preparing, runbook, step, verifying, waiting } from './samples.ts';

/** It began at 18:00, at execute_at of the samples. */
const drain = (state: Step['state'], changes: Partial<Step> = {}): Step =>
  step('pre-command', state, {
    commandId: 'c-drain',
    at: at('2026-12-01T18:00:00Z'),
    executeAt: at('2026-12-01T18:00:00Z'),
    ids: ['t-1'],
    ...changes,
  });
const undo = (state: Step['state'], changes: Partial<Step> = {}): Step =>
  step('undo-command', state, { commandId: 'c-undrain', ids: ['t-2'], ...changes });
const withUndo = runbook({ undoCommand: 'c-undrain' });
const ended = (steps: Step[], changes: Partial<Plan> = {}): Plan =>
  finished({ status: 'Missed', runbook: withUndo, steps, ...changes });

describe('an undo is owed', () => {
  it.each<[string, Plan, boolean]>([
    ['after a plan that ended while its pre-command runs', ended([drain('running')]), true],
    ['after a plan that ended while it may have begun', ended([drain('starting')]), true],
    ['after a plan whose pre-command is done', ended([drain('done')]), true],
    ['after a pre-command that failed on the instance', ended([drain('failed')]), true],
    [
      'not after one that never reached it',
      ended([drain('failed', { undelivered: 'ClientNotRunning' })]),
      false,
    ],
    ['not after one that did not begin', ended([]), false],
    ['while the undo-command runs', ended([drain('done'), undo('running')]), true],
    [
      'while the undo-command is tried again',
      ended([drain('done'), undo('failed', { undelivered: 'X', since: at('2026-12-01T18:10:00Z') })]),
      true,
    ],
    ['not once it is done', ended([drain('done'), undo('done')]), false],
    ['not once it is given up', ended([drain('done'), undo('failed')]), false],
    ['not without an undo-command', ended([drain('done')], { runbook: runbook() }), false],
    [
      'by the command of then, where the runbook has none now',
      ended([drain('done', { undoId: 'c-then' })], { runbook: runbook() }),
      true,
    ],
    [
      'never where a restart may have been sent',
      ended([drain('done')], { intent: { at: at('2026-12-01T18:02:00Z'), outcome: 'unknown' } }),
      false,
    ],
    [
      'not while the plan waits in the same interval',
      waiting({ runbook: withUndo, steps: [drain('done')] }),
      false,
    ],
    ['not while the plan is prepared', preparing({ runbook: withUndo, steps: [drain('done')] }), false],
    [
      'by a plan that waits for another interval',
      waiting({ runbook: withUndo, steps: [drain('done')], executeAt: at('2026-12-02T18:00:00Z') }),
      true,
    ],
    [
      'by a plan that waits for a person',
      waiting({ status: 'AwaitingApproval', runbook: withUndo, steps: [drain('done')] }),
      true,
    ],
    [
      'by a plan that a person holds',
      { ...waiting({ runbook: withUndo, steps: [drain('done')] }), hold: 'a release is running' },
      true,
    ],
    [
      'by a plan that took the step over from an earlier one',
      waiting({ runbook: withUndo, steps: [drain('done', { outlived: true })] }),
      true,
    ],
    [
      'by a plan whose undo has begun, whatever its interval is now',
      waiting({ runbook: withUndo, steps: [drain('done'), undo('running')] }),
      true,
    ],
  ])('%s', (_, plan, isOwed) => {
    expect(isUndoOwed(plan)).toBe(isOwed);
  });

  it('makes a plan due at once, also a final one, but not one that an execution holds', () => {
    expect(dueAt(ended([drain('done')]))?.toString()).toBe('2026-12-01T18:00:00Z');
    expect(dueAt(ended([drain('done'), undo('done')]))).toBeUndefined();
    const later = { runbook: withUndo, steps: [drain('done')], executeAt: at('2026-12-02T18:00:00Z') };
    expect(dueAt(waiting(later))?.toString()).toBe('2026-12-01T18:00:00Z');
    expect(dueAt(preparing(later))?.toString()).toBe('2026-12-01T18:03:30Z');
  });
});

describe('the undo-command', () => {
  it('is that which has begun, else that of the runbook, else that of the time when the pre-command began', () => {
    const then = drain('done', { undoId: 'c-then' });
    expect(undoCommandOf(ended([then, undo('running', { commandId: 'c-begun' })]))).toBe('c-begun');
    expect(undoCommandOf(ended([then]))).toBe('c-undrain');
    expect(undoCommandOf(ended([then], { runbook: runbook() }))).toBe('c-then');
  });
});

describe('the limits count', () => {
  it.each<[string, Plan, boolean]>([
    ['a plan that waits, drained', waiting({ steps: [drain('done')] }), true],
    ['a final plan until it is undone', ended([drain('done')]), true],
    ['not one that is undone', ended([drain('done'), undo('done')]), false],
    ['not one whose undo is given up', ended([drain('done'), undo('failed')]), false],
    [
      'not a final plan without an undo-command: people are told',
      ended([drain('done')], { runbook: runbook() }),
      false,
    ],
    ['not a restarted one for its pre-command', verifying({ steps: [drain('done')] }), false],
  ])('%s', (_, plan, counts) => {
    expect(drainedSince(plan)?.toString()).toBe(counts ? '2026-12-01T18:00:00Z' : undefined);
  });

  it('a pre-command that failed drains only until it is undone', () => {
    expect(isDrained(ended([drain('failed')]))).toBe(false);
    expect(drainedSince(ended([drain('failed')]))).toBeDefined();
  });
});

describe('what the end of a plan says', () => {
  const owed = { code: 'undo-owed', values: { commandId: 'c-drain', undoId: 'c-undrain' } };
  const byHand = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

  it('is that the undo-command follows, and no person need act', () => {
    expect(undoStatement(ended([drain('done')]))).toEqual(owed);
    expect(preCommandToUndo(ended([drain('done')]))).toBeUndefined();
  });

  it('is that a person must undo it, where there is no command, or it is given up', () => {
    expect(undoStatement(ended([drain('done')], { runbook: runbook() }))).toEqual(byHand);
    expect(undoStatement(ended([drain('done'), undo('failed')]))).toEqual(byHand);
  });

  it('is nothing once it is undone', () => {
    expect(undoStatement(ended([drain('done'), undo('done')]))).toBeUndefined();
  });
});

describe('the next plan of the instance', () => {
  const now = at('2026-12-01T18:02:00Z');

  it('takes over what is to be undone, with the plan whose token it has', () => {
    const left = stepsLeftBy(ended([drain('done'), undo('starting')]), { planId: 'e-2' }, now);
    expect(left).toEqual([
      { ...drain('done'), planId: 'e-1', outlived: true },
      { ...undo('starting'), planId: 'e-1' },
    ]);
  });

  it('takes over nothing that is undone, or that a restart followed', () => {
    expect(stepsLeftBy(ended([drain('done'), undo('done')]), { planId: 'e-2' }, now)).toEqual([]);
    const sent = ended([drain('done')], { intent: { at: now, outcome: 'accepted' } });
    expect(stepsLeftBy(sent, { planId: 'e-2' }, now)).toEqual([]);
  });
});

describe('a plan that is planned again', () => {
  const plan = waiting({ runbook: withUndo, steps: [drain('done')] });

  it('keeps its pre-command where it stays due in an interval that has not passed', () => {
    const moved = at('2026-12-01T18:01:30Z');
    expect(stepsInInterval(plan, moved, at('2026-12-01T18:02:00Z'))).toEqual([
      { ...drain('done'), executeAt: moved },
    ]);
  });

  it.each([
    ['it is put off', '2026-12-02T18:00:00Z', '2026-12-01T18:02:00Z'],
    ['its interval has passed', '2026-12-01T20:50:00Z', '2026-12-01T20:50:00Z'],
  ])('does not where %s', (_, executeAt, now) => {
    expect(stepsInInterval(plan, at(executeAt), at(now))).toBeUndefined();
  });
});
