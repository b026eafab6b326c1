// A waiting plan and what the owner asks for: the window set in ECS, and what is done before and after the restart.
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../lib/plan/plan.ts';
import { state, type Statement } from '../../../lib/plan/statement.ts';
import {
  at,
  event,
  instance,
  outcome,
  plain,
  planned,
  preparedSettings,
  rulesRecord,
  runbook,
  settings,
  sighting,
  step,
  waiting,
  withUnreadWindows,
  written,
} from '../samples.ts';

/** The entry of the timeline: planned for this time, for this reason. */
function plannedFor(time: string, why: Statement): object {
  return { what: state('planned', { status: 'Planned', at: time, timeZone: 'Asia/Shanghai', why }) };
}

describe('a pinned plan that is drained', () => {
  it('says only once until when its service may be down, however often it is planned again', () => {
    const drained = (time: string): Statement =>
      state('drained-until', { commandId: 'c-drain', at: time, timeZone: 'Asia/Shanghai' });
    const reason = state('as-written', { text: 'Li: after the release.' }, [drained('2026-12-01T17:00:00Z')]);
    const steps = [step('pre-command', 'done', { commandId: 'c-drain' })];
    const row = waiting({ pinned: true, reason, steps, eventIds: ['e-1', 'e-7'] });
    expect(written(planned(sighting(), row)).reason.also).toEqual([drained('2026-12-01T18:00:00Z')]);
    const due = written(planned(sighting(), row, settings(), '2026-12-01T18:00:00Z'));
    expect(due.reason.also ?? []).toEqual([]);
  });
});

describe('a waiting plan and the window set in ECS', () => {
  const early = { text: 'daily 01:00-02:00', timeZone: 'Asia/Shanghai' };
  const late = { text: 'daily 04:00-05:00', timeZone: 'Asia/Shanghai' };
  const made = (): Plan => written(planned({ ...sighting(), ecsWindow: late }));

  it('is planned in that window, and its row keeps the window', () => {
    expect(plain(made())).toMatchObject({
      executeAt: '2026-12-01T20:00:00Z',
      latestStart: '2026-12-01T20:45:00Z',
      rules: rulesRecord({ windows: 'daily 04:00-05:00' }),
      ecsWindow: late,
    });
  });

  it('keeps the window of its row where the window was not read', () => {
    expect(planned(withUnreadWindows(), made()).kind).toBe('unchanged');
  });

  it('moves when the window moves', () => {
    expect(outcome(planned({ ...sighting(), ecsWindow: early }, made()))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T17:00:00Z',
      ecsWindow: early,
      timeline: [{}, plannedFor('2026-12-01T17:00:00Z', state('rules-changed', {}))],
    });
  });

  it('uses the windows of the settings when the owner removes the window', () => {
    const moved = planned({ ...sighting(), ecsWindow: 'none' }, made());
    expect(outcome(moved)).toMatchObject({ kind: 'updated', executeAt: '2026-12-01T18:00:00Z' });
    expect(written(moved)).not.toHaveProperty('ecsWindow');
  });

  it('uses the tag instead when the instance has one', () => {
    const tagged = instance({ tags: { 'reboot-planner:window': 'daily 03:00-03:30' } });
    const moved = planned({ ...sighting([event()], tagged), ecsWindow: late }, made());
    expect(outcome(moved)).toMatchObject({ kind: 'updated', executeAt: '2026-12-01T19:00:00Z' });
    expect(written(moved)).not.toHaveProperty('ecsWindow');
  });

  it('is corrected once where somebody edited the column ecs_window', () => {
    const edited = { ...made(), ecsWindow: { text: 'always', timeZone: 'UTC' } };
    const corrected = planned({ ...sighting(), ecsWindow: late }, edited);
    expect(outcome(corrected)).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T20:00:00Z',
      ecsWindow: late,
      timeline: [{}, plannedFor('2026-12-01T20:00:00Z', state('ecs-window-changed', {}))],
    });
    expect(planned({ ...sighting(), ecsWindow: late }, written(corrected)).kind).toBe('unchanged');
  });
});

describe('a waiting plan and its backup and commands', () => {
  const asked = preparedSettings();

  it('stands while the settings ask for the same', () => {
    expect(planned(sighting(), waiting({ runbook: runbook() }), asked).kind).toBe('unchanged');
  });

  it('gets them when the settings begin to ask for them', () => {
    expect(outcome(planned(sighting(), waiting(), asked))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T18:00:00Z',
      runbook: { backup: { isRequired: true, retentionDays: 7 }, preCommand: 'c-drain' },
      timeline: [{}, plannedFor('2026-12-01T18:00:00Z', state('runbook-changed', {}))],
    });
  });

  it('loses them when nothing asks for them any more, and keeps the steps that were done', () => {
    const steps = [step('backup', 'done')];
    const plan = written(planned(sighting(), waiting({ runbook: runbook(), steps })));
    expect(plan.runbook).toBeUndefined();
    expect(plan.steps).toEqual(steps);
  });

  it('has what the tags of the instance ask for', () => {
    const tagged = instance({
      tags: { 'reboot-planner:backup': 'optional', 'reboot-planner:pre-command': 'none' },
    });
    const plan = written(planned(sighting([event()], tagged), waiting({ runbook: runbook() }), asked));
    expect(plan.runbook).toEqual({
      backup: { isRequired: false, retentionDays: 7 },
      postCommand: 'c-check',
      commandTimeout: 300_000,
      prepareLead: 900_000,
    });
  });

  it('is Skipped where a tag about them cannot be read', () => {
    const tagged = instance({ tags: { 'reboot-planner:pre-command': 'drain' } });
    expect(
      outcome(planned(sighting([event()], tagged), waiting({ runbook: runbook() }), asked)),
    ).toMatchObject({ kind: 'ended', status: 'Skipped', cause: 'tag' });
  });

  it('gets them where it is pinned, too, and keeps its time', () => {
    const pinned = waiting({ pinned: true, executeAt: at('2026-12-01T18:20:00Z') });
    expect(outcome(planned(sighting(), pinned, asked))).toMatchObject({
      kind: 'updated',
      pinned: true,
      executeAt: '2026-12-01T18:20:00Z',
      runbook: { preCommand: 'c-drain' },
    });
  });

  it('asks a person to undo the pre-command when the event is canceled after it', () => {
    const steps = [step('pre-command', 'done', { commandId: 'c-drain' })];
    const seen = sighting([event({ status: 'Canceled' })]);
    const ended = planned(seen, waiting({ runbook: runbook(), steps }), asked);
    const reason = state('answered-elsewhere', { avoided: [], canceled: ['e-1'] }, [
      state('undo-pre-command', { commandId: 'c-drain' }),
    ]);
    expect(written(ended)).toMatchObject({ status: 'Cleared' });
    expect(written(ended).reason).toEqual(reason);
    expect(ended.problems).toEqual([reason]);
  });
});
