// Waiting rows that people edited. The rules correct a slip. A pinned time stays, as far as the deadline allows it.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state } from '../../../lib/plan/statement.ts';
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

describe('a row that a person edited', () => {
  it.each<[string, Partial<Plan>]>([
    ['an earlier execute_at', { executeAt: at('2026-12-01T12:00:00Z') }],
    ['an execute_at that has come', { executeAt: at('2026-12-01T09:00:00Z') }],
    ['a later latest_start', { latestStart: at('2026-12-02T12:00:00Z') }],
    ['a latest_start before execute_at', { latestStart: at('2026-12-01T17:00:00Z') }],
  ])('gets the interval of the rules instead of %s', (_, edit) => {
    expect(outcome(planned(sighting(), waiting(edit)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      timeline: [
        {},
        {
          what: {
            code: 'planned',
            values: {
              status: 'Planned',
              at: '2026-12-01T18:00:00Z',
              timeZone: 'Asia/Shanghai',
              why: { code: 'interval-forbidden', values: {} },
            },
          },
        },
      ],
    });
  });

  it('keeps a later execute_at that the rules also allow', () => {
    const edited = waiting({ executeAt: at('2026-12-01T19:00:00Z') });
    expect(planned(sighting(), edited).kind).toBe('unchanged');
  });

  it.each(['executeAt', 'latestStart'] as const)('gets its %s again when the edit removed it', (name) => {
    expect(outcome(planned(sighting(), without(waiting(), name)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('gets the NotBefore of ECS again', () => {
    expect(outcome(planned(sighting(), waiting({ notBefore: at('2026-12-30T00:00:00Z') })))).toMatchObject({
      kind: 'updated',
      notBefore: '2026-12-03T02:00:00Z',
    });
  });

  it('gets the events of ECS again', () => {
    expect(outcome(planned(sighting(), waiting({ eventIds: ['e-1', 'e-7'] })))).toMatchObject({
      kind: 'updated',
      eventIds: ['e-1'],
    });
  });
});

describe('a plan that an operator pinned', () => {
  const pinned = waiting({
    pinned: true,
    reason: state('as-written', { text: 'Li: after the release.' }),
    executeAt: at('2026-12-01T12:00:00Z'),
    latestStart: at('2026-12-01T13:00:00Z'),
  });

  it('keeps its interval outside every window', () => {
    expect(planned(sighting(), pinned).kind).toBe('unchanged');
  });

  it('keeps its interval when the rules change', () => {
    const changed = { windowText: 'daily 03:00-04:00', calendar: calendar('daily 03:00-04:00') };
    expect(planned(sighting(), pinned, settings({}, changed)).kind).toBe('unchanged');
  });

  it('keeps its interval and its reason when NotBefore moves to a later time', () => {
    const moved = sighting([event({ notBefore: '2026-12-04T02:00:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      pinned: true,
      reason: { code: 'as-written', values: { text: 'Li: after the release.' } },
      notBefore: '2026-12-04T02:00:00Z',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T13:00:00Z',
    });
  });

  it('must start before the safety margin when NotBefore moves into its interval', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T13:00:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-01T12:30:00Z',
    });
  });

  it('loses its interval when NotBefore moves before it', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T11:30:00Z' })]);
    expect(outcome(planned(moved, pinned))).toMatchObject({
      kind: 'updated',
      decision: 'last-resort',
      executeAt: '2026-12-01T10:00:00Z',
      latestStart: '2026-12-01T11:00:00Z',
    });
  });

  it('is planned by the rules when its interval has passed', () => {
    expect(outcome(planned(sighting(), pinned, settings(), '2026-12-01T13:00:01Z'))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
  });

  it('gets the deadline as latest_start when its latest_start is before execute_at', () => {
    const backwards = { ...pinned, latestStart: at('2026-12-01T11:00:00Z') };
    expect(outcome(planned(sighting(), backwards))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T12:00:00Z',
      latestStart: '2026-12-03T01:30:00Z',
    });
  });

  it('is still Skipped, Missed or Cleared when there is nothing to restart', () => {
    expect(outcome(planned(sighting([event()], optedOut), pinned))).toMatchObject({ status: 'Skipped' });
    expect(outcome(planned(sighting([event({ status: 'Executing' })]), pinned))).toMatchObject({
      status: 'Missed',
    });
    expect(outcome(planned(sighting([event({ status: 'Canceled' })]), pinned))).toMatchObject({
      status: 'Cleared',
    });
  });

  it('is unpinned, planned by the rules and reported when its time is after the safety margin', () => {
    const late = { executeAt: at('2026-12-03T01:45:00Z'), latestStart: at('2026-12-03T01:55:00Z') };
    const planning = planned(sighting(), { ...pinned, ...late });
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      pinned: false,
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
    });
    const why = { code: 'pinned-too-late', values: {} };
    expect(planning.problems).toEqual([
      {
        code: 'unpinned',
        values: {
          why,
          planned: {
            code: 'planned',
            values: { status: 'Planned', at: '2026-12-01T18:00:00Z', timeZone: 'Asia/Shanghai', why },
          },
        },
      },
    ]);
  });

  it('must start before the safety margin, and stays pinned, when only its end is after the margin', () => {
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

  it('stands against NO_WINDOW=leave until its interval has passed', () => {
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
