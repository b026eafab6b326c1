// The last look before the irreversible step. It fails closed. The first tests show that it can say go.
import { describe, expect, it } from 'vitest';
import { state } from '../../../lib/plan/statement.ts';
import { judgeBeforeReboot } from '../../../lib/plan/verdict/before-reboot.ts';
import type { VerdictBefore } from '../../../lib/plan/verdict/before-verdict.ts';
import {
  minute,
  at,
  calendar,
  event,
  instance,
  oddEvent,
  optedOut,
  plain,
  preparing,
  second,
  settings,
  sighting,
  waiting,
  without,
  unreadableSighting,
} from '../samples.ts';
import { question, type Asked } from './before-question.ts';

function verdict(asked: Asked = {}): VerdictBefore {
  return judgeBeforeReboot(question(asked));
}

/** What the plan becomes where it no longer fits. */
function replanned(asked: Asked): unknown {
  const found = verdict(asked);
  return found.kind === 'replan' ? plain(found.proposal.plan) : found;
}

describe('the last look says go', () => {
  it.each([
    ['waits', waiting()],
    ['is being prepared', preparing()],
  ])('for a plan that %s', (_, row) => {
    expect(verdict({ row })).toEqual({ kind: 'go' });
  });

  it.each([
    ['first', '2026-12-01T18:00:00Z'],
    ['last', '2026-12-01T20:45:00Z'],
  ])('at the %s moment of the interval', (_, now) => {
    expect(verdict({ now })).toEqual({ kind: 'go' });
  });

  it('for two events that are both Scheduled', () => {
    const row = preparing({ eventIds: ['e-1', 'e-2'] });
    expect(verdict({ seen: sighting([event(), second()]), row })).toEqual({ kind: 'go' });
  });

  it('for a plan that was approved, in the mode approval', () => {
    const row = preparing({ approval: 'granted' });
    expect(verdict({ row, rules: settings({ mode: 'approval' }) })).toEqual({ kind: 'go' });
  });
});

describe('the last look fails closed where the event', () => {
  it('cannot be read', () => {
    expect(replanned({ seen: unreadableSighting() })).toMatchObject({
      status: 'Escalated',
      cause: 'unknown-instance',
      reason: {
        code: 'instance-unreadable',
        values: { faults: [{ what: 'Status of instance i-web-1', value: 'null' }] },
      },
    });
  });

  it('is not listed', () => {
    expect(plain(verdict({ seen: sighting([]) }))).toEqual({
      kind: 'wait',
      reason: state('event-unconfirmed', { eventId: 'e-1', faults: [] }),
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('cannot be read', () => {
    expect(plain(verdict({ seen: sighting([], instance(), [oddEvent()]) }))).toEqual({
      kind: 'wait',
      reason: state('event-unconfirmed', {
        eventId: 'e-1',
        faults: [{ what: 'NotBefore of event e-1', value: '"soon"', expected: 'an ISO 8601 time' }],
      }),
      until: '2026-12-01T18:03:00Z',
    });
  });

  it.each([
    ['Executing', 'Missed'],
    ['Executed', 'Missed'],
    ['Avoided', 'Cleared'],
    ['Canceled', 'Cleared'],
    ['Failed', 'Escalated'],
    ['Inquiring', 'Skipped'],
  ] as const)('is %s: the plan ends as %s', (shown, status) => {
    expect(replanned({ seen: sighting([event({ status: shown })]) })).toMatchObject({ status });
  });

  it('moved: the plan is planned again', () => {
    const seen = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(replanned({ seen })).toMatchObject({ status: 'Planned', notBefore: '2026-12-09T02:00:00Z' });
  });

  it('is one of two, and over: the plan is planned again without it', () => {
    const row = preparing({ eventIds: ['e-1', 'e-2'] });
    const seen = sighting([event(), second({ status: 'Avoided' })]);
    expect(replanned({ seen, row })).toMatchObject({ status: 'Planned', eventIds: ['e-1'] });
  });

  it('is one of two, and Executing: the restart for the other one waits', () => {
    const underWay = event({ eventId: 'e-0', status: 'Executing', notBefore: '2026-12-01T17:55:00Z' });
    const row = waiting({ eventIds: ['e-1', 'e-0'] });
    expect(plain(verdict({ seen: sighting([underWay, event()]), row }))).toEqual({
      kind: 'wait',
      reason: state('event-unconfirmed', { eventId: 'e-0', status: 'Executing', faults: [] }),
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('is one of two, and not listed', () => {
    const row = preparing({ eventIds: ['e-1', 'e-2'] });
    expect(verdict({ row }).kind).not.toBe('go');
  });
});

describe('the last look fails closed where the instance', () => {
  it.each(['Stopped', 'Stopping', 'Starting', 'Pending', 'Rescuing'])('is %s', (status) => {
    expect(plain(verdict({ seen: sighting([event()], instance({ status })) }))).toEqual({
      kind: 'wait',
      reason: state('instance-not-running', { status }),
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('is locked', () => {
    const locked = instance({ locks: ['financial', 'security'] });
    expect(plain(verdict({ seen: sighting([event()], locked) }))).toEqual({
      kind: 'wait',
      reason: state('instance-locked', { locks: ['financial', 'security'] }),
      until: '2026-12-01T18:03:00Z',
    });
  });

  it('cannot be read', () => {
    expect(replanned({ seen: unreadableSighting() })).toMatchObject({
      status: 'Escalated',
      cause: 'unknown-instance',
      reason: {
        code: 'instance-unreadable',
        values: { faults: [{ what: 'Status of instance i-web-1', value: 'null' }] },
      },
    });
  });

  it('is not listed', () => {
    expect(replanned({ seen: sighting([event()], null) })).toMatchObject({
      status: 'Escalated',
      cause: 'unknown-instance',
    });
  });

  it('was started less than ten minutes ago, which may have answered its event', () => {
    const seen = sighting([event()], instance({ startedAt: at('2026-12-01T17:55:00Z') }));
    expect(plain(verdict({ seen }))).toEqual({
      kind: 'wait',
      reason: state('started-recently', { at: '2026-12-01T18:05:00Z', timeZone: 'Asia/Shanghai' }),
      until: '2026-12-01T18:05:00Z',
    });
    expect(verdict({ seen, now: '2026-12-01T18:04:59.999Z' }).kind).toBe('wait');
    expect(verdict({ seen, now: '2026-12-01T18:05:00Z' })).toEqual({ kind: 'go' });
  });

  it.each([
    ['a tag with a misspelled name', 'reboot-planner:enable', 'true'],
    ['a tag with a capital letter', 'reboot-planner:Enabled', 'true'],
    ['a tag with a prefix in capital letters', 'REBOOT-PLANNER:window', 'always'],
    ['a tag without a name', 'reboot-planner:', ''],
    ['a tag approval that cannot be read', 'reboot-planner:approval', 'no'],
    ['a tag enabled that cannot be read', 'reboot-planner:enabled', 'off'],
  ])('has %s now', (_, key, value) => {
    const seen = sighting([event()], instance({ tags: { [key]: value } }));
    expect(replanned({ seen })).toMatchObject({ status: 'Skipped', cause: 'tag' });
  });

  it('is opted out now', () => {
    expect(replanned({ seen: sighting([event()], optedOut) })).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('needs an approval now', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    expect(replanned({ seen: sighting([event()], tagged) })).toMatchObject({
      status: 'AwaitingApproval',
      approval: 'required',
    });
  });
});

describe('the last look fails closed', () => {
  it('before execute_at', () => {
    const early = verdict({ now: '2026-12-01T17:59:59.999Z' });
    expect(early).toEqual({
      kind: 'wait',
      reason: state('not-yet', { isPrepared: false }),
      until: undefined,
    });
  });

  it('before a pause is over, and keeps the reason of the pause', () => {
    const throttled = state('throttled', {});
    const row = preparing({ reason: throttled, waitUntil: at('2026-12-01T18:07:00Z') });
    expect(plain(verdict({ row, now: '2026-12-01T18:06:59.999Z' }))).toEqual({
      kind: 'wait',
      reason: throttled,
      until: '2026-12-01T18:07:00Z',
    });
    expect(verdict({ row, now: '2026-12-01T18:07:00Z' })).toEqual({ kind: 'go' });
  });

  it('after latest_start: the plan moves to the next window', () => {
    expect(replanned({ now: '2026-12-01T20:45:00.001Z' })).toMatchObject({
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
      latestStart: '2026-12-02T20:45:00Z',
    });
  });

  it('within the safety margin before NotBefore', () => {
    expect(replanned({ now: '2026-12-03T01:30:00.001Z' })).toMatchObject({
      status: 'Missed',
      cause: 'too-late',
    });
  });

  it.each([
    ['at NotBefore', '2026-12-03T02:00:00Z'],
    ['after NotBefore', '2026-12-03T03:00:00Z'],
  ])('%s, even where an operator pinned a later latest_start', (_, now) => {
    const row = preparing({ pinned: true, latestStart: at('2026-12-04T00:00:00Z') });
    expect(verdict({ row, now }).kind).not.toBe('go');
  });

  it('in an interval of windows that apply no more: the next plan run decides', () => {
    const sundays = { calendar: calendar('Sun 02:00-05:00'), windowText: 'Sun 02:00-05:00 Asia/Shanghai' };
    expect(verdict({ rules: settings({}, sundays) })).toMatchObject({
      kind: 'wait',
      reason: state('ecs-window-edited', {}),
    });
  });

  it('in an interval that other rules do not allow any more', () => {
    expect(replanned({ rules: settings({}, { slot: 175 * minute }) })).toMatchObject({
      status: 'Planned',
      latestStart: '2026-12-01T18:05:00Z',
    });
  });

  it('in an interval that somebody edited and did not pin', () => {
    const row = preparing({ executeAt: at('2026-12-01T12:00:00Z') });
    expect(replanned({ row, now: '2026-12-01T12:00:00Z' })).toMatchObject({
      status: 'Planned',
      executeAt: '2026-12-01T18:00:00Z',
    });
  });

  it.each(['executeAt', 'latestStart', 'notBefore'] as const)('where the row lacks %s', (name) => {
    expect(verdict({ row: without(preparing(), name) }).kind).not.toBe('go');
  });
});

describe('the last look and the mode', () => {
  const observe = settings({ mode: 'observe' });

  it('observe: reports that the instance would be restarted', () => {
    expect(verdict({ rules: observe })).toEqual({ kind: 'observed', reason: state('observed', {}) });
  });

  it('observe: does not report that before execute_at', () => {
    expect(verdict({ now: '2026-12-01T17:59:59Z', rules: observe })).toEqual({
      kind: 'wait',
      reason: state('not-yet', { isPrepared: false }),
      until: undefined,
    });
  });

  it('observe: does not report that after latest_start', () => {
    expect(replanned({ now: '2026-12-01T20:45:01Z', rules: observe })).toMatchObject({
      status: 'Planned',
      executeAt: '2026-12-02T18:00:00Z',
    });
  });

  it('approval: asks for an approval that the plan does not have', () => {
    expect(replanned({ rules: settings({ mode: 'approval' }) })).toMatchObject({
      status: 'AwaitingApproval',
    });
  });

  it('approval: a plan in preparation for which somebody requires one waits for it', () => {
    const row = preparing({ approval: 'required' });
    expect(replanned({ row, rules: settings({ mode: 'approval' }) })).toMatchObject({
      status: 'AwaitingApproval',
      approval: 'required',
    });
  });
});
