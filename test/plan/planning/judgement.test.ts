// What should become of one instance's open events, judged from what is known of them now.
import { describe, expect, it } from 'vitest';
import { byUrgency, judge, names } from '../../../lib/plan/planning/judgement.ts';
import type { Sighting } from '../../../lib/plan/planning/sighting.ts';
import type { PlannerSettings } from '../../../lib/plan/settings.ts';
import {
  at,
  calendar,
  event,
  instance,
  oddEvent,
  plain,
  settings,
  sighting,
  tuesdayEvening,
} from '../samples.ts';

/** The judgement as plain data, without the rules, which are the settings'. */
function judged(seen: Sighting, changes: PlannerSettings = settings(), now = tuesdayEvening): object {
  const judgement = judge(seen, changes, at(now));
  return plain({ ...judgement, rules: undefined }) as object;
}

const saturdays = { calendar: calendar('Sat 02:00-05:00', 'UTC'), windowText: 'Sat 02:00-05:00 UTC' };

describe('a scheduled reboot', () => {
  it('is waited for in the earliest window, and troubles nobody', () => {
    expect(judged(sighting())).toMatchObject({
      kind: 'wait',
      notBefore: '2026-12-03T02:00:00Z',
      approvalRequired: false,
      interval: {
        executeAt: '2026-12-01T18:00:00Z',
        latestStart: '2026-12-01T20:45:00Z',
        decision: 'window',
      },
      reason:
        'In the window daily 02:00-05:00 Asia/Shanghai: Wed 2026-12-02 02:00 Asia/Shanghai, before NotBefore.',
      problems: [],
    });
  });

  it.each(['last-resort', 'soonest'] as const)(
    'outside every window (%s) is told to the operator',
    (noWindow) => {
      const judgement = judge(sighting(), settings({}, { ...saturdays, noWindow }), at(tuesdayEvening));
      expect(judgement).toMatchObject({ kind: 'wait', problems: [judgement.reason] });
      expect(judgement.reason).toContain(`as NO_WINDOW=${noWindow} says.`);
    },
  );

  it('that is left to ECS is Skipped by policy, and told to the operator', () => {
    const judgement = judge(
      sighting(),
      settings({}, { ...saturdays, noWindow: 'leave' }),
      at(tuesdayEvening),
    );
    expect(judgement).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'policy',
      problems: [judgement.reason],
    });
  });

  it('that comes too late for us is Missed, and told to the operator', () => {
    const judgement = judge(sighting(), settings(), at('2026-12-03T01:30:01Z'));
    expect(judgement).toMatchObject({
      kind: 'ending',
      status: 'Missed',
      cause: 'too-late',
      problems: [judgement.reason],
    });
    expect(judgement.reason).toMatch(/^Too late: /);
  });
});

describe('several events on one instance', () => {
  const first = event({ eventId: 'e-2', notBefore: '2026-12-02T12:00:00Z' });
  const second = event({ eventId: 'e-1', notBefore: '2026-12-03T02:00:00Z' });

  it('are answered together, by the earliest NotBefore', () => {
    const judgement = judged(sighting([second, first]));
    expect(judgement).toMatchObject({
      kind: 'wait',
      notBefore: '2026-12-02T12:00:00Z',
      events: [{ eventId: 'e-2' }, { eventId: 'e-1' }],
    });
  });

  it('are ordered by NotBefore and then by id, never as ECS lists them', () => {
    const events = [second, first, event({ eventId: 'e-0', notBefore: '2026-12-03T02:00:00Z' })];
    const order = ['e-2', 'e-0', 'e-1'];
    expect([...events].sort(byUrgency).map(({ eventId }) => eventId)).toEqual(order);
    expect(
      [...events]
        .reverse()
        .sort(byUrgency)
        .map(({ eventId }) => eventId),
    ).toEqual(order);
  });

  it('that are not reboots, not open or not yet scheduled are no part of it', () => {
    const judgement = judged(
      sighting([
        event(),
        event({ eventId: 'e-2', type: 'SystemFailure.Redeploy', notBefore: '2026-12-02T00:00:00Z' }),
        event({ eventId: 'e-3', status: 'Inquiring', notBefore: '2026-12-02T00:00:00Z' }),
        event({ eventId: 'e-4', status: 'Avoided', notBefore: '2026-12-02T00:00:00Z' }),
      ]),
    );
    expect(judgement).toMatchObject({
      kind: 'wait',
      notBefore: '2026-12-03T02:00:00Z',
      events: [{ eventId: 'e-1' }],
    });
  });
});

describe('the owner’s word', () => {
  it('no, by tag, is Skipped without troubling anybody', () => {
    expect(
      judged(sighting([event()], instance({ tags: { 'reboot-planner:enabled': 'false' } }))),
    ).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'tag',
      reason: 'The tag reboot-planner:enabled=false opts the instance out; left to ECS.',
      problems: [],
    });
  });

  it('that cannot be read fails closed: Skipped, and told to the operator', () => {
    const fault = 'Tag reboot-planner:enabled is "flase", expected true or false.';
    expect(
      judged(sighting([event()], instance({ tags: { 'reboot-planner:enabled': 'flase' } }))),
    ).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'tag',
      reason: `${fault} What the owner wants cannot be told, so nothing is rebooted until the tag is corrected.`,
      problems: [fault],
    });
  });

  it('holds also where it is too late anyway', () => {
    const optedOut = instance({ tags: { 'reboot-planner:enabled': 'false' } });
    expect(judged(sighting([event()], optedOut), settings(), '2026-12-03T01:45:00Z')).toMatchObject({
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('may demand an approval for one instance', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    expect(judged(sighting([event()], tagged))).toMatchObject({
      kind: 'wait',
      approvalRequired: true,
      problems: [],
    });
  });

  it('on approval that cannot be read allows nothing, and is told to the operator', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'maybe' } });
    expect(judged(sighting([event()], tagged))).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'tag',
      problems: ['Tag reboot-planner:approval is "maybe", expected required.'],
    });
  });
});

describe('the mode', () => {
  it('approval demands one for every instance', () => {
    expect(judged(sighting(), settings({ mode: 'approval' }))).toMatchObject({
      kind: 'wait',
      approvalRequired: true,
    });
  });

  it('observe plans, demands no approval, and says that it only observes', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    const judgement = judge(sighting([event()], tagged), settings({ mode: 'observe' }), at(tuesdayEvening));
    expect(judgement).toMatchObject({ kind: 'wait', approvalRequired: false });
    expect(judgement.reason).toMatch(/ Observed only: MODE=observe\.$/);
  });
});

describe('what is not ours to answer', () => {
  it('an instance that ECS does not list is Escalated, never rebooted blindly', () => {
    expect(judged(sighting([event()], null))).toMatchObject({
      kind: 'ending',
      status: 'Escalated',
      cause: 'unknown-instance',
      notBefore: '2026-12-03T02:00:00Z',
      reason:
        'ECS announces event e-1 but does not list the instance; nothing is rebooted. Check whether it was released or the role may read it.',
    });
  });

  it('an event that ECS is carrying out is Missed', () => {
    expect(judged(sighting([event({ status: 'Executing' })]))).toMatchObject({
      kind: 'ending',
      status: 'Missed',
      cause: 'too-late',
      reason: 'ECS is carrying out event e-1 by itself.',
    });
  });

  it('an event that waits for an answer is Skipped, and the operator is told what to do', () => {
    expect(judged(sighting([event({ status: 'Inquiring' })]))).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'inquiring',
      reason:
        'ECS waits for an answer to event e-1 and does nothing until then. Answer it in the ECS console; once it is Scheduled it is planned.',
    });
  });

  it('events of other types are recorded only', () => {
    const events = [
      event({ eventId: 'e-7', type: 'SystemFailure.Redeploy' }),
      event({ eventId: 'e-8', type: 'InstanceExpiration.Stop' }),
      event({ eventId: 'e-9', type: 'SystemFailure.Redeploy' }),
    ];
    expect(judged(sighting(events))).toMatchObject({
      kind: 'ending',
      status: 'Skipped',
      cause: 'other-event',
      events: [{ eventId: 'e-7' }, { eventId: 'e-8' }, { eventId: 'e-9' }],
      reason:
        'RebootInstance is no answer to SystemFailure.Redeploy, InstanceExpiration.Stop; recorded only.',
      problems: [],
    });
  });

  it('an event that cannot be read is Escalated with its fault, told once', () => {
    const odd = oddEvent();
    expect(judged(sighting([], instance(), [odd]))).toMatchObject({
      kind: 'ending',
      status: 'Escalated',
      cause: 'odd-event',
      events: [{ eventId: 'e-1' }],
      reason: `${odd.fault} Nothing is rebooted; look at the event in the ECS console.`,
      problems: [odd.fault],
    });
  });

  it('an event that cannot be read does not hold up another that can', () => {
    const odd = oddEvent({ eventId: 'e-2', fault: 'Event e-2 has no NotBefore, expected an ISO 8601 time.' });
    expect(judged(sighting([event()], instance(), [odd]))).toMatchObject({
      kind: 'wait',
      events: [{ eventId: 'e-1' }],
      problems: [odd.fault],
    });
  });
});

describe('events in a sentence', () => {
  it('are named by their ids', () => {
    expect(names([{ eventId: 'e-1' }])).toBe('event e-1');
    expect(names([{ eventId: 'e-1' }, { eventId: 'e-2' }])).toBe('events e-1, e-2');
    expect(names([{}])).toBe('event without an id');
  });
});
