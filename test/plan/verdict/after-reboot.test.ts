// After the restart: the events and the instance prove success, and nothing less does.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStatuses, type SystemEvent } from '../../../lib/plan/event.ts';
import type { Plan } from '../../../lib/plan/plan.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import { state } from '../../../lib/plan/statement.ts';
import { judgeAfterReboot, judgeEvents, type VerdictAfter } from '../../../lib/plan/verdict/after-reboot.ts';
import { at, event, instance, oddEvent, second, sighting } from '../samples.ts';
import { restarted, showing, soon, timeout } from './after-look.ts';

const both = restarted({ eventIds: ['e-1', 'e-2'] });
const unsure = restarted({ intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } });
const stopped = instance({ status: 'Stopped' });

function verdict(seen: Sighting, plan: Plan = restarted(), now: string = soon): VerdictAfter {
  return judgeAfterReboot(plan, seen, at(now));
}

/** The verdict on the plan with two events. */
function verdictOn(events: readonly SystemEvent[], now: string = soon): VerdictAfter {
  return verdict(sighting(events), both, now);
}

describe('a restart is proven', () => {
  it('when its event is Avoided and the instance is Running', () => {
    expect(verdict(sighting([event({ status: 'Avoided' })]))).toEqual({
      kind: 'end',
      status: 'Avoided',
      reason: state('avoided', { eventIds: ['e-1'] }),
    });
  });

  it('when all its events are Avoided', () => {
    expect(verdictOn(showing('Avoided', 'Avoided'))).toEqual({
      kind: 'end',
      status: 'Avoided',
      reason: state('avoided', { eventIds: ['e-1', 'e-2'] }),
    });
  });

  it('when one event is Avoided and ECS canceled the other', () => {
    expect(verdictOn(showing('Avoided', 'Canceled'))).toEqual({
      kind: 'end',
      status: 'Avoided',
      reason: state('avoided', { eventIds: ['e-1'] }),
    });
  });

  it('even where it was unknown whether RebootInstance arrived', () => {
    expect(verdict(sighting([event({ status: 'Avoided' })]), unsure)).toMatchObject({ status: 'Avoided' });
  });

  it('even at a last look after the time for the proof', () => {
    expect(verdictOn(showing('Avoided', 'Avoided'), '2026-12-01T23:00:00Z')).toMatchObject({
      status: 'Avoided',
    });
  });
});

describe('a restart is not proven yet', () => {
  it('while one of its events is Scheduled', () => {
    expect(verdictOn(showing('Avoided', 'Scheduled'))).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [
          { eventId: 'e-1', status: 'Avoided' },
          { eventId: 'e-2', status: 'Scheduled' },
        ],
        unlisted: [],
        faults: [],
        sent: 'accepted',
      }),
    });
  });

  it.each(['Stopped', 'Stopping', 'Starting', 'Pending'])('while the instance is %s', (status) => {
    expect(verdict(sighting([event({ status: 'Avoided' })], instance({ status })))).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [{ eventId: 'e-1', status: 'Avoided' }],
        unlisted: [],
        faults: [],
        instance: status,
        sent: 'accepted',
      }),
    });
  });

  it('while ECS does not list the instance', () => {
    expect(verdict(sighting([event({ status: 'Avoided' })], null))).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [{ eventId: 'e-1', status: 'Avoided' }],
        unlisted: [],
        faults: [],
        instance: 'unlisted',
        sent: 'accepted',
      }),
    });
  });

  it('while ECS does not list its event: that is not Avoided', () => {
    expect(verdict(sighting([]))).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', { events: [], unlisted: ['e-1'], faults: [], sent: 'accepted' }),
    });
  });

  it('while its event cannot be read', () => {
    const fault = { what: 'The status of event e-1', value: '"Avoided?"', expected: 'a known status' };
    expect(verdict(sighting([], instance(), [oddEvent({ faults: [fault] })]), unsure)).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', { events: [], unlisted: [], faults: [fault], sent: 'unknown' }),
    });
  });

  it('by the event of another plan', () => {
    expect(verdict(sighting([event({ eventId: 'e-9', status: 'Avoided' })]))).toMatchObject({
      kind: 'watch',
    });
  });

  it('by one of two events while ECS does not list the other', () => {
    expect(verdictOn([event({ status: 'Avoided' })])).toMatchObject({ kind: 'watch' });
  });
});

describe('a restart ends without a proof', () => {
  it('as Missed when ECS carried its event out', () => {
    expect(verdict(sighting([event({ status: 'Executed' })]))).toEqual({
      kind: 'end',
      status: 'Missed',
      reason: state('executed-by-ecs', { eventIds: ['e-1'], sent: 'accepted' }),
    });
  });

  it('as Missed when ECS carried one event out, even if the other is Avoided', () => {
    expect(verdictOn(showing('Avoided', 'Executed'))).toMatchObject({ status: 'Missed' });
  });

  it('as Escalated when its event Failed', () => {
    expect(verdict(sighting([event({ status: 'Failed' })]), unsure)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason: state('event-failed', { eventIds: ['e-1'], sent: 'unknown' }),
    });
  });

  it('as Escalated when one event Failed, even if the other is Avoided', () => {
    expect(verdictOn(showing('Avoided', 'Failed'))).toMatchObject({ status: 'Escalated' });
  });

  it('as Cleared when ECS canceled its event: that is no success of ours', () => {
    expect(verdict(sighting([event({ status: 'Canceled' })]))).toEqual({
      kind: 'end',
      status: 'Cleared',
      reason: state('events-canceled', { eventIds: ['e-1'], sent: 'accepted' }),
    });
  });

  it('not as Cleared while the instance is Stopped', () => {
    const seen = sighting([event({ status: 'Canceled' })], stopped);
    expect(verdict(seen)).toEqual({
      kind: 'watch',
      reason: state('not-proven-yet', {
        events: [{ eventId: 'e-1', status: 'Canceled' }],
        unlisted: [],
        faults: [],
        instance: 'Stopped',
        sent: 'accepted',
      }),
    });
    expect(verdict(seen, restarted(), timeout)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });
});

describe('an event that ECS announced during the restart', () => {
  const watching = restarted({ laterEventIds: ['e-2'] });
  const answered = event({ status: 'Avoided' });
  const proven = { kind: 'end', status: 'Avoided', reason: state('avoided', { eventIds: ['e-1'] }) };

  it('delays the proof, because the restart may have answered it and ECS shows that later', () => {
    expect(verdict(sighting([answered, second()]), watching)).toEqual({
      kind: 'watch',
      reason: state('later-events-lag', { eventIds: ['e-2'] }),
    });
  });

  it('delays the proof until ten minutes after the intent', () => {
    const seen = sighting([answered, second()]);
    expect(verdict(seen, watching, '2026-12-01T18:10:59.999Z').kind).toBe('watch');
    expect(verdict(seen, watching, '2026-12-01T18:11:00Z')).toEqual(proven);
  });

  it('does not delay the proof where somebody set the intent years ahead', () => {
    const intent = { at: at('2036-12-01T18:01:00Z'), outcome: 'accepted' } as const;
    expect(verdict(sighting([answered, second()]), { ...watching, intent })).toEqual(proven);
  });

  it.each<[string, Parameters<typeof event>[0]]>([
    ['is Avoided', { status: 'Avoided' }],
    ['is Canceled', { status: 'Canceled' }],
    ['is Inquiring', { status: 'Inquiring' }],
    ['is of another type', { type: 'SystemFailure.Redeploy' }],
  ])('does not delay the proof where it %s', (_, changes) => {
    expect(verdict(sighting([answered, second(changes)]), watching)).toEqual(proven);
  });

  it('does not delay the proof where the row does not have its id', () => {
    expect(verdict(sighting([answered, second()]))).toEqual(proven);
  });

  it('does not delay the end of a plan whose event ECS canceled', () => {
    const seen = sighting([event({ status: 'Canceled' }), second()]);
    expect(verdict(seen, watching)).toMatchObject({ kind: 'end', status: 'Cleared' });
  });
});

describe('when the time for the proof is over', () => {
  it('the plan is watched until then', () => {
    expect(verdictOn(showing('Avoided', 'Scheduled'), '2026-12-01T18:30:59.999Z').kind).toBe('watch');
  });

  it('an event that is still Scheduled needs a person', () => {
    expect(verdictOn(showing('Avoided', 'Scheduled'), timeout)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', {
        events: [
          { eventId: 'e-1', status: 'Avoided' },
          { eventId: 'e-2', status: 'Scheduled' },
        ],
        unlisted: [],
        faults: [],
        instance: 'Running',
        sent: 'accepted',
        waitedMs: 1_800_000,
      }),
    });
  });

  it('an event that ECS does not list needs a person: it is not taken for Avoided', () => {
    expect(verdict(sighting([]), unsure, timeout)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason: state('not-proven', {
        events: [],
        unlisted: ['e-1'],
        faults: [],
        instance: 'Running',
        sent: 'unknown',
        waitedMs: 1_800_000,
      }),
    });
  });

  it('an instance that is Stopped needs a person', () => {
    const seen = sighting([event({ status: 'Avoided' })], stopped);
    expect(verdict(seen, restarted(), timeout)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });

  it('the plan ends: a row without verify_until is not watched forever', () => {
    const plan = restarted();
    delete plan.verifyUntil;
    expect(verdict(sighting(), plan)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });
});

describe('the events alone', () => {
  it.each([
    ['Executed', 'soon after the restart', soon],
    ['Failed', 'soon after the restart', soon],
    ['Scheduled', 'soon after the restart', soon],
    ['Executed', 'after the time for the proof', timeout],
    ['Failed', 'after the time for the proof', timeout],
  ] as const)('decide where the event is %s %s', (status, _, now) => {
    const seen = sighting([event({ status })]);
    expect(judgeEvents(restarted(), seen, at(now))).toEqual(verdict(seen, restarted(), now));
  });

  it.each([
    ['Avoided', 'soon after the restart', soon],
    ['Canceled', 'soon after the restart', soon],
    ['Scheduled', 'after the time for the proof', timeout],
  ] as const)('do not decide where the event is %s %s', (status, _, now) => {
    expect(judgeEvents(restarted(), sighting([event({ status })]), at(now))).toBeUndefined();
  });
});

describe('the look after the restart, whatever it sees,', () => {
  const statuses = fc.constantFrom(...eventStatuses, 'unlisted' as const);

  it('says Avoided exactly where ECS lists every event as Avoided or Canceled, one as Avoided, and the instance is Running', () => {
    fc.assert(
      fc.property(
        statuses,
        statuses,
        fc.option(fc.constantFrom('Running', 'Stopped', 'Starting', 'Stopping', 'Pending', 'Rescuing'), {
          nil: null,
        }),
        fc.constantFrom(soon, timeout),
        (first, other, status, now) => {
          const events = [
            ...(first === 'unlisted' ? [] : [event({ status: first })]),
            ...(other === 'unlisted' ? [] : [second({ status: other })]),
          ];
          const found = verdict(sighting(events, status === null ? null : instance({ status })), both, now);
          const shown = [first, other];
          const isProven =
            shown.every((each) => each === 'Avoided' || each === 'Canceled') &&
            shown.includes('Avoided') &&
            status === 'Running';
          expect(found.kind === 'end' && found.status === 'Avoided').toBe(isProven);
          if (now === timeout) expect(found.kind).toBe('end');
        },
      ),
      { seed: 7 },
    );
  });
});

it('a row whose events somebody removed is not proven by their absence', () => {
  const row = restarted({ eventIds: [] });
  expect(judgeAfterReboot(row, sighting(), at('2026-12-01T18:02:00Z'))).toMatchObject({ kind: 'watch' });
  expect(judgeAfterReboot(row, sighting(), at('2026-12-01T19:00:00Z'))).toMatchObject({
    kind: 'end',
    status: 'Escalated',
    reason: { code: 'not-proven' },
  });
});
