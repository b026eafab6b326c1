// From what was seen of an instance and what its row says to what its row should say.
import { describe, expect, it } from 'vitest';
import type { OddEvent, SystemEvent } from '../../lib/plan/event.ts';
import type { Instance } from '../../lib/plan/instance.ts';
import type { Sighting } from '../../lib/plan/judgement.ts';
import type { Plan } from '../../lib/plan/plan.ts';
import { planInstance } from '../../lib/plan/planning.ts';
import type { Planning } from '../../lib/plan/proposal.ts';
import type { PlannerSettings } from '../../lib/plan/settings.ts';
import {
  at,
  calendar,
  event,
  finished,
  instance,
  oddEvent,
  plain,
  preparing,
  settings,
  sighting,
  stamp,
  tuesdayEvening,
  verifying,
  waiting,
  without,
  written,
} from './world.ts';

function planned(
  seen: Sighting,
  row?: Plan,
  rules: PlannerSettings = settings(),
  now = tuesdayEvening,
): Planning {
  return planInstance(seen, row, rules, stamp(now));
}

/** What planning wants written, as plain data with the kind of the change. */
function outcome(planning: Planning): object {
  return planning.kind === 'unchanged'
    ? { kind: 'unchanged' }
    : { kind: planning.kind, ...(plain(planning.plan) as object) };
}

const optedOut = instance({ tags: { 'reboot-planner:enabled': 'false' } });
const second = (
  changes: Partial<Omit<SystemEvent, 'notBefore'>> & { notBefore?: string } = {},
): SystemEvent => event({ eventId: 'e-2', ...changes });

describe('an instance without a row', () => {
  it('gets a plan for its event, in the window, with a reason and a first line in its timeline', () => {
    expect(outcome(planned(sighting()))).toEqual({ kind: 'created', ...(plain(waiting()) as object) });
  });

  it('gets one plan for two events, with the earliest NotBefore', () => {
    const events = [event(), second({ notBefore: '2026-12-02T12:00:00Z' })];
    expect(outcome(planned(sighting(events)))).toMatchObject({
      kind: 'created',
      status: 'Planned',
      planId: 'e-2',
      eventIds: ['e-2', 'e-1'],
      notBefore: '2026-12-02T12:00:00Z',
    });
  });

  it('gets the same plan in whatever order ECS lists its events', () => {
    const events = [event(), second(), event({ eventId: 'e-3', notBefore: '2026-12-02T12:00:00Z' })];
    expect(plain(planned(sighting(events)))).toEqual(plain(planned(sighting([...events].reverse()))));
  });

  it('gets none where no event is open', () => {
    expect(planned(sighting([]))).toEqual({ kind: 'unchanged', problems: [] });
    expect(planned(sighting([event({ status: 'Avoided' })])).kind).toBe('unchanged');
  });

  it.each<[string, SystemEvent[], Instance | null, OddEvent[], string, string]>([
    ['opted out by tag', [event()], optedOut, [], 'Skipped', 'tag'],
    ['that ECS does not list', [event()], null, [], 'Escalated', 'unknown-instance'],
    ['with an odd event', [], instance(), [oddEvent()], 'Escalated', 'odd-event'],
    [
      'with an event of another type',
      [event({ type: 'SystemFailure.Redeploy' })],
      instance(),
      [],
      'Skipped',
      'other-event',
    ],
    [
      'with an event that waits for an answer',
      [event({ status: 'Inquiring' })],
      instance(),
      [],
      'Skipped',
      'inquiring',
    ],
    ['with an event under way', [event({ status: 'Executing' })], instance(), [], 'Missed', 'too-late'],
  ])('%s gets a finished row at once, so that nothing is dropped', (_, events, seen, odd, status, cause) => {
    expect(outcome(planned(sighting(events, seen, odd)))).toMatchObject({
      kind: 'created',
      status,
      cause,
      eventIds: ['e-1'],
      version: 1,
    });
  });

  it('gets a row even for an event without an id', () => {
    const odd = { instanceId: 'i-web-1', fault: 'An event has no EventId.' };
    expect(outcome(planned(sighting([], instance(), [odd])))).toMatchObject({
      kind: 'created',
      status: 'Escalated',
      planId: 'unknown-event',
      eventIds: [],
    });
  });

  it('waits for approval where the mode or a tag demands it', () => {
    const tagged = instance({ tags: { 'reboot-planner:approval': 'required' } });
    for (const planning of [
      planned(sighting(), undefined, settings({ mode: 'approval' })),
      planned(sighting([event()], tagged)),
    ]) {
      expect(outcome(planning)).toMatchObject({
        kind: 'created',
        status: 'AwaitingApproval',
        approval: 'required',
        executeAt: '2026-12-01T18:00:00Z',
        latestStart: '2026-12-01T20:45:00Z',
      });
    }
  });
});

describe('a waiting plan', () => {
  it('stands while nothing changed', () => {
    expect(planned(sighting(), waiting())).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('stands while its interval is under way', () => {
    expect(planned(sighting(), waiting(), settings(), '2026-12-01T19:30:00Z').kind).toBe('unchanged');
    expect(planned(sighting(), waiting(), settings(), '2026-12-01T20:45:00Z').kind).toBe('unchanged');
  });

  it('is planned again when its event moved', () => {
    const moved = sighting([event({ notBefore: '2026-12-01T20:00:00Z' })]);
    expect(outcome(planned(moved, waiting()))).toMatchObject({
      kind: 'updated',
      planId: 'e-1',
      notBefore: '2026-12-01T20:00:00Z',
      executeAt: '2026-12-01T18:00:00Z',
      latestStart: '2026-12-01T19:30:00Z',
      version: 2,
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: NotBefore moved.' }],
    });
  });

  it('answers a second event too, under the same plan_id', () => {
    const both = sighting([event(), second({ notBefore: '2026-12-02T12:00:00Z' })]);
    expect(outcome(planned(both, waiting()))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      eventIds: ['e-2', 'e-1'],
      notBefore: '2026-12-02T12:00:00Z',
    });
  });

  it('goes on for the event that is left of two', () => {
    const row = waiting({ eventIds: ['e-1', 'e-2'] });
    const seen = sighting([event({ status: 'Canceled' }), second()]);
    expect(outcome(planned(seen, row))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      eventIds: ['e-2'],
    });
  });

  it.each([
    ['cancelled', 'Canceled', 'Cleared', 'Nothing left to do: ECS cancelled event e-1.'],
    [
      'answered by somebody else',
      'Avoided',
      'Cleared',
      'Nothing left to do: somebody else restarted the instance, which answered event e-1.',
    ],
    ['carried out by ECS', 'Executed', 'Missed', 'ECS carried out event e-1 by itself before we could.'],
  ] as const)('whose event was %s ends', (_, shown, status, reason) => {
    expect(outcome(planned(sighting([event({ status: shown })]), waiting()))).toMatchObject({
      kind: 'ended',
      status,
      reason,
      version: 2,
    });
  });

  it('troubles the operator with an ending that is not good', () => {
    expect(planned(sighting([event({ status: 'Canceled' })]), waiting()).problems).toEqual([]);
    expect(planned(sighting([event({ status: 'Executed' })]), waiting()).problems).toEqual([
      'ECS carried out event e-1 by itself before we could.',
    ]);
  });

  it('whose event is merely gone stays as it is, and the operator is told', () => {
    expect(planned(sighting([]), waiting())).toEqual({
      kind: 'unchanged',
      problems: ['ECS no longer tells of event e-1; nothing is rebooted unless it does.'],
    });
  });

  it('whose event is carried out by ECS right now is Missed', () => {
    expect(outcome(planned(sighting([event({ status: 'Executing' })]), waiting()))).toMatchObject({
      kind: 'ended',
      status: 'Missed',
    });
  });

  it('is Skipped when its instance is opted out', () => {
    expect(outcome(planned(sighting([event()], optedOut), waiting()))).toMatchObject({
      kind: 'ended',
      status: 'Skipped',
      cause: 'tag',
    });
  });

  it('whose interval passed unused is planned again, however long nobody looked', () => {
    const timeline = [
      {},
      { what: 'Planned for Thu 2026-12-03 02:00 Asia/Shanghai: its interval passed unused.' },
    ];
    for (const now of ['2026-12-01T20:45:00.001Z', '2026-12-02T10:00:00Z']) {
      expect(outcome(planned(sighting(), waiting(), settings(), now))).toMatchObject({
        kind: 'updated',
        status: 'Planned',
        executeAt: '2026-12-02T18:00:00Z',
        latestStart: '2026-12-02T20:45:00Z',
        timeline,
      });
    }
  });

  it('that is found after its deadline is Missed, and not executed', () => {
    expect(outcome(planned(sighting(), waiting(), settings(), '2026-12-03T01:31:00Z'))).toMatchObject({
      kind: 'ended',
      status: 'Missed',
      cause: 'too-late',
    });
  });

  it('that had to wait until it was too late tells what for', () => {
    const row = waiting({
      reason: 'The instance is Stopped; RebootInstance needs it Running.',
      waitUntil: at('2026-12-03T01:32:00Z'),
    });
    expect(outcome(planned(sighting(), row, settings(), '2026-12-03T01:31:00Z'))).toMatchObject({
      status: 'Missed',
      reason:
        'Too late: less than the safety margin of 30m is left before NotBefore, Thu 2026-12-03 10:00 Asia/Shanghai. It waited: The instance is Stopped; RebootInstance needs it Running.',
    });
  });

  it('is planned again when the rules change', () => {
    const changed = {
      calendar: calendar('daily 03:00-04:00'),
      windowText: 'daily 03:00-04:00 Asia/Shanghai',
    };
    expect(outcome(planned(sighting(), waiting(), settings({}, changed)))).toMatchObject({
      kind: 'updated',
      executeAt: '2026-12-01T19:00:00Z',
      latestStart: '2026-12-01T19:45:00Z',
      rules: 'daily 03:00-04:00 Asia/Shanghai, slot 15m, margin 30m, last-resort 2h',
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 03:00 Asia/Shanghai: the rules changed.' }],
    });
  });

  it('keeps a pause that lies ahead when it is planned again, and no other', () => {
    const moved = { notBefore: at('2026-12-05T02:00:00Z') };
    const ahead = waiting({ ...moved, waitUntil: at('2026-12-01T10:05:00Z') });
    expect(written(planned(sighting(), ahead)).waitUntil).toEqual(at('2026-12-01T10:05:00Z'));
    const over = waiting({ ...moved, waitUntil: at('2026-12-01T09:55:00Z') });
    expect(written(planned(sighting(), over))).not.toHaveProperty('waitUntil');
  });

  it('tells of an odd event beside its own, and stands', () => {
    const odd = oddEvent({ eventId: 'e-2', fault: 'Event e-2 has no NotBefore.' });
    expect(planned(sighting([event()], instance(), [odd]), waiting())).toEqual({
      kind: 'unchanged',
      problems: ['Event e-2 has no NotBefore.'],
    });
  });
});

describe('a plan and its approval', () => {
  const asking = waiting({ status: 'AwaitingApproval', approval: 'required' });

  it('is asked for when the mode changes', () => {
    expect(outcome(planned(sighting(), waiting(), settings({ mode: 'approval' })))).toMatchObject({
      kind: 'updated',
      status: 'AwaitingApproval',
      approval: 'required',
    });
  });

  it('is asked for once', () => {
    expect(planned(sighting(), asking, settings({ mode: 'approval' })).kind).toBe('unchanged');
  });

  it('is no longer waited for when nobody demands it any more', () => {
    expect(outcome(planned(sighting(), asking))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      approval: 'not-required',
    });
  });

  it('stands once it was given', () => {
    const approved = waiting({ approval: 'granted' });
    expect(planned(sighting(), approved, settings({ mode: 'approval' })).kind).toBe('unchanged');
  });

  it('does not keep the plan from ending with its event', () => {
    const planning = planned(
      sighting([event({ status: 'Canceled' })]),
      asking,
      settings({ mode: 'approval' }),
    );
    expect(outcome(planning)).toMatchObject({ kind: 'ended', status: 'Cleared' });
  });
});

describe('a row that was edited by hand', () => {
  it.each<[string, Partial<Plan>]>([
    ['an earlier execute_at', { executeAt: at('2026-12-01T12:00:00Z') }],
    ['an execute_at that has come', { executeAt: at('2026-12-01T09:00:00Z') }],
    ['a later execute_at', { executeAt: at('2026-12-01T19:00:00Z') }],
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
});

describe('a plan that has begun', () => {
  // A minute before the lease of `preparing` and the next look of `verifying` come.
  const meanwhile = '2026-12-01T18:02:30Z';

  it.each(['Preparing', 'Rebooting'] as const)('in %s is left alone, whatever ECS says', (status) => {
    const row = preparing({ status });
    for (const seen of [
      sighting(),
      sighting([]),
      sighting([event({ status: 'Canceled' })]),
      sighting([event()], optedOut),
      sighting([event()], null),
    ]) {
      expect(planned(seen, row, settings(), meanwhile)).toEqual({ kind: 'unchanged', problems: [] });
    }
  });

  it.each(['Preparing', 'Rebooting'] as const)(
    'in %s is left alone, too, when ECS announces another event, which is reported',
    (status) => {
      const row = preparing({ status });
      expect(planned(sighting([event(), second()]), row, settings(), meanwhile)).toEqual({
        kind: 'unchanged',
        problems: [
          'ECS announced event e-2 just as the instance is being restarted; looked at at the next tick.',
        ],
      });
    },
  );

  it('reports an event that cannot be read', () => {
    const seen = sighting([event()], instance(), [oddEvent({ eventId: 'e-9' })]);
    expect(planned(seen, preparing(), settings(), meanwhile)).toEqual({
      kind: 'unchanged',
      problems: ['Event e-1: NotBefore is "soon", expected an ISO 8601 time.'],
    });
  });

  it('and is being verified notes an event that was announced meanwhile', () => {
    const planning = planned(sighting([event(), second()]), verifying(), settings(), meanwhile);
    expect(outcome(planning)).toMatchObject({
      kind: 'updated',
      status: 'Verifying',
      eventIds: ['e-1'],
      laterEventIds: ['e-2'],
      version: 5,
      timeline: [
        {},
        { what: 'ECS announced event e-2 while the restart was under way; looked at when it ends.' },
      ],
    });
  });

  it('notes such an event once', () => {
    const row = verifying({ laterEventIds: ['e-2'] });
    expect(planned(sighting([event(), second()]), row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('does not take an event of an earlier plan for a new one', () => {
    const row = verifying({ formerEventIds: ['e-0'] });
    const seen = sighting([event({ eventId: 'e-0' }), event()]);
    expect(planned(seen, row, settings(), meanwhile).kind).toBe('unchanged');
  });

  it('is brought back where a person set its lease or its next look more than an hour ahead', () => {
    const lease = { owner: 'execution-1', until: at('2026-12-01T19:03:00Z') };
    for (const status of ['Preparing', 'Rebooting'] as const) {
      const row = preparing({ status, lease });
      expect(written(planned(sighting(), row, settings(), meanwhile)).lease).toEqual({
        owner: 'execution-1',
        until: at(meanwhile),
      });
    }
    const looking = verifying({ nextLook: at('2026-12-01T19:03:00Z') });
    expect(written(planned(sighting(), looking, settings(), meanwhile)).nextLook).toEqual(at(meanwhile));
  });
});

describe('a finished plan for which a restart may have been sent', () => {
  const sent = { at: at('2026-12-01T18:01:00Z'), outcome: 'unknown' } as const;

  it.each(['Avoided', 'Cleared', 'Missed', 'Escalated'] as const)(
    'and that is %s gets no second restart while its event is still open',
    (status) => {
      const row = finished({ status, intent: sent });
      for (const shown of ['Scheduled', 'Executing', 'Inquiring'] as const) {
        expect(planned(sighting([event({ status: shown })]), row).kind).toBe('unchanged');
      }
    },
  );

  it('gets none when its event moves either', () => {
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(planned(moved, finished({ status: 'Escalated', intent: sent })).kind).toBe('unchanged');
  });

  it('gets none for an event of the plan before it', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    expect(planned(sighting([event({ eventId: 'e-0' })]), row).kind).toBe('unchanged');
  });

  it('is replaced by a new plan with a new plan_id when ECS announces a new event', () => {
    const row = finished({ status: 'Avoided', intent: sent, formerEventIds: ['e-0'] });
    const planning = planned(sighting([second({ notBefore: '2026-12-10T02:00:00Z' })]), row);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Planned',
      eventIds: ['e-2'],
      formerEventIds: ['e-1', 'e-0'],
      version: 6,
      timeline: [{ what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: ECS announced event e-2.' }],
    });
    expect(written(planning)).not.toHaveProperty('intent');
    expect(planning).toMatchObject({ replaces: row });
  });

  it('is replaced by a plan for the new event alone where its own event is still open', () => {
    const row = finished({ status: 'Escalated', intent: sent });
    expect(outcome(planned(sighting([event(), second()]), row))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      eventIds: ['e-2'],
      formerEventIds: ['e-1'],
    });
  });
});

describe('a plan that ended without a restart', () => {
  const skipped = finished({
    status: 'Skipped',
    cause: 'tag',
    reason: 'The tag reboot-planner:enabled=false opts the instance out; left to ECS.',
  });

  it('stands while its cause holds', () => {
    expect(planned(sighting([event()], optedOut), skipped)).toEqual({ kind: 'unchanged', problems: [] });
  });

  it('by tag is planned again when the tag goes', () => {
    expect(outcome(planned(sighting(), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Planned',
      planId: 'e-1',
      executeAt: '2026-12-01T18:00:00Z',
      timeline: [{}, { what: 'Planned for Wed 2026-12-02 02:00 Asia/Shanghai: judged again.' }],
    });
    expect(written(planned(sighting(), skipped))).not.toHaveProperty('cause');
  });

  it('says so where the tag changed into one that cannot be read', () => {
    const unclear = instance({ tags: { 'reboot-planner:enabled': 'off' } });
    expect(outcome(planned(sighting([event()], unclear), skipped))).toMatchObject({
      kind: 'updated',
      status: 'Skipped',
      reason:
        'Tag reboot-planner:enabled is "off", expected true or false. What the owner wants cannot be told, so nothing is rebooted until the tag is corrected.',
    });
  });

  it('for want of an answer is planned when the event is Scheduled', () => {
    const row = finished({ status: 'Skipped', cause: 'inquiring' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('for an unknown instance is planned when ECS lists it', () => {
    const row = finished({ status: 'Escalated', cause: 'unknown-instance' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('for an odd event is planned when the event can be read', () => {
    const row = finished({ status: 'Escalated', cause: 'odd-event' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('since its event was gone is planned when the event is open again', () => {
    const row = finished({ status: 'Cleared', cause: 'gone' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('since it was too late is planned when NotBefore moves to a later time', () => {
    const row = finished({ status: 'Missed', cause: 'too-late', notBefore: at('2026-12-01T10:15:00Z') });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('by policy is planned when the policy changes', () => {
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it.each(['operator', 'unapproved', 'refused'] as const)(
    'waits for a person where its cause is %s',
    (cause) => {
      const row = finished({ status: 'Escalated', cause });
      expect(planned(sighting(), row).kind).toBe('unchanged');
    },
  );

  it('and that an operator pinned stands', () => {
    expect(planned(sighting(), { ...skipped, pinned: true }).kind).toBe('unchanged');
  });

  it('that was observed stays observed, until the mode or NotBefore changes', () => {
    const row = finished({ status: 'Skipped', cause: 'observe' });
    const observe = settings({ mode: 'observe' });
    expect(planned(sighting(), row, observe).kind).toBe('unchanged');
    expect(outcome(planned(sighting(), row))).toMatchObject({ kind: 'updated', status: 'Planned' });
    const moved = sighting([event({ notBefore: '2026-12-09T02:00:00Z' })]);
    expect(outcome(planned(moved, row, observe))).toMatchObject({ kind: 'updated', status: 'Planned' });
  });

  it('takes a new event in, while the old one is open', () => {
    const planning = planned(sighting([event(), second()]), skipped);
    expect(outcome(planning)).toMatchObject({ kind: 'updated', status: 'Planned', eventIds: ['e-1', 'e-2'] });
  });

  it('is replaced by a new plan when its event is over and ECS announces another', () => {
    const planning = planned(sighting([second()]), skipped);
    expect(outcome(planning)).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      eventIds: ['e-2'],
      formerEventIds: [],
    });
    expect(planning).toMatchObject({ replaces: skipped });
  });

  it('is replaced where a new event cannot be read, so that it is not dropped', () => {
    const odd = oddEvent({ eventId: 'e-2' });
    expect(outcome(planned(sighting([], instance(), [odd]), skipped))).toMatchObject({
      kind: 'created',
      planId: 'e-2.6',
      status: 'Escalated',
      cause: 'odd-event',
    });
  });

  it('stands where its own event can no longer be read, which is reported', () => {
    expect(planned(sighting([], instance(), [oddEvent()]), skipped)).toEqual({
      kind: 'unchanged',
      problems: ['Event e-1: NotBefore is "soon", expected an ISO 8601 time.'],
    });
  });

  it('since it was left to ECS stands while ECS carries the event out', () => {
    expect(planned(sighting([event({ status: 'Executing' })], optedOut), skipped)).toEqual({
      kind: 'unchanged',
      problems: [],
    });
  });

  it('since it was left to ECS by policy is not Missed when the safety margin begins', () => {
    const leave = settings({}, { noWindow: 'leave' });
    const row = finished({ status: 'Skipped', cause: 'policy' });
    expect(planned(sighting(), row, leave, '2026-12-03T01:45:00Z').kind).toBe('unchanged');
  });

  it('stands when its event is over', () => {
    expect(planned(sighting([event({ status: 'Executed' })], optedOut), skipped).kind).toBe('unchanged');
    expect(planned(sighting([]), skipped).kind).toBe('unchanged');
  });
});

describe('the events of earlier plans', () => {
  it('are remembered up to a hundred, the latest first', () => {
    const row = finished({
      status: 'Skipped',
      cause: 'operator',
      formerEventIds: Array.from({ length: 100 }, (_, index) => `old-${index}`),
    });
    const { formerEventIds } = written(planned(sighting([second()]), row));
    expect(formerEventIds).toHaveLength(100);
    expect(formerEventIds.slice(0, 2)).toEqual(['e-1', 'old-0']);
    expect(formerEventIds.at(-1)).toBe('old-98');
  });
});
