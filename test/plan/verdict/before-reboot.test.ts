// The last look before the irreversible step. Every clause fails closed; the first test shows that the look can say go.
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import { judgeBeforeReboot, type VerdictBefore } from '../../../lib/plan/verdict/before-reboot.ts';
import {
  at,
  calendar,
  event,
  instance,
  oddEvent,
  optedOut,
  plain,
  preparedSettings,
  preparing,
  runbook,
  settings,
  sighting,
  stamp,
  step,
  waiting,
  without,
} from '../samples.ts';

const inWindow = '2026-12-01T18:01:00Z';

function verdict(
  seen: Sighting = sighting(),
  plan: Plan = preparing(),
  now = inWindow,
  rules: PlannerSettings = settings(),
): VerdictBefore {
  return judgeBeforeReboot(plan, seen, rules, stamp(now, 'execute'));
}

/** What the plan becomes where it no longer fits. */
function replanned(found: VerdictBefore): unknown {
  return found.kind === 'replan' ? plain(found.planning.plan) : found;
}

describe('right before the restart, all clauses hold', () => {
  it.each([
    ['waits', waiting()],
    ['is being prepared', preparing()],
  ])('and the look says go for a plan that %s', (_, plan) => {
    expect(verdict(sighting(), plan)).toEqual({ kind: 'go' });
  });

  it.each([
    ['the first', '2026-12-01T18:00:00Z'],
    ['the last', '2026-12-01T20:45:00Z'],
  ])('at %s moment of the interval', (_, now) => {
    expect(verdict(sighting(), preparing(), now)).toEqual({ kind: 'go' });
  });

  it('for two events that are both still Scheduled', () => {
    const plan = preparing({ eventIds: ['e-1', 'e-2'] });
    expect(verdict(sighting([event(), event({ eventId: 'e-2' })]), plan)).toEqual({ kind: 'go' });
  });
});

describe('fails closed: the event', () => {
  it('that ECS does not tell of', () => {
    expect(plain(verdict(sighting([])))).toEqual({
      kind: 'later',
      reason: 'Event e-1 cannot be confirmed as Scheduled. ECS does not tell of it.',
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('that cannot be read', () => {
    expect(verdict(sighting([], instance(), [oddEvent()]))).toMatchObject({
      kind: 'later',
      reason:
        'Event e-1 cannot be confirmed as Scheduled. Event e-1: NotBefore is "soon", expected an ISO 8601 time.',
    });
  });

  it('that ECS is carrying out', () => {
    expect(replanned(verdict(sighting([event({ status: 'Executing' })])))).toMatchObject({
      status: 'Missed',
    });
  });

  it.each([
    ['Executed', 'Missed'],
    ['Avoided', 'Cleared'],
    ['Canceled', 'Cleared'],
    ['Failed', 'Escalated'],
    ['Inquiring', 'Skipped'],
  ] as const)('that is %s ends the plan as %s', (shown, status) => {
    expect(replanned(verdict(sighting([event({ status: shown })])))).toMatchObject({ status });
  });

  it('that was moved is planned again', () => {
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(replanned(verdict(moved))).toMatchObject({ status: 'Planned', notBefore: '2026-12-09T02:00:00Z' });
  });

  it('of two that is over is taken out first', () => {
    const plan = preparing({ eventIds: ['e-1', 'e-2'] });
    const seen = sighting([event(), event({ eventId: 'e-2', status: 'Avoided' })]);
    expect(replanned(verdict(seen, plan))).toMatchObject({ status: 'Planned', eventIds: ['e-1'] });
  });

  it('of two that ECS is carrying out holds the restart for the other up', () => {
    const underWay = event({ eventId: 'e-0', status: 'Executing', notBefore: '2026-12-01T17:55:00Z' });
    const plan = waiting({ eventIds: ['e-1', 'e-0'] });
    expect(plain(verdict(sighting([underWay, event()]), plan))).toEqual({
      kind: 'later',
      reason: 'Event e-0 cannot be confirmed as Scheduled. It is Executing.',
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('of two that ECS does not tell of: the look does not say go', () => {
    const plan = preparing({ eventIds: ['e-1', 'e-2'] });
    expect(verdict(sighting([event()]), plan).kind).not.toBe('go');
  });
});

describe('fails closed: the instance', () => {
  it.each(['Stopped', 'Stopping', 'Starting', 'Pending', 'Rescuing'])('that is %s', (status) => {
    expect(plain(verdict(sighting([event()], instance({ status }))))).toEqual({
      kind: 'later',
      reason: `The instance is ${status}; RebootInstance needs it Running.`,
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('that is locked, naming the locks', () => {
    expect(verdict(sighting([event()], instance({ locks: ['financial', 'security'] })))).toMatchObject({
      kind: 'later',
      reason: 'The instance is locked by ECS (financial, security); unlock it, or leave it to ECS.',
    });
  });

  it('that ECS does not list', () => {
    expect(replanned(verdict(sighting([event()], null)))).toMatchObject({
      status: 'Escalated',
      cause: 'unknown-instance',
    });
  });

  it('that was started minutes ago, which may have answered its event: ten minutes have to pass', () => {
    const started = sighting([event()], instance({ startedAt: at('2026-12-01T17:55:00Z') }));
    expect(plain(verdict(started))).toEqual({
      kind: 'later',
      reason:
        'The instance was started minutes ago; its events may have been answered by that and show it only later.',
      until: '2026-12-01T18:05:00Z',
    });
    expect(verdict(started, preparing(), '2026-12-01T18:04:59.999Z').kind).toBe('later');
    expect(verdict(started, preparing(), '2026-12-01T18:05:00Z')).toEqual({ kind: 'go' });
  });

  it.each([
    ['reboot-planner:enable', 'true'],
    ['reboot-planner:Enabled', 'true'],
    ['REBOOT-PLANNER:window', 'always'],
    ['reboot-planner:', ''],
    ['reboot-planner:approval', 'no'],
  ])('that has the tag %s=%j by now, which nobody can read', (key, value) => {
    const tagged = instance({ tags: { [key]: value } });
    expect(replanned(verdict(sighting([event()], tagged)))).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('that was opted out meanwhile', () => {
    expect(replanned(verdict(sighting([event()], optedOut)))).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('whose tag cannot be read any more', () => {
    const unclear = instance({ tags: { 'reboot-planner:enabled': 'off' } });
    expect(replanned(verdict(sighting([event()], unclear)))).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('for which an approval is demanded by now', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    expect(replanned(verdict(sighting([event()], tagged)))).toMatchObject({
      status: 'AwaitingApproval',
      approval: 'required',
    });
  });
});

describe('fails closed: the time', () => {
  it('before execute_at', () => {
    const early = preparing();
    expect(verdict(sighting(), early, '2026-12-01T17:59:59.999Z')).toMatchObject({
      kind: 'later',
      reason: 'Its time has not come.',
      until: early.executeAt,
    });
  });

  it('before a pause is over, for the reason that it was made for', () => {
    const paused = preparing({ reason: 'ECS asked for patience.', waitUntil: at('2026-12-01T18:07:00Z') });
    expect(plain(verdict(sighting(), paused, '2026-12-01T18:06:59.999Z'))).toEqual({
      kind: 'later',
      reason: 'ECS asked for patience.',
      until: '2026-12-01T18:07:00Z',
    });
    expect(verdict(sighting(), paused, '2026-12-01T18:07:00Z')).toEqual({ kind: 'go' });
  });

  it('after latest_start: the next window is planned', () => {
    expect(replanned(verdict(sighting(), preparing(), '2026-12-01T20:45:00.001Z'))).toMatchObject({
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('within the safety margin before NotBefore', () => {
    expect(replanned(verdict(sighting(), preparing(), '2026-12-03T01:30:00.001Z'))).toMatchObject({
      status: 'Missed',
      cause: 'too-late',
    });
  });

  it('at NotBefore and after, even where an operator pinned the interval', () => {
    const pinned = preparing({ pinned: true, latestStart: at('2026-12-04T00:00:00Z') });
    for (const now of ['2026-12-03T02:00:00Z', '2026-12-03T03:00:00Z']) {
      expect(verdict(sighting(), pinned, now).kind).not.toBe('go');
    }
  });

  it('in an interval that the rules no longer allow', () => {
    const sundays = { calendar: calendar('Sun 02:00-05:00'), windowText: 'Sun 02:00-05:00 Asia/Shanghai' };
    const found = verdict(sighting(), preparing(), inWindow, settings({}, sundays));
    expect(replanned(found)).toMatchObject({ status: 'Planned', decision: 'last-resort' });
  });

  it('in an interval that was edited by hand and not pinned', () => {
    const edited = preparing({ executeAt: at('2026-12-01T12:00:00Z') });
    const found = verdict(sighting(), edited, '2026-12-01T12:00:00Z');
    expect(replanned(found)).toMatchObject({ status: 'Planned', executeAt: '2026-12-01T18:00:00Z' });
  });

  it.each(['executeAt', 'latestStart', 'notBefore'] as const)('where the row lacks %s', (name) => {
    expect(verdict(sighting(), without(preparing(), name)).kind).not.toBe('go');
  });
});

describe('fails closed: the mode', () => {
  it('observe never restarts, and says what it would have done', () => {
    expect(verdict(sighting(), preparing(), inWindow, settings({ mode: 'observe' }))).toEqual({
      kind: 'observed',
      reason: 'Observed only, as MODE=observe says: it would have been restarted now.',
    });
  });

  it('observe does not claim that it would have restarted before the time, or after it', () => {
    const observe = settings({ mode: 'observe' });
    expect(plain(verdict(sighting(), preparing(), '2026-12-01T17:59:59Z', observe))).toEqual({
      kind: 'later',
      reason: 'Its time has not come.',
    });
    expect(replanned(verdict(sighting(), preparing(), '2026-12-01T20:45:01Z', observe))).toMatchObject({
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
    });
  });

  it('approval, switched on meanwhile, asks first', () => {
    const found = verdict(sighting(), preparing(), inWindow, settings({ mode: 'approval' }));
    expect(replanned(found)).toMatchObject({ status: 'AwaitingApproval' });
  });

  it('approval lets a plan go that was approved', () => {
    const approved = preparing({ approval: 'granted' });
    expect(verdict(sighting(), approved, inWindow, settings({ mode: 'approval' }))).toEqual({ kind: 'go' });
  });
});

describe('what comes before the restart', () => {
  const asked = preparedSettings();
  const plan = (changes: Partial<Plan> = {}): Plan => preparing({ runbook: runbook(), ...changes });
  const done = [step('backup', 'done')];
  const drained = [...done, step('pre-command', 'done', { commandId: 'c-drain' })];
  const look = (seen: Plan, now = inWindow, rules = asked): VerdictBefore =>
    verdict(sighting(), seen, now, rules);

  it('is the backup, from the lead before execute_at on', () => {
    expect(look(plan(), '2026-12-01T17:45:00Z')).toEqual({
      kind: 'prepare',
      step: 'backup',
      isLastMoment: false,
    });
    expect(look(plan(), '2026-12-01T17:44:59Z')).toEqual({
      kind: 'later',
      reason: 'Its time has not come.',
      until: undefined,
    });
  });

  it('is nothing more before execute_at where the backup is there', () => {
    expect(look(plan({ steps: done }), '2026-12-01T17:59:59Z')).toEqual({
      kind: 'later',
      reason: 'Prepared; its time has not come.',
      until: undefined,
    });
  });

  it('is the pre-command from execute_at on, and the restart after it', () => {
    expect(look(plan({ steps: done }))).toEqual({ kind: 'prepare', step: 'pre-command' });
    expect(look(plan({ steps: drained }))).toEqual({ kind: 'go' });
  });

  it('is asked for again where a setting changed since: nothing goes by the old runbook', () => {
    const changed = preparedSettings({ preCommand: 'c-other' });
    expect(replanned(look(plan({ steps: drained }), inWindow, changed))).toMatchObject({
      status: 'Planned',
      runbook: { preCommand: 'c-other' },
    });
  });

  it('is nothing at all where ECS, the mode or the owner says no', () => {
    const stopped = sighting([event()], instance({ status: 'Stopped' }));
    expect(verdict(stopped, plan(), inWindow, asked).kind).toBe('later');
    expect(verdict(sighting(), plan(), inWindow, { ...asked, mode: 'observe' }).kind).toBe('observed');
    expect(replanned(verdict(sighting([event()], optedOut), plan(), inWindow, asked))).toMatchObject({
      status: 'Skipped',
    });
  });

  it('can wait while another window follows', () => {
    // Thursday’s window begins eight hours before NotBefore.
    expect(look(plan(), '2026-12-01T20:45:00Z')).toMatchObject({ isLastMoment: false });
  });

  it.each([
    ['2026-12-02T20:36:59Z', false],
    ['2026-12-02T20:37:00Z', true],
  ])(
    'at %s, when no window follows and a pre-command of 5 m is to come: too late to wait is %s',
    (now, is) => {
      const last = plan({
        executeAt: at('2026-12-02T18:00:00Z'),
        latestStart: at('2026-12-02T20:45:00Z'),
        rules: 'daily 02:00-05:00 Asia/Shanghai, slot 15m, margin 30m, leave',
      });
      const leave = preparedSettings({}, { noWindow: 'leave' });
      expect(look(last, now, leave)).toEqual({ kind: 'prepare', step: 'backup', isLastMoment: is });
    },
  );

  it.each([
    ['2026-12-02T20:44:00Z', false],
    ['2026-12-03T01:21:59Z', false],
    ['2026-12-03T01:22:00Z', true],
  ])('at %s, for a last resort: too late to wait is %s', (now, is) => {
    const last = plan({
      executeAt: at('2026-12-03T00:00:00Z'),
      latestStart: at('2026-12-03T01:30:00Z'),
      decision: 'last-resort',
      rules: 'daily 02:00-02:00 Asia/Shanghai',
    });
    const pinned = { ...last, pinned: true };
    const found = look(pinned, now);
    expect(found.kind === 'prepare' && found.step === 'backup' && found.isLastMoment).toBe(is);
  });
});
