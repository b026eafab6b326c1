// Waiting rows that people edited: by slip, which the rules correct, or pinned, which they respect as far as ECS allows.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import {
  at,
  calendar,
  event,
  optedOut,
  outcome,
  planned,
  settings,
  sighting,
  waiting,
  without,
} from '../samples.ts';

describe('a row that was edited by hand', () => {
  it.each<[string, Partial<Plan>]>([
    ['an earlier execute_at', { executeAt: at('2026-12-01T12:00:00Z') }],
    ['an execute_at that has come', { executeAt: at('2026-12-01T09:00:00Z') }],
    ['a later latest_start', { latestStart: at('2026-12-02T12:00:00Z') }],
    ['a latest_start before execute_at', { latestStart: at('2026-12-01T17:00:00Z') }],
  ])('with %s gets the interval that the rules allow', (_, edit) => {
    expect(outcome(planned(sighting(), waiting(edit)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      timeline: [
        {},
        {
          what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: its interval was not one that the rules allow.',
        },
      ],
    });
  });

  it('with a later execute_at that the rules allow, too, stands as it was edited', () => {
    const edited = waiting({ executeAt: at('2026-12-01T19:00:00Z') });
    expect(planned(sighting(), edited).kind).toBe('unchanged');
  });

  it.each(['executeAt', 'latestStart'] as const)('that lost its %s gets it again', (name) => {
    expect(outcome(planned(sighting(), without(waiting(), name)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('to another NotBefore goes by ECS’s', () => {
    expect(outcome(planned(sighting(), waiting({ notBefore: at('2026-12-30T00:00:00Z') })))).toMatchObject({
      kind: 'updated',
      notBefore: '2026-12-03T02:00:00Z',
    });
  });

  it('to other events goes by ECS’s', () => {
    expect(outcome(planned(sighting(), waiting({ eventIds: ['e-1', 'e-7'] })))).toMatchObject({
      kind: 'updated',
      eventIds: ['e-1'],
    });
  });
});

describe('a plan that an operator pinned', () => {
  const pinned = waiting({
    pinned: true,
    reason: 'Li: after the release.',
    executeAt: at('2026-12-01T12:00:00Z'),
    latestStart: at('2026-12-01T13:00:00Z'),
  });

  it('keeps its interval, outside every window', () => {
    expect(planned(sighting(), pinned).kind).toBe('unchanged');
  });

  it('keeps it when the rules change', () => {
    const changed = { windowText: 'daily 03:00-04:00', calendar: calendar('daily 03:00-04:00') };
    expect(planned(sighting(), pinned, settings({}, changed)).kind).toBe('unchanged');
  });

  it('keeps it, and its reason, when NotBefore moves to a later time', () => {
    const moved = sighting([event({ notBefore: '2026-12-04T02:00:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      pinned: true,
      reason: 'Li: after the release.',
      notBefore: '2026-12-04T02:00:00Z',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T13:00:00Z',
    });
  });

  it('is cut at the safety margin when NotBefore moves into its interval', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T13:00:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T12:30:00Z',
    });
  });

  it('loses an interval that lies behind the NotBefore that moved', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T11:30:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      decision: 'last-resort',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T11:00:00Z',
    });
  });

  it('whose interval passed unused is planned by the rules', () => {
    expect(outcome(planned(sighting(), pinned, settings(), '2026-12-01T13:00:01Z'))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('whose interval has no length gets one until the deadline', () => {
    const backwards = { ...pinned, latestStart: at('2026-12-01T11:00:00Z') };
    expect(outcome(planned(sighting(), backwards))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it('is still Skipped, Missed or Cleared where there is nothing to restart', () => {
    expect(outcome(planned(sighting([event()], optedOut), pinned))).toMatchObject({ status: 'Skipped' });
    expect(outcome(planned(sighting([event({ status: 'Executing' })]), pinned))).toMatchObject({
      status: 'Missed',
    });
    expect(outcome(planned(sighting([event({ status: 'Canceled' })]), pinned))).toMatchObject({
      status: 'Cleared',
    });
  });

  it('behind the safety margin is planned by the rules at once, unpinned, and the operator is told', () => {
    const late = { executeAt: at('2026-12-03T01:45:00Z'), latestStart: at('2026-12-03T01:55:00Z') };
    const planning = planned(sighting(), { ...pinned, ...late });
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      pinned: false,
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
    expect(planning.problems).toEqual([
      'The pinned time cannot be kept: the pinned interval went beyond the deadline. Planned for Wed 2026-12-02 02:00 Asia/Shanghai: the pinned interval went beyond the deadline.',
    ]);
  });

  it('reaching beyond the safety margin is cut there, and stays pinned', () => {
    const long = { executeAt: at('2026-12-03T01:00:00Z'), latestStart: at('2026-12-03T01:50:00Z') };
    const planning = planned(sighting(), { ...pinned, ...long });
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      pinned: true,
      executeAt: '2026-12-03T01:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
    expect(planning.problems).toEqual([]);
  });

  it('stands against NO_WINDOW=leave while it has time, and no longer', () => {
    const leave = settings(
      {},
      { noWindow: 'leave', calendar: calendar('Sat 02:00-05:00'), windowText: 'Sat 02:00-05:00' },
    );
    expect(planned(sighting(), pinned, leave)).toEqual({ kind: 'unchanged', problems: [] });
    expect(planned(sighting(), pinned, leave, '2026-12-01T13:00:00Z').kind).toBe('unchanged');
    expect(outcome(planned(sighting(), pinned, leave, '2026-12-01T13:00:00.001Z'))).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'policy',
    });
  });
});
