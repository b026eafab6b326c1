// The parts of a review, each with records made by hand: who was down at once, what contradicts what, who ended which event, how
// long things took, and why an event has no plan. Times are minutes after an arbitrary day; every figure was worked out by hand.
import { describe, expect, it } from 'vitest';
import { crowdsOf, tookDown, type CrowdParts } from '../../../lib/plan/review/crowds.ts';
import { disagreementsOf, type CheckParts } from '../../../lib/plan/review/disagreements.ts';
import { endsOf, mergedEnds } from '../../../lib/plan/review/ends.ts';
import { failuresOf } from '../../../lib/plan/review/failures.ts';
import { inAll } from '../../../lib/plan/review/in-all.ts';
import { answerOf, endedBy, plansByEvent } from '../../../lib/plan/review/joined.ts';
import { mergedOutcomes, outcomesOf, rebootsBy } from '../../../lib/plan/review/outcomes.ts';
import {
  isFailure,
  isoOf,
  isOver,
  newerOf,
  overAt,
  type RecordedEvent,
  type ReviewedPlan,
} from '../../../lib/plan/review/records.ts';
import { reviewOf, type RegionRecord } from '../../../lib/plan/review/review.ts';
import type { Review } from '../../../lib/plan/review/figures.ts';
import { keptName } from '../../../lib/plan/review/sources.ts';
import { lengthsOf, timesOf } from '../../../lib/plan/review/times.ts';
import { isUnexplained, mergedUnplanned, unplannedOf } from '../../../lib/plan/review/unplanned.ts';
import { state } from '../../../lib/plan/statement.ts';

const zero = Date.UTC(2026, 10, 1);
const min = (minutes: number): number => zero + minutes * 60_000;
const day = 1_440;

function event(id: string, how: Partial<RecordedEvent> = {}): RecordedEvent {
  return {
    eventId: `e-${id}`,
    instanceId: `i-${id}`,
    type: 'SystemMaintenance.Reboot',
    status: 'Executed',
    publishedAt: min(0),
    notBefore: min(day),
    finishedAt: min(day + 2),
    ...how,
  };
}

function plan(id: string, how: Partial<ReviewedPlan> = {}): ReviewedPlan {
  return {
    regionId: 'cn-hangzhou',
    instanceId: `i-${id}`,
    planId: `p-${id}`,
    status: 'Avoided',
    reasonCode: 'avoided',
    eventIds: [`e-${id}`],
    sentEventIds: [],
    laterEventIds: [],
    pastEventIds: [],
    plannedAt: [],
    ...how,
  };
}

function without(
  one: RecordedEvent,
  ...names: ('publishedAt' | 'notBefore' | 'finishedAt')[]
): RecordedEvent {
  const left: RecordedEvent = { ...one };
  if (names.includes('publishedAt')) delete left.publishedAt;
  if (names.includes('notBefore')) delete left.notBefore;
  if (names.includes('finishedAt')) delete left.finishedAt;
  return left;
}

describe('an event', () => {
  it.each<[string, RecordedEvent, boolean]>([
    ['Executed', event('1'), true],
    ['Avoided, without a time', without(event('1', { status: 'Avoided' }), 'finishedAt'), true],
    ['Canceled, without a time', without(event('1', { status: 'Canceled' }), 'finishedAt'), true],
    ['Failed, without a time', without(event('1', { status: 'Failed' }), 'finishedAt'), true],
    ['Executed, without a time', without(event('1'), 'finishedAt'), true],
    ['Inquiring, although it has a time', event('1', { status: 'Inquiring' }), false],
    ['Scheduled, although it has a time', event('1', { status: 'Scheduled' }), false],
    ['Executing, although it has a time', event('1', { status: 'Executing' }), false],
    ['of a new status, with a time', event('1', { status: 'Rejected' }), true],
    ['of a new status, without one', without(event('1', { status: 'Rejected' }), 'finishedAt'), false],
  ])('%s is over: %s', (_, one, over) => {
    expect(isOver(one)).toBe(over);
    expect(overAt(one) === undefined).toBe(!over);
  });

  it('was over when ECS says so, else at its time, else when it was published', () => {
    expect(overAt(event('1'))).toBe(min(day + 2));
    expect(overAt(without(event('1'), 'finishedAt'))).toBe(min(day));
    expect(overAt(without(event('1'), 'finishedAt', 'notBefore'))).toBe(min(0));
  });

  it('that is known twice counts as it is newest', () => {
    const open = event('1', { status: 'Scheduled' });
    const [early, late] = [event('1'), event('1', { finishedAt: min(day + 9) })];
    expect(newerOf(open, early)).toBe(early);
    expect(newerOf(early, open)).toBe(early);
    expect(newerOf(early, late)).toBe(late);
    expect(newerOf(late, early)).toBe(late);
    const [nameless, again] = [without(event('1'), 'finishedAt', 'notBefore', 'publishedAt'), event('1')];
    expect(newerOf(nameless, again)).toBe(again);
    expect(newerOf(again, nameless)).toBe(again);
    // Of two that say the same, the second one was read later.
    const same = event('1');
    expect(newerOf(early, same)).toBe(same);
    expect(newerOf(open, { ...open })).not.toBe(open);
  });

  it('that reports what has struck is a failure', () => {
    expect(
      [
        'SystemFailure.Reboot',
        'InstanceFailure.Reboot',
        'SystemMaintenance.Reboot',
        'My.SystemFailure.X',
      ].map((type) => isFailure({ type })),
    ).toEqual([true, true, false, false]);
  });

  it('has times as statements hold them, and a name that sorts by its end', () => {
    expect([isoOf(zero), isoOf(zero + 5)]).toEqual(['2026-11-01T00:00:00Z', '2026-11-01T00:00:00.005Z']);
    expect(keptName('e-1', zero)).toBe('2026-11-01T00:00:00.000Z e-1');
  });
});

describe('who was down at once', () => {
  const groups = new Map(['1', '2', '3', '4'].map((id) => [`i-${id}`, 'web']));

  function crowds(parts: Partial<CrowdParts>): ReturnType<typeof crowdsOf> {
    const none = { events: [], sent: [], byEvent: new Map<string, never>() };
    return crowdsOf({ regionId: 'cn-hangzhou', ...none, groups, limit: 1, ...parts });
  }

  it.each([
    ['SystemMaintenance.Reboot', true],
    ['SystemMaintenance.Redeploy', true],
    ['SystemMaintenance.Stop', true],
    ['SystemMaintenance.Migrate', true],
    ['SystemMaintenance.RebootAndIsolateErrorDisk', true],
    ['SystemMaintenance.RebootAndReInitErrorDisk', true],
    ['SystemFailure.Reboot', true],
    ['SystemMaintenance.CleanInactiveDisks', false],
    ['SystemMaintenance.RebootLater', false],
    ['Reboot', false],
  ])('%s takes an instance down: %s', (type, is) => {
    expect(tookDown(event('1', { type }))).toBe(is);
  });

  it('an event takes it down only where ECS carried it out, from a known time to a later one', () => {
    expect(tookDown(event('1', { status: 'Avoided' }))).toBe(false);
    expect(tookDown(without(event('1'), 'notBefore'))).toBe(false);
    expect(tookDown(without(event('1'), 'finishedAt'))).toBe(false);
    expect(tookDown(event('1', { finishedAt: min(day) }))).toBe(false);
    // A failure struck when it was published; without that, at its time.
    const struck = event('1', { type: 'SystemFailure.Reboot', publishedAt: min(5), finishedAt: min(9) });
    expect(tookDown(without(struck, 'notBefore'))).toBe(true);
    expect(tookDown(without({ ...struck, notBefore: min(6) }, 'publishedAt'))).toBe(true);
    expect(tookDown(without(struck, 'publishedAt', 'notBefore'))).toBe(false);
  });

  it('two that overlap are a crowd from the second beginning to the first end', () => {
    const found = crowds({
      events: [
        event('1', { notBefore: min(10), finishedAt: min(20) }),
        event('2', { notBefore: min(15), finishedAt: min(30) }),
      ],
    });
    expect(found).toEqual([
      {
        regionId: 'cn-hangzhou',
        group: 'web',
        limit: 1,
        most: 2,
        from: min(15),
        until: min(20),
        members: [
          { instanceId: 'i-1', by: 'ecs' },
          { instanceId: 'i-2', by: 'ecs' },
        ],
      },
    ]);
  });

  it('a crowd goes on while more than the limit are down, and has everybody of that time', () => {
    const found = crowds({
      events: [
        event('3', { notBefore: min(16), finishedAt: min(40) }),
        event('1', { notBefore: min(10), finishedAt: min(20) }),
        event('2', { notBefore: min(15), finishedAt: min(30) }),
        event('4', { notBefore: min(50), finishedAt: min(60) }),
      ],
    });
    expect(found).toMatchObject([{ most: 3, from: min(15), until: min(30) }]);
    expect(found[0]?.members.map(({ instanceId }) => instanceId)).toEqual(['i-1', 'i-2', 'i-3']);
  });

  it('a crowd has only those who are down then, in the order of their ids', () => {
    const found = crowds({
      events: [
        event('1', { notBefore: min(10), finishedAt: min(20) }),
        event('4', { notBefore: min(30), finishedAt: min(40) }),
        event('3', { notBefore: min(35), finishedAt: min(45) }),
        event('2', { notBefore: min(36), finishedAt: min(37) }),
      ],
    });
    expect(found).toMatchObject([{ from: min(35), until: min(40), most: 3 }]);
    expect(found[0]?.members.map(({ instanceId }) => instanceId)).toEqual(['i-2', 'i-3', 'i-4']);
  });

  it('as many as the limit are none', () => {
    const events = [
      event('1', { notBefore: min(10), finishedAt: min(20) }),
      event('2', { notBefore: min(15), finishedAt: min(30) }),
    ];
    expect(crowds({ events, limit: 2 })).toEqual([]);
  });

  it('one that goes down as another one comes up is none', () => {
    const events = [
      event('2', { notBefore: min(20), finishedAt: min(30) }),
      event('1', { notBefore: min(10), finishedAt: min(20) }),
    ];
    expect(crowds({ events })).toEqual([]);
  });

  it('one instance that is down for two reasons is one', () => {
    const events = [
      event('1', { notBefore: min(10), finishedAt: min(30) }),
      event('1', { type: 'SystemFailure.Reboot', publishedAt: min(15), finishedAt: min(20) }),
    ];
    expect(crowds({ events })).toEqual([]);
    // It is still down when the shorter reason is over.
    const mate = event('2', { notBefore: min(22), finishedAt: min(25) });
    expect(crowds({ events: [...events, mate] })).toMatchObject([{ from: min(22), until: min(25), most: 2 }]);
  });

  it('restarts of ours count from the sending to the look that showed the instance Running, else to the end of the plan', () => {
    const mate = event('2', { notBefore: min(12), finishedAt: min(40) });
    const one = plan('1', { sentAt: min(10), finishedAt: min(30) });
    expect(crowds({ events: [mate], sent: [one] })).toMatchObject([
      { from: min(12), until: min(30), members: [{ instanceId: 'i-1', by: 'us' }, { by: 'ecs' }] },
    ]);
    expect(crowds({ events: [mate], sent: [{ ...one, avoidedSeenAt: min(20) }] })).toMatchObject([
      { until: min(20) },
    ]);
    expect(crowds({ events: [mate], sent: [plan('1', { sentAt: min(10) })] })).toEqual([]);
    expect(crowds({ events: [mate], sent: [plan('1', { finishedAt: min(30) })] })).toEqual([]);
    expect(crowds({ events: [mate], sent: [{ ...one, finishedAt: min(10) }] })).toEqual([]);
  });

  it('instances of no group, and of two groups, are none', () => {
    const events = [
      event('1', { notBefore: min(10), finishedAt: min(20) }),
      event('9', { notBefore: min(10), finishedAt: min(20) }),
    ];
    expect(crowds({ events })).toEqual([]);
    expect(
      crowds({
        events,
        groups: new Map([
          ['i-1', 'web'],
          ['i-9', 'db'],
        ]),
      }),
    ).toEqual([]);
  });

  it('the earliest crowd comes first, then the first group', () => {
    const pair = (ids: [string, string], from: number): RecordedEvent[] =>
      ids.map((id) => event(id, { notBefore: min(from), finishedAt: min(from + 5) }));
    const found = crowds({
      events: [
        ...pair(['1', '2'], 50),
        ...pair(['3', '4'], 10),
        ...pair(['5', '6'], 50),
        ...pair(['1', '2'], 80),
      ],
      groups: new Map([
        ['i-1', 'web'],
        ['i-2', 'web'],
        ['i-3', 'db'],
        ['i-4', 'db'],
        ['i-5', 'api'],
        ['i-6', 'api'],
      ]),
    });
    expect(found.map(({ group, from }) => [group, from])).toEqual([
      ['db', min(10)],
      ['api', min(50)],
      ['web', min(50)],
      ['web', min(80)],
    ]);
  });

  it('a failure is told from maintenance', () => {
    const events = [
      event('1', { type: 'InstanceFailure.Reboot', publishedAt: min(10), finishedAt: min(20) }),
      event('2', { notBefore: min(10), finishedAt: min(20) }),
    ];
    expect(crowds({ events })[0]?.members).toEqual([
      { instanceId: 'i-1', by: 'failure' },
      { instanceId: 'i-2', by: 'ecs' },
    ]);
  });
});

describe('a plan and the record of ECS', () => {
  const context = {
    eventTypes: ['SystemMaintenance.Reboot'],
    firstRunAt: min(-day),
    now: min(2 * day),
    timeZone: 'Asia/Shanghai',
  };

  function found(plans: ReviewedPlan[], events: RecordedEvent[], parts: Partial<CheckParts> = {}): unknown[] {
    const known = new Map(events.map((one) => [one.eventId, one]));
    return disagreementsOf({
      regionId: 'cn-hangzhou',
      known,
      events,
      plans,
      byEvent: plansByEvent(plans),
      context,
      completeSince: min(-day),
      ...parts,
    });
  }

  const at = (instanceId: string, what: unknown): unknown => ({ regionId: 'cn-hangzhou', instanceId, what });

  it('that agree say nothing', () => {
    const sent = plan('1', { sentAt: min(60), sentEventIds: ['e-1'] });
    expect(found([sent], [event('1', { status: 'Avoided', finishedAt: min(61) })])).toEqual([]);
  });

  describe('a reboot that ECS carried out', () => {
    const unplanned = at('i-1', state('executed-unplanned', { eventId: 'e-1' }));

    it('and that no plan names is named', () => {
      expect(found([], [event('1')])).toEqual([unplanned]);
    });

    it.each<[string, Partial<RecordedEvent>]>([
      ['of another type', { type: 'SystemMaintenance.Stop' }],
      ['that was Avoided', { status: 'Avoided' }],
      ['that was over at once', { finishedAt: min(19) }],
    ])('%s is not', (_, how) => {
      expect(found([], [event('1', how)])).toEqual([]);
    });

    it('and that a plan names is not, whatever became of that plan', () => {
      expect(found([plan('1', { status: 'Skipped' })], [event('1')])).toEqual([]);
    });
  });

  describe('a plan that is Avoided', () => {
    it('sent a restart', () => {
      expect(found([plan('1')], [])).toEqual([
        at('i-1', state('avoided-without-restart', { planId: 'p-1' })),
      ]);
      expect(found([plan('1', { status: 'Cleared' })], [])).toEqual([]);
    });

    it.each(['Executed', 'Failed', 'Scheduled', 'Inquiring', 'Executing'])(
      'is none of an event that is %s',
      (status) => {
        const sent = plan('1', { sentAt: min(60), sentEventIds: ['e-1'] });
        const what = state('ended-otherwise', {
          planId: 'p-1',
          status: 'Avoided',
          eventId: 'e-1',
          eventStatus: status,
        });
        expect(found([sent], [event('1', { status })])).toEqual([at('i-1', what)]);
      },
    );
  });

  it.each(['Executed', 'Failed'])('a plan that is Cleared is none of an event that is %s', (status) => {
    const what = state('ended-otherwise', {
      planId: 'p-1',
      status: 'Cleared',
      eventId: 'e-1',
      eventStatus: status,
    });
    expect(found([plan('1', { status: 'Cleared' })], [event('1', { status })])).toEqual([at('i-1', what)]);
  });

  it('a plan that is Missed is none of an event that is Avoided, if its restart was sent and ECS carried out none of its events', () => {
    const missed = plan('1', { status: 'Missed', sentAt: min(60), eventIds: ['e-1', 'e-2'] });
    const avoided = event('1', { status: 'Avoided' });
    const what = state('ended-otherwise', {
      planId: 'p-1',
      status: 'Missed',
      eventId: 'e-1',
      eventStatus: 'Avoided',
    });
    expect(found([missed], [avoided])).toEqual([at('i-1', what)]);
    expect(found([missed], [avoided, event('2', { instanceId: 'i-1' })])).toEqual([]);
    expect(found([plan('1', { status: 'Missed' })], [avoided])).toEqual([]);
    expect(found([missed], [event('1')])).toEqual([]);
  });

  describe('a plan that goes on', () => {
    it('although its event has been over for two hours is named', () => {
      const waits = plan('1', { status: 'Planned' });
      const over = event('1', { status: 'Canceled', finishedAt: min(2 * day - 120) - 1 });
      const what = state('still-waits', {
        planId: 'p-1',
        status: 'Planned',
        eventId: 'e-1',
        eventStatus: 'Canceled',
      });
      expect(found([waits], [over])).toEqual([at('i-1', what)]);
      expect(found([waits], [{ ...over, finishedAt: min(2 * day - 120) }])).toEqual([]);
      expect(found([waits], [event('1', { status: 'Scheduled' })])).toEqual([]);
      expect(found([plan('1', { status: 'Skipped' })], [over])).toEqual([]);
    });
  });

  describe('a restart that was sent', () => {
    const sent = plan('1', { sentAt: min(60), sentEventIds: ['e-1', 'e-2'] });
    const times = { at: '2026-11-01T01:00:00Z', timeZone: 'Asia/Shanghai' };

    it('for events that ECS does not know is named', () => {
      const what = state('restart-unknown-to-ecs', { planId: 'p-1', eventIds: ['e-1', 'e-2'], ...times });
      expect(found([sent], [])).toEqual([at('i-1', what)]);
      expect(found([sent], [], { completeSince: min(60) })).toEqual([at('i-1', what)]);
    });

    it('is not where the list may have forgotten them, or has one of them', () => {
      expect(found([sent], [], { completeSince: min(60) + 1 })).toEqual([]);
      const parts: CheckParts = {
        regionId: 'cn-hangzhou',
        known: new Map(),
        events: [],
        plans: [sent],
        byEvent: plansByEvent([sent]),
        context,
      };
      expect(disagreementsOf(parts)).toEqual([]);
      expect(found([sent], [event('2', { status: 'Avoided', finishedAt: min(61) })])).toEqual([]);
      expect(found([plan('1', { sentAt: min(60), eventIds: [] })], [])).toEqual([]);
    });

    it('for events that were all over is named: nobody needed it', () => {
      const over = (id: string, finishedAt: number): RecordedEvent =>
        event(id, { instanceId: 'i-1', status: 'Avoided', finishedAt });
      const what = state('restart-after-end', { planId: 'p-1', eventIds: ['e-1', 'e-2'], ...times });
      expect(found([sent], [over('1', min(30)), over('2', min(60) - 10_001)])).toEqual([at('i-1', what)]);
      // Clocks differ: ten seconds are nothing.
      expect(found([sent], [over('1', min(30)), over('2', min(60) - 10_000)])).toEqual([]);
      expect(found([sent], [over('1', min(30))])).toEqual([]);
      expect(found([sent], [over('1', min(30)), without(over('2', min(30)), 'finishedAt')])).toEqual([]);
    });
  });

  it('contradictions come in the order of the instances', () => {
    const plans = ['3', '1', '2'].map((id) => plan(id));
    expect(found(plans, []).map((one) => (one as { instanceId: string }).instanceId)).toEqual([
      'i-1',
      'i-2',
      'i-3',
    ]);
  });
});

describe('who ended an event', () => {
  const sent = plan('1', { sentAt: min(60), sentEventIds: ['e-1'] });

  it.each([
    ['Executed', 'ecs'],
    ['Canceled', 'canceled'],
    ['Failed', 'failed'],
    ['Inquiring', 'open'],
    ['Scheduled', 'open'],
    ['Executing', 'open'],
    ['Rejected', 'other'],
    ['Avoided', 'others'],
  ])('%s: %s', (status, by) => {
    expect(endedBy(event('1', { status }), [])).toBe(by);
  });

  it('is us where a plan sent a restart for it before its end, by ten seconds of two clocks', () => {
    const avoided = (finishedAt: number): RecordedEvent => event('1', { status: 'Avoided', finishedAt });
    expect(endedBy(avoided(min(61)), [plan('9'), sent])).toBe('us');
    expect(endedBy(avoided(min(60) - 10_000), [sent])).toBe('us');
    expect(endedBy(avoided(min(60) - 10_001), [sent])).toBe('others');
    expect(answerOf(without(avoided(0), 'finishedAt'), [sent])).toBeDefined();
    expect(answerOf(avoided(min(61)), [plan('1', { sentEventIds: ['e-1'] })])).toBeUndefined();
    expect(answerOf(avoided(min(61)), [plan('1', { sentAt: min(60) })])).toBeUndefined();
    expect(answerOf(avoided(min(61)), [plan('1', { sentAt: min(60), laterEventIds: ['e-1'] })])).toEqual({
      sentAt: min(60),
    });
  });

  it('is asked of the plans that name it, each once', () => {
    const one = plan('1', { sentEventIds: ['e-1', 'e-2'], laterEventIds: ['e-1', 'e-3'] });
    const two = plan('2', { eventIds: ['e-1'] });
    const byEvent = plansByEvent([one, two]);
    expect([...byEvent.keys()]).toEqual(['e-1', 'e-2', 'e-3']);
    expect(byEvent.get('e-1')).toEqual([one, two]);
    expect(byEvent.get('e-3')).toEqual([one]);
  });
});

describe('how events ended', () => {
  const events = [
    event('1', { type: 'B' }),
    event('2', { type: 'B', status: 'Avoided' }),
    event('3', { type: 'B' }),
    event('4', { type: 'C' }),
    event('5', { type: 'A' }),
  ];

  it('is counted by type and by status, the most first', () => {
    const counted = outcomesOf(events);
    expect(counted).toEqual([
      { type: 'B', events: 3, outcomes: { Avoided: 1, Executed: 2 } },
      { type: 'A', events: 1, outcomes: { Executed: 1 } },
      { type: 'C', events: 1, outcomes: { Executed: 1 } },
    ]);
    expect(Object.keys(counted[0]?.outcomes ?? {})).toEqual(['Avoided', 'Executed']);
  });

  it('is added up over regions', () => {
    expect(
      mergedOutcomes([...outcomesOf(events), { type: 'C', events: 4, outcomes: { Executed: 1, Failed: 3 } }]),
    ).toEqual([
      { type: 'C', events: 5, outcomes: { Executed: 2, Failed: 3 } },
      { type: 'B', events: 3, outcomes: { Avoided: 1, Executed: 2 } },
      { type: 'A', events: 1, outcomes: { Executed: 1 } },
    ]);
  });

  it('is counted by who ended them, for maintenance reboots alone', () => {
    const sent = plan('2', { sentAt: min(60), sentEventIds: ['e-2'] });
    const reboots = [
      event('1'),
      event('2', { status: 'Avoided' }),
      event('3', { status: 'Avoided' }),
      event('4', { type: 'A' }),
    ];
    expect(rebootsBy(reboots, plansByEvent([sent]))).toEqual({
      events: 3,
      us: 1,
      others: 1,
      ecs: 1,
      canceled: 0,
      failed: 0,
      open: 0,
      other: 0,
    });
  });
});

describe('ends that helped nobody', () => {
  const missed = (id: string): ReviewedPlan => plan(id, { status: 'Missed', reasonCode: 'too-late' });

  it('are shown with their first ten instances, each once and in order', () => {
    const plans = [...Array.from({ length: 11 }, (_, index) => missed(String(20 - index))), missed('10')];
    expect(endsOf(plans)).toEqual([
      {
        status: 'Missed',
        code: 'too-late',
        plans: 12,
        instanceIds: Array.from({ length: 10 }, (_, index) => `i-${index + 10}`),
      },
    ]);
  });

  it('are added up over regions, and sorted by their number, then by their reason', () => {
    const of = (
      status: 'Missed' | 'Escalated',
      code: string,
      plans: number,
      id: string,
      waitedFor?: string,
    ) => ({
      status,
      code,
      plans,
      instanceIds: [id],
      ...(waitedFor === undefined ? {} : { waitedFor }),
    });
    expect(
      mergedEnds([
        of('Missed', 'b', 1, 'i-2'),
        of('Missed', 'a', 1, 'i-3'),
        of('Missed', 'b', 1, 'i-1'),
        of('Missed', 'a', 1, 'i-4', 'x'),
        of('Escalated', 'a', 1, 'i-5'),
      ]),
    ).toEqual(
      [
        of('Missed', 'b', 2, 'i-1'),
        of('Escalated', 'a', 1, 'i-5'),
        of('Missed', 'a', 1, 'i-3'),
        of('Missed', 'a', 1, 'i-4', 'x'),
      ].map((one) => (one.plans === 2 ? { ...one, instanceIds: ['i-1', 'i-2'] } : one)),
    );
  });
});

it('failures are counted by instance: repeat offenders first, then the latest, then by id', () => {
  const struck = (id: string, publishedAt: number, type = 'SystemFailure.Reboot'): RecordedEvent =>
    event(id, { instanceId: `i-${id}`, type, publishedAt });
  const nameless = without(struck('5', 0), 'publishedAt');
  expect(
    failuresOf('cn-hangzhou', [
      event('9'),
      struck('2', min(5)),
      struck('1', min(5)),
      struck('3', min(9)),
      struck('4', min(2)),
      struck('4', min(1), 'InstanceFailure.Reboot'),
      nameless,
    ]),
  ).toEqual([
    {
      regionId: 'cn-hangzhou',
      instanceId: 'i-4',
      failures: 2,
      types: ['InstanceFailure.Reboot', 'SystemFailure.Reboot'],
      lastAt: min(2),
    },
    {
      regionId: 'cn-hangzhou',
      instanceId: 'i-3',
      failures: 1,
      types: ['SystemFailure.Reboot'],
      lastAt: min(9),
    },
    {
      regionId: 'cn-hangzhou',
      instanceId: 'i-1',
      failures: 1,
      types: ['SystemFailure.Reboot'],
      lastAt: min(5),
    },
    {
      regionId: 'cn-hangzhou',
      instanceId: 'i-2',
      failures: 1,
      types: ['SystemFailure.Reboot'],
      lastAt: min(5),
    },
    { regionId: 'cn-hangzhou', instanceId: 'i-5', failures: 1, types: ['SystemFailure.Reboot'] },
  ]);
});

describe('how long things took', () => {
  const avoided = event('1', { status: 'Avoided', finishedAt: min(63) });
  const sent = plan('1', {
    sentAt: min(60),
    sentEventIds: ['e-1'],
    plannedAt: [min(-3), min(9), min(7), min(8)],
    avoidedSeenAt: min(64),
    finishedAt: min(65),
  });
  const measure = (how: Partial<Parameters<typeof lengthsOf>[0]> = {}): ReturnType<typeof lengthsOf> =>
    lengthsOf({ events: [avoided], sent: [sent], plans: plansByEvent([sent]), ...how });

  it('is measured from its beginning to its end', () => {
    expect(measure()).toEqual({
      lead: [day * 60_000],
      toRow: [7 * 60_000],
      toAvoided: [3 * 60_000],
      toRunning: [4 * 60_000],
      toProven: [5 * 60_000],
    });
  });

  it('counts the time that was announced first', () => {
    expect(measure({ events: [{ ...avoided, firstNotBefore: min(2 * day) }] }).lead).toEqual([
      2 * day * 60_000,
    ]);
  });

  it.each<[string, RecordedEvent, Partial<Record<'lead' | 'toRow' | 'toAvoided', number>>]>([
    ['of another type has no lead', { ...avoided, type: 'X' }, { lead: 0, toRow: 1, toAvoided: 1 }],
    [
      'without a publication has no lead and no row',
      without(avoided, 'publishedAt'),
      { lead: 0, toRow: 0, toAvoided: 1 },
    ],
    ['without a time has no lead', without(avoided, 'notBefore'), { lead: 0, toRow: 1, toAvoided: 1 }],
    ['without an end was not avoided', without(avoided, 'finishedAt'), { lead: 1, toRow: 1, toAvoided: 0 }],
    [
      'that ECS carried out was not avoided',
      { ...avoided, status: 'Executed' },
      { lead: 1, toRow: 1, toAvoided: 0 },
    ],
  ])('an event %s', (_, one, counts) => {
    const { lead, toRow, toAvoided } = measure({ events: [one] });
    expect({ lead: lead.length, toRow: toRow.length, toAvoided: toAvoided.length }).toEqual(counts);
  });

  it('counts an entry at the moment of the publication', () => {
    const at = plan('1', { plannedAt: [min(0)] });
    expect(measure({ plans: plansByEvent([at]) }).toRow).toEqual([0]);
  });

  it('does not count an event that was published before the planner first ran', () => {
    expect(measure({ firstRunAt: min(0) }).toRow).toHaveLength(1);
    expect(measure({ firstRunAt: min(0) + 1 }).toRow).toEqual([]);
    expect(measure({ plans: new Map() }).toRow).toEqual([]);
  });

  it('is nothing where the clock of ECS is behind ours', () => {
    const before = { ...avoided, finishedAt: min(60) - 5_000 };
    expect(measure({ events: [before] }).toAvoided).toEqual([0]);
  });

  it('to its proof is counted for plans that are proven', () => {
    const running = plan('1', { sentAt: min(60), finishedAt: min(65) });
    expect(measure({ sent: [running] })).toMatchObject({ toRunning: [300_000], toProven: [300_000] });
    const others = [
      { ...sent, status: 'Escalated' },
      plan('1', { finishedAt: min(65) }),
      plan('1', { sentAt: min(60) }),
    ];
    expect(measure({ sent: others })).toMatchObject({ toRunning: [], toProven: [] });
  });

  it('is told for all regions together, and only what was measured', () => {
    const none = { lead: [], toRow: [], toAvoided: [], toRunning: [], toProven: [] };
    expect(
      timesOf([
        { ...none, lead: [10, 30] },
        { ...none, lead: [20] },
      ]),
    ).toEqual({
      lead: { count: 3, shortest: 10, median: 20, p95: 30, longest: 30 },
    });
    expect(timesOf([none])).toEqual({});
  });
});

describe('why an event has no plan', () => {
  const context = { eventTypes: ['SystemMaintenance.Reboot'], now: min(2 * day), timeZone: 'Asia/Shanghai' };
  const why = (one: RecordedEvent, how: Partial<Parameters<typeof isUnexplained>[1]> = {}): unknown =>
    unplannedOf([one], new Map(), { ...context, ...how })[0]?.why;

  it('is its type, which nobody asked to be watched', () => {
    expect(why(event('1', { type: 'X' }))).toEqual(state('type-not-watched', { type: 'X' }));
  });

  it('is that it was over when the planner first ran', () => {
    const first = state('over-before-first-run', { at: isoOf(min(day + 2)), timeZone: 'Asia/Shanghai' });
    expect(why(event('1'), { firstRunAt: min(day + 2) })).toEqual(first);
    expect(why(event('1'), { firstRunAt: min(day + 2) - 1 })).toEqual(state('never-planned', {}));
    expect(why(event('1', { status: 'Scheduled' }), { firstRunAt: min(2 * day) })).toEqual(
      state('never-planned', {}),
    );
  });

  it('is that it was over within twenty minutes, or was announced as shortly ago', () => {
    expect(why(event('1', { finishedAt: min(20) - 1 }))).toEqual(state('over-at-once', {}));
    expect(why(event('1', { finishedAt: min(20) }))).toEqual(state('never-planned', {}));
    const open = (publishedAt: number): RecordedEvent => event('1', { status: 'Scheduled', publishedAt });
    expect(why(open(min(2 * day - 20) + 1))).toEqual(state('announced-just-now', {}));
    expect(why(open(min(2 * day - 20)))).toEqual(state('never-planned', {}));
    expect(why(without(event('1'), 'publishedAt'))).toEqual(state('never-planned', {}));
  });

  it('is asked only for events that no plan names, and the most frequent reason comes first', () => {
    const events = [
      event('4', { type: 'X' }),
      event('1', { type: 'Y' }),
      event('3', { type: 'Y' }),
      event('2', { type: 'Y' }),
      event('5', { type: 'W' }),
    ];
    const named = plansByEvent([plan('2')]);
    expect(unplannedOf(events, named, context)).toEqual([
      { why: state('type-not-watched', { type: 'Y' }), events: 2, eventIds: ['e-1', 'e-3'] },
      { why: state('type-not-watched', { type: 'W' }), events: 1, eventIds: ['e-5'] },
      { why: state('type-not-watched', { type: 'X' }), events: 1, eventIds: ['e-4'] },
    ]);
  });

  it('is added up over regions, with the first ten events', () => {
    const never = state('never-planned', {});
    const ids = (from: number, count: number): string[] =>
      Array.from({ length: count }, (_, index) => `e-${from + index}`);
    expect(
      mergedUnplanned([
        { why: never, events: 30, eventIds: ids(50, 10) },
        { why: never, events: 4, eventIds: ids(20, 4) },
      ]),
    ).toEqual([{ why: never, events: 34, eventIds: [...ids(20, 4), ...ids(50, 6)] }]);
  });
});

describe('a review', () => {
  const settings = { eventTypes: ['SystemMaintenance.Reboot'], groupLimit: 1, timeZone: 'Asia/Shanghai' };

  function region(events: RecordedEvent[], how: Partial<RegionRecord> = {}): RegionRecord {
    return {
      regionId: 'cn-hangzhou',
      source: 'ecs',
      known: new Map(events.map((one) => [one.eventId, one])),
      groups: new Map(),
      ...how,
    };
  }

  function review(regions: RegionRecord[], plans: ReviewedPlan[] | undefined = []): Review {
    return reviewOf({ since: min(10), until: min(day), regions, plans, settings });
  }

  it('counts the events that were open at some time of the period, both ends included', () => {
    const counted = (how: Partial<RecordedEvent>): number => review([region([event('1', how)])]).all.events;
    expect(counted({ finishedAt: min(10) })).toBe(1);
    expect(counted({ finishedAt: min(10) - 1 })).toBe(0);
    expect(counted({ publishedAt: min(day) })).toBe(1);
    expect(counted({ publishedAt: min(day) + 1 })).toBe(0);
    expect(review([region([without(event('1', { finishedAt: min(20) }), 'publishedAt')])]).all.events).toBe(
      1,
    );
    expect(counted({ status: 'Scheduled', finishedAt: min(1) })).toBe(1);
  });

  it('counts them by how they ended', () => {
    const { all } = review([
      region([
        event('1'),
        event('2', { status: 'Avoided' }),
        event('3', { type: 'SystemFailure.Reboot', status: 'Avoided' }),
      ]),
    ]);
    expect(all).toMatchObject({ events: 3, avoided: 2, executed: 1, unannounced: 1 });
    expect(all.failures).toMatchObject([{ instanceId: 'i-3', failures: 1 }]);
    expect(all.types).toHaveLength(2);
  });

  it('counts the plans that go on, that ended or sent a restart in the period, or are about an event of it', () => {
    const old = { finishedAt: min(1), status: 'Skipped', eventIds: ['e-0'] };
    const counted = (how: Partial<ReviewedPlan>): number | undefined =>
      review([region([event('1')])], [plan('9', { ...old, ...how })]).all.joined?.plans;
    expect(counted({})).toBe(0);
    expect(counted({ status: 'Planned' })).toBe(1);
    expect(counted({ finishedAt: min(10) })).toBe(1);
    expect(counted({ finishedAt: min(day) })).toBe(1);
    expect(counted({ finishedAt: min(day) + 1 })).toBe(0);
    expect(counted({ sentAt: min(10) })).toBe(1);
    expect(counted({ sentAt: min(10) - 1 })).toBe(0);
    expect(counted({ eventIds: ['e-1'] })).toBe(1);
    expect(counted({ sentEventIds: ['e-1'] })).toBe(1);
    expect(counted({ regionId: 'cn-shanghai', status: 'Planned' })).toBe(0);
  });

  it('tells ends and restarts of the period only', () => {
    const end = (finishedAt: number): ReviewedPlan => plan('1', { status: 'Missed', finishedAt });
    expect(review([region([])], [end(min(20))]).all.joined?.ends).toHaveLength(1);
    expect(review([region([event('1')])], [end(min(1))]).all.joined?.ends).toEqual([]);
    const sent = (sentAt: number): ReviewedPlan =>
      plan('1', { sentAt, sentEventIds: ['e-1'], finishedAt: min(70) });
    expect(review([region([event('1')])], [sent(min(60))]).all.times.toProven).toMatchObject({ count: 1 });
    expect(review([region([event('1')])], [sent(min(5))]).all.times).not.toHaveProperty('toProven');
  });

  it('has nothing that rests on plans where those could not be read', () => {
    const both = [region([event('1')]), region([], { regionId: 'cn-shanghai', source: 'kept' })];
    const unread = reviewOf({ since: min(10), until: min(day), regions: both, plans: undefined, settings });
    expect(unread.all).not.toHaveProperty('joined');
    expect(unread.regions.map((one) => [one.regionId, one.source, 'joined' in one])).toEqual([
      ['cn-hangzhou', 'ecs', false],
      ['cn-shanghai', 'kept', false],
    ]);
    expect(unread).toMatchObject({ since: min(10), until: min(day), all: { events: 1 } });
  });

  it('goes by the first run of the planner, and by how far the list of ECS is complete', () => {
    const late = review([region([event('1')], { firstRunAt: min(day + 5) })]);
    expect(late.all.joined?.unplanned).toMatchObject([{ why: { code: 'over-before-first-run' } }]);
    expect(late.all.joined?.disagreements).toEqual([]);
    const sent = plan('9', { sentAt: min(60), sentEventIds: ['e-9'], finishedAt: min(70) });
    expect(review([region([], { completeSince: min(0) })], [sent]).all.joined?.disagreements).toMatchObject([
      { what: { code: 'restart-unknown-to-ecs' } },
    ]);
    expect(review([region([])], [sent]).all.joined?.disagreements).toEqual([]);
  });

  it('takes the group of an instance from its plan, and from its tags where no plan says it', () => {
    const events = [
      event('1', { notBefore: min(20), finishedAt: min(30) }),
      event('2', { notBefore: min(20), finishedAt: min(30) }),
    ];
    const tagged = {
      groups: new Map([
        ['i-1', 'web'],
        ['i-2', 'db'],
      ]),
    };
    expect(review([region(events, tagged)]).all.joined?.crowds).toEqual([]);
    const plans = [plan('2', { group: 'web', status: 'Missed' })];
    expect(review([region(events, tagged)], plans).all.joined?.crowds).toMatchObject([
      { group: 'web', most: 2 },
    ]);
  });

  it('adds the regions up', () => {
    const two = (regionId: string, from: number): RegionRecord =>
      region(
        [
          event(`${regionId}-1`, { status: 'Avoided' }),
          event(`${regionId}-2`, {
            notBefore: min(from),
            finishedAt: min(from + 9),
            instanceId: `${regionId}-a`,
          }),
          event(`${regionId}-3`, {
            notBefore: min(from),
            finishedAt: min(from + 9),
            instanceId: `${regionId}-b`,
          }),
        ],
        {
          regionId,
          groups: new Map([
            [`${regionId}-a`, 'web'],
            [`${regionId}-b`, 'web'],
          ]),
        },
      );
    const { all } = review([two('cn-shanghai', 90), two('cn-hangzhou', 40)]);
    expect(all).toMatchObject({ events: 6, avoided: 2, executed: 4 });
    expect(all.joined).toMatchObject({ plans: 0, reboots: { events: 6, others: 2, ecs: 4 } });
    expect(all.joined?.crowds.map(({ regionId }) => regionId)).toEqual(['cn-hangzhou', 'cn-shanghai']);
    expect(all.joined?.disagreements).toHaveLength(4);
    expect(all.joined?.unplanned).toMatchObject([{ events: 6 }]);
    expect(all.times.lead).toMatchObject({ count: 6 });
    expect(inAll([])).not.toHaveProperty('joined');
  });

  it('adds up who ended the reboots in each region', () => {
    const by = { events: 1, us: 2, others: 3, ecs: 4, canceled: 5, failed: 6, open: 7, other: 8 };
    const [one] = review([region([])]).regions;
    if (one?.joined === undefined) throw new Error('nothing was joined');
    const regions = [by, { ...by, us: 20 }].map((reboots) => ({
      ...one,
      joined: { ...one.joined, plans: 3, ends: [], unplanned: [], crowds: [], disagreements: [], reboots },
    }));
    expect(inAll(regions).joined).toMatchObject({
      plans: 6,
      reboots: { events: 2, us: 22, others: 6, ecs: 8, canceled: 10, failed: 12, open: 14, other: 16 },
    });
  });
});
