// What planning says of a pre-command whose restart comes only later. It began at 18:00, in the window of Wednesday.
import { describe, expect, it } from 'vitest';
import { drainedUntil, isForPerson } from '../../../lib/plan/planning/drained.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
import { at, runbook, step, waiting, without } from '../samples.ts';

const drain = step('pre-command', 'done', { commandId: 'c-drain', at: at('2026-12-01T18:00:00Z') });
const drained = waiting({ runbook: runbook(), steps: [drain] });
const withUndo = waiting({ runbook: runbook({ undoCommand: 'c-undrain' }), steps: [drain] });
const nextNight = waiting({ executeAt: at('2026-12-02T18:00:00Z') });

const owed = { code: 'undo-owed', values: { commandId: 'c-drain', undoId: 'c-undrain' } };
const byHand = { code: 'undo-pre-command', values: { commandId: 'c-drain' } };

function said(row: Plan, next: Plan, now = '2026-12-01T19:00:00Z'): unknown {
  return drainedUntil(row, next, { now: at(now), timeZone: 'Asia/Shanghai' });
}

describe('of a plan that is drained', () => {
  it('is said until when, where it moved and nothing undoes the pre-command', () => {
    expect(said(drained, nextNight)).toEqual({
      code: 'drained-until',
      values: { commandId: 'c-drain', at: '2026-12-02T18:00:00Z', timeZone: 'Asia/Shanghai' },
    });
  });

  it('is said that the undo-command follows, where there is one', () => {
    expect(said(withUndo, nextNight)).toEqual(owed);
  });

  it('is said nothing while its time has come and has not passed', () => {
    expect(said(drained, drained)).toBe(undefined);
    expect(said(drained, drained, '2026-12-01T18:00:00Z')).toBe(undefined);
    expect(said(withUndo, withUndo, '2026-12-01T20:45:00Z')).toBe(undefined);
  });

  it('is said that a person must undo it, where its time has passed or it waits for an approval', () => {
    expect(said(drained, drained, '2026-12-01T20:45:00.001Z')).toEqual(byHand);
    expect(said(drained, { ...drained, status: 'AwaitingApproval' })).toEqual(byHand);
    expect(said(withUndo, withUndo, '2026-12-01T20:45:00.001Z')).toEqual(owed);
  });

  it('is said nothing where it gets no time: its end says so', () => {
    expect(said(drained, without(nextNight, 'executeAt'))).toBe(undefined);
  });
});

it('nothing is said of a plan whose pre-command has not begun, or is undone', () => {
  expect(said(waiting({ runbook: runbook() }), nextNight)).toBe(undefined);
  const undone = step('undo-command', 'done', { commandId: 'c-undrain' });
  expect(said(waiting({ runbook: runbook(), steps: [drain, undone] }), nextNight)).toBe(undefined);
});

it('only an undo-command that follows needs no person', () => {
  expect(isForPerson(state('undo-owed', { commandId: 'c-drain', undoId: 'c-undrain' }))).toBe(false);
  expect(isForPerson(state('undo-pre-command', { commandId: 'c-drain' }))).toBe(true);
});
