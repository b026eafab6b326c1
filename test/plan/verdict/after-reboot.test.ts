// After the restart: success is proven by the events and the instance, and by nothing less.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStatuses, type EventStatus } from '../../../lib/plan/event.ts';
import { healthFault, judgeAfterReboot, type VerdictAfter } from '../../../lib/plan/verdict/after-reboot.ts';
import { at, event, instance, oddEvent, sighting, verifying } from '../samples.ts';

const soon = at('2026-12-01T18:05:00Z');
const timeout = at('2026-12-01T18:31:00Z');
const both = verifying({ eventIds: ['e-1', 'e-2'] });
const unsure = verifying({ intent: { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } });

/** The verdict on two events that show these statuses, the instance running. */
function verdictOn(first: EventStatus, second: EventStatus, now = soon): VerdictAfter {
  return judgeAfterReboot(
    both,
    sighting([event({ status: first }), event({ eventId: 'e-2', status: second })]),
    now,
  );
}

describe('a restart is proven', () => {
  it('when its event shows Avoided and the instance is Running', () => {
    expect(judgeAfterReboot(verifying(), sighting([event({ status: 'Avoided' })]), soon)).toEqual({
      kind: 'end',
      status: 'Avoided',
      reason: 'Event e-1 shown as Avoided, the instance Running.',
    });
  });

  it('when all of its events show Avoided', () => {
    expect(verdictOn('Avoided', 'Avoided')).toMatchObject({
      status: 'Avoided',
      reason: 'Events e-1, e-2 shown as Avoided, the instance Running.',
    });
  });

  it('also when it was not known whether RebootInstance arrived', () => {
    expect(judgeAfterReboot(unsure, sighting([event({ status: 'Avoided' })]), soon)).toMatchObject({
      status: 'Avoided',
    });
  });

  it('also at the last look, after the time for its proof', () => {
    expect(verdictOn('Avoided', 'Avoided', at('2026-12-01T23:00:00Z'))).toMatchObject({ status: 'Avoided' });
  });
});

describe('a restart is not proven yet', () => {
  it('while one of its events is still Scheduled', () => {
    expect(verdictOn('Avoided', 'Scheduled')).toEqual({
      kind: 'watch',
      reason: 'We had restarted the instance. Not proven yet: event e-1 is Avoided, event e-2 is Scheduled.',
    });
  });

  it.each(['Stopped', 'Stopping', 'Starting', 'Pending'])('while the instance is %s', (status) => {
    const seen = sighting([event({ status: 'Avoided' })], instance({ status }));
    expect(judgeAfterReboot(verifying(), seen, soon)).toEqual({
      kind: 'watch',
      reason: `We had restarted the instance. Not proven yet: event e-1 is Avoided, the instance is ${status}.`,
    });
  });

  it('while ECS does not list the instance', () => {
    const seen = sighting([event({ status: 'Avoided' })], null);
    expect(judgeAfterReboot(verifying(), seen, soon)).toMatchObject({ kind: 'watch' });
  });

  it('while ECS does not tell of its event: gone is not Avoided', () => {
    expect(judgeAfterReboot(verifying(), sighting([]), soon)).toEqual({
      kind: 'watch',
      reason: 'We had restarted the instance. Not proven yet: ECS does not tell of event e-1.',
    });
  });

  it('while its event cannot be read', () => {
    const odd = oddEvent({ fault: 'event e-1 has the status "Avoided?"' });
    expect(judgeAfterReboot(unsure, sighting([], instance(), [odd]), soon)).toEqual({
      kind: 'watch',
      reason:
        'It is not known whether our RebootInstance arrived. Not proven yet: event e-1 has the status "Avoided?".',
    });
  });

  it('by somebody else’s event', () => {
    const seen = sighting([event({ eventId: 'e-9', status: 'Avoided' })]);
    expect(judgeAfterReboot(verifying(), seen, soon)).toMatchObject({ kind: 'watch' });
  });

  it('by one of two events where ECS does not tell of the other', () => {
    expect(judgeAfterReboot(both, sighting([event({ status: 'Avoided' })]), soon)).toMatchObject({
      kind: 'watch',
    });
  });
});

describe('a restart ends otherwise', () => {
  it('as Missed when ECS carried an event out, even if another shows Avoided', () => {
    expect(judgeAfterReboot(verifying(), sighting([event({ status: 'Executed' })]), soon)).toEqual({
      kind: 'end',
      status: 'Missed',
      reason: 'ECS carried out event e-1 by itself. We had restarted the instance.',
    });
    expect(verdictOn('Avoided', 'Executed')).toMatchObject({ status: 'Missed' });
  });

  it('as Escalated when an event Failed', () => {
    expect(judgeAfterReboot(unsure, sighting([event({ status: 'Failed' })]), soon)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason:
        'ECS reports event e-1 as Failed. It is not known whether our RebootInstance arrived. Look at the instance and the event in the ECS console.',
    });
    expect(verdictOn('Avoided', 'Failed')).toMatchObject({ status: 'Escalated' });
  });

  it('as Cleared when ECS cancelled its events: not as a success of ours', () => {
    expect(judgeAfterReboot(verifying(), sighting([event({ status: 'Canceled' })]), soon)).toEqual({
      kind: 'end',
      status: 'Cleared',
      reason: 'ECS cancelled event e-1. We had restarted the instance.',
    });
  });

  it('as Cleared only when the instance runs: until then it is watched, and in the end a person is called', () => {
    const seen = sighting([event({ status: 'Canceled' })], instance({ status: 'Stopped' }));
    expect(judgeAfterReboot(verifying(), seen, soon)).toEqual({
      kind: 'watch',
      reason:
        'We had restarted the instance. Not proven yet: event e-1 is Canceled, the instance is Stopped.',
    });
    expect(judgeAfterReboot(verifying(), seen, timeout)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });

  it('as Avoided when one event is proven and the other needs no answer any more', () => {
    expect(verdictOn('Avoided', 'Canceled')).toEqual({
      kind: 'end',
      status: 'Avoided',
      reason: 'Event e-1 shown as Avoided, the instance Running.',
    });
  });
});

describe('an event that was announced while the restart was under way', () => {
  const watching = verifying({ laterEventIds: ['e-2'] });
  const answered = event({ status: 'Avoided' });
  const announced = event({ eventId: 'e-2' });
  const proven = {
    kind: 'end',
    status: 'Avoided',
    reason: 'Event e-1 shown as Avoided, the instance Running.',
  };

  it('may have been answered too: the proof waits until that would show', () => {
    expect(judgeAfterReboot(watching, sighting([answered, announced]), soon)).toEqual({
      kind: 'watch',
      reason: 'Answered. Event e-2, announced meanwhile, may have been answered too and show it later.',
    });
  });

  it('is waited for until ten minutes after the restart, and no longer', () => {
    const seen = sighting([answered, announced]);
    expect(judgeAfterReboot(watching, seen, at('2026-12-01T18:10:59.999Z')).kind).toBe('watch');
    expect(judgeAfterReboot(watching, seen, at('2026-12-01T18:11:00Z'))).toEqual(proven);
  });

  it.each<[string, Parameters<typeof event>[0]]>([
    ['shows Avoided', { status: 'Avoided' }],
    ['was cancelled', { status: 'Canceled' }],
    ['waits for an answer', { status: 'Inquiring' }],
    ['is of another type', { type: 'SystemFailure.Redeploy' }],
  ])('is not waited for where it %s', (_, changes) => {
    const seen = sighting([answered, event({ eventId: 'e-2', ...changes })]);
    expect(judgeAfterReboot(watching, seen, soon)).toEqual(proven);
  });

  it('is not waited for where nobody noted it: planning has not seen it', () => {
    expect(judgeAfterReboot(verifying(), sighting([answered, announced]), soon)).toEqual(proven);
  });

  it('does not hold a plan up whose events ECS cancelled', () => {
    const seen = sighting([event({ status: 'Canceled' }), announced]);
    expect(judgeAfterReboot(watching, seen, soon)).toMatchObject({ kind: 'end', status: 'Cleared' });
  });
});

describe('when the time for the proof is over', () => {
  it('a moment before, it is still watched', () => {
    expect(verdictOn('Avoided', 'Scheduled', at('2026-12-01T18:30:59.999Z')).kind).toBe('watch');
  });

  it('an event that is still Scheduled needs a person, with what was seen', () => {
    expect(verdictOn('Avoided', 'Scheduled', timeout)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason:
        'Not proven after 30m: event e-1 is Avoided, event e-2 is Scheduled, the instance is Running. We had restarted the instance. Check the instance; a second restart is yours to decide, ECS advises to wait 12 hours.',
    });
  });

  it('an event that is gone needs a person: it is never taken for Avoided', () => {
    expect(judgeAfterReboot(unsure, sighting([]), timeout)).toEqual({
      kind: 'end',
      status: 'Escalated',
      reason:
        'Not proven after 30m: ECS does not tell of event e-1, the instance is Running. It is not known whether our RebootInstance arrived. Check the instance; a second restart is yours to decide, ECS advises to wait 12 hours.',
    });
  });

  it('an instance that does not come up needs a person', () => {
    const seen = sighting([event({ status: 'Avoided' })], instance({ status: 'Stopped' }));
    expect(judgeAfterReboot(verifying(), seen, timeout)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });

  it('a row that lacks its timeout is not watched for ever', () => {
    const plan = verifying();
    delete plan.verifyUntil;
    expect(judgeAfterReboot(plan, sighting(), soon)).toMatchObject({ kind: 'end', status: 'Escalated' });
  });
});

describe('whatever is seen', () => {
  const statuses = fc.constantFrom(...eventStatuses, 'untold' as const);

  it('is Avoided only with every event told and over, none carried out, one Avoided, and the instance Running', () => {
    fc.assert(
      fc.property(
        statuses,
        statuses,
        fc.option(fc.constantFrom('Running', 'Stopped', 'Starting', 'Stopping', 'Pending', 'Rescuing'), {
          nil: null,
        }),
        fc.constantFrom(soon, timeout),
        (first, second, status, now) => {
          const events = [
            ...(first === 'untold' ? [] : [event({ status: first })]),
            ...(second === 'untold' ? [] : [event({ eventId: 'e-2', status: second })]),
          ];
          const seen = sighting(events, status === null ? null : instance({ status }));
          const verdict = judgeAfterReboot(both, seen, now);
          const shown = [first, second];
          const isProven =
            shown.every((each) => each === 'Avoided' || each === 'Canceled') &&
            shown.includes('Avoided') &&
            status === 'Running';
          expect(verdict.kind === 'end' && verdict.status === 'Avoided').toBe(isProven);
          if (now === timeout) expect(verdict.kind).toBe('end');
        },
      ),
      { seed: 7 },
    );
  });
});

describe('the health of an instance', () => {
  it.each([undefined, 'OK', 'Ok', 'ok', 'NotApplicable', 'InsufficientData'])(
    'is no fault as %s',
    (health) => {
      expect(healthFault(health)).toBeUndefined();
    },
  );

  it.each(['Impaired', 'Warning', 'Maintaining', 'Initializing', '', 'unheard of'])(
    'is one as %j, in ECS’s own word',
    (health) => {
      expect(healthFault(health)).toBe(`ECS reports its health as ${health}.`);
    },
  );
});
